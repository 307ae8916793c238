//! Copies a text, and says that it did.

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: AttrValue,
}

/// A button; its words tell what became of it.
#[component]
pub fn Copy(props: &Props) -> Html {
    let said = use_state_eq(|| words::COPY);
    let onclick = {
        let (said, text) = (said.clone(), props.text.clone());
        Callback::from(move |_| {
            let (said, text) = (said.clone(), text.clone());
            spawn_local(async move {
                let copied =
                    JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
                said.set(if copied.is_ok() { words::COPIED } else { words::NOT_COPIED });
                Timeout::new(2000, move || said.set(words::COPY)).forget();
            });
        })
    };
    html! {
        <button class="btn small" {onclick}>
            <Icon name={if *said == words::COPIED { "check" } else { "copy" }} />
            <span class="copy-words hide-narrow" aria-live="polite">{ *said }</span>
        </button>
    }
}
