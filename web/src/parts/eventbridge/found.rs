//! What there is in the Region that can be a target.

use serde::Deserialize;
use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::eventbridge::console::list;
use crate::state::eventbridge::target::{Kind, named_by, short};
use crate::words::eventbridge as said;

/// Something that can be a target.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Found {
    #[serde(alias = "Name")]
    pub name: String,
    #[serde(alias = "Arn")]
    pub arn: String,
}

/// What there is; and what was chosen, though it is there no more.
pub fn options(found: &[Found], chosen: &str) -> Html {
    let is_gone = !chosen.is_empty() && found.iter().all(|one| one.arn != chosen);
    html! {
        <>
            { for found.iter().map(|one| html! { <option key={one.arn.clone()} value={one.arn.clone()} selected={one.arn == chosen}>{ &one.name }</option> }) }
            if is_gone { <option value={chosen.to_owned()} selected={true}>{ said::gone(&short(chosen)) }</option> }
        </>
    }
}

/// What there is of a kind in this Region, and whether that is known.
#[hook]
pub fn use_found(desk: &Desk, kind: Kind, bus: &str) -> (Vec<Found>, bool) {
    let of = match kind {
        Kind::Function => ("lambda", "functions"),
        Kind::Queue => ("sqs", "queues"),
        Kind::Machine => ("states", "machines"),
        Kind::LogGroup => ("logs", "groups"),
        Kind::Bus => ("events", "buses"),
        Kind::Destination => ("events", "destinations"),
    };
    // The kind makes it another question; what is shown may still be of the one before.
    let shown = use_live(desk, of, json!({ "Kind": kind.id() }), None::<u32>);
    let is_here = matches!(shown, Load::Here(_));
    let mut found: Vec<Found> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    found.retain(|one| named_by(&one.arn).is_some_and(|(of, _)| of == kind));
    found.retain(|one| kind != Kind::Bus || one.name != bus);
    for one in &mut found {
        if let Some(plain) = one.arn.strip_suffix(":*") {
            one.arn = plain.to_owned();
        }
    }
    (found, is_here)
}
