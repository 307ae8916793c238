//! How a rule stands, and what is done with it from the list and from its page.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::confirm::Confirm;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::grant;
use crate::parts::icon::Icon;
use crate::state::cloud;
use crate::state::eventbridge::{Listed, Whole, of_bus, of_rule};
use crate::words::{self, eventbridge as said};

/// How a rule stands.
pub fn state(rule: &Listed) -> Html {
    let (class, icon, words) =
        if rule.enabled { ("good", "check", said::ENABLED) } else { ("", "pause", said::DISABLED) };
    html! { <span class={classes!("pill", class)}><Icon name={icon} />{ words }</span> }
}

/// Enables a rule, or disables it.
pub fn toggle(desk: &Desk, tell: &Tell, rule: &Listed) -> Callback<MouseEvent> {
    let (desk, tell, rule) = (desk.clone(), tell.clone(), rule.clone());
    Callback::from(move |_| {
        let (desk, tell, rule) = (desk.clone(), tell.clone(), rule.clone());
        spawn_local(async move {
            let on = !rule.enabled;
            let operation = if on { "EnableRule" } else { "DisableRule" };
            let said = (said::toggle(on, &rule.name), said::toggled(on, &rule.name));
            act(&desk, &tell, said, ("events", operation), of_rule(&rule, "Name")).await;
        });
    })
}

/// Asks whether a rule is to be deleted.
pub fn question(rule: &Listed, close: Callback<()>, yes: impl Fn() + 'static) -> Html {
    let question = said::delete_rule_ask(&rule.name, rule.targets.len());
    html! {
        <Confirm class="ask-delete" label={question.clone()} yes={said::DELETE_RULE} no={words::KEEP} on_yes={Callback::from(move |()| yes())} on_no={close}>
            <p><b>{ question }</b>{ " " }{ words::DELETE_MORE }</p>
        </Confirm>
    }
}

/// Deletes a rule, its targets first: AWS deletes none that has any. Tells whether it is gone.
pub async fn delete(desk: &Desk, tell: &Tell, rule: &Listed) -> bool {
    let asked = said::deleting(&rule.name);
    if !rule.targets.is_empty() {
        let named = json!({ "EventBusName": rule.event_bus_name, "Name": rule.name });
        let whole = cloud::view_at("events", "rule", &desk.region, &named, None).await;
        let targets = match whole {
            Ok(whole) => serde_json::from_value::<Whole>(whole).unwrap_or_default().targets,
            Err(why) => {
                tell.refused.emit((asked, why));
                return false;
            }
        };
        let ids: Vec<&String> = targets.iter().map(|target| &target.id).collect();
        let mut input = of_bus(&rule.event_bus_name);
        input.extend([("Rule".to_owned(), json!(rule.name)), ("Ids".to_owned(), json!(ids))]);
        let said = (asked.clone(), said::targets_gone(&rule.name));
        let input = Value::from(input);
        if act(desk, tell, said, ("events", "RemoveTargets"), input).await.is_none() {
            return false;
        }
        for target in &targets {
            grant::revoke(desk, tell, rule, (target, None)).await;
        }
    }
    let said = (asked, said::deleted(&rule.name));
    act(desk, tell, said, ("events", "DeleteRule"), of_rule(rule, "Name")).await.is_some()
}
