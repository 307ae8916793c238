//! What becomes of errors: Retriers, and Catchers, in the order in which they are asked.

use cloudarium_asl_edit::fields;
use cloudarium_asl_edit::fresh::Language;
use cloudarium_asl_edit::place::{Place, Way};
use serde_json::{Value, json};
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::OfState;
use crate::parts::states::editor::field::{Field, Shape, select};
use crate::parts::states::editor::form::leads_to;
use crate::parts::states::editor::kinds::item_buttons;
use crate::state::states::session::Action;
use crate::words::state_editor as said;

/// Both lists.
#[component]
pub fn Errors(props: &OfState) -> Html {
    html! {
        <>
            { list(props, "/Retry") }
            { list(props, "/Catch") }
        </>
    }
}

fn list(of: &OfState, list: &'static str) -> Html {
    let OfState { ed, name } = of;
    let count = ed.value(Some(name), list).and_then(|items| items.as_array().map(Vec::len));
    let count = count.unwrap_or_default();
    let retry = list == "/Retry";
    let onclick = {
        let of = of.clone();
        Callback::from(
            move |_: MouseEvent| {
                if retry { add_retrier(&of, count) } else { add_catcher(&of, count) }
            },
        )
    };
    let title = list.trim_start_matches('/');
    html! {
        <fieldset class="sfe-list"><legend>{ title }</legend>
            <p class="small dim2">{ said::errors_more(list) }</p>
            { for (0..count).map(|at| html! {
                <div class="sfe-item" key={at} role="group" aria-label={said::item(list, at)}>
                    <div class="sfe-row"><b class="grow">{ said::item(list, at) }</b>{ item_buttons(ed, name, list, (at, count)) }</div>
                    if retry { { retrier(of, at) } } else { { catcher(of, at) } }
                </div>
            }) }
            <button class="btn small" id={format!("add-{}", title.to_lowercase())} type="button" disabled={!ed.may()} {onclick}><Icon name="plus" />{ said::add(list) }</button>
        </fieldset>
    }
}

fn one(of: &OfState, pointer: String, label: &'static str, shape: Shape) -> Html {
    html! { <Field ed={of.ed.clone()} state={of.name.clone()} {pointer} {label} {shape} hint={said::hint(label).map(AttrValue::from)} /> }
}

fn retrier(of: &OfState, at: usize) -> Html {
    let base = format!("/Retry/{at}");
    let jitter = of.ed.string(Some(&of.name), &format!("{base}/JitterStrategy"));
    let options = ["NONE", "FULL"].map(|one| (one.to_owned(), one.to_owned())).to_vec();
    let change = {
        let (of, pointer) = (of.clone(), format!("{base}/JitterStrategy"));
        move |to: String| of.ed.set(Some(&of.name), &pointer, Some(&json!(to)), "JitterStrategy")
    };
    let numbers = ["IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds"];
    html! {
        <>
            { one(of, format!("{base}/ErrorEquals"), "ErrorEquals", Shape::List) }
            <div class="sfe-two">{ for numbers.into_iter().map(|field| one(of, format!("{base}/{field}"), field, Shape::Number)) }</div>
            { select((format!("jitter-{at}"), "JitterStrategy"), options, jitter.as_deref().unwrap_or("NONE"), of.ed.may(), change) }
        </>
    }
}

fn catcher(of: &OfState, at: usize) -> Html {
    let base = format!("/Catch/{at}");
    let jsonata = of.ed.language(Some(&of.name)) == Language::Jsonata;
    html! {
        <>
            { one(of, format!("{base}/ErrorEquals"), "ErrorEquals", Shape::List) }
            { leads_to(&of.ed, &of.name, Way::Catch(at), said::THEN) }
            if jsonata { { one(of, format!("{base}/Output"), "Output", Shape::Json) } } else { { one(of, format!("{base}/ResultPath"), "ResultPath", Shape::Path) } }
            { one(of, format!("{base}/Assign"), "Assign", Shape::Json) }
        </>
    }
}

fn add_retrier(of: &OfState, count: usize) {
    let retrier = json!({ "ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2 });
    // What catches all stands last.
    let last =
        of.ed.value(Some(&of.name), "/Retry").and_then(|all| all.as_array()?.last().cloned());
    let at = if last.is_some_and(|last| catches_all(&last)) { count - 1 } else { count };
    let text = fields::add_item(of.ed.text(), Some(&of.name), "/Retry", at, &retrier);
    of.ed.edit(text, said::add("/Retry"));
}

fn catches_all(one: &Value) -> bool {
    one.pointer("/ErrorEquals/0").and_then(Value::as_str) == Some("States.ALL")
}

/// A Catcher leads to a state: to a new Fail, which the learner changes or leads elsewhere.
fn add_catcher(of: &OfState, count: usize) {
    let OfState { ed, name } = of;
    let beside = cloudarium_asl_edit::states::scope_of(ed.text(), name);
    let beside = beside.and_then(|at| {
        let draft = cloudarium_asl_edit::draft::Draft::of(ed.text())?;
        let scope = draft.scope(&at)?;
        let states = scope.get("States").cloned().unwrap_or_default();
        Ok(states.members.into_iter().map(|member| member.name).collect::<Vec<_>>())
    });
    let to = beside.unwrap_or_default().into_iter().rev().find(|other| other != &**name);
    let catcher = json!({ "ErrorEquals": ["States.ALL"], "Next": to.clone().unwrap_or_default() });
    let text = fields::add_item(ed.text(), Some(name), "/Catch", count, &catcher);
    if to.is_some() {
        return ed.edit(text, said::add("/Catch"));
    }
    // Nothing stands beside it: what is caught comes to a Fail of its own.
    let place = Place::On { state: name.to_string(), way: Way::Catch(count) };
    let fail = cloudarium_asl_edit::fresh::state("Fail", Language::JsonPath);
    let edited =
        text.and_then(|text| cloudarium_asl_edit::states::insert(&text, &place, "Fail", &fail));
    let edited = edited
        .map(|edited| cloudarium_asl_edit::Edited { state: Some(name.to_string()), ..edited });
    ed.act(Action::Edit(edited, said::add("/Catch").to_owned()));
}
