//! The learner's files, as they change.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::homes::{self, Listing};

/// What a home holds: none until it was read.
#[hook]
pub fn use_home(home: &str) -> Option<Rc<Listing>> {
    let held = use_state(|| (String::new(), Rc::<Listing>::default()));
    {
        let held = held.setter();
        use_effect_with(home.to_owned(), move |home| {
            let home = home.clone();
            let look = move || {
                let (held, home) = (held.clone(), home.clone());
                spawn_local(async move {
                    let listing = homes::list(&home).await;
                    held.set((home, Rc::new(listing)));
                });
            };
            look();
            let ear = homes::listen(move |_| look());
            move || drop(ear)
        });
    }
    (held.0 == home).then(|| held.1.clone())
}
