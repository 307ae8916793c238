//! An address that names nothing.

use gloo::utils::document;
use yew::prelude::*;

use crate::parts::logo::Logo;
use crate::parts::theme_switch::ThemeSwitch;
use crate::route::Route;
use crate::words;

/// Says so, and shows the way home.
#[component]
pub fn Missing() -> Html {
    use_effect_with((), |()| document().set_title(&words::title(words::MISSING)));
    html! {
        <>
            <header class="topbar"><Logo /><span class="push row"><ThemeSwitch /></span></header>
            <main class="page missing" id="main" tabindex="-1">
                <h1>{ words::MISSING }</h1>
                <p class="dim2">{ words::MISSING_MORE }</p>
                <p><a class="btn primary" href={Route::Home.href()}>{ words::ALL_LESSONS }</a></p>
            </main>
        </>
    }
}
