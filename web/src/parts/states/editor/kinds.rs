//! The fields that each type of state has of its own.

use cloudarium_asl_edit::fresh::Language;
use cloudarium_asl_edit::states;
use cloudarium_asl_edit::{Edited, fields as asl};
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::{Ed, OfState};
use crate::parts::states::editor::field::{Field, Shape, field, select};
use crate::parts::states::editor::form::arguments;
use crate::state::states::calls;
use crate::state::states::session::Action;
use crate::words::state_editor as said;

/// The fields of its type.
pub fn fields(of: &OfState, kind: &str, language: Language) -> Html {
    match kind {
        "Task" => html! { <Task ed={of.ed.clone()} name={of.name.clone()} /> },
        "Wait" => wait(of, language),
        "Fail" => fail(of, language),
        "Parallel" => parallel(of),
        "Map" => map(of, language),
        _ => html! {},
    }
}

/// A field that is a value, or with paths the `...Path` in its stead.
fn value_or_path(of: &OfState, field_name: &str, shape: Shape, language: Language) -> Html {
    let path = format!("/{field_name}Path");
    let has_path = of.ed.value(Some(&of.name), &path).is_some();
    let pointer = if has_path { path.clone() } else { format!("/{field_name}") };
    let shape = if has_path { Shape::Path } else { shape };
    let shown = field(&of.ed, &of.name, pointer.clone(), shape);
    if language == Language::Jsonata {
        return shown;
    }
    let change = {
        let (of, pointer) = (of.clone(), pointer);
        let (other, value) = if has_path {
            (format!("/{}", pointer.trim_start_matches('/').trim_end_matches("Path")), json!(60))
        } else {
            (path, json!("$.value"))
        };
        Callback::from(move |_: MouseEvent| {
            let state = Some(&*of.name);
            let text = asl::set(of.ed.text(), state, &other, &value);
            let text = text.and_then(|text| asl::unset(&text, state, &pointer));
            of.ed.edit(text, said::typed_in(other.trim_start_matches('/')));
        })
    };
    let words = if has_path { said::AS_VALUE } else { said::AS_PATH };
    let has_any = has_path || of.ed.value(Some(&of.name), &format!("/{field_name}")).is_some();
    html! { <div class="sfe-pair">{ shown }if has_any { <button class="btn small" type="button" disabled={!of.ed.may()} onclick={change} aria-label={said::for_field(words, field_name)}>{ words }</button> }</div> }
}

/// What a Task asks for, of whom, and how long that may take.
#[component]
fn Task(of: &OfState) -> Html {
    let OfState { ed, name } = of;
    let language = ed.language(Some(name));
    let resource = ed.string(Some(name), "/Resource").unwrap_or_default();
    let names = use_names(ed, &resource);
    let patterns = calls::patterns(&resource);
    let options: Vec<(String, String)> =
        patterns.iter().map(|one| ((*one).to_owned(), said::pattern(one).to_owned())).collect();
    let change = {
        let (of, resource) = (of.clone(), resource.clone());
        move |pattern: String| {
            let resource = json!(calls::with_pattern(&resource, &pattern));
            of.ed.set(Some(&of.name), "/Resource", Some(&resource), said::PATTERN);
        }
    };
    let arguments = arguments(language);
    let named = Named::of(&resource).map(|named| named.argument);
    let known = named.filter(|at| ed.value(Some(name), &format!("{arguments}/{at}")).is_some());
    let is_http = resource.ends_with(":::http:invoke");
    html! {
        <>
            { field(ed, name, "/Resource", Shape::Text) }
            if patterns.len() > 1 { { select(("pattern", said::PATTERN), options, calls::pattern(&resource), ed.may(), change) } }
            if is_http { { for ["ApiEndpoint", "Method"].map(|at| html! { <Field ed={ed.clone()} state={name.clone()} pointer={format!("{arguments}/{at}")} label={at} shape={Shape::Text} /> }) } }
            { known.map(|at| html! {
                <><datalist id="known-names">{ for names.iter().map(|name| html! { <option value={name.clone()} /> }) }</datalist>
                <Field ed={ed.clone()} state={name.clone()} pointer={format!("{arguments}/{at}")} label={at.rsplit('/').next().unwrap_or(at).to_owned()} shape={Shape::Text} list="known-names" /></>
            }).unwrap_or_default() }
            { field(ed, name, arguments, Shape::Json) }
            { value_or_path(of, "TimeoutSeconds", Shape::Number, language) }
            { value_or_path(of, "HeartbeatSeconds", Shape::Number, language) }
            { field(ed, name, "/Credentials", Shape::Json) }
        </>
    }
}

