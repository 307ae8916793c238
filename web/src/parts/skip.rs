//! The first stop of the Tab key: past the bars, to the main part.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::words;

/// A button, since the address belongs to the routes.
#[component]
pub fn Skip() -> Html {
    let onclick = Callback::from(|_| {
        let main = document()
            .get_element_by_id("main")
            .and_then(|main| main.dyn_into::<HtmlElement>().ok());
        if let Some(main) = main {
            // Focus cannot fail on an element that is shown.
            let _ = main.focus();
        }
    });
    html! { <button class="skip" {onclick}>{ words::SKIP }</button> }
}
