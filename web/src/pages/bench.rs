//! The workbench: lesson, stage, and what happens under the hood.

mod title;
mod wiring;

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::bench::{Act, Bench as Held};
use crate::hooks::checks::{Question, use_checks};
use crate::hooks::cloud::{Phase, use_cloud};
use crate::hooks::desk::{Desk, home_of};
use crate::hooks::focus::use_focus_kept;
use crate::hooks::frame::use_frame;
use crate::hooks::lesson::{has_passed, use_lesson, use_outline, use_passed};
use crate::hooks::paint::use_painted;
use crate::hooks::python::{Python, use_python};
use crate::hooks::terminal::use_terminal;
use crate::hooks::toast::use_toast;
use crate::pages::bench::title::{heading, use_title};
use crate::pages::bench::wiring::{Bar, desk, empty, mend, reset};
use crate::pages::missing::Refused;
use crate::parts::apart;
use crate::parts::begin;
use crate::parts::hood::drawer::Drawer;
use crate::parts::hood::past_bar::PastBar;
use crate::parts::lesson::opening::opening;
use crate::parts::lesson::panel::LessonPanel;
use crate::parts::lesson::rail::Rail;
use crate::parts::overlays::Overlays;
use crate::parts::python;
use crate::parts::regions::Regions;
use crate::parts::skip::Skip;
use crate::parts::stage::{Stage, shown};
use crate::parts::toasts::Toasts;
use crate::parts::topbar::TopBar;
use crate::route::{Begin, Place, Route};
use crate::state::lesson::{CheckResult, CheckState, Lesson};
use crate::state::progress::{Progress, set_last_lesson};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub route: Route,
    /// Set while free play is begun in a certain way.
    #[prop_or_default]
    pub begin: Option<Begin>,
}

/// The page of a lesson, or of free play.
#[component]
pub fn Bench(props: &Props) -> Html {
    let (id, step) = match &props.route {
        Route::Lesson { id, step, .. } => (Some(id.clone()), *step),
        _ => (None, 1),
    };
    let cloud = use_cloud(id.clone());
    let ready = cloud.is_ours();
    let outline = use_outline(id.clone());
    let fetched = use_lesson(id.clone(), ready);
    let lesson = fetched.clone().and_then(Result::ok);
    let python = use_python();
    let terminal = use_terminal(&home_of(&props.route));
    let passed = use_passed(id.clone(), ready);
    let held = use_reducer(|| Held::new(id.as_deref()));
    let last_seq = cloud.calls.last().map_or(0, |call| call.seq);
    let (run, since_seq) = use_run_of_step(&python, step, last_seq);
    let typed =
        use_memo((terminal.blocks.clone(), step), |_| terminal.run_of_step(step).map(Rc::new));
    // What was typed counts where a lesson is solved in the terminal.
    let in_terminal = lesson
        .as_ref()
        .is_some_and(|lesson| lesson.surfaces.iter().any(|surface| surface == "terminal"));
    let (run, since_seq) = match &*typed {
        Some(typed) if in_terminal => (Some(typed.clone()), 0),
        _ => (run, since_seq),
    };
    use_focus_kept(held.lesson_open, if held.lesson_open { "close-lesson" } else { "open-lesson" });
    let results = use_checks(lesson.clone().map(|lesson| Question {
        lesson,
        step,
        learner_calls: (cloud.learner_calls, cloud.openings),
        run,
        since_seq,
        answers: held.answers.clone(),
        ready,
    }));
    let painted = use_painted();
    let (toast, close_toast) = use_toast(Some(&cloud));
    let frame = use_frame();
    use_place_kept(lesson.clone(), step);
    use_title(lesson.clone(), &props.route);
    use_passing(lesson.clone(), step, &results, &passed.add);
    let desk = desk(&props.route, &held, &cloud, (&python, &terminal), (lesson.clone(), outline));
    let reset = reset(&held, &cloud, &python, id.clone(), passed.forget.clone());
    let mend = {
        let (frame, cloud, id) = (frame, cloud.clone(), id.clone());
        Callback::from(move |remedy| mend(&frame, &cloud, id.clone(), remedy))
    };
    let act = |make: fn() -> Act| {
        let held = held.dispatcher();
        Callback::from(move |()| held.dispatch(make()))
    };
    let beside = lesson.clone().map(|lesson| {
        if held.lesson_open {
            html! { <LessonPanel desk={desk.clone()} {lesson} {step} passed={passed.steps.clone()} results={results.clone()}
                answers={held.answers.clone()} answer={let tell = held.dispatcher(); Callback::from(move |(check, at)| tell.dispatch(Act::Answer(check, at)))}
                close={act(|| Act::Lesson(false))} reset={reset.clone()} to_stage={act(|| Act::Region(crate::parts::regions::Region::Stage))} /> }
        } else {
            html! { <Rail {lesson} {step} passed={passed.steps.clone()} open={act(|| Act::Lesson(true))} /> }
        }
    });
    let show = {
        let tell = held.dispatcher();
        Callback::from(move |region| tell.dispatch(Act::Region(region)))
    };
    let failed = results.iter().filter(|result| result.state == CheckState::Fail).count();
    let class = classes!(
        "bench",
        (!held.lesson_open && id.is_some()).then_some("no-lesson"),
        id.is_none().then_some("free"),
        cloud.past.is_some().then_some("past")
    );
    let waiting = id.is_some() && lesson.is_none();
    let (title, track) = match (&lesson, &desk.outline) {
        (Some(lesson), _) => (lesson.title.clone(), lesson.track.clone()),
        (None, Some(lesson)) => (lesson.title.clone(), lesson.track.clone()),
        (None, None) if id.is_some() => <(String, String)>::default(),
        (None, None) => (words::FREE_PLAY.into(), String::new()),
    };
    if let Phase::Refused(why) = &cloud.phase {
        return html! { <><Refused why={why.clone()} /><Overlays /></> };
    }
    html! {
        <div {class} data-region={held.region.name()} data-cloud={if ready { "ready" } else { "opening" }}>
            <Skip />
            <TopBar {track} {title}
                region={desk.region.clone()} region_hot={desk.hot("s3.region").is_some()} pick_region={desk.pick_region.clone()} />
            if let Some(past) = &cloud.past { <PastBar cloud={cloud.clone()} past={*past} /> }
            <main>
                <h1 class="vh">{ heading(lesson.as_deref(), step) }</h1>
                { beside }
                if waiting { { coming(fetched, &desk, step) } }
                if painted {
                    <Stage desk={desk.clone()} line_put={held.line_put.clone()} {waiting} files_put={held.files_put} passed={all_passed(lesson.as_deref(), &passed.steps)} />
                    { drawer(&desk, &held, reset) }
                } else {
                    <section key="coming" class="stage">{ stage_coming(&desk) }</section>
                }
            </main>
            <Regions shown={held.region} show={show.clone()} has_lesson={id.is_some()} {failed} />
            <Toasts {toast} {mend} close={close_toast} />
            if let Some(how) = props.begin { { apart::begin_play(begin::Props { desk: desk.clone(), how, empty: empty(&held, &cloud, &python) }) } }
            if painted { <Overlays {desk} {show} /> }
        </div>
    }
}

