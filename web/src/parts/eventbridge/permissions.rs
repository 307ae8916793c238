//! Who may send to a bus: what its policy says.

use serde_json::Value;
use yew::prelude::*;

use crate::parts::eventbridge::bus::BusPart;
use crate::state::eventbridge::policy::statements;
use crate::state::states::pretty;
use crate::words::eventbridge as said;

/// The statements, and the whole document.
#[component]
pub fn Permissions(props: &BusPart) -> Html {
    let policy = props.bus.policy.clone();
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::PERMISSIONS}>
            <section class="fn-policy" aria-labelledby="permissions-h">
                <h2 id="permissions-h">{ said::PERMISSIONS }</h2>
                <p class="small dim2">{ said::PERMISSIONS_MORE }</p>
                if let Some(policy) = policy {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="permissions-h"><table id="bus-policy">
                        <thead><tr><th scope="col">{ said::STATEMENT }</th><th scope="col">{ said::EFFECT }</th><th scope="col">{ said::WHO }</th><th scope="col">{ said::MAY }</th><th scope="col">{ said::IF }</th></tr></thead>
                        <tbody>{ for statements(&policy).iter().map(row) }</tbody>
                    </table></div>
                    <h3 class="label" id="policy-json-h">{ said::POLICY_JSON }</h3>
                    <pre class="doc mono" tabindex="0" role="region" aria-labelledby="policy-json-h">{ pretty(&policy) }</pre>
                } else {
                    <p class="small" id="no-policy">{ said::NO_POLICY }</p>
                }
            </section>
        </div>
    }
}

fn row(statement: &Value) -> Html {
    let text = |name: &str| match statement.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    html! {
        <tr><th scope="row" class="mono">{ text("Sid") }</th><td>{ text("Effect") }</td><td class="mono">{ text("Principal") }</td><td class="mono">{ text("Action") }</td><td class="mono">{ text("Condition") }</td></tr>
    }
}
