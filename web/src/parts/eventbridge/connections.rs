//! Connections: what HTTP Tasks and API destinations put into their requests, secrets among it.

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
use crate::parts::eventbridge::fields::picked;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::state::eventbridge::Connection;
use crate::state::time;
use crate::words::{eventbridge as said, s3};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
}

/// The connections of this Region, and a form for one more.
#[component]
pub fn Connections(props: &Props) -> Html {
    let shown = use_live(&props.desk, ("events", "connections"), json!({}), LIVE_MS);
    let doomed = use_doomed("connection-name");
    let connections: Vec<Connection> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    let asked = doomed.ask(&props.desk, &props.tell, |name| Question {
        asks: said::delete_connection_ask(name),
        more: said::DELETE_CONNECTION_MORE,
        what: said::CONNECTION,
        operation: "DeleteConnection",
        input: json!({ "Name": name }),
    });
    html! {
        <section class="fn-policy" aria-labelledby="connections-h">
            <h2 id="connections-h">{ said::CONNECTIONS }</h2>
            <p class="small dim2">{ said::CONNECTIONS_MORE }</p>
            { asked }
            if connections.is_empty() {
                <p class="small" id="no-connections">{ said::NO_CONNECTIONS }</p>
            } else {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="connections-h"><table id="connection-table">
                    <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::AUTHORIZATION }</th><th scope="col">{ said::STATE }</th><th scope="col">{ said::ARN }</th><th scope="col">{ said::CREATED }</th><th scope="col"><span class="vh">{ s3::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for connections.iter().map(|one| row(props, one, &doomed)) }</tbody>
                </table></div>
            }
            <NewConnection ..props.clone() />
        </section>
    }
}

fn row(props: &Props, one: &Connection, doomed: &Doomed) -> Html {
    let now = props.desk.cloud.clock.now();
    let good = one.state == "AUTHORIZED";
    html! {
        <tr key={one.name.clone()}>
            <th scope="row">{ &one.name }</th>
            <td>{ said::authorization(&one.authorization_type) }</td>
            <td><span class={classes!("pill", if good { "good" } else { "warn" })}>{ &one.state }</span>{ for one.state_reason.iter().map(|why| html! { <span class="small dim2 ev-sub">{ why }</span> }) }</td>
            <td class="nowrap"><code class="small">{ &one.arn }</code>{ " " }<Copy text={one.arn.clone()} /></td>
            <td class="nowrap">{ time::moment(one.created, now) }</td>
            <td class="num">{ doomed.button(&props.desk, "delete-connection", &one.name) }</td>
        </tr>
    }
}

/// How a request is authorized: by AWS's name, with its fields.
const KINDS: [(&str, &[(&str, &str)]); 3] = [
    ("API_KEY", &[("ApiKeyName", "text"), ("ApiKeyValue", "password")]),
    ("BASIC", &[("Username", "text"), ("Password", "password")]),
    (
        "OAUTH_CLIENT_CREDENTIALS",
        &[("AuthorizationEndpoint", "url"), ("ClientID", "text"), ("ClientSecret", "password")],
    ),
];

/// The form of one more.
#[component]
fn NewConnection(props: &Props) -> Html {
    let kind = use_state_eq(|| KINDS[0].0.to_owned());
    let nodes = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let fields = KINDS.iter().find(|(one, _)| *one == *kind).map_or(&[][..], |(_, fields)| fields);
    let onsubmit = {
        let (props, nodes, kind) = (props.clone(), nodes.clone(), (*kind).clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, given @ ..] = nodes.each_ref().map(text);
            let given = fields.iter().map(|(field, _)| *field).zip(given).collect();
            let input = input(&name, &kind, given);
            let (desk, tell) = (props.desk.clone(), tell.clone());
            spawn_local(async move {
                let said = (said::creating(&name), said::created(&name));
                act(&desk, &tell, said, ("events", "CreateConnection"), input).await;
            });
        })
    };
    let onchange = {
        let kind = kind.setter();
        picked(move |to| kind.set(to))
    };
    let [name, given @ ..] = nodes;
    html! {
        <form class="new-trigger" {onsubmit} aria-labelledby="new-connection-h">
            <h3 id="new-connection-h">{ said::CREATE_CONNECTION }</h3>
            <div class="two">
                <label class="fld">{ said::CONNECTION_NAME }<input ref={name} id="connection-name" class="input mono" placeholder={said::SAMPLE_CONNECTION} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <label class="fld">{ said::AUTHORIZATION }<select id="connection-kind" class="select" {onchange}>
                    { for KINDS.iter().map(|(one, _)| html! { <option value={*one} selected={*one == *kind}>{ said::authorization(one) }</option> }) }
                </select></label>
                { for fields.iter().zip(given).map(|((field, shape), node)| html! { <Field key={*field} {node} id={said::connection_field_id(field)} label={said::connection_field(field)} value={String::new()} kind={*shape} /> }) }
            </div>
            <p class="small dim">{ said::SECRETS_MORE }</p>
            { beside }
            <div class="row"><button class="btn" id="make-connection" type="submit" disabled={!props.desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE_CONNECTION }</button></div>
        </form>
    }
}

/// What `CreateConnection` is given. What is missing is AWS's to say.
fn input(name: &str, kind: &str, given: Vec<(&str, String)>) -> Value {
    let mut given: Map<String, Value> =
        given.into_iter().map(|(field, value)| (field.to_owned(), value.into())).collect();
    let parameters = match kind {
        "API_KEY" => json!({ "ApiKeyAuthParameters": given }),
        "BASIC" => json!({ "BasicAuthParameters": given }),
        _ => {
            let endpoint = given.remove("AuthorizationEndpoint").unwrap_or_default();
            json!({ "OAuthParameters": { "AuthorizationEndpoint": endpoint, "HttpMethod": "POST", "ClientParameters": given } })
        }
    };
    json!({ "Name": name, "AuthorizationType": kind, "AuthParameters": parameters })
}
