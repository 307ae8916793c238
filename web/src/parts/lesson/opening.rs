//! The lesson while its cloud is being opened: what it tells everybody can be read already.

use yew::prelude::*;

use crate::hooks::lesson::use_lessons;
use crate::parts::prose;
use crate::state::lesson::Outline;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    /// Counted from 1.
    pub step: usize,
}

/// Title and beginning of the step, where the panel will have them.
#[component]
pub fn Opening(props: &Props) -> Html {
    let lessons = use_lessons();
    let lessons = lessons.as_ref().and_then(|lessons| lessons.as_ref().ok());
    let outline = lessons.and_then(|all| all.iter().find(|one| one.id == *props.id));
    html! {
        <section class="lesson" aria-label={words::LESSON}>
            { for outline.map(head) }
            <div class="lesson-body">
                { for outline.and_then(|outline| beginning(outline, props.step)) }
                <p class="dim" aria-busy="true">{ words::OPENING }</p>
            </div>
        </section>
    }
}

fn head(outline: &Outline) -> Html {
    html! { <div class="lesson-head"><h2>{ &outline.title }</h2></div> }
}

fn beginning(outline: &Outline, number: usize) -> Option<Html> {
    let step = outline.steps.get(number.checked_sub(1)?)?;
    Some(html! { <div class="prose"><h3>{ &step.title }</h3>{ prose::blocks(&step.lead) }</div> })
}
