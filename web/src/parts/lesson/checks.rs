//! What the step asks, and how each of it stands now. Changes are spoken politely.

use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::prose;
use crate::state::lesson::{Check, CheckResult, CheckState};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub checks: Vec<Check>,
    pub results: Rc<Vec<CheckResult>>,
    pub go_to_line: Callback<u32>,
}

/// The list of checks.
#[component]
pub fn Checks(props: &Props) -> Html {
    html! {
        <div>
            <h4 class="label checks-h">{ words::CHECKS }</h4>
            <ul class="checks" aria-live="polite">
                { for props.checks.iter().map(|check| one(props, check)) }
            </ul>
        </div>
    }
}

fn one(props: &Props, check: &Check) -> Html {
    let result = props.results.iter().find(|result| result.id == check.id);
    let state = result.map(|result| result.state).unwrap_or_default();
    let (class, icon, said) = match state {
        CheckState::Pass => ("pass", "check", words::PASSED),
        CheckState::Fail => ("fail", "x", words::FAILED),
        CheckState::Wait => ("wait", "ring", words::WAITING),
    };
    let message = result.filter(|result| !result.message.is_empty() && state != CheckState::Wait);
    let line = result.and_then(|result| result.line).filter(|_| state == CheckState::Fail);
    html! {
        <li key={check.id.clone()} class={classes!("ck", class)} data-check={check.id.clone()}>
            <Icon name={icon} />
            <b><span class="vh">{ said }{ " " }</span>{ prose::inlines(&check.text) }</b>
            { for message.map(|result| html! { <p>{ prose::inlines(&result.message) }</p> }) }
            { for line.map(|line| {
                let onclick = props.go_to_line.reform(move |_| line);
                html! { <button class="btn small" {onclick}>{ words::go_to_line(line) }</button> }
            }) }
        </li>
    }
}
