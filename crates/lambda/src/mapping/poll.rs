//! What a mapping does by itself: it polls its queue, gathers batches, has them run, and deletes what went well.
//!
//! All of it is done by calls through the one door with the function's role, so that it is checked, listed and billed as
//! AWS's pollers are. <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#sqs-polling-behavior>

use std::time::Duration;

use bytes::Bytes;
use cloudarium_service::{Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value};
use serde_json::Value as Json;

use super::record::{self, Record};
use super::{api_call, call, filter, target};
use crate::error::Error;
use crate::finish::Result as Ended;
use crate::invoke;
use crate::limits::{
    CONCURRENCY, POLL_AGAIN_MS, POLL_S, QUEUE_BATCH_MAX, SYNC_BYTES_MAX, THROTTLED_S_MAX,
};
use crate::model::{
    Batch, Call, Gathered, Invocation, InvocationOrigin, Key, Mapping, MappingState, State,
};

/// Has [`timer`] called.
pub fn set_timer(cx: &mut Ctx<'_>, uuid: &str, what: &str, wait: Duration) {
    let payload = Map::from([
        ("mapping".to_owned(), Value::from(uuid)),
        ("what".to_owned(), Value::from(what)),
    ]);
    cx.host.set_timer(cx.now.plus(wait), Value::Map(payload));
}

/// It is time: a change has gone through, a window is over, a batch or a poll is to be tried again.
pub fn timer(lambda: &mut State, cx: &mut Ctx<'_>, (uuid, what): (&str, &str)) {
    let Some(mapping) = lambda.mappings.get_mut(uuid) else { return };
    match what {
        "settle" => {
            hang_up(cx, mapping);
            match mapping.state {
                MappingState::Deleting => {
                    lambda.mappings.remove(uuid);
                    return;
                }
                _ if mapping.enabled => mapping.state = MappingState::Enabled,
                _ => mapping.state = MappingState::Disabled,
            }
        }
        "window" if mapping.window_at.is_some_and(|at| at <= cx.now) => flush(lambda, cx, uuid),
        "again" => mapping.waits = false,
        "window" => {}
        batch => {
            let number = batch.parse().unwrap_or(u64::MAX);
            begin(lambda, cx, number);
        }
    }
    go_on(lambda, cx, uuid);
}

/// Ends the poll that waits: it asks for what was set before.
fn hang_up(cx: &mut Ctx<'_>, mapping: &Mapping) {
    if let Some(ticket) = mapping.poll {
        cx.host.hurry(ticket);
    }
}

/// A function is gone: nobody is to receive messages for it.
pub fn abandon(lambda: &State, cx: &mut Ctx<'_>, key: &Key) {
    lambda.mappings.values().filter(|it| it.function == *key).for_each(|it| hang_up(cx, it));
}

/// There is a function of this name again.
pub fn resume(lambda: &mut State, cx: &mut Ctx<'_>, key: &Key) {
    let mine = lambda.mappings.values().filter(|it| it.function == *key);
    for uuid in mine.map(|it| it.uuid.clone()).collect::<Vec<_>>() {
        go_on(lambda, cx, &uuid);
    }
}

/// Polls, unless it polls already, or has its hands full.
fn go_on(lambda: &mut State, cx: &mut Ctx<'_>, uuid: &str) {
    let Some(mapping) = lambda.mappings.get(uuid) else { return };
    let most = mapping.max_concurrency.unwrap_or(CONCURRENCY);
    let is_idle = mapping.state == MappingState::Enabled
        && mapping.poll.is_none()
        && !mapping.waits
        && mapping.running < most;
    if !is_idle {
        return;
    }
    let role = lambda.named(&target(mapping)).map(|(_, version)| version.role.clone());
    let mapping = mapping.clone();
    let Ok(role) = role else {
        // A function that is gone is thought of again when there is one of its name ([`resume`]).
        if lambda.functions.contains_key(&mapping.function) {
            wait(lambda, cx, uuid);
        }
        return;
    };
    let int = |number: u64| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let all = || Value::List(vec![Value::from("All")]);
    let left = mapping.window_at.map_or(POLL_S, |at| at.since(cx.now).as_secs().min(POLL_S));
    let gathered = u32::try_from(mapping.gathered.len()).unwrap_or(u32::MAX);
    let most = mapping.batch_size.saturating_sub(gathered).clamp(1, QUEUE_BATCH_MAX);
    let members = vec![
        ("MaxNumberOfMessages", int(most.into())),
        ("WaitTimeSeconds", int(left)),
        ("MessageSystemAttributeNames", all()),
        ("MessageAttributeNames", all()),
    ];
    let poll = api_call(&mapping, role, ("ReceiveMessage", members));
    // While nothing is gathered one poll follows the other until something comes.
    let ticket = if gathered == 0 { cx.host.stand(poll) } else { cx.host.call(poll) };
    lambda.calls.insert(ticket, Call::Receive(uuid.to_owned()));
    if let Some(mapping) = lambda.mappings.get_mut(uuid) {
        mapping.poll = Some(ticket);
    }
}