/// An argument that names something which may be there already.
#[derive(Clone, Copy, PartialEq)]
struct Named {
    /// What the Resource has in it.
    resource: &'static str,
    /// The argument, from the outside in.
    argument: &'static str,
    /// How what is there is asked for, and where the answer tells its name.
    service: &'static str,
    operation: &'static str,
    list: &'static str,
    /// Nothing: the items are the names themselves.
    member: &'static str,
}

const NAMED: [Named; 5] = [
    Named {
        resource: "lambda:invoke",
        argument: "FunctionName",
        service: "lambda",
        operation: "ListFunctions",
        list: "Functions",
        member: "FunctionName",
    },
    Named {
        resource: "states:startExecution",
        argument: "StateMachineArn",
        service: "stepfunctions",
        operation: "ListStateMachines",
        list: "stateMachines",
        member: "stateMachineArn",
    },
    Named {
        resource: ":s3:",
        argument: "Bucket",
        service: "s3",
        operation: "ListBuckets",
        list: "Buckets",
        member: "Name",
    },
    Named {
        resource: ":::sqs:sendMessage",
        argument: "QueueUrl",
        service: "sqs",
        operation: "ListQueues",
        list: "QueueUrls",
        member: "",
    },
    Named {
        resource: ":::http:invoke",
        argument: "InvocationConfig/ConnectionArn",
        service: "events",
        operation: "ListConnections",
        list: "Connections",
        member: "ConnectionArn",
    },
];

impl Named {
    fn of(resource: &str) -> Option<Self> {
        NAMED.into_iter().find(|named| resource.contains(named.resource))
    }
}

/// The functions, machines or buckets that are there, asked for without a trace.
#[hook]
fn use_names(ed: &Ed, resource: &str) -> Vec<String> {
    let names = use_state_eq(Vec::new);
    let (setter, desk) = (names.setter(), ed.desk.clone());
    use_effect_with(Named::of(resource), move |asked| {
        if let Some(Named { service, operation, list, member, .. }) = *asked {
            spawn_local(async move {
                if let Ok(answer) = desk.quietly(service, operation, json!({})).await {
                    let items = answer.output.get(list).and_then(Value::as_array);
                    let name = |one: &Value| {
                        let named = if member.is_empty() { Some(one) } else { one.get(member) };
                        named.and_then(Value::as_str).map(str::to_owned)
                    };
                    setter.set(items.into_iter().flatten().filter_map(name).collect());
                }
            });
        }
    });
    (*names).clone()
}

/// A Wait has one of four fields; another takes its place.
fn wait(of: &OfState, language: Language) -> Html {
    const FIELDS: [(&str, &str); 4] = [
        ("Seconds", "10"),
        ("Timestamp", "\"2030-01-01T00:00:00Z\""),
        ("SecondsPath", "\"$.seconds\""),
        ("TimestampPath", "\"$.timestamp\""),
    ];
    let (ed, name) = (&of.ed, &of.name);
    let fields: Vec<(&str, &str)> = FIELDS
        .into_iter()
        .filter(|(field, _)| language == Language::JsonPath || !field.ends_with("Path"))
        .collect();
    let has = |field: &str| ed.value(Some(name), &format!("/{field}")).is_some();
    let now = fields.iter().find(|(field, _)| has(field)).map_or("Seconds", |(field, _)| field);
    let options =
        fields.iter().map(|(field, _)| ((*field).to_owned(), said::wait(field).to_owned()));
    let change = {
        let (of, fields, now) = (of.clone(), fields.clone(), now.to_owned());
        move |to: String| {
            let Some((field, value)) = fields.iter().find(|(field, _)| *field == to) else {
                return;
            };
            let state = Some(&*of.name);
            let text = asl::unset(of.ed.text(), state, &format!("/{now}"));
            let text =
                text.and_then(|text| asl::set_written(&text, state, &format!("/{field}"), value));
            of.ed.edit(text, said::typed_in(field));
        }
    };
    let shape = match now {
        "Seconds" => Shape::Number,
        "Timestamp" => Shape::Text,
        _ => Shape::Path,
    };
    html! { <>{ select(("wait-for", said::WAIT_FOR), options.collect(), now, ed.may(), change) }{ field(ed, name, format!("/{now}"), shape) }</> }
}

