//! The workbench: lesson, stage, and what happens under the hood.

use std::rc::Rc;

use gloo::utils::document;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::bench::{Act, Bench as Held};
use crate::hooks::checks::{Question, use_checks};
use crate::hooks::cloud::{self, Cloud, Phase, use_cloud};
use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::lesson::{has_passed, use_lesson, use_passed};
use crate::hooks::python::{self, Python, use_python};
use crate::hooks::toast::use_toast;
use crate::parts::hood::drawer::Drawer;
use crate::parts::lesson::panel::LessonPanel;
use crate::parts::lesson::rail::Rail;
use crate::parts::regions::Regions;
use crate::parts::skip::Skip;
use crate::parts::stage::{Stage, shown};
use crate::parts::toasts::Toasts;
use crate::parts::topbar::TopBar;
use crate::route::{Place, Route};
use crate::state::lesson::{CheckState, Lesson};
use crate::state::progress::{Progress, set_last_lesson};
use crate::state::toasts::Remedy;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub route: Route,
}

type Bar = UseReducerHandle<Held>;

/// The page of a lesson, or of free play.
#[component]
pub fn Bench(props: &Props) -> Html {
    let (id, step) = match &props.route {
        Route::Lesson { id, step, .. } => (Some(id.clone()), *step),
        _ => (None, 1),
    };
    let cloud = use_cloud(id.clone());
    let ready = cloud.is_ours();
    let fetched = use_lesson(id.clone(), ready);
    let lesson = fetched.clone().and_then(Result::ok);
    let python = use_python();
    let passed = use_passed(id.clone(), ready);
    let held = use_reducer(|| Held::new(id.is_some()));
    let run = use_run_of_step(&python, step);
    use_focus_kept(held.lesson_open, if held.lesson_open { "close-lesson" } else { "open-lesson" });
    let results = use_checks(lesson.clone().map(|lesson| Question {
        lesson,
        step,
        learner_calls: (cloud.learner_calls, cloud.openings),
        run,
        answers: held.answers.clone(),
        ready,
    }));
    let (toast, close_toast) = use_toast(&cloud);
    use_place_kept(lesson.clone(), step);
    use_title(lesson.clone(), &props.route);
    {
        let (lesson, results, add) = (lesson.clone(), results.clone(), passed.add.clone());
        use_effect_with((results, step), move |(results, step)| {
            if let Some(step) = lesson
                .as_ref()
                .and_then(|lesson| lesson.step(*step))
                .filter(|step| has_passed(step, results))
            {
                add.emit(step.id.clone());
            }
        });
    }
    let desk = desk(props, &held, &cloud, &python, lesson.clone());
    let reset = reset(&held, &cloud, &python, id.clone(), passed.forget.clone());
    let mend = {
        let (cloud, id) = (cloud.clone(), id.clone());
        Callback::from(move |remedy| mend(&cloud, id.clone(), remedy))
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
    let failed = results.iter().filter(|result| result.state == CheckState::Fail).count();
    let class = classes!(
        "bench",
        (!held.lesson_open && id.is_some()).then_some("no-lesson"),
        id.is_none().then_some("free")
    );
    let waiting = id.is_some() && lesson.is_none();
    let title = lesson.as_ref().map_or_else(
        || if id.is_some() { String::new() } else { words::FREE_PLAY.into() },
        |lesson| lesson.title.clone(),
    );
    html! {
        <div {class} data-region={held.region.name()} data-cloud={if ready { "ready" } else { "opening" }}>
            <Skip />
            <TopBar track={lesson.as_ref().map(|lesson| lesson.track.clone()).unwrap_or_default()} {title}
                region={held.aws_region.clone()} region_hot={held.hotspot.as_deref() == Some("s3.region")} pick_region={let tell = held.dispatcher(); Callback::from(move |region| tell.dispatch(Act::AwsRegion(region)))} />
            <main>
                <h1 class="vh">{ heading(lesson.as_deref(), step) }</h1>
                { beside }
                if waiting { { coming(fetched, &cloud) } }
                <Stage desk={desk.clone()} line_put={held.line_put.clone()} {waiting} />
                { drawer(&desk, &held, id.is_none().then_some(reset)) }
            </main>
            <Regions shown={held.region} show={let tell = held.dispatcher(); Callback::from(move |region| tell.dispatch(Act::Region(region)))}
                has_lesson={id.is_some()} {failed} />
            <Toasts {toast} {mend} close={close_toast} />
        </div>
    }
}

/// The lesson's place while it is not there yet, or cannot be.
fn coming(fetched: Option<Result<Rc<Lesson>, String>>, cloud: &Cloud) -> Html {
    let words = match (fetched, &cloud.phase) {
        (Some(Err(why)), _) => {
            html! { <><p class="note bad" role="alert">{ words::no_lesson(&why) }</p><p><a class="btn" href={Route::Home.href()}>{ words::ALL_LESSONS }</a></p></> }
        }
        (_, Phase::Crashed(_)) => html! { <p class="dim2">{ words::CRASHED }</p> },
        (_, Phase::Ready) if !cloud.opened.owned => {
            html! { <p class="dim2">{ words::OTHER_TAB }{ " " }{ words::OTHER_TAB_MORE }</p> }
        }
        _ => html! { <p class="dim" aria-busy="true">{ words::OPENING }</p> },
    };
    html! { <section class="lesson" aria-label={words::LESSON}><div class="lesson-body">{ words }</div></section> }
}

fn drawer(desk: &Desk, held: &Bar, reset: Option<Callback<()>>) -> Html {
    let tell = |tell: UseReducerDispatcher<Held>| move |act| tell.dispatch(act);
    let (toggle, choose, show_pane) =
        (tell(held.dispatcher()), tell(held.dispatcher()), tell(held.dispatcher()));
    html! {
        <Drawer desk={desk.clone()} open={held.drawer_open} toggle={Callback::from(move |()| toggle(Act::Drawer))}
            chosen={held.call} choose={Callback::from(move |seq| choose(Act::Choose(seq)))}
            pane={held.pane} show_pane={Callback::from(move |pane| show_pane(Act::Pane(pane)))} {reset} />
    }
}

/// What the parts share.
fn desk(
    props: &Props,
    held: &Bar,
    cloud: &Cloud,
    python: &Python,
    lesson: Option<Rc<Lesson>>,
) -> Desk {
    let (line, call, hotspot, put) =
        (held.dispatcher(), held.dispatcher(), held.dispatcher(), held.dispatcher());
    let to_python = props.route.at(Place::Python);
    let mut desk = Desk {
        route: props.route.clone(),
        lesson,
        region: held.aws_region.clone(),
        cloud: cloud.clone(),
        python: python.clone(),
        hotspot: held.hotspot.clone(),
        line_wish: held.line_wish,
        go_to_line: Callback::noop(),
        show_call: Callback::from(move |seq| call.dispatch(Act::Call(seq))),
        show_hotspot: Callback::from(move |name| hotspot.dispatch(Act::Hotspot(name))),
        open_in_python: {
            let to = to_python.clone();
            Callback::from(move |text| {
                to.go();
                put.dispatch(Act::PutLine(text));
            })
        },
    };
    let on_python = shown(&desk) == Place::Python;
    desk.go_to_line = Callback::from(move |number| {
        if !on_python {
            to_python.go();
        }
        line.dispatch(Act::GoToLine(number));
    });
    desk
}

/// Empties the cloud, and does the lesson's set-up again.
fn reset(
    held: &Bar,
    cloud: &Cloud,
    python: &Python,
    lesson: Option<String>,
    forget: Callback<()>,
) -> Callback<()> {
    let (held, cloud, python) = (held.dispatcher(), cloud.clone(), python.dispatcher());
    Callback::from(move |()| {
        let (held, cloud, python) = (held.clone(), cloud.clone(), python.clone());
        let (lesson, forget) = (lesson.clone(), forget.clone());
        crate::state::python::stop();
        spawn_local(async move {
            if crate::state::cloud::reset().await.is_ok() {
                forget.emit(());
                held.dispatch(Act::Reset);
                python.dispatch(python::Told::Cleared);
                cloud::reopen(&cloud, lesson.clone());
                if let Some(id) = lesson {
                    Route::Lesson { id, step: 1, place: Place::Unsaid }.go();
                }
            }
        });
    })
}

fn mend(cloud: &Cloud, lesson: Option<String>, remedy: Remedy) {
    match remedy {
        Remedy::Restart => cloud::restart(cloud, lesson),
        Remedy::TakeOver => {
            let cloud = cloud.clone();
            spawn_local(async move {
                if crate::state::cloud::take_over().await {
                    cloud::reopen(&cloud, lesson);
                }
            });
        }
    }
}

/// The last run, if it was made in this step; another step's output says nothing of this one.
#[hook]
fn use_run_of_step(python: &Python, step: usize) -> Option<Rc<crate::state::python::Run>> {
    let made_in = use_mut_ref(|| 0_usize);
    let going = python.is_going();
    if going {
        *made_in.borrow_mut() = step;
    }
    let ended =
        !going && python.phase != crate::state::python::Phase::Idle && *made_in.borrow() == step;
    let run = (**python).clone();
    let memo =
        use_memo((ended, run.phase, run.ms.map(f64::to_bits), run.chunks.clone()), move |_| run);
    ended.then_some(memo)
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

/// The window's title says where you are.
#[hook]
fn use_title(lesson: Option<Rc<Lesson>>, route: &Route) {
    use_effect_with((lesson, route.clone()), |(lesson, route)| {
        let place = match route.place() {
            Place::S3 { bucket: Some(bucket), prefix } => words::title_bucket(&bucket, &prefix),
            Place::S3 { .. } => words::S3.to_owned(),
            _ => String::new(),
        };
        let step = match route {
            Route::Lesson { step, .. } => *step,
            _ => 1,
        };
        document()
            .set_title(&words::title(&words::title_of(&heading(lesson.as_deref(), step), &place)));
    });
}

fn heading(lesson: Option<&Lesson>, step: usize) -> String {
    let Some(lesson) = lesson else { return words::FREE_PLAY.into() };
    let title = lesson.step(step).map(|step| step.title.as_str()).unwrap_or_default();
    words::heading(&lesson.title, step, title)
}
