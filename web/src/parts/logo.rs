//! The dome with its cloud and its star: the way home.

use yew::prelude::*;

use crate::route::Route;
use crate::words;

/// The logo, a link to the home page.
#[component]
pub fn Logo() -> Html {
    html! {
        <a class="logo" href={Route::Home.href()} aria-label={words::LOGO}>
            <svg viewBox="0 0 32 32" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
                <path class="glass" d="M4.5 24.5a11.5 11.5 0 0 1 23 0z" />
                <path class="cloud" d="M11.3 24.5a3.4 3.4 0 0 1-.2-6.8 4.9 4.9 0 0 1 9.4-1.2 4 4 0 0 1 1 8z" stroke-width="1.6" />
                <path class="glass" d="M2.5 28h27M2.5 24.5h27" />
                <path class="st0" d="M23.5 5c.5 3 1.4 4.1 4.5 4.8-3.1.7-4 1.8-4.5 4.8-.5-3-1.4-4.1-4.5-4.8 3.1-.7 4-1.8 4.5-4.8z" />
            </svg>
            <span>{ words::NAME }</span>
        </a>
    }
}
