//! What was refused, beside the form that asked for it.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::refused::Refused;
use crate::parts::console::told::Tell;
use crate::state::cloud::Refusal;

/// What is to be shown beside a form, and how it tells: what was done goes to the console's strip.
#[hook]
pub fn use_beside(desk: &Desk, tell: &Tell) -> (Html, Tell) {
    let refusal = use_state_eq(|| None::<(String, Refusal)>);
    let beside = Tell {
        did: {
            let (did, refusal) = (tell.did.clone(), refusal.setter());
            Callback::from(move |deed| {
                refusal.set(None);
                did.emit(deed);
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
        if let Some((what, why)) = &*refusal {
            <Refused desk={desk.clone()} what={what.clone()} why={why.clone()} {close} />
        }
    };
    (shown, beside)
}
