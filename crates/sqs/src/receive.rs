//! Who gets messages: requests that come, requests that wait, and the dead-letter queue.

use std::collections::BTreeMap;
use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::{Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value, to_value};
use serde::Serialize;

use crate::billing;
use crate::error::Error;
use crate::limits::IN_FLIGHT_MAX;
use crate::message::{self, AttributeOut};
use crate::model::{Attempt, Key, Message, Queue, Stand, Standing, State, Waiter, Wish};
use crate::moves;
use crate::name;
use crate::queue::{after, sequence};
use crate::receipt::{self, Receipt};

/// A message as it is received.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Received {
    message_id: String,
    receipt_handle: String,
    #[serde(rename = "MD5OfBody")]
    md5_of_body: String,
    body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<BTreeMap<String, String>>,
    #[serde(rename = "MD5OfMessageAttributes", skip_serializing_if = "Option::is_none")]
    md5_of_message_attributes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_attributes: Option<BTreeMap<String, AttributeOut>>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Received>,
}

/// The answer with these messages.
pub fn answer(messages: Vec<Received>) -> Result<Value, Fault> {
    to_value(&Answer { messages })
        .map_err(|error| Error::Internal(format!("An answer cannot be written: {error}.")).into())
}

/// Receives what there is, at once. What is a dead letter goes to where dead letters go.
pub fn take(
    sqs: &mut State,
    cx: &mut Ctx<'_>,
    key: &Key,
    wish: &Wish,
) -> Result<Vec<Received>, Error> {
    let now = cx.now;
    let queue = sqs.queues.get_mut(key).ok_or_else(Error::no_queue)?;
    queue.settle(now);
    if let Some(again) = repeated(queue, key, wish, now) {
        return Ok(again);
    }
    if queue.in_flight >= IN_FLIGHT_MAX {
        // "For FIFO queues, there is no error message when this quota is reached."
        let words = format!("Too many messages in flight: more than {IN_FLIGHT_MAX}.");
        return if queue.is_fifo() { Ok(Vec::new()) } else { Err(Error::OverLimit(words)) };
    }
    bury(sqs, cx, key);
    let Some(queue) = sqs.queues.get_mut(key) else { return Ok(Vec::new()) };
    let numbers = queue.next_ready(wish.most);
    let visibility_s = wish.visibility_s.unwrap_or(queue.settings.visibility_s);
    for number in &numbers {
        queue.receive(now, *number, visibility_s);
    }
    if let Some(id) = wish.attempt.as_ref().filter(|_| !numbers.is_empty()) {
        let receives = |number: &u64| queue.messages.get(number).map_or(0, |it| it.receives);
        let messages = numbers.iter().map(|number| (*number, receives(number))).collect();
        queue.attempts.insert(id.clone(), Attempt { at: now, messages });
    }
    Ok(numbers.iter().filter_map(|number| shown(queue, key, *number, wish)).collect())
}

/// The same attempt gets the same messages again, if nothing was done with any of them.
fn repeated(queue: &mut Queue, key: &Key, wish: &Wish, now: Timestamp) -> Option<Vec<Received>> {
    let attempt = queue.attempts.get(wish.attempt.as_ref()?)?.clone();
    let is_as_it_was = |(number, receives): &(u64, u32)| {
        queue
            .messages
            .get(number)
            .is_some_and(|it| it.receives == *receives && matches!(it.stand, Stand::InFlight(_)))
    };
    if !attempt.messages.iter().all(is_as_it_was) {
        return None;
    }
    let visibility_s = wish.visibility_s.unwrap_or(queue.settings.visibility_s);
    for (number, _) in &attempt.messages {
        queue.stand(*number, Stand::InFlight(after(now, visibility_s)));
    }
    let shown = attempt.messages.iter().filter_map(|(number, _)| shown(queue, key, *number, wish));
    Some(shown.collect())
}

/// Moves what was received too often to the dead-letter queue, if that is there.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html>
fn bury(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key) {
    let Some(redrive) = sqs.queues.get(key).and_then(|it| it.settings.redrive.clone()) else {
        return;
    };
    let Some(target) = name::of_arn(&redrive.target_arn) else { return };
    // guess: where the dead-letter queue is gone, messages stay and are received on.
    if !sqs.queues.contains_key(&target) || target == *key {
        return;
    }
    let mut is_moved = false;
    while let Some(queue) = sqs.queues.get_mut(key) {
        let is_dead = |number: &u64| {
            queue.messages.get(number).is_some_and(|it| it.receives >= redrive.max_receive_count)
        };
        let Some(number) = queue.next_ready(10).into_iter().find(is_dead) else { break };
        let Some(message) = queue.remove(number) else { break };
        let source = Some(name::arn(key));
        let Some(target) = sqs.queues.get_mut(&target) else { break };
        // "The expiration of a message is always based on its original enqueue timestamp", and in FIFO queues "when
        // moved to a dead-letter queue, the enqueue timestamp is reset".
        let sent = if target.is_fifo() { cx.now } else { message.sent };
        target.put(Message {
            stand: Stand::Ready,
            receives: 0,
            receives_before: message.receives_in_all(),
            first_received: None,
            last_received: None,
            dead_letter_source: source,
            sent,
            ..message
        });
        is_moved = true;
    }
    if is_moved {
        attend(sqs, cx, &target);
    }
}

