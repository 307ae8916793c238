//! Queues as the console shows them, and what its forms say to SQS.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A queue in the list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listed {
    pub name: String,
    pub url: String,
    pub arn: String,
    pub fifo: bool,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub created: f64,
    pub ready: u64,
    pub in_flight: u64,
    pub delayed: u64,
    /// Requests that wait for messages.
    pub waiters: usize,
    pub dead_letter_arn: Option<String>,
}

/// All that is known of a queue.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Whole {
    pub queue: Listed,
    /// As `GetQueueAttributes` tells them.
    pub attributes: BTreeMap<String, String>,
    pub tags: BTreeMap<String, String>,
    pub messages: Vec<Lying>,
    /// The queues whose dead letters come here.
    pub sources: Vec<String>,
    pub moves: Vec<Move>,
}

/// A message that lies in the queue.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Lying {
    pub id: String,
    /// How it begins.
    pub body: String,
    pub bytes: u64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub sent: f64,
    pub receives: u32,
    pub group: Option<String>,
    pub stand: Stand,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub until: Option<f64>,
}

/// Where a message stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
pub enum Stand {
    #[default]
    Ready,
    Delayed,
    InFlight,
}

/// A task that moves messages out of a dead-letter queue, by AWS's names.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Move {
    pub task_handle: Option<String>,
    pub status: String,
    pub destination_arn: Option<String>,
    pub approximate_number_of_messages_moved: u64,
    pub failure_reason: Option<String>,
    /// In milliseconds.
    pub started_timestamp: f64,
}

/// An event source mapping, by AWS's names.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Mapping {
    #[serde(rename = "UUID")]
    pub uuid: String,
    pub batch_size: u32,
    pub maximum_batching_window_in_seconds: u32,
    pub event_source_arn: String,
    pub function_arn: String,
    pub state: String,
}

/// A message that was received.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Received {
    pub message_id: String,
    pub receipt_handle: String,
    pub body: String,
    /// `ApproximateReceiveCount` and the like.
    pub attributes: BTreeMap<String, String>,
    pub message_attributes: BTreeMap<String, Attribute>,
}

/// An attribute of a message.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Attribute {
    pub data_type: String,
    pub string_value: Option<String>,
    pub binary_value: Option<String>,
}

/// What has become of a message since it was received.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fate {
    /// Nobody else can receive it for so many milliseconds.
    Hidden(f64),
    /// It can be received again, or was: the receipt handle is an old one.
    Visible,
    /// It is in the queue no more.
    Gone,
}

impl Whole {
    /// An attribute, as a text.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Where its dead letters go, and after how many receives.
    pub fn redrive(&self) -> Option<(String, u32)> {
        let policy: Value = serde_json::from_str(self.attribute("RedrivePolicy")).ok()?;
        let count = policy.get("maxReceiveCount")?.as_u64()?;
        let arn = policy.get("deadLetterTargetArn")?.as_str()?.to_owned();
        Some((arn, u32::try_from(count).unwrap_or(u32::MAX)))
    }

    /// Who may send dead letters here: `allowAll` unless it is said.
    pub fn redrive_permission(&self) -> String {
        let policy: Value =
            serde_json::from_str(self.attribute("RedriveAllowPolicy")).unwrap_or_default();
        let said = policy.get("redrivePermission").and_then(Value::as_str);
        said.unwrap_or("allowAll").to_owned()
    }

    /// What has become of a message that was received here.
    pub fn fate(&self, received: &Received, now: f64) -> Fate {
        let Some(lying) = self.messages.iter().find(|it| it.id == received.message_id) else {
            return Fate::Gone;
        };
        match lying.until {
            Some(until) if lying.stand == Stand::InFlight && until > now => {
                if received.receives() == lying.receives {
                    Fate::Hidden(until - now)
                } else {
                    Fate::Visible
                }
            }
            _ => Fate::Visible,
        }
    }
}

impl Received {
    /// How often it had been received then.
    pub fn receives(&self) -> u32 {
        self.attributes
            .get("ApproximateReceiveCount")
            .and_then(|count| count.parse().ok())
            .unwrap_or_default()
    }

    /// When it was sent.
    pub fn sent(&self) -> Option<f64> {
        self.attributes.get("SentTimestamp").and_then(|ms| ms.parse().ok())
    }
}

/// The messages of an answer to `ReceiveMessage`.
pub fn received(output: &Value) -> Vec<Received> {
    let messages = output.get("Messages").cloned().unwrap_or_default();
    serde_json::from_value(messages).unwrap_or_default()
}

