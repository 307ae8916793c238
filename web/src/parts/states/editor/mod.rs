//! The visual editor: picture, outline, form and text of one definition, edited from any of them. A part of its own, fetched when
//! it is first opened.

mod actions;
mod canvas;
mod choice;
mod ed;
mod errors;
mod field;
mod flow;
mod form;
mod kinds;
mod machine_form;
pub mod page;
mod palette;
mod toolbar;
mod tree;

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to an element, if it is there.
fn focus_on(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        // An element of a picture takes the focus as any other does.
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }
}
