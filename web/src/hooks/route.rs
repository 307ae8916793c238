//! Follows the address.

use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

use crate::route::Route;

/// Where the browser is; draws anew when it goes elsewhere.
#[hook]
pub fn use_route() -> Route {
    let route = use_state_eq(Route::current);
    {
        let route = route.clone();
        use_effect_with((), move |()| {
            let listener =
                EventListener::new(&window(), "hashchange", move |_| route.set(Route::current()));
            move || drop(listener)
        });
    }
    (*route).clone()
}
