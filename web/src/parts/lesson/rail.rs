//! The lesson, closed: a rail with a dot for each step.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::lesson::Lesson;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lesson: Rc<Lesson>,
    pub step: usize,
    pub passed: Rc<BTreeSet<String>>,
    pub open: Callback<()>,
}

/// The rail.
#[component]
pub fn Rail(props: &Props) -> Html {
    let label = words::open_lesson(&props.lesson.title, props.step, props.lesson.steps.len());
    html! {
        <section class="rail" aria-label={words::LESSON_CLOSED}>
            <button id="open-lesson" class="btn icon ghost" aria-expanded="false" aria-label={label.clone()} title={label} onclick={props.open.reform(|_| ())}>
                <Icon name="book" />
            </button>
            <div class="dots" aria-hidden="true">
                { for props.lesson.steps.iter().enumerate().map(|(at, step)| {
                    let now = at + 1 == props.step;
                    let done = props.passed.contains(&step.id);
                    html! { <span class={classes!("dot", if now { Some("now") } else { done.then_some("done") })} /> }
                }) }
            </div>
        </section>
    }
}
