//! API destinations: addresses that rules send events to.

use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::copy::Copy;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::console::{LIVE_MS, list};
use crate::parts::eventbridge::doomed::{Doomed, Question, use_doomed};
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::state::eventbridge::{Connection, Destination};
use crate::state::time;
use crate::words::{eventbridge as said, s3};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
}

/// The API destinations of this Region, and a form for one more.
#[component]
pub fn Destinations(props: &Props) -> Html {
    let shown = use_live(&props.desk, ("events", "destinations"), json!({}), LIVE_MS);
    let doomed = use_doomed("destination-name");
    let destinations: Vec<Destination> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    let asked = doomed.ask(&props.desk, &props.tell, |name| Question {
        asks: said::delete_destination_ask(name),
        more: said::DELETE_DESTINATION_MORE,
        what: said::DESTINATION,
        operation: "DeleteApiDestination",
        input: json!({ "Name": name }),
    });
    html! {
        <section class="fn-policy" aria-labelledby="destinations-h">
            <h2 id="destinations-h">{ said::DESTINATIONS }</h2>
            <p class="small dim2">{ said::DESTINATIONS_MORE }</p>
            { asked }
            if destinations.is_empty() {
                <p class="small" id="no-destinations">{ said::NO_DESTINATIONS }</p>
            } else {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="destinations-h"><table id="destination-table">
                    <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::STATE }</th><th scope="col">{ said::ENDPOINT_HEAD }</th><th scope="col">{ said::CONNECTION }</th><th scope="col">{ said::RATE }</th><th scope="col">{ said::ARN }</th><th scope="col">{ said::CREATED }</th><th scope="col"><span class="vh">{ s3::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for destinations.iter().map(|one| row(props, one, &doomed)) }</tbody>
                </table></div>
            }
            <NewDestination ..props.clone() />
        </section>
    }
}

fn row(props: &Props, one: &Destination, doomed: &Doomed) -> Html {
    let now = props.desk.cloud.clock.now();
    let good = one.state == "ACTIVE";
    html! {
        <tr key={one.name.clone()}>
            <th scope="row">{ &one.name }</th>
            <td><span class={classes!("pill", if good { "good" } else { "warn" })}>{ &one.state }</span></td>
            <td><code class="small">{ format!("{} {}", one.http_method, one.invocation_endpoint) }</code></td>
            <td>{ &one.connection }</td>
            <td class="nowrap">{ said::rate(one.invocation_rate_limit_per_second) }</td>
            <td class="nowrap"><code class="small">{ &one.arn }</code>{ " " }<Copy text={one.arn.clone()} /></td>
            <td class="nowrap">{ time::moment(one.created, now) }</td>
            <td class="num">{ doomed.button(&props.desk, "delete-destination", &one.name) }</td>
        </tr>
    }
}

/// The form of one more.
#[component]
fn NewDestination(props: &Props) -> Html {
    let shown = use_live(&props.desk, ("events", "connections"), json!({}), LIVE_MS);
    let connections: Vec<Connection> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    let nodes: [NodeRef; 5] =
        [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let onsubmit = {
        let (desk, nodes) = (props.desk.clone(), nodes.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let given = nodes.each_ref().map(text);
            let name = given[0].clone();
            let (desk, tell, input) = (desk.clone(), tell.clone(), input(given));
            spawn_local(async move {
                let said = (said::creating(&name), said::created(&name));
                act(&desk, &tell, said, ("events", "CreateApiDestination"), input).await;
            });
        })
    };
    let may = props.desk.cloud.may_change() && !connections.is_empty();
    let [name, endpoint, method, connection, rate] = nodes;
    html! {
        <form class="new-trigger" {onsubmit} aria-labelledby="new-destination-h">
            <h3 id="new-destination-h">{ said::CREATE_DESTINATION }</h3>
            <div class="two">
                <label class="fld">{ said::DESTINATION_NAME }<input ref={name} id="destination-name" class="input mono" placeholder={said::SAMPLE_DESTINATION} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <Field node={endpoint} id="destination-endpoint" label={said::ENDPOINT} value={String::new()} kind="url" />
                <label class="fld">{ said::METHOD }<select ref={method} id="destination-method" class="select">{ for said::METHODS.iter().enumerate().map(|(at, one)| html! { <option value={*one} selected={at == 0}>{ *one }</option> }) }</select></label>
                <label class="fld">{ said::CONNECTION }<select ref={connection} id="destination-connection" class="select">{ for connections.iter().enumerate().map(|(at, one)| html! { <option key={one.arn.clone()} value={one.arn.clone()} selected={at == 0}>{ &one.name }</option> }) }</select></label>
                <Field node={rate} id="destination-rate" label={said::RATE_LIMIT} value={String::new()} kind="number" min="1" describedby="destination-rate-more" />
            </div>
            <p class="small dim" id="destination-rate-more">{ said::RATE_LIMIT_MORE }</p>
            if connections.is_empty() { <p class="small warn-words" role="status">{ said::CONNECTION_FIRST }</p> }
            { beside }
            <div class="row"><button class="btn" id="make-destination" type="submit" disabled={!may}><Icon name="plus" />{ said::CREATE_DESTINATION }</button></div>
        </form>
    }
}

/// What `CreateApiDestination` is given. What is missing is AWS's to say.
fn input([name, endpoint, method, connection, rate]: [String; 5]) -> Value {
    let mut input = Map::new();
    for (member, value) in [
        ("Name", name),
        ("InvocationEndpoint", endpoint),
        ("HttpMethod", method),
        ("ConnectionArn", connection),
    ] {
        input.insert(member.to_owned(), value.into());
    }
    if let Ok(rate) = rate.trim().parse::<i64>() {
        input.insert("InvocationRateLimitPerSecond".to_owned(), rate.into());
    }
    input.into()
}
