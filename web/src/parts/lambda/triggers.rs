//! What starts a function and where its answer goes, as a picture; and who may invoke it.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::mapped::{self, use_mappings};
use crate::parts::lambda::new_trigger::NewTrigger;
use crate::route::{FunctionPart, Place, Section};
use crate::state::lambda::triggers::{self, Notification};
use crate::state::lambda::{Whole, service_of, short_arn};
use crate::state::listing;
use crate::words::lambda as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
}

/// So many buckets are asked.
const BUCKETS_MAX: usize = 100;

/// What is known of the buckets: their names, and what they tell this function.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    pub buckets: Vec<String>,
    pub mine: Vec<Notification>,
}

/// The picture.
#[component]
pub fn Triggers(props: &Props) -> Html {
    let Props { desk, whole, .. } = props;
    let adding = use_state_eq(|| false);
    use_focus_kept(*adding, "add-trigger");
    let found = use_found(desk, &whole.configuration.function_arn);
    let mappings = use_mappings(desk, &whole.configuration.function_name);
    let open = |to: bool| {
        let adding = adding.setter();
        Callback::from(move |()| adding.set(to))
    };
    let events = whole.events.clone().unwrap_or_default();
    let to = &events.destination_config;
    let dead = whole.configuration.dead_letter_config.target_arn.clone();
    let ends: Vec<(String, bool, &'static str)> = [
        (to.on_success.destination.clone(), true, said::ON_SUCCESS),
        (to.on_failure.destination.clone(), false, said::ON_FAILURE),
        (dead, false, said::DEAD_LETTERS),
    ]
    .into_iter()
    .filter_map(|(arn, good, words)| arn.map(|arn| (arn, good, words)))
    .collect();
    let retries = events.maximum_retry_attempts.unwrap_or(2);
    let nothing = found.mine.is_empty() && mappings.is_empty() && whole.url.is_none();
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::TRIGGERS}>
            <section class="trig" aria-labelledby="trig-h">
                <h2 class="vh" id="trig-h">{ said::TRIGGERS }</h2>
                <ol class="flowrow">
                    <li class="dests">
                        { for found.mine.iter().map(|one| bucket(props, one)) }
                        { for mappings.iter().map(|one| mapped::queue(desk, &props.tell, one)) }
                        if let Some(url) = &whole.url {
                            <div class="end-of"><span class="label"><Icon name="link" class="sm" />{ said::URL }</span><b class="uri">{ &url.function_url }</b><span class="small">{ said::auth(&url.auth_type) }</span></div>
                        }
                        if nothing { <p class="small dim2 end-of-none">{ said::NO_TRIGGERS }</p> }
                    </li>
                    <li class="wire"><b>{ said::EVENT_WIRE }</b>{ " " }{ if found.mine.is_empty() { "" } else { said::ASYNC_WIRE } }</li>
                    <li><a class="end-of on" href={desk.route.at(Place::function(whole.configuration.function_name.clone(), FunctionPart::Code)).href()}>
                        <span class="label"><Icon name="lambda" class="sm c-lambda" />{ said::FUNCTION }</span><b>{ &whole.configuration.function_name }</b>
                        <span class="small">{ said::tries(retries, !ends.is_empty()) }</span></a></li>
                    <li class="wire"><b>{ said::ANSWER_WIRE }</b></li>
                    <li class="dests">
                        { for ends.iter().map(|(arn, good, words)| end(arn, *good, words)) }
                        if ends.is_empty() { <p class="small dim2 end-of-none">{ said::NO_DESTINATIONS }</p> }
                    </li>
                </ol>
                <button id="add-trigger" class={classes!("btn", "small", desk.hot("lambda.add-trigger"))} data-hotspot="lambda.add-trigger" disabled={!desk.cloud.may_change()}
                    onclick={open(true).reform(|_: MouseEvent| ())}><Icon name="plus" />{ said::ADD_TRIGGER }</button>
            </section>
            if *adding { <NewTrigger desk={desk.clone()} tell={props.tell.clone()} whole={whole.clone()} buckets={found.buckets.clone()} close={open(false)} /> }
            { policy(props) }
        </div>
    }
}

fn bucket(props: &Props, one: &Notification) -> Html {
    let desk = &props.desk;
    let href = desk.route.at(Place::section(one.bucket.clone(), Section::Properties)).href();
    let remove = {
        let (props, one) = (props.clone(), one.clone());
        Callback::from(move |_: MouseEvent| spawn_local(remove(props.clone(), one.clone())))
    };
    html! {
        <div class="end-of" key={format!("{}/{}", one.bucket, one.id)}>
            <span class="label"><Icon name="s3" class="sm c-s3" />{ said::TRIGGER }
                <button class="btn ghost icon small push" aria-label={said::remove_trigger(&one.bucket)} title={said::remove_trigger(&one.bucket)} disabled={!desk.cloud.may_change()} onclick={remove}><Icon name="x" /></button></span>
            <a {href}><b>{ &one.bucket }</b></a>
            <span class="small">{ said::notification(&one.events, &one.prefix, &one.suffix) }</span>
        </div>
    }
}

