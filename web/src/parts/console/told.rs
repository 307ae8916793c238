//! What a console was told: the strip of the last deed, or of what was refused.

use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::console::mirror::Mirror;
use crate::parts::console::refused::Refused;
use crate::state::cloud::Refusal;

/// What a part of a console tells the console.
#[derive(Clone, PartialEq)]
pub struct Tell {
    pub did: Callback<Deed>,
    pub refused: Callback<(String, Refusal)>,
}

/// The strip that shows what was done or refused last, and the way to tell it.
#[hook]
pub fn use_told(desk: &Desk) -> (Html, Tell) {
    let deed = use_state_eq(|| None::<Deed>);
    let refusal = use_state_eq(|| None::<(String, Refusal)>);
    let tell = Tell {
        did: {
            let (deed, refusal) = (deed.setter(), refusal.setter());
            Callback::from(move |done| {
                deed.set(Some(done));
                refusal.set(None);
            })
        },
        refused: {
            let refusal = refusal.setter();
            Callback::from(move |why| refusal.set(Some(why)))
        },
    };
    let close = {
        let refusal = refusal.setter();
        Callback::from(move |()| refusal.set(None))
    };
    let shown = html! {
        <>
            if let Some(deed) = &*deed { <Mirror desk={desk.clone()} deed={deed.clone()} /> }
            if let Some((what, why)) = &*refusal {
                <Refused desk={desk.clone()} what={what.clone()} why={why.clone()} close={close.clone()} />
            }
        </>
    };
    (shown, tell)
}
