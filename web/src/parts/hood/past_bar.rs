//! The bar over a page that shows the past: where you are, and the two ways out.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::hooks::cloud::{Cloud, to_now, travel};
use crate::parts::icon::Icon;
use crate::state::time;
use crate::state::travel::Go;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
    pub past: u64,
}

/// The bar; End leads back to now wherever the focus is, but in a field.
#[component]
pub fn PastBar(props: &Props) -> Html {
    let (cloud, past) = (&props.cloud, props.past);
    {
        let cloud = cloud.clone();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&document(), "keydown", move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if event.key() == "End" && !is_in_a_field(event) {
                    to_now(&cloud);
                }
            });
            move || drop(listener)
        });
    }
    let back = {
        let cloud = cloud.clone();
        Callback::from(move |_| to_now(&cloud))
    };
    let fork = {
        let cloud = cloud.clone();
        Callback::from(move |_| travel(&cloud, Go::Fork(past)))
    };
    let then = cloud.call(past).map(|call| {
        let apart = words::hood::apart(cloud.clock.now() - call.time);
        words::hood::then_before_now(&time::clock(call.time), &apart)
    });
    html! {
        <div class="pastbar" role="status" aria-label={words::hood::PAST}>
            <span class="lens" aria-hidden="true"></span>
            <p><b>{ words::hood::you_are_at(past, cloud.last_call()) }</b>{ " " }<span class="dim2">{ then }{ " " }{ words::hood::LOOK }</span></p>
            <span class="row">
                <button id="to-now" class="btn small" onclick={back}><Icon name="next" />{ words::hood::BACK_TO_NOW }{ " " }<kbd>{ words::hood::KEY_END }</kbd></button>
                <button class="btn primary small" onclick={fork}><Icon name="fork" />{ words::hood::FORK_HERE }</button>
            </span>
        </div>
    }
}

/// Whether End has a meaning of its own where the focus is.
fn is_in_a_field(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("input, textarea, select, [contenteditable], [role=tablist], [role=textbox]")
            .is_ok_and(|found| found.is_some())
    })
}
