//! The lesson's name, and its steps as stars on a line. The gold one is where you are.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::route::Route;
use crate::state::lesson::{Outline, OutlineStep};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lesson: Rc<Outline>,
    /// Counted from 1.
    pub step: usize,
    pub passed: Rc<BTreeSet<String>>,
    pub route: Route,
    /// None while the lesson is being opened.
    #[prop_or_default]
    pub close: Option<Callback<()>>,
}

/// The head of the lesson.
#[component]
pub fn Head(props: &Props) -> Html {
    let lesson = &props.lesson;
    let left = minutes_left(lesson, &props.passed);
    html! {
        <div class="lesson-head">
            <p class="small dim row">
                { words::lesson_of(&lesson.track, lesson.index_in_track, words::syllabus::planned(&lesson.track).max(lesson.in_track)) }
                if left == 0 {
                    <span class="push pill good"><Icon name="check" />{ words::passed_minutes(lesson.minutes) }</span>
                } else {
                    <span class="push">{ words::minutes_left(left) }</span>
                }
                <button id="close-lesson" class="btn ghost icon small only-beside" aria-label={words::CLOSE_LESSON} title={words::CLOSE_LESSON}
                    disabled={props.close.is_none()} onclick={props.close.as_ref().map(|close| close.reform(|_| ()))}><Icon name="chevl" /></button>
            </p>
            <h2 id="lesson-h">{ &lesson.title }</h2>
            <ol class="path" aria-label={words::STEPS}>
                { for lesson.steps.iter().enumerate().map(|(at, step)| star(props, at + 1, step)) }
            </ol>
        </div>
    }
}

fn star(props: &Props, number: usize, step: &OutlineStep) -> Html {
    let done = props.passed.contains(&step.id);
    let now = number == props.step;
    let href = match &props.route {
        Route::Lesson { id, place, .. } => {
            Route::Lesson { id: id.clone(), step: number, place: place.clone() }.href()
        }
        other => other.href(),
    };
    let label = words::step_label(number, &step.title, done, now);
    html! {
        <li class={classes!(done.then_some("done"), now.then_some("now"))}>
            <a {href} aria-label={label.clone()} title={label} aria-current={now.then_some("step")}>
                if done && !now { <Icon name="check" /> } else { { number } }
            </a>
        </li>
    }
}

/// The lesson's minutes, less those of the steps that are done.
fn minutes_left(lesson: &Outline, passed: &BTreeSet<String>) -> usize {
    let steps = lesson.steps.len().max(1);
    let open = lesson.steps.iter().filter(|step| !passed.contains(&step.id)).count();
    (lesson.minutes as usize * open).div_ceil(steps)
}
