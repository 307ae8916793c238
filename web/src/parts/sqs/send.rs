//! Sends a message: its body, its group, what goes with it.

use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Deed;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::parts::sqs::page::Part;
use crate::state::sqs::{AttributeRow, message_attributes, said as of_said};
use crate::words::{lambda, sqs as said};

/// The form.
#[component]
pub fn Send(props: &Part) -> Html {
    let [body, group, deduplication, delay] =
        [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let rows = use_state_eq(Vec::<AttributeRow>::new);
    let busy = use_state_eq(|| false);
    let Part { desk, whole, .. } = props;
    let fifo = whole.queue.fifo;
    let onsubmit = {
        let (props, rows, busy) = (props.clone(), rows.clone(), busy.setter());
        let fields = [body.clone(), group.clone(), deduplication.clone(), delay.clone()];
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [body, group, deduplication, delay] = fields.each_ref().map(text);
            let mut input = of_said(
                [
                    ("MessageGroupId", group),
                    ("MessageDeduplicationId", deduplication),
                    ("DelaySeconds", delay),
                ],
                &["DelaySeconds"],
            );
            input.insert("QueueUrl".into(), json!(props.whole.queue.url));
            input.insert("MessageBody".into(), json!(body));
            let attributes = message_attributes(&rows);
            if !attributes.is_empty() {
                input.insert("MessageAttributes".into(), attributes.into());
            }
            send(&props, input, busy.clone());
        })
    };
    let may = desk.cloud.may_change();
    let empty = AttrValue::from("");
    html! {
        <section class="sq-send" aria-labelledby="send-h">
            <h2 id="send-h">{ said::SEND }</h2>
            <form class="stack" {onsubmit}>
                <label class="fld">{ said::BODY }
                    <textarea ref={body} id="message-body" class="input mono sq-body" rows="5" spellcheck="false" autocomplete="off" autocapitalize="off" /></label>
                <div class="two">
                    <Field node={group} id="message-group" label={said::GROUP} value={empty.to_string()} />
                    if fifo {
                        <Field node={deduplication} id="message-deduplication" label={said::DEDUPLICATION} value={empty.to_string()} />
                    } else {
                        <Field node={delay} id="message-delay" label={said::MESSAGE_DELAY} kind="number" min="0" max="900" value={empty.to_string()} />
                    }
                </div>
                <Attributes rows={(*rows).clone()} change={let rows = rows.setter(); Callback::from(move |to| rows.set(to))} />
                <div class="row"><button class={classes!("btn", "primary", desk.hot("sqs.send"))} data-hotspot="sqs.send" id="send-message" type="submit" disabled={*busy || !may}><Icon name="upload" />{ said::SEND }</button></div>
            </form>
        </section>
    }
}

fn send(props: &Part, input: Map<String, Value>, busy: UseStateSetter<bool>) {
    let props = props.clone();
    busy.set(true);
    spawn_local(async move {
        match props.desk.call("sqs", "SendMessage", input.into()).await {
            Ok(answer) => {
                let id = answer.output.get("MessageId").and_then(Value::as_str);
                let words = said::sent(id.unwrap_or_default());
                props.tell.did.emit(Deed { words, seq: answer.seq });
            }
            Err(why) => props.tell.refused.emit((said::SEND.to_owned(), why)),
        }
        busy.set(false);
    });
}

#[derive(Properties, PartialEq)]
struct AttributesProps {
    rows: Vec<AttributeRow>,
    change: Callback<Vec<AttributeRow>>,
}

/// The message's attributes: a name, a type and a value each.
#[component]
fn Attributes(AttributesProps { rows, change }: &AttributesProps) -> Html {
    let edit = |at: usize, set: fn(&mut AttributeRow, String)| {
        let (rows, change) = (rows.clone(), change.clone());
        move |text: Option<String>| {
            let mut next = rows.clone();
            if let (Some(row), Some(text)) = (next.get_mut(at), text) {
                set(row, text);
            }
            change.emit(next);
        }
    };
    let typed = |at: usize, set: fn(&mut AttributeRow, String)| {
        let edit = edit(at, set);
        Callback::from(move |event: InputEvent| {
            edit(event.target_dyn_into::<HtmlInputElement>().map(|field| field.value()));
        })
    };
    let picked = |at: usize| {
        let edit = edit(at, |row, text| row.data_type = text);
        Callback::from(move |event: Event| {
            edit(event.target_dyn_into::<HtmlSelectElement>().map(|field| field.value()));
        })
    };
    let remove = |at: usize| {
        let (rows, change) = (rows.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            let others = rows.iter().enumerate().filter(|(one, _)| *one != at);
            change.emit(others.map(|(_, row)| row.clone()).collect());
        })
    };
    let add = {
        let (rows, change) = (rows.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            let more = AttributeRow {
                name: String::new(),
                data_type: "String".into(),
                value: String::new(),
            };
            change.emit(rows.iter().cloned().chain([more]).collect());
        })
    };
    html! {
        <fieldset class="blueprints stack"><legend class="label">{ said::ATTRIBUTES }</legend>
            { for rows.iter().enumerate().map(|(at, row)| html! {
                <div class="sq-attribute" key={at}>
                    <input class="input mono" aria-label={lambda::name_of_row(at)} value={row.name.clone()} oninput={typed(at, |row, text| row.name = text)} autocomplete="off" autocapitalize="off" spellcheck="false" />
                    <select class="select" aria-label={said::attribute_type(at)} onchange={picked(at)}>
                        { for said::ATTRIBUTE_TYPES.iter().map(|one| html! { <option value={*one} selected={*one == row.data_type}>{ *one }</option> }) }
                    </select>
                    <input class="input mono" aria-label={lambda::value_of_row(at)} value={row.value.clone()} oninput={typed(at, |row, text| row.value = text)} autocomplete="off" autocapitalize="off" spellcheck="false" />
                    <button class="btn ghost icon small" type="button" aria-label={lambda::remove_row(&row.name)} onclick={remove(at)}><Icon name="x" /></button>
                </div>
            }) }
            <div class="row"><button class="btn small" type="button" id="add-attribute" onclick={add}><Icon name="plus" />{ said::ADD_ATTRIBUTE }</button></div>
        </fieldset>
    }
}
