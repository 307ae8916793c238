//! Versions and aliases of a machine.

use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::state::states::{Alias, Machine, Version, last_of};
use crate::state::time;
use crate::words::{self, states as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
    pub tell: Tell,
}

impl Props {
    fn ask(&self, operation: &'static str, input: Value, done: String) -> Callback<MouseEvent> {
        let props = self.clone();
        Callback::from(move |_| props.send(operation, input.clone(), done.clone()))
    }

    fn send(&self, operation: &'static str, input: Value, done: String) {
        let (desk, tell) = (self.desk.clone(), self.tell.clone());
        spawn_local(async move {
            act(&desk, &tell, (operation, input), done).await;
        });
    }
}

/// Two cards.
#[component]
pub fn Versions(props: &Props) -> Html {
    let machine = &props.machine;
    let may = props.desk.cloud.may_change();
    let publish = props.ask(
        "PublishStateMachineVersion",
        json!({ "stateMachineArn": machine.row.arn }),
        said::published(&machine.row.name),
    );
    html! {
        <div class="cards scroll" tabindex="0" role="region" aria-label={said::VERSIONS}>
            <section class="card setting wide" aria-labelledby="versions-h">
                <div class="row"><h3 id="versions-h" class="grow">{ said::VERSIONS_ONLY }</h3>
                    <button class="btn small" id="publish" disabled={!may} onclick={publish}><Icon name="plus" />{ said::PUBLISH }</button></div>
                <p class="small dim2">{ said::VERSIONS_MORE }</p>
                if machine.versions.is_empty() { <p class="small dim">{ said::NO_VERSIONS }</p> } else {
                    <div class="scroll-x" tabindex="0" role="region" aria-label={said::VERSIONS_ONLY}><table class="sf-table"><tbody>{ for machine.versions.iter().map(|version| version_row(props, version)) }</tbody></table></div>
                }
            </section>
            <section class="card setting wide" aria-labelledby="aliases-h">
                <h3 id="aliases-h">{ said::ALIASES }</h3>
                <p class="small dim2">{ said::ALIASES_MORE }</p>
                if machine.aliases.is_empty() { <p class="small dim">{ said::NO_ALIASES }</p> } else {
                    <div class="scroll-x" tabindex="0" role="region" aria-label={said::ALIASES}><table class="sf-table"><tbody>{ for machine.aliases.iter().map(|alias| alias_row(props, alias)) }</tbody></table></div>
                }
                if !machine.versions.is_empty() { <NewAlias ..props.clone() /> }
            </section>
        </div>
    }
}

fn version_row(props: &Props, version: &Version) -> Html {
    let delete = props.ask(
        "DeleteStateMachineVersion",
        json!({ "stateMachineVersionArn": version.arn }),
        said::version_deleted(version.number),
    );
    let start = props.ask(
        "StartExecution",
        json!({ "stateMachineArn": version.arn }),
        said::started(last_of(&version.arn)),
    );
    row(
        props,
        version.number.to_string(),
        version.description.clone(),
        version.created,
        [start, delete],
    )
}

fn alias_row(props: &Props, alias: &Alias) -> Html {
    let delete = props.ask(
        "DeleteStateMachineAlias",
        json!({ "stateMachineAliasArn": alias.arn }),
        said::alias_deleted(&alias.name),
    );
    let start = props.ask(
        "StartExecution",
        json!({ "stateMachineArn": alias.arn }),
        said::started(&alias.name),
    );
    let routes =
        alias.routes.iter().map(|route| said::share(last_of(&route.version), route.weight));
    row(
        props,
        alias.name.clone(),
        routes.collect::<Vec<_>>().join(", "),
        alias.updated,
        [start, delete],
    )
}

fn row(
    props: &Props,
    name: String,
    about: String,
    when: f64,
    [start, delete]: [Callback<MouseEvent>; 2],
) -> Html {
    let may = props.desk.cloud.may_change();
    let standard = !props.machine.row.express;
    html! {
        <tr key={name.clone()}><th scope="row" class="mono">{ &name }</th><td class="dim2">{ about }</td>
            <td class="nowrap dim2">{ time::moment(when, props.desk.cloud.clock.now()) }</td>
            <td class="num nowrap">
                if standard { <button class="btn small" disabled={!may} onclick={start} aria-label={said::start_named(&name)}><Icon name="run" /><span class="only-wide">{ said::START_SHORT }</span></button>{ " " } }
                <button class="btn ghost icon small" disabled={!may} onclick={delete} aria-label={said::delete_named(&name)} title={said::delete_named(&name)}><Icon name="trash" /></button></td></tr>
    }
}

/// Gives one version, or two with a share each, a name.
#[component]
fn NewAlias(props: &Props) -> Html {
    let (name, first, second, weight) =
        (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let onsubmit = {
        let (props, name, first, second, weight) =
            (props.clone(), name.clone(), first.clone(), second.clone(), weight.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let input = |node: &NodeRef| {
                node.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
            };
            let select = |node: &NodeRef| {
                node.cast::<HtmlSelectElement>().map(|field| field.value()).unwrap_or_default()
            };
            let (one, two) = (select(&first), select(&second));
            let share: u32 = input(&weight).parse().unwrap_or(100);
            let mut routes = vec![
                json!({ "stateMachineVersionArn": one, "weight": if two.is_empty() { 100 } else { share } }),
            ];
            if !two.is_empty() {
                routes.push(json!({ "stateMachineVersionArn": two, "weight": 100_u32.saturating_sub(share) }));
            }
            let named = input(&name);
            let there = props.machine.aliases.iter().find(|alias| alias.name == named);
            match there {
                Some(alias) => props.send(
                    "UpdateStateMachineAlias",
                    json!({ "stateMachineAliasArn": alias.arn, "routingConfiguration": routes }),
                    said::alias_saved(&named),
                ),
                None => props.send(
                    "CreateStateMachineAlias",
                    json!({ "name": named, "routingConfiguration": routes }),
                    said::alias_saved(&named),
                ),
            }
        })
    };
    let versions = |none: bool| {
        html! { <>
            if none { <option value="">{ said::NOTHING_ELSE }</option> }
            { for props.machine.versions.iter().map(|version| html! { <option value={version.arn.clone()}>{ version.number }</option> }) }
        </> }
    };
    html! {
        <form class="question" {onsubmit}>
            <label class="fld">{ said::ALIAS_NAME }<input ref={name} class="input mono" id="alias-name" required=true autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            <label class="fld">{ said::VERSION }<select ref={first} class="select">{ versions(false) }</select></label>
            <label class="fld">{ said::FIRST_SHARE }<input ref={weight} class="input" type="number" min="0" max="100" value="100" /></label>
            <label class="fld">{ said::SECOND }<select ref={second} class="select">{ versions(true) }</select></label>
            <button class="btn small" type="submit" disabled={!props.desk.cloud.may_change()}>{ words::s3::SAVE }</button>
        </form>
    }
}
