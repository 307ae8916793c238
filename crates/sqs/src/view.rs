//! Read-only pictures for the console: neither logged nor billed.
//!
//! | name | parameters | what |
//! | --- | --- | --- |
//! | `queues` | | the caller's queues in this Region, with their counts |
//! | `queue` | `QueueName` | one of them, with its attributes and what lies in it |

use std::collections::BTreeMap;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;

use crate::model::{Key, Message, Queue, Stand, State};
use crate::moves::Task;
use crate::{attributes, name, redrive};

/// Messages that a picture shows.
const SHOWN_MAX: usize = 100;
/// Move tasks that a picture shows, as many as AWS lists.
const MOVES_MAX: usize = 10;
/// Characters of each that it shows.
const BODY_CHARS_MAX: usize = 256;

/// A queue in the list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct QueueView {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// Its ARN.
    pub arn: String,
    /// Whether it is a FIFO queue.
    pub fifo: bool,
    /// When it was made.
    pub created: Timestamp,
    /// Messages that can be received.
    pub ready: u64,
    /// Messages that are in flight.
    pub in_flight: u64,
    /// Messages that are delayed.
    pub delayed: u64,
    /// Requests that wait for messages.
    pub waiters: usize,
    /// The ARN of its dead-letter queue.
    pub dead_letter_arn: Option<String>,
}

/// A queue by itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct WholeView {
    /// As the list has it.
    pub queue: QueueView,
    /// As `GetQueueAttributes` tells them.
    pub attributes: BTreeMap<String, String>,
    /// By key.
    pub tags: BTreeMap<String, String>,
    /// What lies in it, the first of it.
    pub messages: Vec<MessageView>,
    /// The queues whose dead letters come here.
    pub sources: Vec<String>,
    /// Tasks that move messages out of it, the latest first, as `ListMessageMoveTasks` tells them.
    pub moves: Vec<Task>,
}

/// A message that lies in a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// How its body begins.
    pub body: String,
    /// Bytes of its body.
    pub bytes: usize,
    /// When it was sent.
    pub sent: Timestamp,
    /// How often it was received.
    pub receives: u32,
    /// Its group.
    pub group: Option<String>,
    /// `Ready`, `Delayed`, `InFlight`.
    pub stand: &'static str,
    /// Until when it stands so.
    pub until: Option<Timestamp>,
}

/// The view called `name`.
pub fn view(sqs: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let shown = match name {
        "queues" => {
            let here = |key: &Key| key.account == cx.caller.account && key.region == cx.region;
            let queues = sqs.queues.iter().filter(|(key, _)| here(key));
            to_value(
                &queues.map(|(key, queue)| of_queue(sqs, cx, (key, queue))).collect::<Vec<_>>(),
            )
        }
        "queue" => {
            let key = name::here(cx, params.get("QueueName")?.as_str()?);
            to_value(&whole(sqs, cx, &key)?)
        }
        _ => return None,
    };
    shown.ok()
}

fn of_queue(sqs: &State, cx: &Ctx<'_>, (key, queue): (&Key, &Queue)) -> QueueView {
    let counts = queue.counts(cx.now);
    QueueView {
        name: key.name.clone(),
        url: name::url(key),
        arn: name::arn(key),
        fifo: queue.is_fifo(),
        created: queue.created,
        ready: counts.ready,
        in_flight: counts.in_flight,
        delayed: counts.delayed,
        waiters: queue.waiters.len() + sqs.standing.get(key).map_or(0, Vec::len),
        dead_letter_arn: queue.settings.redrive.as_ref().map(|it| it.target_arn.clone()),
    }
}

fn whole(sqs: &State, cx: &Ctx<'_>, key: &Key) -> Option<WholeView> {
    let mut queue = sqs.queues.get(key)?.clone();
    queue.settle(cx.now);
    let counts = queue.counts(cx.now);
    let told = attributes::NAMES.iter().filter_map(|name| {
        Some(((*name).to_owned(), attributes::shown((key, &queue), counts, name)?))
    });
    let moves = sqs.moves.values().rev().filter(|task| task.source == *key);
    Some(WholeView {
        queue: of_queue(sqs, cx, (key, &queue)),
        attributes: told.collect(),
        tags: queue.tags.clone(),
        messages: queue.messages.values().take(SHOWN_MAX).map(of_message).collect(),
        sources: redrive::sources(sqs, key).map(|source| source.name.clone()).collect(),
        moves: moves.take(MOVES_MAX).map(Task::from).collect(),
    })
}

fn of_message(message: &Message) -> MessageView {
    let (stand, until) = match message.stand {
        Stand::Ready => ("Ready", None),
        Stand::Delayed(until) => ("Delayed", Some(until)),
        Stand::InFlight(until) => ("InFlight", Some(until)),
    };
    MessageView {
        id: message.id.clone(),
        body: message.content.body.chars().take(BODY_CHARS_MAX).collect(),
        bytes: message.content.body.len(),
        sent: message.sent,
        receives: message.receives_in_all(),
        group: message.content.group.clone(),
        stand,
        until,
    }
}
