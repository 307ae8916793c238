//! Styles that come with a part of the page, not with the page.

use yew::prelude::*;

/// The link to them, and whether they are here.
#[hook]
pub fn use_styles(href: &'static str) -> (Html, bool) {
    let styled = use_state_eq(|| false);
    let here = {
        let styled = styled.setter();
        // Without them (no network, say) it is better drawn plainly than not at all.
        Callback::from(move |_: Event| styled.set(true))
    };
    (html! { <link rel="stylesheet" {href} onload={here.clone()} onerror={here} /> }, *styled)
}
