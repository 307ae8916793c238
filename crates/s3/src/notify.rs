//! Tells queues, topics and functions what happened in a bucket, and asks them first whether they
//! can be told.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>
//!
//! They are told by their services' own APIs, through the cloud's one door, so that this room knows
//! none of them: a service that is not simulated cannot be reached, and S3 says so as AWS does of a
//! queue that is not there.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_env::ids;
use cloudarium_service::{ApiCall, Ctx, Fault, Ticket};
use cloudarium_shape::{Map, Value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::notification::Notification;
use crate::error::Error;
use crate::model::State;

/// A key as records write it: as a form would, a blank as `+`.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'*').remove(b'/').remove(b' ');

/// What happened.
#[derive(Debug, Clone, Copy)]
pub struct Happening<'a> {
    /// `ObjectCreated:Put`
    pub name: &'a str,
    /// Where.
    pub bucket: &'a str,
    /// To what.
    pub key: &'a str,
    /// To which version, where the bucket keeps them.
    pub version_id: Option<&'a str>,
    /// Its bytes and its `ETag`, of an object that is there.
    pub object: Option<(u64, &'a str)>,
    /// Its place in the order of what happens to the key.
    pub sequencer: &'a str,
    /// The class that an object went to in time.
    pub to_class: Option<&'a str>,
}

/// A configuration that waits for the answers of those it names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    bucket: String,
    configuration: Notification,
    /// Who has not answered yet, by the call to it.
    waits_for: BTreeMap<Ticket, String>,
    /// Who cannot be told, and why.
    refused: Vec<(String, String)>,
}

#[derive(Serialize)]
struct Records<'a> {
    #[serde(rename = "Records")]
    records: [Record<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    event_version: &'static str,
    event_source: &'static str,
    aws_region: &'a str,
    event_time: String,
    event_name: &'a str,
    user_identity: Identity,
    request_parameters: BTreeMap<&'static str, &'a str>,
    response_elements: BTreeMap<&'static str, &'a str>,
    s3: About<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifecycle_event_data: Option<LifecycleEventData<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    principal_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct About<'a> {
    s3_schema_version: &'static str,
    configuration_id: &'a str,
    bucket: AboutBucket<'a>,
    object: AboutObject<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AboutBucket<'a> {
    name: &'a str,
    owner_identity: Identity,
    arn: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AboutObject<'a> {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e_tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<&'a str>,
    sequencer: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LifecycleEventData<'a> {
    transition_event_data: TransitionEventData<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TransitionEventData<'a> {
    destination_storage_class: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TestEvent<'a> {
    service: &'static str,
    event: &'static str,
    time: String,
    bucket: &'a str,
    request_id: &'a str,
    host_id: &'a str,
}

/// Whether `EventBridge` is told of what happens in a bucket.
pub fn tells_event_bridge(s3: &State, bucket: &str) -> bool {
    let notification = configuration(s3, bucket);
    notification.is_some_and(|it| it.event_bridge_configuration.is_some())
}

fn configuration<'s>(s3: &'s State, bucket: &str) -> Option<&'s Notification> {
    s3.buckets.get(bucket)?.config.notification.as_ref()
}

/// Tells all who want to know.
pub fn tell(s3: &State, cx: &mut Ctx<'_>, what: &Happening<'_>) {
    let Some(notification) = configuration(s3, what.bucket) else { return };
    let event = format!("s3:{}", what.name);
    let wanted: Vec<_> = notification.told().filter(|it| it.wants(&event, what.key)).collect();
    let Some(bucket) = s3.buckets.get(what.bucket).filter(|_| !wanted.is_empty()) else { return };
    let host_id = ids::s3_host_id(cx.rng);
    for told in wanted {
        let record = record(cx, what, (&bucket.owner, &host_id, told.id));
        let Ok(text) = serde_json::to_string(&Records { records: [record] }) else { continue };
        let from = (what.bucket, bucket.region.as_str(), bucket.owner.as_str());
        send(cx, told.arn, from, Message::Event(text));
    }
}

