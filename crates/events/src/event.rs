//! Events: how they are written, and what services tell of themselves.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html>

use cloudarium_env::Timestamp;
use cloudarium_service::{BusEvent, Ctx};
use cloudarium_shape::Value;
use serde_json::{Map as JsonMap, Value as Json, json};

use crate::model::Event;

/// What services' own sources begin with: nobody else may use it.
pub const AWS: &str = "aws.";

/// Members in the order in which AWS's services write them; others follow by name.
const ORDER: [&str; 22] = [
    "version",
    "executionArn",
    "stateMachineArn",
    "name",
    "status",
    "startDate",
    "stopDate",
    "bucket",
    "object",
    "key",
    "size",
    "etag",
    "version-id",
    "sequencer",
    "request-id",
    "requester",
    "source-ip-address",
    "reason",
    "deletion-type",
    "input",
    "inputDetails",
    "output",
];

impl Event {
    /// An event that a service tells of itself; `None`: it is none of AWS's.
    pub fn of_service(cx: &mut Ctx<'_>, told: &BusEvent) -> Option<Self> {
        told.source.starts_with(AWS).then(|| Self {
            id: cx.rng.uuid(),
            detail_type: told.detail_type.to_owned(),
            source: told.source.to_owned(),
            account: told.account.clone(),
            region: told.region.clone(),
            time: cx.now,
            ingested: cx.now,
            resources: told.resources.clone(),
            detail: written(&told.detail).to_string(),
            replay: None,
        })
    }

    /// As targets and patterns see it.
    pub fn json(&self) -> Json {
        let mut json = json!({
            "version": "0",
            "id": self.id,
            "detail-type": self.detail_type,
            "source": self.source,
            "account": self.account,
            "time": self.time.iso_s(),
            "region": self.region,
        });
        if let Some(members) = json.as_object_mut() {
            let replay = self.replay.as_deref().map(|name| ("replay-name".to_owned(), name.into()));
            members.extend(replay);
            members.insert("resources".to_owned(), json!(self.resources));
            let detail = serde_json::from_str(&self.detail).unwrap_or(Json::Null);
            members.insert("detail".to_owned(), detail);
        }
        json
    }
}

/// Bytes of an event, as its size is told.
pub fn bytes(event: &Event) -> usize {
    event.json().to_string().len()
}

/// An event that a rule's schedule makes.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html>
pub fn scheduled(
    id: String,
    rule_arn: String,
    (account, region): (&str, &str),
    now: Timestamp,
) -> Event {
    Event {
        id,
        detail_type: "Scheduled Event".to_owned(),
        source: "aws.events".to_owned(),
        account: account.to_owned(),
        region: region.to_owned(),
        time: now,
        ingested: now,
        resources: vec![rule_arn],
        detail: "{}".to_owned(),
        replay: None,
    }
}

fn written(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(is) => (*is).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned().into(),
        Value::Timestamp(at) => at.iso_s().into(),
        Value::List(items) => items.iter().map(written).collect(),
        Value::Map(members) => {
            let rank = |name: &str| ORDER.iter().position(|it| *it == name).unwrap_or(ORDER.len());
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| rank(name));
            let members = members.into_iter().map(|(name, value)| (name.clone(), written(value)));
            Json::Object(members.collect::<JsonMap<_, _>>())
        }
    }
}
