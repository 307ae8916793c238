//! Moves the focus to what has just come, so that the keyboard follows the eye.

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
