//! The lesson region.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::lesson::checks::Checks;
use crate::parts::lesson::foot::Foot;
use crate::parts::lesson::head::Head;
use crate::parts::lesson::hints::Hints;
use crate::parts::lesson::why::Why;
use crate::parts::prose;
use crate::route::{Place, Route};
use crate::state::lesson::{CheckResult, Console, Lesson, Step, Surface};
use crate::words;

/// How long the console may take to be drawn.
const DRAWN_MS: u32 = 150;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub lesson: Rc<Lesson>,
    pub step: usize,
    pub passed: Rc<BTreeSet<String>>,
    pub results: Rc<Vec<CheckResult>>,
    pub answers: Rc<BTreeMap<String, usize>>,
    pub answer: Callback<(String, usize)>,
    pub close: Callback<()>,
    pub reset: Callback<()>,
    /// The stage is to be seen, if one region hides it.
    pub to_stage: Callback<()>,
}

/// Head, body and foot.
#[component]
pub fn LessonPanel(props: &Props) -> Html {
    let Some(step) = props.lesson.step(props.step).cloned() else { return html! {} };
    use_effect_with(props.step, |_| {
        if let Some(body) = document().get_element_by_id("lesson-body") {
            body.set_scroll_top(0);
        }
    });
    let go_to_line = {
        let (to_stage, go) = (props.to_stage.clone(), props.desk.go_to_line.clone());
        Callback::from(move |line| {
            to_stage.emit(());
            go.emit(line);
        })
    };
    let show_me = show_me(props, &step);
    let href = clicks(props, &step).map(|route| route.href()).unwrap_or_default();
    let label = words::step_label(props.step, &step.title, false, false);
    let passed = props.passed.contains(&step.id);
    let all_passed = props.lesson.steps.iter().all(|step| props.passed.contains(&step.id));
    let done = all_passed && props.step >= props.lesson.steps.len();
    html! {
        <section class="lesson" aria-labelledby="lesson-h">
            <Head lesson={Rc::new(props.lesson.outline())} step={props.step} passed={props.passed.clone()}
                route={props.desk.route.clone()} close={props.close.clone()} />
            <div class="lesson-body scroll" id="lesson-body" tabindex="0" role="region" aria-label={label}>
                <div class="prose"><h3>{ &step.title }</h3>{ prose::blocks(&step.prose) }</div>
                <Checks checks={step.checks.clone()} results={props.results.clone()} {go_to_line}
                    show_call={&props.desk.show_call} answers={props.answers.clone()} answer={&props.answer} />
                if passed {
                    <Why lesson={props.lesson.clone()} step={step.clone()} number={props.step} place={props.desk.route.place()} done={all_passed} />
                }
                if !step.hints.is_empty() {
                    <Hints key={step.id.clone()} hints={step.hints.clone()} />
                }
                if let Some(console) = &step.console { { by_clicks(console, (props.lesson.surface() == Surface::Console, &href), &show_me) } }
            </div>
            <Foot desk={props.desk.clone()} lesson={props.lesson.clone()} {step} reset={&props.reset} {show_me} {done} />
        </section>
    }
}

/// The same step in the console; the control that does it is marked there.
fn by_clicks(console: &Console, (first, href): (bool, &str), show_me: &Callback<()>) -> Html {
    let onclick = show_me.reform(|event: MouseEvent| event.prevent_default());
    html! {
        <div class="by-clicks">
            <p class="row small dim2">
                <Icon name="stage" class="sm" />
                <span>{ if first { words::CLICKS_FIRST } else { words::BY_CLICKS } }{ " " }<a href={href.to_owned()} {onclick}>{ words::OPEN_IN_CONSOLE }</a></span>
            </p>
            if !console.prose.is_empty() { <div class="prose">{ prose::blocks(&console.prose) }</div> }
        </div>
    }
}

/// Where the step is done by clicks.
fn clicks(props: &Props, step: &Step) -> Option<Route> {
    let console = step.console.as_ref()?;
    Some(props.desk.route.at(Place::parse(&console.route)))
}

/// Goes to the console, and marks the control there.
fn show_me(props: &Props, step: &Step) -> Callback<()> {
    let (route, show, to_stage) =
        (clicks(props, step), props.desk.show_hotspot.clone(), props.to_stage.clone());
    let hotspot = step.console.as_ref().and_then(|console| console.hotspot.clone());
    Callback::from(move |()| {
        route.iter().for_each(Route::go);
        to_stage.emit(());
        let (show, hotspot) = (show.clone(), hotspot.clone().map(AttrValue::from));
        // Once the console is drawn, so that the control can be brought into sight.
        Timeout::new(DRAWN_MS, move || {
            show.emit(hotspot.clone());
            hotspot.iter().for_each(|name| bring_into_sight(name));
        })
        .forget();
    })
}

/// Scrolls to a control of the console, and gives it the focus.
fn bring_into_sight(name: &str) {
    let found = document().query_selector(&format!("[data-hotspot=\"{name}\"]")).ok().flatten();
    let found = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(control) = found {
        control.scroll_into_view();
        // Focus cannot fail on an element that is shown.
        let _ = control.focus();
    }
}
