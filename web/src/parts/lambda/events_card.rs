//! How asynchronous events are dealt with: how often they are tried, how old they may become, and who is told of the end.

use serde_json::{Map, Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::parts::lambda::configuration::{Props, save};
use crate::parts::lambda::field::Field;
use crate::words::lambda as said;

/// The card.
#[component]
pub fn EventsCard(props: &Props) -> Html {
    let [retries, age, success, failure] =
        [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let events = props.whole.events.clone().unwrap_or_default();
    let name = props.whole.configuration.function_name.clone();
    let onsubmit = {
        let (props, name) = (props.clone(), name.clone());
        let fields = (retries.clone(), age.clone(), success.clone(), failure.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = |field: &NodeRef| {
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
            };
            let picked = fields.0.cast::<HtmlSelectElement>().map(|field| field.value());
            let retries = picked.and_then(|text| text.parse::<u32>().ok()).unwrap_or(2);
            let mut input = Map::from_iter([
                ("FunctionName".to_owned(), Value::from(name.clone())),
                ("MaximumRetryAttempts".to_owned(), retries.into()),
            ]);
            if let Ok(age) = text(&fields.1).parse::<u32>() {
                input.insert("MaximumEventAgeInSeconds".into(), age.into());
            }
            let mut to = Map::new();
            for (member, field) in [("OnSuccess", &fields.2), ("OnFailure", &fields.3)] {
                let arn = text(field);
                if !arn.is_empty() {
                    to.insert(member.into(), json!({ "Destination": arn }));
                }
            }
            if !to.is_empty() {
                input.insert("DestinationConfig".into(), to.into());
            }
            save(&props, said::EVENTS, "PutFunctionEventInvokeConfig", input.into());
        })
    };
    let remove = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "FunctionName": name });
            save(&props, said::EVENTS, "DeleteFunctionEventInvokeConfig", input);
        })
    };
    let may = props.desk.cloud.may_change();
    let tried = events.maximum_retry_attempts.unwrap_or(2);
    let to = &events.destination_config;
    let field = |id: &'static str, label: &'static str, node: &NodeRef, value: String| {
        html! { <Field node={node.clone()} {id} {label} {value} /> }
    };
    let arn = |destination: &Option<String>| destination.clone().unwrap_or_default();
    let is_set = props.whole.events.is_some();
    let oldest = events.maximum_event_age_in_seconds.map(|age| age.to_string()).unwrap_or_default();
    html! {
        <section class="card setting" aria-labelledby="async-h" id="setting-async">
            <div class="row"><h3 id="async-h" class="grow">{ said::EVENTS }</h3>
                <span class={classes!("pill", is_set.then_some("good"))}>{ if is_set { said::IS_SET } else { said::NOT_SET } }</span></div>
            <p class="small dim2">{ said::EVENTS_MORE }</p>
            <form class="stack" {onsubmit}>
                <div class="two">
                    <label class="fld">{ said::RETRIES }
                        <select ref={retries} class="select" id="set-retries">
                            { for (0..=2_u32).map(|count| html! { <option value={count.to_string()} selected={count == tried}>{ count }</option> }) }
                        </select></label>
                    { field("set-age", said::MAX_AGE, &age, oldest) }
                </div>
                { field("set-success", said::ON_SUCCESS_ARN, &success, arn(&to.on_success.destination)) }
                { field("set-failure", said::ON_FAILURE_ARN, &failure, arn(&to.on_failure.destination)) }
                <div class="row">
                    <button class="btn small" type="submit" disabled={!may}>{ said::SAVE }</button>
                    if is_set { <button class="btn small ghost" type="button" disabled={!may} onclick={remove}>{ said::REMOVE }</button> }
                </div>
            </form>
        </section>
    }
}
