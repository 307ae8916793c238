//! `ReceiveMessage`: gives up to ten messages, and waits for them if it is to.
//!
//! Differences from AWS: a short poll finds what there is, where AWS samples a few servers.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html>

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Value, ValueError, from_value};
use serde::Deserialize;

use crate::attributes;
use crate::error::Error;
use crate::limits::{BATCH_MAX, VISIBILITY_S_MAX, WAIT_S_MAX};
use crate::model::{Queue, State, Wish};
use crate::{access, receive, send};

/// Names of what AWS tells of a message.
const SYSTEM: [&str; 10] = [
    "All",
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ReceiveMessageInput {
    queue_url: String,
    /// The older name of the next.
    attribute_names: Option<Vec<String>>,
    message_system_attribute_names: Option<Vec<String>>,
    message_attribute_names: Option<Vec<String>>,
    max_number_of_messages: Option<i64>,
    visibility_timeout: Option<i64>,
    wait_time_seconds: Option<i64>,
    receive_request_attempt_id: Option<String>,
}

/// Runs the operation.
pub fn run(sqs: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: ReceiveMessageInput = from_value(value).map_err(|error| match error {
        ValueError::UnknownMember(member) => {
            Fault::not_implemented(&format!("the member {member} of ReceiveMessage"))
        }
        ValueError::Mismatch(why) => Error::Internal(why).into(),
    })?;
    let key = access::of_url(sqs, cx, &input.queue_url, "ReceiveMessage")?;
    let queue = sqs.queues.get(&key).ok_or_else(Error::no_queue)?;
    let (wish, wait_s) = wish(queue, input)?;
    let taken = receive::take(sqs, cx, &key, &wish)?;
    if taken.is_empty() && wait_s > 0 {
        if cx.facts.standing {
            receive::stand(sqs, cx, &key, (wish, wait_s));
        } else {
            receive::wait(sqs, cx, &key, (wish, wait_s));
        }
        return Ok(Outcome::Parked);
    }
    receive::attend(sqs, cx, &key);
    receive::answer(taken).map(Outcome::Output)
}

/// What is asked for, and how many seconds it may wait.
fn wish(queue: &Queue, input: ReceiveMessageInput) -> Result<(Wish, u32), Error> {
    let number = |sent: Option<i64>, (name, least, most): (&str, i64, i64), reason: &str| {
        let refused = |sent: i64| Error::value(&sent.to_string(), name, reason);
        let checked = |sent: i64| {
            let fits = (least..=most).contains(&sent);
            u32::try_from(sent).ok().filter(|_| fits).ok_or_else(|| refused(sent))
        };
        sent.map(checked).transpose()
    };
    let most = number(
        input.max_number_of_messages,
        ("MaxNumberOfMessages", 1, i64::try_from(BATCH_MAX).unwrap_or(1)),
        "Must be between 1 and 10, if provided.",
    )?;
    let visibility_s = number(
        input.visibility_timeout,
        ("VisibilityTimeout", 0, VISIBILITY_S_MAX),
        "Must be >= 0 and <= 43200, if provided.",
    )?;
    let wait_s = number(
        input.wait_time_seconds,
        ("WaitTimeSeconds", 0, WAIT_S_MAX),
        "Must be >= 0 and <= 20, if provided.",
    )?;
    let mut system_attributes = input.attribute_names.unwrap_or_default();
    system_attributes.extend(input.message_system_attribute_names.unwrap_or_default());
    if let Some(name) = system_attributes.iter().find(|it| !SYSTEM.contains(&it.as_str())) {
        return Err(attributes::unknown(name));
    }
    let attempt = input.receive_request_attempt_id;
    send::check_id(attempt.as_deref(), "ReceiveRequestAttemptId")?;
    if let Some(id) = attempt.as_ref().filter(|_| !queue.is_fifo()) {
        let reason = "The request include parameter that is not valid for this queue type";
        return Err(Error::value(id, "ReceiveRequestAttemptId", reason));
    }
    let wish = Wish {
        most: usize::try_from(most.unwrap_or(1)).unwrap_or(1),
        visibility_s,
        system_attributes,
        attributes: input.message_attribute_names.unwrap_or_default(),
        attempt,
    };
    Ok((wish, wait_s.unwrap_or(queue.settings.wait_s)))
}
