//! The lesson while its cloud is being opened: what it tells everybody can be read already.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::lesson::use_lessons;
use crate::parts::lesson::head::Head;
use crate::parts::prose;
use crate::route::Route;
use crate::state::lesson::Outline;
use crate::state::progress::Progress;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    /// Counted from 1.
    pub step: usize,
    pub route: Route,
}

/// Head and beginning of the step, where the panel will have them (`web/js/first-words.js` has them before).
#[component]
pub fn Opening(props: &Props) -> Html {
    let lessons = use_lessons();
    let lessons = lessons.as_ref().and_then(|lessons| lessons.as_ref().ok());
    let outline = use_memo((props.id.clone(), lessons.cloned()), |(id, lessons)| {
        let found = lessons.iter().flat_map(|all| all.iter()).find(|one| one.id == **id);
        found.cloned().map(Rc::new)
    });
    let passed = use_memo(props.id.clone(), |id| Rc::new(Progress::of(id).passed));
    // What stands here alone moves down when there is more: a part of its own does not seem to jump.
    let coming = html! { <p key="coming" class="dim" aria-busy="true">{ words::OPENING }</p> };
    let body = match &*outline {
        None => html! { <div key="empty" class="lesson-body">{ coming }</div> },
        Some(lesson) => html! {
            <>
                <Head lesson={lesson.clone()} step={props.step} passed={(*passed).clone()} route={props.route.clone()} />
                <div class="lesson-body">{ beginning(lesson, props.step) }{ coming }</div>
            </>
        },
    };
    html! { <section class="lesson" aria-label={words::LESSON}>{ body }</section> }
}

fn beginning(outline: &Outline, number: usize) -> Option<Html> {
    let step = outline.steps.get(number.checked_sub(1)?)?;
    Some(html! { <div class="prose"><h3>{ &step.title }</h3>{ prose::blocks(&step.lead) }</div> })
}