fn record<'a>(
    cx: &'a Ctx<'_>,
    what: &Happening<'a>,
    (owner, host_id, id): (&'a str, &'a str, &'a str),
) -> Record<'a> {
    let by_time = what.name.starts_with("Lifecycle");
    let principal_id = match cx.caller.user_id.as_str() {
        _ if by_time => "s3.amazonaws.com".to_owned(),
        "" => "Anonymous".to_owned(),
        user => format!("AWS:{user}"),
    };
    let data = |class| TransitionEventData { destination_storage_class: class };
    Record {
        event_version: version(what.name),
        event_source: "aws:s3",
        aws_region: cx.region,
        event_time: cx.now.iso_ms(),
        event_name: what.name,
        user_identity: Identity { principal_id },
        request_parameters: BTreeMap::from([(
            "sourceIPAddress",
            if by_time { "s3.amazonaws.com" } else { "127.0.0.1" },
        )]),
        response_elements: BTreeMap::from([
            ("x-amz-id-2", host_id),
            ("x-amz-request-id", cx.request_id),
        ]),
        s3: About {
            s3_schema_version: "1.0",
            configuration_id: id,
            bucket: AboutBucket {
                name: what.bucket,
                owner_identity: Identity { principal_id: owner_id(owner) },
                arn: format!("arn:aws:s3:::{}", what.bucket),
            },
            object: AboutObject {
                key: percent_encode(what.key.as_bytes(), KEY).to_string().replace(' ', "+"),
                size: what.object.map(|(size, _)| size),
                e_tag: what.object.map(|(_, etag)| etag),
                version_id: what.version_id,
                sequencer: what.sequencer,
            },
        },
        lifecycle_event_data: what
            .to_class
            .map(|class| LifecycleEventData { transition_event_data: data(class) }),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>
fn version(name: &str) -> &'static str {
    let newer = ["Lifecycle", "IntelligentTiering", "ObjectAcl", "ObjectTagging"];
    let is_newer =
        newer.iter().any(|begin| name.starts_with(begin)) || name == "ObjectRestore:Delete";
    if is_newer { "2.3" } else { "2.1" }
}

/// An account as records name it: fourteen letters and digits.
fn owner_id(account: &str) -> String {
    let digest = Sha256::digest(format!("customer id of account {account}"));
    let text = hex::encode_upper(digest);
    format!("A{}", text.get(..13).unwrap_or_default())
}

enum Message {
    /// What happened.
    Event(String),
    /// Whether it can be told.
    Test(String),
}

/// Calls the API of whoever `arn` is.
fn send(
    cx: &mut Ctx<'_>,
    arn: &str,
    (bucket, region, owner): (&str, &str, &str),
    message: Message,
) -> Option<Ticket> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, service, _, account, resource] = parts.as_slice() else { return None };
    let text = |text: &str| Value::from(text);
    let (operation, members) = match (*service, message) {
        ("sqs", Message::Event(body) | Message::Test(body)) => {
            let url = format!("https://sqs.{region}.amazonaws.com/{account}/{resource}");
            ("SendMessage", vec![("QueueUrl", text(&url)), ("MessageBody", text(&body))])
        }
        ("sns", Message::Event(body) | Message::Test(body)) => {
            let subject = text("Amazon S3 Notification");
            let members = vec![("TopicArn", text(arn)), ("Message", text(&body))];
            ("Publish", [members, vec![("Subject", subject)]].concat())
        }
        ("lambda", Message::Event(body)) => {
            let payload = Value::Blob(Bytes::from(body));
            let how = ("InvocationType", text("Event"));
            ("Invoke", vec![("FunctionName", text(arn)), how, ("Payload", payload)])
        }
        // A function is not called to find out whether it can be.
        ("lambda", Message::Test(_)) => {
            let how = ("InvocationType", text("DryRun"));
            ("Invoke", vec![("FunctionName", text(arn)), how])
        }
        _ => return None,
    };
    let input: Map = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let role = "role/aws-service-role/s3.amazonaws.com/AWSServiceRoleForAmazonS3";
    Some(cx.host.call(ApiCall {
        service: (*service).to_owned(),
        operation: operation.to_owned(),
        input: Value::Map(input),
        region: region.to_owned(),
        role_arn: format!("arn:aws:iam::{owner}:{role}"),
        // By it the receiver knows what S3 acts for: the `aws:SourceArn` of its policy.
        session: bucket.to_owned(),
        source: None,
    }))
}

