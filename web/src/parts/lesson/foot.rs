//! The foot of the lesson: shown how, compared; and the way on when it has passed. The drawer's time line leads back to its start.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::lesson::use_lessons;
use crate::parts::icon::Icon;
use crate::parts::lesson::play_on::PlayOn;
use crate::parts::reset::Reset;
use crate::route::{Place, Route};
use crate::state::lesson::{Lesson, Step};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub lesson: Rc<Lesson>,
    pub step: Step,
    pub reset: Callback<()>,
    /// Shows the control that does the step by clicks.
    pub show_me: Callback<()>,
    /// Whether the whole lesson has passed, and its last step is shown.
    pub done: bool,
}

/// The foot.
#[component]
pub fn Foot(props: &Props) -> Html {
    let can = props.desk.cloud.may_change();
    let compare = props.desk.compare.reform(|_: MouseEvent| true);
    html! {
        <div class="lesson-foot">
            if props.done {
                <NextLesson lesson={props.lesson.clone()} next={props.step.next.as_ref().and_then(|next| next.lesson.clone())} />
                <div class="row wrap">
                    <Reset name={words::ONCE_MORE} ask={words::LESSON_START_ASK} reset={&props.reset} disabled={!can} />
                    <PlayOn lesson={props.lesson.clone()} {can} />
                </div>
            } else {
                <div class="row wrap">
                    if props.step.console.is_some() {
                        <button class="btn small" id="show-me" onclick={props.show_me.reform(|_| ())}><Icon name="eye" />{ words::SHOW_ME }</button>
                    }
                    if !props.lesson.solution.is_empty() {
                        <button class="btn small" id="compare" onclick={compare}><Icon name="diff" />{ words::COMPARE }</button>
                    }
                </div>
            }
            <p class="small dim">{ words::NOT_AFFILIATED }</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NextProps {
    lesson: Rc<Lesson>,
    /// As the lesson names it.
    next: Option<String>,
}

/// The next lesson by its name: the one that this lesson names, else the one that follows it in the list.
#[component]
fn NextLesson(props: &NextProps) -> Html {
    let Some(Ok(lessons)) = use_lessons() else { return html! {} };
    let named = props.next.as_ref().and_then(|id| lessons.iter().find(|one| one.id == *id));
    let after = lessons.iter().skip_while(|one| one.id != props.lesson.id).nth(1);
    match named.or(after) {
        Some(next) => {
            let route = Route::Lesson { id: next.id.clone(), step: 1, place: Place::Unsaid };
            html! { <a class="btn primary next" href={route.href()}>{ words::next_step(&next.title) }<Icon name="arrow" /></a> }
        }
        None => {
            html! { <a class="btn primary next" href={Route::Home.href()}>{ words::ALL_LESSONS }</a> }
        }
    }
}