/// Nothing is to be had now: the queue refuses, or the function is gone.
fn wait(lambda: &mut State, cx: &mut Ctx<'_>, uuid: &str) {
    if let Some(mapping) = lambda.mappings.get_mut(uuid) {
        mapping.waits = true;
        set_timer(cx, uuid, "again", Duration::from_millis(POLL_AGAIN_MS));
    }
}

/// A poll has ended.
pub fn received(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    (uuid, ticket): (&str, Ticket),
    result: Result<Value, Fault>,
) {
    let Some(mapping) = lambda.mappings.get_mut(uuid).filter(|it| it.poll == Some(ticket)) else {
        return;
    };
    mapping.poll = None;
    let Ok(answer) = result else { return wait(lambda, cx, uuid) };
    let records = record::read(&answer, &mapping.queue_arn);
    let (kept, dropped): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|it| filter::passes(&mapping.filters, &it.json));
    let (now, window_s) = (cx.now, mapping.window_s);
    for record in kept {
        let Record { id, handle, json } = record;
        mapping.gathered.push(Gathered { id, handle, json: json.to_string(), at: now });
    }
    let is_full = mapping.gathered.len() >= mapping.batch_size as usize;
    let is_begun = !mapping.gathered.is_empty();
    if is_begun && !is_full && window_s > 0 && mapping.window_at.is_none() {
        let window = Duration::from_secs(window_s.into());
        mapping.window_at = Some(now.plus(window));
        set_timer(cx, uuid, "window", window);
    }
    // "If a message doesn't match the filter, Lambda deletes it from the queue."
    delete(lambda, cx, uuid, dropped.into_iter().map(|it| it.handle).collect());
    if is_begun && (is_full || window_s == 0) {
        flush(lambda, cx, uuid);
    }
    go_on(lambda, cx, uuid);
}

/// Makes a batch of what was gathered: as much as a function can be given at once.
fn flush(lambda: &mut State, cx: &mut Ctx<'_>, uuid: &str) {
    while let Some(mapping) = lambda.mappings.get_mut(uuid).filter(|it| !it.gathered.is_empty()) {
        mapping.window_at = None;
        let (mut bytes, mut count) = (0, 0);
        for gathered in mapping.gathered.iter().take(mapping.batch_size as usize) {
            bytes += gathered.json.len() + 1;
            // So much is left for what stands around the records.
            if count > 0 && bytes > SYNC_BYTES_MAX - 64 {
                break;
            }
            count += 1;
        }
        let taken: Vec<Gathered> = mapping.gathered.drain(..count).collect();
        let records: Vec<&str> = taken.iter().map(|it| it.json.as_str()).collect();
        let payload = format!("{{\"Records\":[{}]}}", records.join(","));
        let received = taken.first().map_or(cx.now, |it| it.at);
        mapping.running += 1;
        let batch = Batch {
            mapping: uuid.to_owned(),
            messages: taken.into_iter().map(|it| (it.id, it.handle)).collect(),
            payload: cx.blobs.put(Bytes::from(payload)),
            request_id: cx.rng.uuid(),
            received,
            throttled: 0,
        };
        let number = lambda.next_batch;
        lambda.next_batch += 1;
        lambda.batches.insert(number, batch);
        begin(lambda, cx, number);
    }
}

