//! The home page: Cloudarium in two sentences, the tracks, and the way back to where you were.

use gloo::utils::document;
use yew::prelude::*;

use crate::hooks::lesson::use_lessons;
use crate::hooks::paint::use_painted;
use crate::parts::finder::Finder;
use crate::parts::frame_toasts::FrameToasts;
use crate::parts::home::aside::Aside;
use crate::parts::home::foot::Foot;
use crate::parts::home::hero::Hero;
use crate::parts::home::track::Tracks;
use crate::parts::home::way::Way;
use crate::parts::logo::Logo;
use crate::parts::overlays::Overlays;
use crate::parts::skip::Skip;
use crate::parts::theme_switch::ThemeSwitch;
use crate::route::{Place, Route};
use crate::words;

/// The first page.
#[component]
pub fn Home() -> Html {
    use_effect_with((), |()| document().set_title(&words::title(words::HOME_TITLE)));
    let lessons = use_lessons();
    let way = match &lessons {
        Some(Ok(lessons)) => Way::through(lessons.clone()),
        _ => Way::default(),
    };
    let painted = use_painted();
    let tracks = match &lessons {
        Some(Err(why)) => html! { <p class="note bad" role="alert">{ words::no_lessons(why) }</p> },
        Some(Ok(_)) if painted => html! { <Tracks way={way.clone()} /> },
        _ => html! { <p class="dim tracks-coming" aria-busy="true">{ words::LOADING_LESSONS }</p> },
    };
    html! {
        <>
            <Skip />
            <header class="topbar">
                <Logo />
                <nav class="row push" aria-label={words::SITE}>
                    <a class="btn ghost only-wide" href={Route::Play { place: Place::Unsaid }.href()}>{ words::FREE_PLAY }</a>
                    <Finder />
                    <ThemeSwitch />
                </nav>
            </header>
            <main class="page" id="main" tabindex="-1">
                <Hero way={way.clone()} />
                <div class="cols">
                    <section aria-labelledby="tracks-h"><h2 id="tracks-h">{ words::TRACKS }</h2>{ tracks }</section>
                    <Aside {way} />
                </div>
            </main>
            <Foot />
            <FrameToasts />
            <Overlays />
        </>
    }
}