/// Asks all whom `configuration` names whether they can be told, and leaves the request waiting;
/// `false` if there is nobody to ask.
pub fn ask(s3: &mut State, cx: &mut Ctx<'_>, bucket: &str, configuration: &Notification) -> bool {
    let Some(there) = s3.buckets.get(bucket) else { return false };
    let (region, owner) = (there.region.clone(), there.owner.clone());
    let host_id = ids::s3_host_id(cx.rng);
    let test = TestEvent {
        service: "Amazon S3",
        event: "s3:TestEvent",
        time: cx.now.iso_ms(),
        bucket,
        request_id: cx.request_id,
        host_id: &host_id,
    };
    let message = serde_json::to_string(&test).unwrap_or_default();
    let mut waits_for = BTreeMap::new();
    for told in configuration.told() {
        let test = Message::Test(message.clone());
        if let Some(ticket) = send(cx, told.arn, (bucket, &region, &owner), test) {
            waits_for.insert(ticket, told.arn.to_owned());
        }
    }
    if waits_for.is_empty() {
        return false;
    }
    let pending = Pending {
        bucket: bucket.to_owned(),
        configuration: configuration.clone(),
        waits_for,
        refused: Vec::new(),
    };
    s3.pending.insert(cx.host.park(), pending);
    true
}

/// One of those who were asked has answered. What was told without being asked is not waited for.
pub fn answered(s3: &mut State, cx: &mut Ctx<'_>, ticket: Ticket, result: Result<Value, Fault>) {
    let found = s3.pending.iter().find(|(_, it)| it.waits_for.contains_key(&ticket));
    let Some(parked) = found.map(|(parked, _)| *parked) else { return };
    let Some(pending) = s3.pending.get_mut(&parked) else { return };
    let arn = pending.waits_for.remove(&ticket).unwrap_or_default();
    if let Err(fault) = result {
        let why = why(&arn, &fault).to_owned();
        pending.refused.push((arn, why));
    }
    if !pending.waits_for.is_empty() {
        return;
    }
    let Some(pending) = s3.pending.remove(&parked) else { return };
    let answer = match pending.refused.into_iter().next() {
        Some((arn, why)) => Err(Error::argument(
            "Unable to validate the following destination configurations",
            &arn,
            why,
        )),
        None => keep(s3, &pending.bucket, pending.configuration),
    };
    cx.host.answer(parked, answer.map(|()| Value::Map(Map::new())).map_err(Fault::from));
}

/// What AWS says of who cannot be told.
fn why<'a>(arn: &str, fault: &'a Fault) -> &'a str {
    let denied = matches!(fault.status, 401 | 403);
    match arn.split(':').nth(2) {
        Some("sqs") if denied => {
            "Permissions on the destination queue do not allow S3 to publish notifications from \
             this bucket"
        }
        Some("sns") if denied => {
            "Permissions on the destination topic do not allow S3 to publish notifications from \
             this bucket"
        }
        Some("lambda") if denied => "Not authorized to invoke function",
        Some("sqs") => "The destination queue does not exist",
        Some("sns") => "The destination topic does not exist",
        _ => "The destination Lambda does not exist",
    }
}

/// Keeps a configuration in place of the one that was there.
pub fn keep(s3: &mut State, bucket: &str, configuration: Notification) -> Result<(), Error> {
    let no_bucket = || Error::NoSuchBucket { bucket: bucket.to_owned() };
    let config = &mut s3.buckets.get_mut(bucket).ok_or_else(no_bucket)?.config;
    let is_empty = configuration == Notification::default();
    std::sync::Arc::make_mut(config).notification = (!is_empty).then_some(configuration);
    Ok(())
}

/// An id for what was sent without one, as long as S3's are.
pub fn made_id(cx: &mut Ctx<'_>) -> String {
    STANDARD.encode(cx.rng.uuid())
}
