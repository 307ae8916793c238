//! What just happened, in AWS's terms: shown when the step has passed; and the way on.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
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
}

/// The end of a step.
#[component]
pub fn Why(props: &Props) -> Html {
    let last = props.number >= props.lesson.steps.len();
    html! {
        <section class="why" aria-label={words::STEP_PASSED}>
            <p class="row"><span class="pill good"><Icon name="check" />{ if last { words::LESSON_PASSED } else { words::STEP_PASSED } }</span></p>
            if !props.step.why.is_empty() {
                <div class="prose">{ prose::blocks(&props.step.why) }</div>
            }
            { for props.step.next.iter().filter(|next| last && !next.prose.is_empty()).map(|next| html! { <div class="prose">{ prose::blocks(&next.prose) }</div> }) }
            <div class="row wrap">{ if last { way_on(props) } else { next_step(props) } }</div>
        </section>
    }
}

fn next_step(props: &Props) -> Html {
    let route = Route::Lesson {
        id: props.lesson.id.clone(),
        step: props.number + 1,
        place: props.place.clone(),
    };
    let title =
        props.lesson.step(props.number + 1).map(|step| step.title.clone()).unwrap_or_default();
    html! { <a class="btn primary next" href={route.href()}>{ words::next_step(&title) }<Icon name="arrow" /></a> }
}

fn way_on(props: &Props) -> Html {
    let next = props.step.next.clone().unwrap_or_default();
    let lesson = next.lesson.map(|id| {
        let route = Route::Lesson { id, step: 1, place: Place::Unsaid };
        html! { <a class="btn primary next" href={route.href()}>{ words::NEXT_LESSON }<Icon name="arrow" /></a> }
    });
    let play = next.freeplay.then(|| {
        let route = Route::Play { place: Place::Unsaid };
        html! { <a class="btn" href={route.href()}>{ words::FREE_PLAY }</a> }
    });
    html! { <>{ lesson }{ play }<a class="btn" href={Route::Home.href()}>{ words::ALL_LESSONS }</a></> }
}