/// Where an answer goes.
fn end(arn: &str, good: bool, words: &'static str) -> Html {
    let icon = match service_of(arn) {
        "sns" => "bell",
        "sqs" => "queue",
        "lambda" => "lambda",
        "s3" => "s3",
        _ => "arrow",
    };
    let (class, mark) = if good { ("good", "check") } else { ("bad", "x") };
    html! {
        <div class="end-of thin" title={arn.to_owned()}><Icon name={icon} class="sm" /><b>{ short_arn(arn).to_owned() }</b>
            <span class={classes!("pill", class)}><Icon name={mark} />{ words }</span></div>
    }
}

/// Takes the notification out of the bucket's document, and the bucket's permission with it.
async fn remove(props: Props, one: Notification) {
    let (desk, tell) = (&props.desk, &props.tell);
    let Ok(answer) =
        desk.s3("GetBucketNotificationConfiguration", json!({ "Bucket": one.bucket })).await
    else {
        return;
    };
    let document = triggers::without(&answer.output, &one.id);
    let input = json!({ "Bucket": one.bucket, "NotificationConfiguration": document });
    let said = (said::remove_trigger(&one.bucket), said::trigger_removed(&one.bucket));
    let call = ("s3", "PutBucketNotificationConfiguration");
    if act(desk, tell, said.clone(), call, input).await.is_some() {
        let statement = triggers::statement_id(&one.bucket, &one.id);
        // Another may have given the permission, under another name: then there is nothing to take away.
        if props.whole.policy.as_ref().is_some_and(|policy| policy.contains(&statement)) {
            let name = &props.whole.configuration.function_name;
            let input = json!({ "FunctionName": name, "StatementId": statement });
            act(desk, tell, said, ("lambda", "RemovePermission"), input).await;
        }
    }
}

/// The statements that let others invoke the function.
fn policy(props: &Props) -> Html {
    let policy: Value = props
        .whole
        .policy
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let statements = policy.get("Statement").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |one: &Value, path: &str| match one.pointer(path) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    html! {
        <section class="fn-policy" aria-labelledby="policy-h">
            <h2 id="policy-h">{ said::POLICY }</h2>
            <p class="small dim2">{ said::POLICY_MORE }</p>
            if !statements.is_empty() {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="policy-h"><table>
                    <thead><tr><th scope="col">{ said::STATEMENT }</th><th scope="col">{ said::WHO }</th><th scope="col">{ said::MAY }</th><th scope="col">{ said::FROM }</th></tr></thead>
                    <tbody>{ for statements.iter().map(|one| html! {
                        <tr><td class="mono">{ text(one, "/Sid") }</td>
                            <td>{ one.pointer("/Principal/Service").map_or_else(|| text(one, "/Principal"), |_| text(one, "/Principal/Service")) }</td>
                            <td class="mono">{ text(one, "/Action") }</td>
                            <td class="mono">{ text(one, "/Condition/ArnLike/AWS:SourceArn") }</td></tr>
                    }) }</tbody>
                </table></div>
            }
        </section>
    }
}

/// Asks the buckets whom they notify: quietly, whenever something has changed.
#[hook]
fn use_found(desk: &Desk, arn: &str) -> Found {
    let found = use_state_eq(Found::default);
    let setter = found.setter();
    let cloud = &desk.cloud;
    let when = (
        (cloud.changes, cloud.openings, cloud.past, cloud.is_ours()),
        desk.region.clone(),
        arn.to_owned(),
    );
    let desk = desk.clone();
    use_effect_with(when, move |((_, _, _, ready), _, arn)| {
        let alive = Rc::new(Cell::new(true));
        if *ready {
            let (here, arn) = (alive.clone(), arn.clone());
            spawn_local(async move {
                let found = ask(&desk, &arn).await;
                if here.get() {
                    setter.set(found);
                }
            });
        }
        move || alive.set(false)
    });
    (*found).clone()
}

async fn ask(desk: &Desk, arn: &str) -> Found {
    let listed = desk.s3_quietly("ListBuckets", json!({ "MaxBuckets": BUCKETS_MAX })).await;
    let buckets = listed.map(|answer| listing::buckets(&answer.output)).unwrap_or_default();
    let mut found = Found::default();
    for bucket in buckets {
        let input = json!({ "Bucket": bucket.name });
        if let Ok(answer) = desk.s3_quietly("GetBucketNotificationConfiguration", input).await {
            found.mine.extend(triggers::of_function(&bucket.name, &answer.output, arn));
        }
        found.buckets.push(bucket.name);
    }
    found
}
