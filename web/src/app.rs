//! Which page is shown. The address decides.

use yew::prelude::*;

use crate::hooks::route::use_route;
use crate::pages::bench::Bench;
use crate::pages::home::Home;
use crate::pages::missing::Missing;
use crate::route::Route;
use crate::state::prefs::Theme;

/// The page.
#[component]
pub fn App() -> Html {
    let route = use_route();
    use_effect_with((), |()| Theme::kept().apply());
    match route {
        Route::Home => html! { <Home /> },
        Route::Missing => html! { <Missing /> },
        // A lesson and free play each have a cloud of their own: the key makes a new bench of them.
        Route::Lesson { ref id, .. } => {
            let key = format!("lesson/{id}");
            html! { <Bench {key} {route} /> }
        }
        Route::Play { .. } => html! { <Bench key="play" {route} /> },
    }
}
