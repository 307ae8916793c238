//! What a console shows of a service that goes on by itself: asked for whenever the cloud has changed, and while time passes.

use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::state::cloud;

/// A picture that a service has for the console, of now or of the past that is looked at; what was shown before stays
/// until the new one is here. `of` names service and picture. `every_ms` is how often it is asked for while nothing is
/// called, if what runs by itself changes it too. It is neither logged nor billed.
#[hook]
pub fn use_live(
    desk: &Desk,
    of: (&'static str, &'static str),
    params: Value,
    every_ms: impl Into<Option<u32>>,
) -> Load<Value> {
    let (service, name) = of;
    let every_ms = every_ms.into();
    let load = use_state_eq(|| Load::Coming);
    let going = every_ms.is_some() && desk.cloud.is_ours() && desk.cloud.past.is_none();
    let tick = use_tick(every_ms.unwrap_or_default(), going);
    let setter = load.setter();
    let question = (params, desk.region.clone(), desk.cloud.past);
    // Counts questions: an answer to an earlier one is dropped.
    let asked = use_mut_ref(|| (question.clone(), 0_u32));
    let when = (desk.cloud.changes, desk.cloud.openings, desk.cloud.is_ours(), tick);
    use_effect_with((when, question), move |((_, _, ready, _), question)| {
        let number = {
            let mut asked = asked.borrow_mut();
            if asked.0 != *question {
                *asked = (question.clone(), asked.1 + 1);
            }
            asked.1
        };
        if *ready {
            let (params, region, past) = question.clone();
            spawn_local(async move {
                let answer = cloud::view_at(service, name, &region, &params, past).await;
                if asked.borrow().1 == number {
                    setter.set(answer.map_or_else(Load::Refused, Load::Here));
                }
            });
        }
    });
    (*load).clone()
}
