//! How an execution that is held goes on.

use serde_json::{Value, json};
use yew::prelude::*;

use super::{Props, can_debug};
use crate::parts::icon::Icon;
use crate::words::debug as said;

/// Buttons; each stands only where it does something.
#[component]
pub fn Steps(props: &Props) -> Html {
    if !props.execution.row.is_running() || !can_debug(&props.execution) {
        return html! {};
    }
    let disabled = !props.desk.cloud.may_change();
    let one = |(id, icon, action): (&'static str, &'static str, &'static str),
               (words, more): (&'static str, &'static str),
               class: &'static str| {
        let params: Value = json!({});
        let onclick = props.on_click(action, &params, words);
        let hot = props.desk.hot(match action {
            "step" => "states.step",
            "continue" => "states.continue",
            _ => "states.pause",
        });
        html! { <button {id} class={classes!("btn", "small", class, hot)} {disabled} {onclick} title={more}><Icon name={icon} />{ words }</button> }
    };
    if props.held().is_empty() {
        return one(("pause", "pause", "pause"), (said::PAUSE, said::PAUSE_MORE), "");
    }
    html! {
        <>
            { one(("step", "step", "step"), (said::STEP, said::STEP_MORE), "primary") }
            { one(("continue", "run", "continue"), (said::CONTINUE, said::CONTINUE_MORE), "") }
            { one(("finish", "next", "finish"), (said::FINISH, said::FINISH_MORE), "") }
        </>
    }
}

/// Where it is held, and how much of it was changed by hand, in the line that says how it stands.
#[component]
pub fn Paused(props: &Props) -> Html {
    let held = props.held();
    let changes = props.execution.debug.as_ref().map_or(0, |debug| debug.changes.len());
    html! {
        <>
            <span id="paused" role="status">if !held.is_empty() { <span class="pill sf-paused"><Icon name="pause" />{ said::paused(held) }</span> }</span>
            if changes > 0 { <span class="pill warn" id="by-hand"><Icon name="you" />{ said::changes(changes) }</span> }
        </>
    }
}
