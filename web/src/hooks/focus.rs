//! Moves the focus to what has just come, so that the keyboard follows the eye.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Focuses the element when it is first drawn.
#[hook]
pub fn use_focus_at_first() -> NodeRef {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| focus(&node));
    }
    node
}

/// Focuses an element, if it is drawn.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // Focus cannot fail on an element that is shown.
        let _ = element.focus();
    }
}

/// When `when` changes and the focused element has gone with it, the focus goes to the element with this id.
#[hook]
pub fn use_focus_kept<T: PartialEq + 'static>(when: T, id: &'static str) {
    let first = use_mut_ref(|| true);
    use_effect_with(when, move |_| {
        let document = document();
        let lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
        if !first.replace(false) && lost {
            let element = document
                .get_element_by_id(id)
                .and_then(|found| found.dyn_into::<HtmlElement>().ok());
            if let Some(element) = element {
                // Focus cannot fail on an element that is shown.
                let _ = element.focus();
            }
        }
    });
}