fn shown(queue: &Queue, key: &Key, number: u64, wish: &Wish) -> Option<Received> {
    let message = queue.messages.get(&number)?;
    let content = &message.content;
    let names = &wish.attributes;
    let told = content.attributes.iter().filter(|(name, _)| message::is_wanted(names, name));
    let told: BTreeMap<_, _> = told.map(|(name, it)| (name.clone(), it.clone())).collect();
    let system = system_attributes(queue, (number, message), &wish.system_attributes);
    Some(Received {
        message_id: message.id.clone(),
        receipt_handle: receipt::write(key, queue, Receipt { number, receive: message.receives }),
        md5_of_body: message::md5_of_text(&content.body),
        body: content.body.clone(),
        attributes: (!system.is_empty()).then_some(system),
        md5_of_message_attributes: message::md5_of_attributes(&told),
        message_attributes: (!told.is_empty())
            .then(|| told.iter().map(|(name, it)| (name.clone(), it.into())).collect()),
    })
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html#SQS-ReceiveMessage-request-MessageSystemAttributeNames>
fn system_attributes(
    queue: &Queue,
    (number, message): (u64, &Message),
    names: &[String],
) -> BTreeMap<String, String> {
    let ms = |at: Timestamp| at.as_ms().to_string();
    let content = &message.content;
    let fifo = queue.is_fifo();
    let trace = content.trace_header.as_ref().and_then(message::text_of);
    let all = [
        ("SenderId", Some(content.sender_id.clone())),
        ("SentTimestamp", Some(ms(message.sent))),
        ("ApproximateReceiveCount", Some(message.receives_in_all().to_string())),
        ("ApproximateFirstReceiveTimestamp", message.first_received.map(ms)),
        ("SequenceNumber", fifo.then(|| sequence(number))),
        ("MessageDeduplicationId", content.deduplication_id.clone()),
        ("MessageGroupId", content.group.clone()),
        ("AWSTraceHeader", trace),
        ("DeadLetterQueueSourceArn", message.dead_letter_source.clone()),
    ];
    let is_wanted = |name: &str| names.iter().any(|it| it == name || it == "All");
    let wanted = all.into_iter().filter(|(name, _)| is_wanted(name));
    wanted.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Leaves a request waiting.
pub fn wait(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key, (wish, wait_s): (Wish, u32)) {
    let ticket = cx.host.park();
    let number = Value::Int(i64::try_from(ticket.0).unwrap_or(i64::MAX));
    let timer = set_timer(cx, after(cx.now, wait_s), ("poll", key, Some(number)));
    if let Some(queue) = sqs.queues.get_mut(key) {
        queue.waiters.push(Waiter { ticket, timer, wish });
    }
    attend(sqs, cx, key);
}

/// Leaves a request waiting that stands.
pub fn stand(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key, (wish, every_s): (Wish, u32)) {
    let standing = Standing { ticket: cx.host.park(), wish, since: cx.now, every_s };
    sqs.standing.entry(key.clone()).or_default().push(standing);
    attend(sqs, cx, key);
}

/// Gives those who wait at a queue what there is, and sees to it that they are thought of again when more can be
/// received. To be called after each change to a queue.
pub fn attend(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key) {
    while let Some((ticket, wish)) = first(sqs, key) {
        let taken = take(sqs, cx, key, &wish);
        if taken.as_ref().is_ok_and(Vec::is_empty) {
            break;
        }
        leave(sqs, cx, key, ticket);
        let answered = taken.map_err(Fault::from).and_then(answer);
        if let Ok(output) = &answered {
            billing::charge_answer(cx, key, output);
        }
        cx.host.answer(ticket, answered);
    }
    let is_awaited = first(sqs, key).is_some();
    let Some(queue) = sqs.queues.get_mut(key) else { return };
    let due = queue.later.get_min().map(|(due, _)| *due).filter(|_| is_awaited);
    if queue.wake.map(|(due, _)| due) == due {
        return;
    }
    if let Some((_, timer)) = queue.wake.take() {
        cx.host.cancel_timer(timer);
    }
    queue.wake = due.map(|due| (due, set_timer(cx, due, ("wake", key, None))));
}

/// Who is to get the next messages: those that wait for a time before those that stand.
fn first(sqs: &State, key: &Key) -> Option<(Ticket, Wish)> {
    let waiter = sqs.queues.get(key)?.waiters.first().map(|it| (it.ticket, it.wish.clone()));
    let standing = || sqs.standing.get(key)?.first().map(|it| (it.ticket, it.wish.clone()));
    waiter.or_else(standing)
}

/// A request waits no longer; what it owes is charged.
fn leave(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key, ticket: Ticket) {
    let Some(queue) = sqs.queues.get_mut(key) else { return };
    if let Some(waiter) = queue.waiters.iter().find(|it| it.ticket == ticket) {
        cx.host.cancel_timer(waiter.timer);
        queue.waiters.retain(|it| it.ticket != ticket);
        return;
    }
    let Some(standing) = sqs.standing.get_mut(key) else { return };
    if let Some(at) = standing.iter().position(|it| it.ticket == ticket) {
        billing::charge_empty(cx, key, &standing.remove(at));
    }
    if standing.is_empty() {
        sqs.standing.remove(key);
    }
}

/// Answers a request that waits with nothing: nobody is to wait for it any longer.
pub fn hurry(sqs: &mut State, cx: &mut Ctx<'_>, ticket: Ticket) {
    let stands = |(_, all): &(&Key, &Vec<Standing>)| all.iter().any(|it| it.ticket == ticket);
    if let Some((key, _)) = sqs.standing.iter().find(stands) {
        let key = key.clone();
        leave(sqs, cx, &key, ticket);
        cx.host.answer(ticket, answer(Vec::new()));
        attend(sqs, cx, &key);
    }
}

/// Has those that stand at a queue ask again: they may no longer be let in.
pub fn renew(sqs: &mut State, cx: &mut Ctx<'_>, key: &Key) {
    for ticket in
        sqs.standing.get(key).into_iter().flatten().map(|it| it.ticket).collect::<Vec<_>>()
    {
        hurry(sqs, cx, ticket);
    }
}

/// Sends all away who wait at a queue that is gone.
pub fn dismiss(sqs: &mut State, cx: &mut Ctx<'_>, (key, queue): (&Key, Queue)) {
    for waiter in queue.waiters {
        cx.host.cancel_timer(waiter.timer);
        cx.host.answer(waiter.ticket, Err(Error::no_queue().into()));
    }
    for standing in sqs.standing.remove(key).unwrap_or_default() {
        billing::charge_empty(cx, key, &standing);
        cx.host.answer(standing.ticket, Err(Error::no_queue().into()));
    }
    if let Some((_, timer)) = queue.wake {
        cx.host.cancel_timer(timer);
    }
}

fn set_timer(
    cx: &mut Ctx<'_>,
    due: Timestamp,
    (kind, key, ticket): (&str, &Key, Option<Value>),
) -> TimerId {
    let mut payload = Map::from([
        ("Kind".to_owned(), Value::from(kind)),
        ("Account".to_owned(), Value::from(key.account.as_str())),
        ("Region".to_owned(), Value::from(key.region.as_str())),
        ("Name".to_owned(), Value::from(key.name.as_str())),
    ]);
    if let Some(ticket) = ticket {
        payload.insert("Ticket".to_owned(), ticket);
    }
    cx.host.set_timer(due, Value::Map(payload))
}

/// A timer that tells a move task to go on.
pub fn set_move_timer(cx: &mut Ctx<'_>, task: u64) -> TimerId {
    let number = Value::Int(i64::try_from(task).unwrap_or(i64::MAX));
    let payload =
        Map::from([("Kind".to_owned(), Value::from("move")), ("Task".to_owned(), number)]);
    cx.host.set_timer(cx.now.plus(Duration::from_secs(1)), Value::Map(payload))
}

/// A timer is due.
pub fn timer(sqs: &mut State, cx: &mut Ctx<'_>, payload: &Value) {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| match payload.get(name) {
        Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(u64::MAX),
        _ => u64::MAX,
    };
    if text("Kind") == "move" {
        return moves::go_on(sqs, cx, number("Task"));
    }
    let key = Key {
        account: text("Account").to_owned(),
        region: text("Region").to_owned(),
        name: text("Name").to_owned(),
    };
    let Some(queue) = sqs.queues.get_mut(&key) else { return };
    if text("Kind") == "wake" {
        queue.wake = None;
        return attend(sqs, cx, &key);
    }
    let ticket = Ticket(number("Ticket"));
    let before = queue.waiters.len();
    queue.waiters.retain(|it| it.ticket != ticket);
    if queue.waiters.len() < before {
        cx.host.answer(ticket, answer(Vec::new()));
        attend(sqs, cx, &key);
    }
}
