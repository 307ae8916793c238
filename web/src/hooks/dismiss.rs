//! Escape closes what was opened last.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// Calls back on Escape, while open.
#[hook]
pub fn use_escape(open: bool, close: Callback<()>) {
    use_effect_with((open, close), |(open, close)| {
        let close = close.clone();
        let listener = open.then(|| {
            EventListener::new(&document(), "keydown", move |event| {
                let escape =
                    event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape");
                if escape && !event.default_prevented() {
                    close.emit(());
                }
            })
        });
        move || drop(listener)
    });
}
