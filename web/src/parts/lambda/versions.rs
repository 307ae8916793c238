//! Versions, which never change; below them the names for them, and the environments that wait for them.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::aliases::Aliases;
use crate::parts::lambda::waiting::Waiting;
use crate::state::lambda::{Configuration, Whole};
use crate::state::{sizes, time};
use crate::words::lambda as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
}

/// All versions, and what makes more of them.
#[component]
pub fn Versions(props: &Props) -> Html {
    let may = props.desk.cloud.may_change();
    let publish = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            make(&props, (said::PUBLISH, said::PUBLISHED), "PublishVersion", json!({}));
        })
    };
    let rows = std::iter::once(&props.whole.configuration).chain(&props.whole.versions);
    let (desk, tell, whole) = (&props.desk, &props.tell, &props.whole);
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::VERSIONS}>
            <div class="toolbar"><h2 class="grow">{ said::VERSIONS }</h2>
                <button class="btn" id="publish" disabled={!may} onclick={publish}><Icon name="plus" />{ said::PUBLISH }</button></div>
            <p class="small dim2 fn-words">{ said::VERSIONS_MORE }</p>
            <div class="framed scroll-x fn-margin" tabindex="0" role="region" aria-label={said::VERSIONS}><table id="version-table">
                <thead><tr><th scope="col">{ said::VERSION }</th><th scope="col">{ said::RUNTIME }</th><th scope="col" class="num">{ said::MEMORY }</th><th scope="col" class="num">{ said::CODE_SIZE }</th><th scope="col">{ said::CHANGED }</th><th scope="col">{ said::SHA }</th></tr></thead>
                <tbody>{ for rows.map(|one| row(props, one)) }</tbody>
            </table></div>
            <Aliases desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
            <Waiting desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
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

/// Makes a call about the function.
pub fn make(
    props: &Props,
    (asked, done): (&'static str, &'static str),
    operation: &'static str,
    mut input: Value,
) {
    let props = props.clone();
    if let Some(members) = input.as_object_mut() {
        members.insert("FunctionName".into(), json!(props.whole.configuration.function_name));
    }
    spawn_local(async move {
        let said = (asked.to_owned(), done.to_owned());
        act(&props.desk, &props.tell, said, ("lambda", operation), input).await;
    });
}
