//! What just happened, in AWS's terms: shown when the step has passed; and the way on.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::lesson::lit::Lit;
use crate::parts::prose;
use crate::route::{Place, Route};
use crate::state::lesson::{Lesson, Step};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lesson: Rc<Lesson>,
    pub step: Step,
    /// Counted from 1.
    pub number: usize,
    pub place: Place,
    /// Whether the whole lesson has passed.
    pub done: bool,
}

/// The end of a step; of the lesson, with the star that it lit.
#[component]
pub fn Why(props: &Props) -> Html {
    let last = props.number >= props.lesson.steps.len();
    let whole = last && props.done;
    let why = (!props.step.why.is_empty()).then(|| {
        html! { <div class="prose"><h4>{ words::WHY }</h4>{ prose::blocks(&props.step.why) }</div> }
    });
    let next = props.step.next.as_ref().filter(|next| last && !next.prose.is_empty());
    html! {
        <section class={classes!("why", whole.then_some("whole"))} aria-label={if whole { words::LESSON_PASSED } else { words::STEP_PASSED }}>
            if whole { <Lit lesson={props.lesson.clone()} /> }
            <p class="row"><span class="pill good"><Icon name="check" />{ if whole { words::LESSON_PASSED } else { words::STEP_PASSED } }</span></p>
            { why }
            if let Some(next) = next { <div class="prose">{ prose::blocks(&next.prose) }</div> }
            if whole { { all_passed(&props.lesson) } } else { <div class="row wrap">{ next_step(props) }</div> }
        </section>
    }
}

/// What was asked in the lesson, all of it.
fn all_passed(lesson: &Lesson) -> Html {
    let checks = lesson
        .steps
        .iter()
        .map(|step| step.checks.iter().filter(|check| !check.bonus).count())
        .sum();
    html! {
        <details class="fold">
            <summary><Icon name="check" class="sm yes" />{ words::all_passed(lesson.steps.len(), checks) }<Icon name="chev" class="sm chev" /></summary>
            <div><ul class="bullets">{ for lesson.steps.iter().flat_map(|step| &step.checks).map(|check| html! { <li key={check.id.clone()}>{ prose::inlines(&check.text) }</li> }) }</ul></div>
        </details>
    }
}

/// To the step that follows; from the last one, when others are still open, to the first of those.
fn next_step(props: &Props) -> Html {
    let steps = props.lesson.steps.len();
    let number = if props.number >= steps { 1 } else { props.number + 1 };
    let route =
        Route::Lesson { id: props.lesson.id.clone(), step: number, place: props.place.clone() };
    let title = props.lesson.step(number).map(|step| step.title.clone()).unwrap_or_default();
    html! { <a class="btn primary next" href={route.href()}>{ words::next_step(&title) }<Icon name="arrow" /></a> }
}