fn fail(of: &OfState, language: Language) -> Html {
    html! { <>{ value_or_path(of, "Error", Shape::Text, language) }{ value_or_path(of, "Cause", Shape::Text, language) }</> }
}

/// Branches: each can be taken out and moved, and one more put in.
fn parallel(of: &OfState) -> Html {
    let (ed, name) = (&of.ed, &of.name);
    let branches = ed.value(Some(name), "/Branches");
    let count = branches.as_ref().and_then(Value::as_array).map_or(0, Vec::len);
    let add = {
        let of = of.clone();
        Callback::from(move |_: MouseEvent| {
            let edited = states::add_branch(of.ed.text(), &of.name);
            let edited = edited.map(|edited| Edited { state: Some(of.name.to_string()), ..edited });
            of.ed.act(Action::Edit(edited, said::BRANCH_ADDED.to_owned()));
        })
    };
    html! {
        <fieldset class="sfe-list"><legend>{ said::BRANCHES }</legend>
            { for (0..count).map(|at| {
                let start = branches.as_ref().and_then(|all| all.get(at)?.get("StartAt")?.as_str());
                html! { <div class="sfe-row"><span class="grow">{ said::branch(at, start.unwrap_or_default()) }</span>{ item_buttons(ed, name, "/Branches", (at, count)) }</div> }
            }) }
            <button class="btn small" id="add-branch" type="button" disabled={!ed.may()} onclick={add}><Icon name="plus" />{ said::ADD_BRANCH }</button>
        </fieldset>
    }
}

/// Earlier, later, and out: for an item of a list.
pub fn item_buttons(
    ed: &Ed,
    name: &AttrValue,
    list: &'static str,
    (at, count): (usize, usize),
) -> Html {
    let move_to = |to: usize| {
        let (ed, name) = (ed.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let text = asl::move_item(ed.text(), Some(&name), list, (at, to));
            ed.edit(text, said::ordered(list));
        })
    };
    let remove = {
        let (ed, name) = (ed.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let text = asl::remove_item(ed.text(), Some(&name), list, at);
            ed.edit(text, said::taken_out(list));
        })
    };
    let may = ed.may();
    html! {
        <span class="sfe-item-buttons">
            <button class="btn ghost icon small" type="button" aria-label={said::earlier(list, at)} disabled={at == 0 || !may} onclick={move_to(at.saturating_sub(1))}><Icon name="chev" class="sfe-up" /></button>
            <button class="btn ghost icon small" type="button" aria-label={said::later(list, at)} disabled={at + 1 >= count || !may} onclick={move_to(at + 1)}><Icon name="chev" /></button>
            <button class="btn ghost icon small" type="button" aria-label={said::remove(list, at)} disabled={!may} onclick={remove}><Icon name="x" /></button>
        </span>
    }
}

