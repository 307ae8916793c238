//! The rules of a Choice: a variable, an operator and a value with paths, an expression as condition.

use cloudarium_asl::choice::OPERATORS;
use cloudarium_asl_edit::fields;
use cloudarium_asl_edit::fresh::{self, Language};
use cloudarium_asl_edit::place::Way;
use serde_json::{Map, Value, json};
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::{Ed, OfState};
use crate::parts::states::editor::field::{Field, Shape, select};
use crate::parts::states::editor::form::leads_to;
use crate::parts::states::editor::kinds::item_buttons;
use crate::words::state_editor as said;

/// How deep rules are shown within each other; deeper ones are edited in the text.
const DEPTH_MAX: usize = 3;

/// The rules, in the order in which they are asked.
#[component]
pub fn Rules(props: &OfState) -> Html {
    let OfState { ed, name } = props;
    let rules = ed.value(Some(name), "/Choices");
    let count = rules.as_ref().and_then(Value::as_array).map_or(0, Vec::len);
    let add = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| add(&props, count))
    };
    html! {
        <fieldset class="sfe-list"><legend>{ said::RULES }</legend>
            { for (0..count).map(|at| html! {
                <div class="sfe-item" key={at} role="group" aria-label={said::rule(at)}>
                    <div class="sfe-row"><b class="grow">{ said::rule(at) }</b>{ item_buttons(ed, name, "/Choices", (at, count)) }</div>
                    { rule(ed, name, &format!("/Choices/{at}"), 0) }
                    { leads_to(ed, name, Way::Rule(at), said::THEN) }
                </div>
            }) }
            <button class="btn small" id="add-rule" type="button" disabled={!ed.may()} onclick={add}><Icon name="plus" />{ said::ADD_RULE }</button>
            { leads_to(ed, name, Way::Default, said::DEFAULT) }
        </fieldset>
    }
}

fn add(props: &OfState, count: usize) {
    let OfState { ed, name } = props;
    let mut rule = fresh::rule(ed.language(Some(name)));
    let to = ed.value(Some(name), "/Default").or_else(|| ed.value(Some(name), "/Choices/0/Next"));
    if let Some(members) = rule.as_object_mut() {
        members.insert("Next".to_owned(), to.unwrap_or_else(|| json!("")));
    }
    let text = fields::add_item(ed.text(), Some(name), "/Choices", count, &rule);
    ed.edit(text, said::ADD_RULE);
}

/// What a rule is made of.
fn form_of(rule: &Map<String, Value>) -> &'static str {
    ["And", "Or", "Not"].into_iter().find(|form| rule.contains_key(*form)).unwrap_or("")
}

fn operator_of(rule: &Map<String, Value>) -> String {
    let known = rule.keys().find(|name| OPERATORS.contains(&name.as_str()));
    known.cloned().unwrap_or_default()
}

/// One rule, or one within another.
fn rule(ed: &Ed, name: &AttrValue, pointer: &str, depth: usize) -> Html {
    let value = ed.value(Some(name), pointer).unwrap_or_default();
    if ed.language(Some(name)) == Language::Jsonata || value.get("Condition").is_some() {
        return html! { <Field ed={ed.clone()} state={name.clone()} pointer={format!("{pointer}/Condition")} label="Condition" shape={Shape::Json} /> };
    }
    let Some(members) = value.as_object() else { return html! {} };
    let form = form_of(members);
    let change = {
        let (ed, name, pointer, members) =
            (ed.clone(), name.clone(), pointer.to_owned(), members.clone());
        move |to: String| {
            let rule = Value::Object(reformed(&members, &to));
            ed.set(Some(&name), &pointer, Some(&rule), said::RULES);
        }
    };
    let options =
        ["", "And", "Or", "Not"].map(|form| (form.to_owned(), said::rule_form(form).to_owned()));
    let id = format!("form{}", pointer.replace('/', "-"));
    let inner = match form {
        "" => {
            return html! { <>{ select((id, said::RULE_FORM), options.to_vec(), form, ed.may(), change) }{ comparison(ed, name, pointer, members) }</> };
        }
        _ if depth >= DEPTH_MAX => html! { <p class="small dim2">{ said::TOO_DEEP }</p> },
        "Not" => rule(ed, name, &format!("{pointer}/Not"), depth + 1),
        list => within(ed, name, &format!("{pointer}/{list}"), depth + 1),
    };
    html! { <>{ select((id, said::RULE_FORM), options.to_vec(), form, ed.may(), change) }<div class="sfe-within">{ inner }</div></> }
}

