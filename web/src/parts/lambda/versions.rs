//! Versions, which never change, and aliases, which point to one.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::state::lambda::{Configuration, Whole};
use crate::state::{sizes, time};
use crate::words::lambda as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
}

/// Both tables, and what makes more of each.
#[component]
pub fn Versions(props: &Props) -> Html {
    let (name, version) = (use_node_ref(), use_node_ref());
    let may = props.desk.cloud.may_change();
    let function = props.whole.configuration.function_name.clone();
    let publish = {
        let (props, function) = (props.clone(), function.clone());
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "FunctionName": function });
            make(&props, (said::PUBLISH, said::PUBLISHED), "PublishVersion", input);
        })
    };
    let onsubmit = {
        let (props, name, version) = (props.clone(), name.clone(), version.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text = name.cast::<web_sys::HtmlInputElement>().map(|field| field.value());
            let picked = version.cast::<HtmlSelectElement>().map(|field| field.value());
            let alias = text.unwrap_or_default();
            let known = props.whole.aliases.iter().any(|one| one.name == alias);
            let operation = if known { "UpdateAlias" } else { "CreateAlias" };
            let input = json!({ "FunctionName": function, "Name": alias, "FunctionVersion": picked.unwrap_or_default() });
            make(&props, (said::POINT, said::POINTED), operation, input);
        })
    };
    let rows = std::iter::once(&props.whole.configuration).chain(&props.whole.versions);
    let numbers = || {
        let own = std::iter::once("$LATEST".to_owned());
        own.chain(props.whole.versions.iter().map(|one| one.version.clone()))
    };
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::VERSIONS}>
            <div class="toolbar"><h2 class="grow">{ said::VERSIONS }</h2>
                <button class="btn" id="publish" disabled={!may} onclick={publish}><Icon name="plus" />{ said::PUBLISH }</button></div>
            <p class="small dim2 fn-words">{ said::VERSIONS_MORE }</p>
            <div class="framed scroll-x fn-margin" tabindex="0" role="region" aria-label={said::VERSIONS}><table id="version-table">
                <thead><tr><th scope="col">{ said::VERSION }</th><th scope="col">{ said::RUNTIME }</th><th scope="col" class="num">{ said::MEMORY }</th><th scope="col" class="num">{ said::CODE_SIZE }</th><th scope="col">{ said::CHANGED }</th><th scope="col">{ said::SHA }</th></tr></thead>
                <tbody>{ for rows.map(|one| row(props, one)) }</tbody>
            </table></div>
            <section class="fn-policy" aria-labelledby="aliases-h">
                <h2 id="aliases-h">{ said::ALIASES }</h2>
                <p class="small dim2">{ said::ALIASES_MORE }</p>
                if !props.whole.aliases.is_empty() {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="aliases-h"><table id="alias-table">
                        <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::VERSION }</th></tr></thead>
                        <tbody>{ for props.whole.aliases.iter().map(|one| html! { <tr><td class="mono">{ &one.name }</td><td class="mono">{ &one.function_version }</td></tr> }) }</tbody>
                    </table></div>
                }
                <form class="row wrap" {onsubmit}>
                    <Field node={name} id="alias-name" label={said::ALIAS} value="" />
                    <label class="fld">{ said::VERSION }<select ref={version} class="select" id="alias-version">{ for numbers().enumerate().map(|(at, one)| html! { <option value={one.clone()} selected={at == 0}>{ one }</option> }) }</select></label>
                    <button class="btn small low" id="make-alias" type="submit" disabled={!may}>{ said::POINT }</button>
                </form>
            </section>
        </div>
    }
}

fn row(props: &Props, one: &Configuration) -> Html {
    let changed = time::parse(&one.last_modified.replace("+0000", "Z"));
    let now = props.desk.cloud.clock.now();
    html! {
        <tr><td class="mono">{ &one.version }</td><td>{ said::runtime(&one.runtime) }</td><td class="num">{ said::megabytes(one.memory_size) }</td>
            <td class="num">{ sizes::bytes(one.code_size) }</td><td>{ changed.map(|ms| time::moment(ms, now)).unwrap_or_default() }</td>
            <td class="mono" title={one.sha256.clone()}>{ one.sha256.chars().take(10).collect::<String>() }</td></tr>
    }
}

fn make(
    props: &Props,
    (asked, done): (&'static str, &'static str),
    operation: &'static str,
    input: serde_json::Value,
) {
    let props = props.clone();
    spawn_local(async move {
        let said = (asked.to_owned(), done.to_owned());
        act(&props.desk, &props.tell, said, ("lambda", operation), input).await;
    });
}