/// A row of the form for a message's attributes.
#[derive(Clone, PartialEq, Debug)]
pub struct AttributeRow {
    pub name: String,
    pub data_type: String,
    pub value: String,
}

/// `MessageAttributes`, of the rows that have a name.
pub fn message_attributes(rows: &[AttributeRow]) -> Map<String, Value> {
    let named = rows.iter().filter(|row| !row.name.is_empty());
    let of = |row: &AttributeRow| {
        let member = if row.data_type == "Binary" { "BinaryValue" } else { "StringValue" };
        (row.name.clone(), json!({ "DataType": row.data_type, member: row.value }))
    };
    named.map(of).collect()
}

/// The members that are said: what was left empty is not sent, and the queue decides.
pub fn said<const N: usize>(members: [(&str, String); N], numbers: &[&str]) -> Map<String, Value> {
    let filled = members.into_iter().filter(|(_, text)| !text.is_empty());
    let value = |name: &str, text: String| match text.parse::<i64>() {
        Ok(number) if numbers.contains(&name) => number.into(),
        _ => Value::from(text),
    };
    filled.map(|(name, text)| (name.to_owned(), value(name, text))).collect()
}

/// `RedrivePolicy`
pub fn redrive_policy(arn: &str, receives: &str) -> String {
    if arn.is_empty() {
        return String::new();
    }
    json!({ "deadLetterTargetArn": arn, "maxReceiveCount": receives }).to_string()
}

/// A policy to begin with: another account may send. <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html>
pub fn sample_policy(arn: &str) -> String {
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "send",
            "Effect": "Allow",
            "Principal": { "AWS": "111122223333" },
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }],
    });
    serde_json::to_string_pretty(&policy).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(stand: Stand, until: Option<f64>, receives: u32) -> Whole {
        let lying = Lying { id: "m".into(), stand, until, receives, ..Lying::default() };
        Whole { messages: vec![lying], ..Whole::default() }
    }

    #[test]
    fn a_received_message_is_hidden_then_visible_then_gone() {
        let received = Received {
            message_id: "m".into(),
            attributes: BTreeMap::from([("ApproximateReceiveCount".to_owned(), "1".to_owned())]),
            ..Received::default()
        };
        let hidden = whole(Stand::InFlight, Some(5_000.0), 1);
        assert_eq!(hidden.fate(&received, 2_000.0), Fate::Hidden(3_000.0));
        assert_eq!(hidden.fate(&received, 5_000.0), Fate::Visible);
        // Somebody else has it now.
        assert_eq!(whole(Stand::InFlight, Some(5_000.0), 2).fate(&received, 0.0), Fate::Visible);
        assert_eq!(whole(Stand::Ready, None, 1).fate(&received, 0.0), Fate::Visible);
        assert_eq!(Whole::default().fate(&received, 0.0), Fate::Gone);
    }

    #[test]
    fn what_is_left_empty_is_not_sent() {
        let input = said(
            [
                ("MessageBody", "5".into()),
                ("DelaySeconds", "5".into()),
                ("MessageGroupId", String::new()),
            ],
            &["DelaySeconds"],
        );
        assert_eq!(Value::from(input), json!({ "MessageBody": "5", "DelaySeconds": 5 }));
        // What is no number is AWS's to refuse.
        let input = said([("DelaySeconds", "soon".into())], &["DelaySeconds"]);
        assert_eq!(Value::from(input), json!({ "DelaySeconds": "soon" }));
    }

    #[test]
    fn attributes_go_by_their_types() {
        let row = |name: &str, data_type: &str, value: &str| AttributeRow {
            name: name.into(),
            data_type: data_type.into(),
            value: value.into(),
        };
        let rows = [row("n", "Number", "1"), row("", "String", "lost"), row("b", "Binary", "aGk=")];
        assert_eq!(
            Value::from(message_attributes(&rows)),
            json!({ "n": { "DataType": "Number", "StringValue": "1" },
                    "b": { "DataType": "Binary", "BinaryValue": "aGk=" } })
        );
    }

    #[test]
    fn a_redrive_policy_is_read_as_it_is_written() {
        let arn = "arn:aws:sqs:us-east-1:123456789012:dead";
        // SQS tells the count as a number, whatever was sent.
        let told = json!({ "deadLetterTargetArn": arn, "maxReceiveCount": 3 }).to_string();
        let attributes = BTreeMap::from([("RedrivePolicy".to_owned(), told)]);
        let whole = Whole { attributes, ..Whole::default() };
        assert_eq!(whole.redrive(), Some((arn.to_owned(), 3)));
        assert_eq!(redrive_policy("", "3"), "");
    }
}
