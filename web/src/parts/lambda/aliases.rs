//! Aliases, which point to a version, or to two by their shares.

use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::parts::confirm::Confirm;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::lambda::versions::{Props, make};
use crate::state::lambda::Alias;
use crate::words;
use crate::words::lambda as said;

/// The table of them, and the form that makes one or points it elsewhere.
#[component]
pub fn Aliases(props: &Props) -> Html {
    let (name, version) = (use_node_ref(), use_node_ref());
    let (second, share) = (use_node_ref(), use_node_ref());
    let splits = use_state_eq(|| false);
    let doomed = use_state_eq(|| None::<String>);
    let may = props.desk.cloud.may_change();
    let onsubmit = {
        let props = props.clone();
        let (name, version) = (name.clone(), version.clone());
        let (second, share) = (second.clone(), share.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let alias = typed(&name);
            let known = props.whole.aliases.iter().any(|one| one.name == alias);
            let operation = if known { "UpdateAlias" } else { "CreateAlias" };
            let input = json!({ "Name": alias, "FunctionVersion": picked(&version),
                "RoutingConfig": { "AdditionalVersionWeights": weights(&picked(&second), &typed(&share)) } });
            make(&props, (said::POINT, said::POINTED), operation, input);
        })
    };
    let onchange = {
        let (splits, second) = (splits.setter(), second.clone());
        Callback::from(move |_: Event| splits.set(!picked(&second).is_empty()))
    };
    let ask = |name: Option<String>| {
        let doomed = doomed.setter();
        Callback::from(move |()| doomed.set(name.clone()))
    };
    let delete = |name: &String| {
        let (props, name, doomed) = (props.clone(), name.clone(), doomed.setter());
        Callback::from(move |()| {
            doomed.set(None);
            make(
                &props,
                (said::DELETE_ALIAS, said::DELETED_ALIAS),
                "DeleteAlias",
                json!({ "Name": name }),
            );
        })
    };
    let numbers = || props.whole.versions.iter().map(|one| one.version.clone());
    let row = |one: &Alias| {
        let label = said::delete_alias(&one.name);
        html! {
            <tr><td class="mono">{ &one.name }</td><td>{ said::points(&one.function_version, &one.routing_config.additional_version_weights) }</td>
                <td class="num"><button class="btn small ghost icon" aria-label={label.clone()} title={label} disabled={!may} onclick={ask(Some(one.name.clone())).reform(|_| ())}><Icon name="trash" /></button></td></tr>
        }
    };
    html! {
        <section class="fn-policy" aria-labelledby="aliases-h">
            <h2 id="aliases-h">{ said::ALIASES }</h2>
            <p class="small dim2">{ said::ALIASES_MORE }</p>
            if !props.whole.aliases.is_empty() {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="aliases-h"><table id="alias-table">
                    <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::VERSION }</th><th scope="col"><span class="vh">{ words::s3::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for props.whole.aliases.iter().map(row) }</tbody>
                </table></div>
            }
            if let Some(name) = doomed.as_ref() {
                <Confirm label={said::DELETE_ALIAS} yes={said::DELETE_ALIAS} no={words::KEEP} on_yes={delete(name)} on_no={ask(None)}>{ said::delete_alias_more(name) }</Confirm>
            }
            <form class="row wrap" {onsubmit}>
                <Field node={name} id="alias-name" label={said::ALIAS} value="" />
                <label class="fld">{ said::VERSION }<select ref={version} class="select" id="alias-version">
                    { for std::iter::once("$LATEST".to_owned()).chain(numbers()).map(option) }
                </select></label>
                <label class="fld">{ said::SECOND_VERSION }<select ref={second} class="select" id="alias-second" {onchange}>
                    <option value="" selected={true}>{ said::NO_SECOND }</option>{ for numbers().map(option) }
                </select></label>
                <div hidden={!*splits}>
                    <Field node={share} id="alias-share" label={said::SHARE} kind="number" value="10" min="0" max="100" />
                </div>
                <button class="btn small low" id="make-alias" type="submit" disabled={!may}>{ said::POINT }</button>
            </form>
        </section>
    }
}

fn option(version: String) -> Html {
    html! { <option value={version.clone()}>{ version }</option> }
}

fn typed(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}

fn picked(field: &NodeRef) -> String {
    field.cast::<HtmlSelectElement>().map(|field| field.value()).unwrap_or_default()
}

/// `{"2": 0.1}`: the share is typed in percent. Without a second version there is none, and one that was there goes.
fn weights(second: &str, percent: &str) -> Value {
    let share = percent.trim().parse::<f64>().unwrap_or(f64::NAN) / 100.0;
    if second.is_empty() { json!({}) } else { json!({ second: share }) }
}
