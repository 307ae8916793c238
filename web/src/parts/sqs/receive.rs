//! Polls the queue, and shows what came: the body, how often it was received, and how long it stays hidden.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Deed;
use crate::parts::console::act::act;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::parts::sqs::page::Part;
use crate::state::sqs::{Fate, Received, received, said as of_said};
use crate::state::time;
use crate::words::sqs as said;

/// What was received stays here until it is cleared away, as many as these.
const KEPT_MAX: usize = 100;

/// The button, what it asks for, and what came.
#[component]
pub fn Receive(props: &Part) -> Html {
    let [most, wait, visibility] = [use_node_ref(), use_node_ref(), use_node_ref()];
    let here = use_state_eq(Vec::<Received>::new);
    let polling = use_state_eq(|| false);
    // Another poll may have ended while this one waited.
    let latest = use_mut_ref(Vec::<Received>::new);
    latest.borrow_mut().clone_from(&here);
    let onsubmit = {
        let (props, polling, here) = (props.clone(), polling.setter(), here.setter());
        let (latest, fields) = (latest.clone(), [most.clone(), wait.clone(), visibility.clone()]);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [most, wait, visibility] = fields.each_ref().map(text);
            let names = ["MaxNumberOfMessages", "WaitTimeSeconds", "VisibilityTimeout"];
            let mut input =
                of_said([(names[0], most), (names[1], wait), (names[2], visibility)], &names);
            input.insert("QueueUrl".into(), json!(props.whole.queue.url));
            input.insert("MessageSystemAttributeNames".into(), json!(["All"]));
            input.insert("MessageAttributeNames".into(), json!(["All"]));
            let (props, polling, here, latest) =
                (props.clone(), polling.clone(), here.clone(), latest.clone());
            polling.set(true);
            spawn_local(async move {
                let new = poll(&props, input.into()).await;
                let before = latest.borrow().clone();
                here.set(and(new, before));
                polling.set(false);
            });
        })
    };
    let may = props.desk.cloud.may_change();
    let as_queue = String::new;
    html! {
        <section class="sq-card" aria-labelledby="receive-h">
            <h2 id="receive-h">{ said::RECEIVE }</h2>
            <p class="small dim2">{ said::RECEIVE_MORE }</p>
            <form class="sq-poll" {onsubmit}>
                <Field node={most} id="poll-most" label={said::MAX_COUNT} kind="number" min="1" max="10" value={said::MAX_COUNT_USUAL} />
                <Field node={wait} id="poll-wait" label={said::POLL_WAIT} kind="number" min="0" max="20" value={as_queue()} describedby="poll-more" />
                <Field node={visibility} id="poll-visibility" label={said::POLL_VISIBILITY} kind="number" min="0" max="43200" value={as_queue()} describedby="poll-more" />
                <button class={classes!("btn", props.desk.hot("sqs.poll"))} data-hotspot="sqs.poll" id="poll" type="submit" disabled={*polling || !may}><Icon name={if *polling { "hour" } else { "download" }} />{ if *polling { said::POLLING } else { said::POLL } }</button>
            </form>
            <p class="small dim" id="poll-more">{ said::AS_QUEUE }</p>
            <h3 class="label" id="received-h">{ said::RECEIVED }</h3>
            if here.is_empty() {
                <p class="small dim2" role="status">{ said::NOTHING_RECEIVED }</p>
            } else {
                <ul class="sq-received" id="received" aria-labelledby="received-h">{ for here.iter().map(|one| message(props, one)) }</ul>
                <div class="row"><button class="btn small ghost" onclick={let here = here.setter(); Callback::from(move |_: MouseEvent| here.set(Vec::new()))}>{ said::CLEAR }</button></div>
            }
        </section>
    }
}

/// The new ones first; a message that was received again stands for its first time, too.
fn and(new: Vec<Received>, before: Vec<Received>) -> Vec<Received> {
    let old = before.into_iter().filter(|old| new.iter().all(|it| it.message_id != old.message_id));
    let old: Vec<Received> = old.collect();
    new.into_iter().chain(old).take(KEPT_MAX).collect()
}

async fn poll(props: &Part, input: Value) -> Vec<Received> {
    match props.desk.call("sqs", "ReceiveMessage", input).await {
        Ok(answer) => {
            let new = received(&answer.output);
            props.tell.did.emit(Deed { words: said::received(new.len()), seq: answer.seq });
            new
        }
        Err(why) => {
            props.tell.refused.emit((said::POLL.to_owned(), why));
            Vec::new()
        }
    }
}

