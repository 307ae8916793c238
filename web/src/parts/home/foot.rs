//! Whose this is not, and where everything stays.

use yew::prelude::*;

use crate::words;

/// The foot of the home page.
#[component]
pub fn Foot() -> Html {
    html! {
        <footer class="site-foot"><span>{ words::NOT_AFFILIATED }</span><span>{ words::STAYS_HERE }</span>
            <a class="push" href="docs/index.html">{ words::THE_BOOK }</a></footer>
    }
}
