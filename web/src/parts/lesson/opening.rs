//! The lesson while its cloud is being opened: what it tells everybody can be read already.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::lesson::head::Head;
use crate::parts::prose;
use crate::route::Route;
use crate::state::lesson::Outline;
use crate::state::progress::Progress;
use crate::words;

/// Head and beginning of the step, where the panel will have them (`web/js/first-words.js` has them before).
///
/// `lesson` is none while the list is still coming, or has no such lesson; `step` counts from 1.
pub fn opening(lesson: Option<&Rc<Outline>>, step: usize, route: &Route) -> Html {
    // What stands here alone moves down when there is more: a part of its own does not seem to jump.
    let coming = html! { <p key="coming" class="dim" aria-busy="true">{ words::OPENING }</p> };
    let body = match lesson {
        None => html! { <div key="empty" class="lesson-body">{ coming }</div> },
        Some(lesson) => {
            let passed = Rc::new(Progress::of(&lesson.id).passed);
            html! {
                <>
                    <Head lesson={lesson.clone()} {step} {passed} route={route.clone()} />
                    <div class="lesson-body">{ beginning(lesson, step) }{ coming }</div>
                </>
            }
        }
    };
    html! { <section class="lesson" aria-label={words::LESSON}>{ body }</section> }
}

fn beginning(outline: &Outline, number: usize) -> Option<Html> {
    let step = outline.steps.get(number.checked_sub(1)?)?;
    Some(html! { <div class="prose"><h3>{ &step.title }</h3>{ prose::blocks(&step.lead) }</div> })
}
