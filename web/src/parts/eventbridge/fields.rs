//! What is written in fields and picked in lists.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Tells what is written, letter by letter. A text area has its value where an input has it.
pub fn typed(tell: impl Fn(String) + 'static) -> Callback<InputEvent> {
    Callback::from(move |event: InputEvent| {
        tell(event.target_unchecked_into::<HtmlInputElement>().value());
    })
}

/// Tells what was picked. A list has its value where an input has it.
pub fn picked(tell: impl Fn(String) + 'static) -> Callback<Event> {
    Callback::from(move |event: Event| {
        tell(event.target_unchecked_into::<HtmlInputElement>().value());
    })
}
