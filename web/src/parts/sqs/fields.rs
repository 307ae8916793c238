//! What stands in the fields of forms, and one that chooses among a few values.

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What stands in a field, whatever kind it is.
pub fn text(field: &NodeRef) -> String {
    let input = || field.cast::<HtmlInputElement>().map(|field| field.value());
    let select = || field.cast::<HtmlSelectElement>().map(|field| field.value());
    let area = || field.cast::<HtmlTextAreaElement>().map(|field| field.value());
    input().or_else(select).or_else(area).unwrap_or_default()
}

/// A label with a list of values, each with its words.
pub fn choice(
    (id, label): (&'static str, &'static str),
    node: &NodeRef,
    options: &[(&str, &str)],
    chosen: &str,
) -> Html {
    html! {
        <label class="fld">{ label }
            <select ref={node.clone()} class="select" {id}>
                { for options.iter().map(|(value, words)| html! { <option value={(*value).to_owned()} selected={*value == chosen}>{ *words }</option> }) }
            </select></label>
    }
}