fn message(props: &Part, one: &Received) -> Html {
    let now = props.desk.cloud.clock.now();
    let fate = props.whole.fate(one, now);
    let (class, icon, words) = match fate {
        Fate::Hidden(ms) => ("info", "eye", said::hidden(ms)),
        Fate::Visible => ("warn", "undo", said::VISIBLE.to_owned()),
        Fate::Gone => ("good", "check", said::GONE.to_owned()),
    };
    let most = props.whole.redrive().map(|(_, most)| most);
    let may = props.desk.cloud.may_change();
    let id = &one.message_id;
    html! {
        <li class="sq-message" key={id.clone()}>
            <div class="row wrap">
                <b class="mono" title={id.clone()}>{ said::short_id(id) }</b>
                <span class={classes!("pill", class)}><Icon name={icon} />{ words }</span>
                <span class="small dim2">{ said::RECEIVE_COUNT }{ ": " }{ said::receives_of(one.receives(), most) }</span>
                { for one.sent().map(|ms| html! { <span class="small dim2">{ said::SENT }{ " " }{ time::moment(ms, now) }</span> }) }
                <span class="row push">
                    <button class="btn small" aria-label={said::show_again(id)} disabled={!may || !matches!(fate, Fate::Hidden(_))} onclick={show_again(props, one)}>{ said::SHOW_AGAIN }</button>
                    <button class="btn small delete-message" aria-label={said::delete_message(id)} disabled={!may || fate == Fate::Gone} onclick={delete(props, one)}><Icon name="trash" />{ said::DELETE }</button>
                </span>
            </div>
            <pre class="logp" tabindex="0">{ &one.body }</pre>
            { attributes(one) }
        </li>
    }
}

/// What goes with it: the sender's attributes, and SQS's own.
fn attributes(one: &Received) -> Html {
    let own = one.message_attributes.iter().map(|(name, it)| {
        let value = it.string_value.clone().or_else(|| it.binary_value.clone());
        (name, it.data_type.clone(), value.unwrap_or_default())
    });
    let own: Vec<_> = own.collect();
    let row = |name: &str, kind: &str, value: &str| {
        html! {
            <tr><th scope="row" class="mono">{ name.to_owned() }</th><td>{ kind.to_owned() }</td><td class="mono">{ value.to_owned() }</td></tr>
        }
    };
    html! {
        <details class="sq-more"><summary>{ said::attribute_count(own.len()) }</summary>
            <div class="framed scroll-x" tabindex="0" role="region" aria-label={said::ATTRIBUTES}><table>
                <thead><tr><th scope="col">{ said::ATTRIBUTE }</th><th scope="col">{ said::TYPE }</th><th scope="col">{ said::VALUE }</th></tr></thead>
                <tbody>
                    { for own.iter().map(|(name, kind, value)| row(name, kind, value)) }
                    { for one.attributes.iter().map(|(name, value)| row(name, said::SYSTEM, value)) }
                </tbody>
            </table></div>
        </details>
    }
}

fn delete(props: &Part, one: &Received) -> Callback<MouseEvent> {
    let (props, one) = (props.clone(), one.clone());
    Callback::from(move |_| {
        let (props, one) = (props.clone(), one.clone());
        spawn_local(async move {
            let id = &one.message_id;
            let input =
                json!({ "QueueUrl": props.whole.queue.url, "ReceiptHandle": one.receipt_handle });
            let said = (said::delete_message(id), said::message_deleted(id));
            act(&props.desk, &props.tell, said, ("sqs", "DeleteMessage"), input).await;
        });
    })
}

/// Gives it up: others can receive it at once.
fn show_again(props: &Part, one: &Received) -> Callback<MouseEvent> {
    let (props, one) = (props.clone(), one.clone());
    Callback::from(move |_| {
        let (props, one) = (props.clone(), one.clone());
        spawn_local(async move {
            let input = json!({
                "QueueUrl": props.whole.queue.url,
                "ReceiptHandle": one.receipt_handle,
                "VisibilityTimeout": 0,
            });
            let said = (said::show_again(&one.message_id), said::SHOWN_AGAIN.to_owned());
            act(&props.desk, &props.tell, said, ("sqs", "ChangeMessageVisibility"), input).await;
        });
    })
}