/// The rules of an And or an Or.
fn within(ed: &Ed, name: &AttrValue, list: &str, depth: usize) -> Html {
    let count = ed.value(Some(name), list).and_then(|rules| rules.as_array().map(Vec::len));
    let count = count.unwrap_or_default();
    let add = {
        let (ed, name, list) = (ed.clone(), name.clone(), list.to_owned());
        Callback::from(move |_: MouseEvent| {
            let rule = fresh::rule(Language::JsonPath);
            let text = fields::add_item(ed.text(), Some(&name), &list, count, &rule);
            ed.edit(text, said::ADD_CONDITION);
        })
    };
    let remove = |at: usize| {
        let (ed, name, list) = (ed.clone(), name.clone(), list.to_owned());
        Callback::from(move |_: MouseEvent| {
            let text = fields::remove_item(ed.text(), Some(&name), &list, at);
            ed.edit(text, said::REMOVE_CONDITION);
        })
    };
    html! {
        <>
            { for (0..count).map(|at| html! { <div class="sfe-item" key={at}>{ rule(ed, name, &format!("{list}/{at}"), depth) }
                <button class="btn small" type="button" disabled={count < 2 || !ed.may()} onclick={remove(at)}>{ said::REMOVE_CONDITION }</button></div> }) }
            <button class="btn small" type="button" disabled={!ed.may()} onclick={add}><Icon name="plus" />{ said::ADD_CONDITION }</button>
        </>
    }
}

/// A rule in another form; what it compared is kept within.
fn reformed(rule: &Map<String, Value>, to: &str) -> Map<String, Value> {
    let beside = |name: &str| matches!(name, "Next" | "Comment" | "Assign");
    let (kept, own): (Map<String, Value>, Map<String, Value>) =
        rule.clone().into_iter().partition(|(name, _)| beside(name));
    // One rule of several, or the rule itself.
    let first = match form_of(&own) {
        "" => Value::Object(own),
        "Not" => own.get("Not").cloned().unwrap_or_default(),
        list => own.get(list).and_then(|rules| rules.get(0)).cloned().unwrap_or_default(),
    };
    let mut new = match to {
        "" => first.as_object().cloned().unwrap_or_default(),
        "Not" => Map::from_iter([("Not".to_owned(), first)]),
        list => {
            Map::from_iter([(list.to_owned(), json!([first, fresh::rule(Language::JsonPath)]))])
        }
    };
    new.extend(kept);
    new
}

/// A variable, an operator, a value.
fn comparison(ed: &Ed, name: &AttrValue, pointer: &str, rule: &Map<String, Value>) -> Html {
    let operator = operator_of(rule);
    let options = OPERATORS.map(|one| (one.to_owned(), said::operator(one)));
    let change = {
        let (ed, name, pointer, rule, old) =
            (ed.clone(), name.clone(), pointer.to_owned(), rule.clone(), operator.clone());
        move |to: String| {
            let value = rule.get(&old).cloned().unwrap_or_default();
            let value = fitting(&to, value);
            let new: Map<String, Value> = rule
                .iter()
                .map(|(name, value_now)| {
                    if *name == old {
                        (to.clone(), value.clone())
                    } else {
                        (name.clone(), value_now.clone())
                    }
                })
                .collect();
            ed.set(Some(&name), &pointer, Some(&Value::Object(new)), said::RULES);
        }
    };
    let id = format!("op{}", pointer.replace('/', "-"));
    html! {
        <>
            <Field ed={ed.clone()} state={name.clone()} pointer={format!("{pointer}/Variable")} label="Variable" shape={Shape::Path} />
            { select((id, said::OPERATOR), options.to_vec(), &operator, ed.may(), change) }
            { compared(ed, name, &format!("{pointer}/{operator}"), &operator) }
        </>
    }
}

/// What it is compared with, by what the operator compares.
fn compared(ed: &Ed, name: &AttrValue, pointer: &str, operator: &str) -> Html {
    if operator.ends_with("Path") {
        return html! { <Field ed={ed.clone()} state={name.clone()} pointer={pointer.to_owned()} label={said::VALUE} shape={Shape::Path} /> };
    }
    if operator.starts_with("Is") || operator.starts_with("Boolean") {
        let now = ed.value(Some(name), pointer) == Some(json!(true));
        let options = ["true", "false"].map(|one| (one.to_owned(), one.to_owned()));
        let change = {
            let (ed, name, pointer) = (ed.clone(), name.clone(), pointer.to_owned());
            move |to: String| {
                ed.set(Some(&name), &pointer, Some(&json!(to == "true")), said::RULES);
            }
        };
        let id = format!("is{}", pointer.replace('/', "-"));
        return select(
            (id, said::VALUE),
            options.to_vec(),
            if now { "true" } else { "false" },
            ed.may(),
            change,
        );
    }
    let shape = if operator.starts_with("Numeric") { Shape::Number } else { Shape::Text };
    html! { <Field ed={ed.clone()} state={name.clone()} pointer={pointer.to_owned()} label={said::VALUE} {shape} /> }
}

/// A value that fits an operator: the one there is, if it does.
fn fitting(operator: &str, value: Value) -> Value {
    if operator.ends_with("Path") {
        let is_path = value.as_str().is_some_and(|text| text.starts_with('$'));
        return if is_path { value } else { json!("$.value") };
    }
    let (fits, fresh) = if operator.starts_with("Is") || operator.starts_with("Boolean") {
        (value.is_boolean(), json!(true))
    } else if operator.starts_with("Numeric") {
        (value.is_number(), json!(0))
    } else if operator.starts_with("Timestamp") {
        (value.is_string(), json!("2030-01-01T00:00:00Z"))
    } else {
        (value.is_string(), json!(""))
    };
    if fits { value } else { fresh }
}
