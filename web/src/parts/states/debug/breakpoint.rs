//! Breakpoints: where they are, and how they are set.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ask;
use crate::hooks::desk::Desk;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::state::states::debug::{Held, Stops};
use crate::words::debug as said;

/// Where executions of a machine stop; `may` is whether that can be changed.
pub fn stops_of(
    (desk, tell): (&Desk, &Tell),
    machine: &str,
    (breakpoints, held): (&[String], &[Held]),
    may: bool,
) -> Stops {
    let breakpoints: Rc<std::collections::BTreeSet<String>> =
        Rc::new(breakpoints.iter().cloned().collect());
    let held = Rc::new(held.iter().map(|held| held.state.clone()).collect());
    let toggle = {
        let (desk, tell, machine) = (desk.clone(), tell.clone(), machine.to_owned());
        let breakpoints = breakpoints.clone();
        Callback::from(move |state: String| {
            let (desk, tell) = (desk.clone(), tell.clone());
            let on = !breakpoints.contains(&state);
            let params = json!({ "Machine": machine, "State": state, "On": on });
            spawn_local(async move {
                ask(&desk, &tell, ("breakpoint", params), said::set(&state, on)).await;
            });
        })
    };
    let toggle = Some(toggle).filter(|_| may && desk.cloud.may_change());
    Stops { breakpoints, held, toggle }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub stops: Stops,
    pub state: AttrValue,
    /// The word is seen only where there is one.
    #[prop_or_default]
    pub small: bool,
}

/// Sets a breakpoint at a state, or takes it away.
#[component]
pub fn BreakButton(props: &Props) -> Html {
    let on = props.stops.at(&props.state);
    let Some(toggle) = &props.stops.toggle else {
        return html! { if on { <span class="pill sf-bp"><Icon name="bp" />{ said::BREAKPOINT }</span> } };
    };
    let state = props.state.to_string();
    let onclick = toggle.reform(move |_: MouseEvent| state.clone());
    let class = classes!("btn", "small", "sf-bp", (props.small && !on).then_some("ghost icon"));
    let label = said::breakpoint_at(&props.state);
    html! {
        <button type="button" {class} aria-pressed={on.to_string()} aria-label={label} title={said::BREAKPOINT_MORE} {onclick}>
            <Icon name={if on { "bp" } else { "ring" }} />if on || !props.small { { said::BREAKPOINT } }</button>
    }
}
