//! Where the events of a rule go.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::focus::use_focus_kept;
use crate::parts::console::act::act;
use crate::parts::eventbridge::grant::revoke;
use crate::parts::eventbridge::link::link;
use crate::parts::eventbridge::rule::RulePart;
use crate::parts::eventbridge::target_form::TargetForm;
use crate::parts::icon::Icon;
use crate::state::eventbridge::of_bus;
use crate::state::eventbridge::target::{Gets, Target, named_by, short};
use crate::words::{eventbridge as said, s3};

/// What the form is open for.
#[derive(Clone, PartialEq)]
enum Open {
    New,
    /// The target with this id.
    Edit(String),
}

/// The table, and the form.
#[component]
pub fn Targets(props: &RulePart) -> Html {
    let open = use_state_eq(|| None::<Open>);
    use_focus_kept((*open).clone(), "add-target");
    let targets = &props.whole.targets;
    let to = {
        let open = open.setter();
        Callback::from(move |to: Option<Open>| open.set(to))
    };
    let form = match &*open {
        None if targets.is_empty() => Some(None),
        None => None,
        Some(Open::New) => Some(None),
        Some(Open::Edit(id)) => Some(targets.iter().find(|one| one.id == *id).cloned()),
    };
    let first = targets.is_empty();
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::TARGETS}>
            <section class="fn-policy" aria-labelledby="targets-h">
                <div class="row"><h2 id="targets-h" class="grow">{ said::TARGETS }</h2>
                    if form.is_none() { <button class={classes!("btn", "small", props.desk.hot("eventbridge.add-target"))} data-hotspot="eventbridge.add-target" id="add-target" disabled={!props.desk.cloud.may_change()} onclick={to.reform(|_: MouseEvent| Some(Open::New))}><Icon name="plus" />{ said::ADD_TARGET }</button> }
                </div>
                <p class="small dim2">{ said::TARGETS_MORE }</p>
                if first {
                    <p class="small" id="no-targets">{ said::NO_TARGETS }</p>
                } else {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="targets-h"><table id="target-table">
                        <thead><tr><th scope="col">{ said::TARGET }</th><th scope="col">{ said::TARGET_ID }</th><th scope="col">{ said::INPUT }</th><th scope="col">{ said::DEAD_LETTERS }</th><th scope="col">{ said::RETRY_POLICY }</th><th scope="col"><span class="vh">{ s3::ACTIONS }</span></th></tr></thead>
                        <tbody>{ for targets.iter().map(|one| row(props, one, &to)) }</tbody>
                    </table></div>
                }
            </section>
            if let Some((key, editing)) = form.map(|editing| (editing.as_ref().map(|it| it.id.clone()).unwrap_or_default(), editing)) {
                <TargetForm {key} desk={props.desk.clone()} tell={props.tell.clone()} buses={props.buses.clone()}
                    whole={props.whole.clone()} {editing} {first} close={to.reform(|()| None)} />
            }
        </div>
    }
}

fn row(props: &RulePart, one: &Target, open: &Callback<Option<Open>>) -> Html {
    let desk = &props.desk;
    let may = desk.cloud.may_change();
    let retry = one.retry_policy.clone().unwrap_or_default();
    let edit = {
        let id = one.id.clone();
        open.reform(move |_: MouseEvent| Some(Open::Edit(id.clone())))
    };
    let remove_it = {
        let (props, one) = (props.clone(), one.clone());
        Callback::from(move |_: MouseEvent| spawn_local(remove(props.clone(), one.clone())))
    };
    let name = short(&one.arn);
    let (edit_words, remove_words) = (said::editing_target(&name), said::removing_target(&name));
    html! {
        <tr key={one.id.clone()}>
            <td>{ link(desk, &one.arn) }</td>
            <td class="mono">{ &one.id }</td>
            <td>{ said::gets(one.gets()) }{ for input(one).map(|text| html! { <code class="ev-wants" title={text.clone()}>{ text.clone() }</code> }) }</td>
            <td>{ match one.dead_letter_arn() { Some(arn) => link(desk, arn), None => html! { <span class="dim2">{ said::NONE }</span> } } }</td>
            <td>{ said::retries(retry.maximum_retry_attempts, retry.maximum_event_age_in_seconds) }</td>
            <td class="num nowrap">
                if named_by(&one.arn).is_some() { <button class="btn small edit-target" aria-label={edit_words} disabled={!may} onclick={edit}>{ said::EDIT }</button> }
                <button class="btn small ghost icon remove-target" aria-label={remove_words.clone()} title={remove_words} disabled={!may} onclick={remove_it}><Icon name="trash" /></button>
            </td>
        </tr>
    }
}

/// What it gets instead of the event, in short.
fn input(target: &Target) -> Option<String> {
    match target.gets() {
        Gets::Matched => None,
        Gets::Path => target.input_path.clone(),
        Gets::Constant => target.input.clone(),
        Gets::Transformer => target.input_transformer.as_ref().map(|it| it.input_template.clone()),
    }
}

/// Takes it away, and the permission that the console gave for it.
async fn remove(props: RulePart, target: Target) {
    let RulePart { desk, tell, whole, .. } = &props;
    let name = short(&target.arn);
    let mut input = of_bus(&whole.rule.event_bus_name);
    let members = [("Rule", json!(whole.rule.name)), ("Ids", json!([target.id]))];
    input.extend(members.map(|(name, value)| (name.to_owned(), value)));
    let said = (said::removing_target(&name), said::removed_target(&name));
    if act(desk, tell, said, ("events", "RemoveTargets"), input.into()).await.is_some() {
        revoke(desk, tell, &whole.rule, (&target, None)).await;
    }
}