/// Has a batch run. If there is no room for it, it is tried again, until its messages are visible again anyway.
fn begin(lambda: &mut State, cx: &mut Ctx<'_>, number: u64) {
    let Some(batch) = lambda.batches.get(&number).cloned() else { return };
    let Some(mapping) = lambda.mappings.get(&batch.mapping) else {
        lambda.batches.remove(&number);
        return;
    };
    let hidden = Duration::from_secs(mapping.visibility_s.into());
    let (target, is_over) = (target(mapping), batch.received.plus(hidden) <= cx.now);
    let begun = match lambda.functions.get(&target.key) {
        _ if is_over => Err(Error::no_resource()),
        None => Err(Error::no_function(&target.arn())),
        Some(function) => {
            let function = function.clone();
            let version =
                invoke::resolve(cx, (&target.key, &function), target.qualifier.as_deref());
            version.and_then(|version| {
                let invocation = Invocation {
                    function: target.key.clone(),
                    version,
                    invoked_arn: target.arn(),
                    request_id: batch.request_id.clone(),
                    payload: batch.payload,
                    client_context: None,
                    origin: InvocationOrigin::Batch(number),
                    chain: Vec::new(),
                };
                invoke::begin(lambda, cx, invocation)
            })
        }
    };
    match begun {
        Ok(()) => {}
        Err(Error::Throttled(_) | Error::Conflict(_)) => {
            let seconds = (1_u64 << batch.throttled.min(9)).min(THROTTLED_S_MAX);
            if let Some(batch) = lambda.batches.get_mut(&number) {
                batch.throttled += 1;
            }
            set_timer(cx, &batch.mapping, &number.to_string(), Duration::from_secs(seconds));
        }
        Err(_) => close(lambda, &batch.mapping, number),
    }
}

fn close(lambda: &mut State, uuid: &str, number: u64) {
    lambda.batches.remove(&number);
    if let Some(mapping) = lambda.mappings.get_mut(uuid) {
        mapping.running = mapping.running.saturating_sub(1);
    }
}

/// A batch has run: what went well is deleted, the rest comes back when it is visible again.
pub fn ended(lambda: &mut State, cx: &mut Ctx<'_>, number: u64, result: &Ended) {
    let Some(batch) = lambda.batches.get(&number).cloned() else { return };
    let uuid = batch.mapping.clone();
    close(lambda, &uuid, number);
    let reports = lambda.mappings.get(&uuid).is_some_and(|it| it.reports_failures);
    let failed = if result.failed {
        None
    } else if reports {
        failures(&result.payload, &batch)
    } else {
        Some(Vec::new())
    };
    if let Some(failed) = failed {
        let well = batch.messages.into_iter().filter(|(id, _)| !failed.contains(id));
        delete(lambda, cx, &uuid, well.map(|(_, handle)| handle).collect());
    }
    go_on(lambda, cx, &uuid);
}

/// The messages that a function says it failed; `None`: all.
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting>
fn failures(payload: &[u8], batch: &Batch) -> Option<Vec<String>> {
    let answer: Json = serde_json::from_slice(payload).unwrap_or(Json::Null);
    let failed = match answer.get("batchItemFailures") {
        None | Some(Json::Null) => return Some(Vec::new()),
        Some(Json::Array(items)) => items,
        Some(_) => return None,
    };
    let is_known = |id: &&str| batch.messages.iter().any(|(known, _)| known == id);
    let id = |item: &Json| {
        let id = item.get("itemIdentifier").and_then(Json::as_str).filter(is_known);
        id.map(str::to_owned)
    };
    failed.iter().map(id).collect()
}

fn delete(lambda: &mut State, cx: &mut Ctx<'_>, uuid: &str, handles: Vec<String>) {
    let Some(mapping) = lambda.mappings.get(uuid).cloned() else { return };
    let Ok((_, version)) = lambda.named(&target(&mapping)) else { return };
    let role = version.role.clone();
    for chunk in handles.chunks(QUEUE_BATCH_MAX as usize) {
        let entry = |(at, handle): (usize, &String)| {
            let members = [("Id", at.to_string()), ("ReceiptHandle", handle.clone())];
            let members = members.into_iter().map(|(n, v)| (n.to_owned(), Value::String(v)));
            Value::Map(members.collect())
        };
        let entries = Value::List(chunk.iter().enumerate().map(entry).collect());
        call(cx, &mapping, role.clone(), ("DeleteMessageBatch", vec![("Entries", entries)]));
    }
}

/// The first of all that is known of a mapping that nobody has asked the queue for yet.
pub fn new(uuid: String, queue_arn: String, cx: &Ctx<'_>) -> Mapping {
    Mapping {
        uuid,
        queue_arn,
        function: crate::name::key(cx, ""),
        qualifier: None,
        batch_size: QUEUE_BATCH_MAX,
        window_s: 0,
        filters: Vec::new(),
        reports_failures: false,
        max_concurrency: None,
        enabled: true,
        state: MappingState::Creating,
        modified: cx.now,
        visibility_s: 0,
        poll: None,
        waits: false,
        running: 0,
        gathered: Vec::new(),
        window_at: None,
        tags: std::collections::BTreeMap::new(),
    }
}
