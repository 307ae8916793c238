//! An address that names nothing.

use gloo::utils::document;
use yew::prelude::*;

use crate::parts::logo::Logo;
use crate::parts::theme_switch::ThemeSwitch;
use crate::route::{Place, Route};
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

#[derive(Properties, PartialEq)]
pub struct RefusedProps {
    /// Why, in words.
    pub why: AttrValue,
}

/// A lesson that is not here, or that has mistakes: nothing else is harmed by it.
#[component]
pub fn Refused(props: &RefusedProps) -> Html {
    use_effect_with((), |()| document().set_title(&words::title(words::REFUSED)));
    let play = Route::Play { place: Place::Unsaid };
    html! {
        <>
            <header class="topbar"><Logo /><span class="push row"><ThemeSwitch /></span></header>
            <main class="page missing" id="main" tabindex="-1">
                <h1>{ words::REFUSED }</h1>
                <p class="dim2" role="alert">{ words::refused(&props.why) }</p>
                <p class="row wrap"><a class="btn primary" href={Route::Home.href()}>{ words::ALL_LESSONS }</a><a class="btn" href={play.href()}>{ words::FREE_PLAY }</a></p>
            </main>
        </>
    }
}
