//! Which page is shown. The address decides.

use yew::prelude::*;

use crate::hooks::frame::{Frame, use_new_frame};
use crate::hooks::route::use_route;
use crate::pages::bench::Bench;
use crate::pages::home::Home;
use crate::pages::missing::Missing;
use crate::pages::shared;
use crate::parts::apart;
use crate::route::{Place, Route};
use crate::state::prefs::Theme;

/// The page.
#[component]
pub fn App() -> Html {
    let route = use_route();
    let frame = use_new_frame();
    use_effect_with((), |()| Theme::kept().apply());
    // Whatever took everything's place: the page reads it all anew.
    let epoch = frame.epoch;
    let page = match route {
        Route::Home => html! { <Home key={epoch} /> },
        Route::Missing => html! { <Missing /> },
        Route::Shared(ref link) => {
            let page = apart::shared_page(shared::Props { link: link.clone().into() });
            html! { <key={link.clone()}>{ page }</> }
        }
        // A lesson and free play each have a cloud of their own: the key makes a new bench of them.
        Route::Lesson { ref id, .. } => {
            let key = format!("lesson/{id}/{epoch}");
            html! { <Bench {key} {route} /> }
        }
        Route::Play { .. } => html! { <Bench key={format!("play/{epoch}")} {route} /> },
        Route::Begin(how) => {
            let route = Route::Play { place: Place::Unsaid };
            html! { <Bench key={format!("play/{epoch}")} {route} begin={how} /> }
        }
    };
    html! { <ContextProvider<Frame> context={frame}>{ page }</ContextProvider<Frame>> }
}