/// The lesson's place while it is not there yet, or cannot be.
fn coming(fetched: Option<Result<Rc<Lesson>, String>>, desk: &Desk, step: usize) -> Html {
    let words = match (fetched, &desk.cloud.phase) {
        (Some(Err(why)), _) => {
            html! { <><p class="note bad lines" role="alert">{ words::no_lesson(&why) }</p><p><a class="btn" href={Route::Home.href()}>{ words::ALL_LESSONS }</a></p></> }
        }
        (_, Phase::Crashed(_)) => html! { <p class="dim2">{ words::CRASHED }</p> },
        (_, Phase::Ready) if !desk.cloud.opened.owned => {
            html! { <p class="dim2">{ words::OTHER_TAB }{ " " }{ words::OTHER_TAB_MORE }</p> }
        }
        _ => return opening(desk.outline.as_ref(), step, &desk.route),
    };
    html! { <section class="lesson" aria-label={words::LESSON}><div class="lesson-body">{ words }</div></section> }
}

/// The stage until the browser has drawn the rest: as the first words have it.
fn stage_coming(desk: &Desk) -> Html {
    let script = desk.outline.is_some() && shown(desk) == Place::Python;
    html! {
        <>
            <div class="stage-tabs" />
            if script { <div class="tabpanel">{ python::opening::opening(desk.outline.as_deref()) }</div> }
        </>
    }
}

fn drawer(desk: &Desk, held: &Bar, reset: Callback<()>) -> Html {
    let tell = |tell: UseReducerDispatcher<Held>| move |act| tell.dispatch(act);
    let (toggle, choose, show_pane) =
        (tell(held.dispatcher()), tell(held.dispatcher()), tell(held.dispatcher()));
    html! {
        <Drawer desk={desk.clone()} open={held.drawer_open} toggle={Callback::from(move |()| toggle(Act::Drawer))}
            chosen={held.call} choose={Callback::from(move |seq| choose(Act::Choose(seq)))}
            pane={held.pane} show_pane={Callback::from(move |pane| show_pane(Act::Pane(pane)))} {reset} />
    }
}

/// Whether every step has passed.
fn all_passed(lesson: Option<&Lesson>, passed: &BTreeSet<String>) -> bool {
    lesson.is_some_and(|lesson| lesson.steps.iter().all(|step| passed.contains(&step.id)))
}

/// Notes that the step has passed.
#[hook]
fn use_passing(
    lesson: Option<Rc<Lesson>>,
    step: usize,
    results: &Rc<Vec<CheckResult>>,
    add: &Callback<String>,
) {
    let add = add.clone();
    use_effect_with((results.clone(), step), move |(results, step)| {
        let step = lesson.as_ref().and_then(|lesson| lesson.step(*step));
        if let Some(step) = step.filter(|step| has_passed(step, results)) {
            add.emit(step.id.clone());
        }
    });
}

/// The last run, if it was made in this step, and the number of the last call before it; another step's output says
/// nothing of this one.
#[hook]
fn use_run_of_step(
    python: &Python,
    step: usize,
    last_seq: u64,
) -> (Option<Rc<crate::state::python::Run>>, u64) {
    let made = use_mut_ref(|| (0_usize, 0_u64, false));
    let going = python.is_script_going();
    let (made_in, since_seq) = {
        let mut made = made.borrow_mut();
        if going {
            made.0 = step;
        }
        if going && !made.2 {
            made.1 = last_seq;
        }
        made.2 = going;
        (made.0, made.1)
    };
    let ended = !going && python.phase != crate::state::python::Phase::Idle && made_in == step;
    let run = (**python).clone();
    let memo =
        use_memo((ended, run.phase, run.ms.map(f64::to_bits), run.stdout.len()), move |_| run);
    (ended.then_some(memo), since_seq)
}

/// Remembers where in the lesson the learner is.
#[hook]
fn use_place_kept(lesson: Option<Rc<Lesson>>, step: usize) {
    use_effect_with((lesson.map(|lesson| lesson.id.clone()), step), |(lesson, step)| {
        if let Some(lesson) = lesson {
            let mut progress = Progress::of(lesson);
            progress.at = *step;
            progress.keep(lesson);
            set_last_lesson(lesson);
        }
    });
}