fn map(of: &OfState, language: Language) -> Html {
    let (ed, name) = (&of.ed, &of.name);
    let state = Some(&**name);
    let mode = ed.string(state, "/ItemProcessor/ProcessorConfig/Mode").unwrap_or("INLINE".into());
    let distributed = mode == "DISTRIBUTED";
    let options =
        ["INLINE", "DISTRIBUTED"].map(|mode| (mode.to_owned(), said::mode(mode).to_owned()));
    let change = {
        let of = of.clone();
        move |mode: String| {
            let config = if mode == "DISTRIBUTED" {
                json!({ "Mode": mode, "ExecutionType": "STANDARD" })
            } else {
                json!({ "Mode": mode })
            };
            of.ed.set(Some(&of.name), "/ItemProcessor/ProcessorConfig", Some(&config), said::MODE);
        }
    };
    let (items, shape) = match language {
        Language::JsonPath => ("/ItemsPath", Shape::Path),
        Language::Jsonata => ("/Items", Shape::Json),
    };
    html! {
        <>
            { select(("map-mode", said::MODE), options.to_vec(), &mode, ed.may(), change) }
            { field(ed, name, items, shape) }
            { field(ed, name, "/ItemSelector", Shape::Json) }
            { value_or_path(of, "MaxConcurrency", Shape::Number, language) }
            if distributed { { for distributed_fields(of, language) } }
        </>
    }
}

/// What only a distributed Map has: where its items come from, how they are put together, where results go, what may fail.
fn distributed_fields(of: &OfState, language: Language) -> Vec<Html> {
    let (ed, name) = (&of.ed, &of.name);
    let arguments = arguments(language);
    let has = |pointer: &str| ed.value(Some(name), pointer).is_some();
    let group = |pointer: &'static str, fresh: Value, fields: Vec<(String, Shape)>| {
        let there = has(pointer);
        let toggle = {
            let of = of.clone();
            Callback::from(move |_: MouseEvent| {
                let value = (!there).then_some(&fresh);
                of.ed.set(Some(&of.name), pointer, value, pointer.trim_start_matches('/'));
            })
        };
        let title = pointer.trim_start_matches('/');
        html! {
            <fieldset class="sfe-list"><legend>{ title }</legend>
                if there { { for fields.into_iter().map(|(field_name, shape)| field(ed, name, format!("{pointer}{field_name}"), shape)) } }
                <button class="btn small" type="button" disabled={!ed.may()} onclick={toggle}>{ said::with_or_without(there, title) }</button>
            </fieldset>
        }
    };
    let reader = json!({ "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" },
        (arguments.trim_start_matches('/')): { "Bucket": "my-bucket", "Key": "items.csv" } });
    let writer = json!({ "Resource": "arn:aws:states:::s3:putObject", (arguments.trim_start_matches('/')): { "Bucket": "my-bucket", "Prefix": "results" } });
    let mut all = vec![
        group(
            "/ItemReader",
            reader,
            vec![
                ("/Resource".into(), Shape::Text),
                ("/ReaderConfig/InputType".into(), Shape::Text),
                ("/ReaderConfig/MaxItems".into(), Shape::Number),
                (format!("{arguments}/Bucket"), Shape::Text),
                (format!("{arguments}/Key"), Shape::Text),
                (format!("{arguments}/Prefix"), Shape::Text),
            ],
        ),
        group(
            "/ItemBatcher",
            json!({ "MaxItemsPerBatch": 10 }),
            vec![
                ("/MaxItemsPerBatch".into(), Shape::Number),
                ("/MaxInputBytesPerBatch".into(), Shape::Number),
                ("/BatchInput".into(), Shape::Json),
            ],
        ),
        group(
            "/ResultWriter",
            writer,
            vec![
                ("/Resource".into(), Shape::Text),
                (format!("{arguments}/Bucket"), Shape::Text),
                (format!("{arguments}/Prefix"), Shape::Text),
            ],
        ),
    ];
    for (one, shape) in
        [("ToleratedFailurePercentage", Shape::Number), ("ToleratedFailureCount", Shape::Number)]
    {
        all.push(value_or_path(of, one, shape, language));
    }
    let execution = "/ItemProcessor/ProcessorConfig/ExecutionType";
    all.push(field(ed, name, execution, Shape::Text));
    all.push(field(ed, name, "/Label", Shape::Text));
    all
}
