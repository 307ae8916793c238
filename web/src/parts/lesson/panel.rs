//! The lesson region.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use gloo::utils::document;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::lesson::checks::Checks;
use crate::parts::lesson::foot::Foot;
use crate::parts::lesson::head::Head;
use crate::parts::lesson::hints::Hints;
use crate::parts::lesson::why::Why;
use crate::parts::prose;
use crate::route::Place;
use crate::state::lesson::{CheckResult, Console, Lesson};
use crate::words;

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
    let label = words::step_label(props.step, &step.title, false, false);
    let passed = props.passed.contains(&step.id);
    html! {
        <section class="lesson" aria-labelledby="lesson-h">
            <Head lesson={props.lesson.clone()} step={props.step} passed={props.passed.clone()}
                route={props.desk.route.clone()} close={&props.close} />
            <div class="lesson-body scroll" id="lesson-body" tabindex="0" role="region" aria-label={label}>
                <div class="prose"><h3>{ &step.title }</h3>{ prose::blocks(&step.prose) }</div>
                <Checks checks={step.checks.clone()} results={props.results.clone()} {go_to_line}
                    show_call={&props.desk.show_call} answers={props.answers.clone()} answer={&props.answer} />
                if passed {
                    <Why lesson={props.lesson.clone()} step={step.clone()} number={props.step} place={props.desk.route.place()} />
                }
                if !step.hints.is_empty() {
                    <Hints key={step.id.clone()} hints={step.hints.clone()} solution={props.lesson.solution.clone()} />
                }
                { for step.console.iter().map(|console| by_clicks(props, console)) }
            </div>
            <Foot reset={&props.reset} can={props.desk.cloud.is_ours()} />
        </section>
    }
}

/// The same step in the console; the control that does it is marked there.
fn by_clicks(props: &Props, console: &Console) -> Html {
    let href = props.desk.route.at(Place::parse(&console.route)).href();
    let hotspot = console.hotspot.clone().map(AttrValue::from);
    let (show, to_stage) = (props.desk.show_hotspot.clone(), props.to_stage.clone());
    let onclick = Callback::from(move |_: MouseEvent| {
        show.emit(hotspot.clone());
        to_stage.emit(());
    });
    html! {
        <div class="by-clicks">
            <p class="row small dim2">
                <Icon name="stage" class="sm" />
                <span>{ words::BY_CLICKS }{ " " }<a {href} {onclick}>{ words::OPEN_IN_CONSOLE }</a></span>
            </p>
            if !console.prose.is_empty() { <div class="prose">{ prose::blocks(&console.prose) }</div> }
        </div>
    }
}
