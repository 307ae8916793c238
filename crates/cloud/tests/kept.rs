//! What an earlier version kept is read by this one: `kept/*.cloud`, each a copy of a cloud as it was written then, with all
//! rooms' state in it, a snapshot and the inputs after it. None of them is ever made anew. See "Change what is saved" in
//! CONTRIBUTING.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Effect, Event, Extra, Keeping, MemoryStorage, copies,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use serde_json::{Value as Json, json};

type Kept = Durable<MemoryStorage>;

/// The room that came last.
const NEWEST: &str = "events";
const REAL: Timestamp = Timestamp::from_ms(1_000);
const ROLE: &str = "arn:aws:iam::123456789012:role/r";
/// `index.py` with a handler that gives its event back.
const ZIP: &str = "UEsDBBQAAAAAAAAAIVy0CHBpLgAAAC4AAAAIAAAAaW5kZXgucHlkZWYgaGFuZGxlcihldmVudCwgY29udGV4dCk6CiAgICByZXR1cm4gZXZlbnQKUEsBAhQDFAAAAAAAAAAhXLQIcGkuAAAALgAAAAgAAAAAAAAAAAAAAKQBAAAAAGluZGV4LnB5UEsFBgAAAAABAAEANgAAAFQAAAAAAA==";
const MACHINE: &str = r#"{"StartAt": "Look", "States": {
    "Look": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "Each"}], "Default": "Rest"},
    "Each": {"Type": "Map", "ItemsPath": "$.items", "ResultPath": "$.done", "Next": "Rest",
        "ItemProcessor": {"StartAt": "In", "States": {"In": {"Type": "Pass", "End": true}}}},
    "Rest": {"Type": "Wait", "Seconds": 600, "Next": "Both"},
    "Both": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "L", "States": {"L": {"Type": "Pass", "Result": {"left": 1}, "End": true}}},
        {"StartAt": "R", "States": {"R": {"Type": "Wait", "Seconds": 5, "End": true}}}]}}}"#;
const ASKING: &str = r#"{"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "TimeoutSeconds": 86400,
    "Resource": "arn:aws:states:us-east-1:123456789012:activity:approve",
    "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2}], "End": true}}}"#;
const ROWS: &str = r#"{"StartAt": "Rows", "States": {"Rows": {"Type": "Map", "Label": "Rows", "End": true, "ItemsPath": "$.rows",
    "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "One", "States": {"One": {"Type": "Pass", "End": true}}}}}}"#;

/// Blobs are told by `{"bytes": base64}`.
fn value(json: &Json) -> Value {
    match json {
        Json::String(text) => Value::from(text.as_str()),
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Int(number.as_i64().expect("whole")),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(members) => match members.get("bytes") {
            Some(Json::String(text)) => Value::Blob(STANDARD.decode(text).expect("base64").into()),
            _ => Value::Map(members.iter().map(|(name, one)| (name.clone(), value(one))).collect()),
        },
        Json::Null => Value::Null,
    }
}

fn bytes(text: &str) -> Json {
    json!({ "bytes": STANDARD.encode(text) })
}

fn call(cloud: &mut Kept, service: &str, operation: &str, input: &Json) -> Value {
    let call = Call {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input: value(input),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at: cloud.cloud().now().plus(Duration::from_millis(7)),
    };
    cloud.call(call).unwrap_or_else(|fault| panic!("{service}:{operation}: {fault:?}"))
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    match value.get(member) {
        Some(Value::String(text)) => text,
        other => panic!("{member}: {other:?}"),
    }
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    match value.get(member) {
        Some(Value::List(items)) => items,
        other => panic!("{member}: {other:?}"),
    }
}

fn later(cloud: &mut Kept, seconds: u64) -> Vec<Effect> {
    let to = cloud.cloud().now().plus(Duration::from_secs(seconds));
    cloud.advance(to)
}

fn arn(kind: &str, name: &str) -> String {
    format!("arn:aws:states:us-east-1:123456789012:{kind}:{name}")
}

fn fill_s3(cloud: &mut Kept) {
    let mut s3 = |operation: &str, input: Json| call(cloud, "s3", operation, &input);
    s3("CreateBucket", json!({ "Bucket": "photos" }));
    let versioning = json!({ "Status": "Enabled" });
    s3("PutBucketVersioning", json!({ "Bucket": "photos", "VersioningConfiguration": versioning }));
    s3(
        "PutObject",
        json!({ "Bucket": "photos", "Key": "a.txt", "Body": bytes("first"), "ContentType": "text/plain",
        "Metadata": { "who": "ada" }, "Tagging": "of=trip" }),
    );
    s3("PutObject", json!({ "Bucket": "photos", "Key": "a.txt", "Body": bytes("second") }));
    s3("DeleteObject", json!({ "Bucket": "photos", "Key": "gone.txt" }));
    let upload = s3("CreateMultipartUpload", json!({ "Bucket": "photos", "Key": "large" }));
    s3(
        "UploadPart",
        json!({ "Bucket": "photos", "Key": "large", "UploadId": text(&upload, "UploadId"), "PartNumber": 1, "Body": bytes("part") }),
    );
    s3(
        "PutBucketTagging",
        json!({ "Bucket": "photos", "Tagging": { "TagSet": [{ "Key": "k", "Value": "v" }] } }),
    );
    let rule = json!({ "ID": "old", "Status": "Enabled", "Filter": { "Prefix": "log/" }, "Expiration": { "Days": 30 } });
    s3(
        "PutBucketLifecycleConfiguration",
        json!({ "Bucket": "photos", "LifecycleConfiguration": { "Rules": [rule] } }),
    );
    let cors = json!({ "CORSRules": [{ "AllowedMethods": ["GET"], "AllowedOrigins": ["*"] }] });
    s3("PutBucketCors", json!({ "Bucket": "photos", "CORSConfiguration": cors }));
    s3(
        "PutBucketWebsite",
        json!({ "Bucket": "photos", "WebsiteConfiguration": { "IndexDocument": { "Suffix": "index.html" } } }),
    );
}

fn fill_sqs(cloud: &mut Kept) {
    let mut sqs = |operation: &str, input: Json| call(cloud, "sqs", operation, &input);
    let queue = sqs(
        "CreateQueue",
        json!({ "QueueName": "work", "Attributes": { "VisibilityTimeout": "60" }, "tags": { "k": "v" } }),
    );
    let fifo = sqs(
        "CreateQueue",
        json!({ "QueueName": "work.fifo", "Attributes": { "FifoQueue": "true", "ContentBasedDeduplication": "true" } }),
    );
    let (queue, fifo) = (text(&queue, "QueueUrl").to_owned(), text(&fifo, "QueueUrl").to_owned());
    let attribute = json!({ "of": { "DataType": "String", "StringValue": "trip" } });
    sqs(
        "SendMessage",
        json!({ "QueueUrl": queue, "MessageBody": "one", "MessageAttributes": attribute }),
    );
    sqs("SendMessage", json!({ "QueueUrl": queue, "MessageBody": "two", "DelaySeconds": 900 }));
    sqs("SendMessage", json!({ "QueueUrl": fifo, "MessageBody": "three", "MessageGroupId": "g" }));
    // In flight: it is seen again in a minute.
    sqs("ReceiveMessage", json!({ "QueueUrl": queue }));
}

fn fill_logs(cloud: &mut Kept) {
    let now = cloud.cloud().now().as_ms();
    let mut logs = |operation: &str, input: Json| call(cloud, "logs", operation, &input);
    logs("CreateLogGroup", json!({ "logGroupName": "/app", "tags": { "k": "v" } }));
    logs("CreateLogStream", json!({ "logGroupName": "/app", "logStreamName": "s" }));
    logs(
        "PutLogEvents",
        json!({ "logGroupName": "/app", "logStreamName": "s", "logEvents": [{ "timestamp": now, "message": "a line" }] }),
    );
    logs("PutRetentionPolicy", json!({ "logGroupName": "/app", "retentionInDays": 7 }));
}

fn fill_lambda(cloud: &mut Kept) {
    let mut lambda = |operation: &str, input: Json| call(cloud, "lambda", operation, &input);
    lambda(
        "CreateFunction",
        json!({ "FunctionName": "f", "Runtime": "python3.13", "Role": ROLE, "Handler": "index.handler",
        "Code": { "ZipFile": { "bytes": ZIP } }, "Environment": { "Variables": { "WHO": "ada" } }, "Timeout": 10, "Tags": { "k": "v" } }),
    );
    // It is made ready meanwhile.
    later(cloud, 5);
    let mut lambda = |operation: &str, input: Json| call(cloud, "lambda", operation, &input);
    lambda("PublishVersion", json!({ "FunctionName": "f" }));
    lambda("CreateAlias", json!({ "FunctionName": "f", "Name": "live", "FunctionVersion": "1" }));
    lambda(
        "AddPermission",
        json!({ "FunctionName": "f", "StatementId": "s3", "Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com" }),
    );
    lambda(
        "PutFunctionConcurrency",
        json!({ "FunctionName": "f", "ReservedConcurrentExecutions": 3 }),
    );
    lambda("CreateFunctionUrlConfig", json!({ "FunctionName": "f", "AuthType": "AWS_IAM" }));
    lambda(
        "PublishLayerVersion",
        json!({ "LayerName": "l", "Content": { "ZipFile": { "bytes": ZIP } } }),
    );
    lambda(
        "CreateEventSourceMapping",
        json!({ "FunctionName": "f", "EventSourceArn": "arn:aws:sqs:us-east-1:123456789012:work", "Enabled": false }),
    );
    for _ in 0..2 {
        lambda(
            "Invoke",
            json!({ "FunctionName": "f", "InvocationType": "Event", "Payload": bytes("{\"n\": 1}") }),
        );
    }
}

fn extra(cloud: &mut Kept, name: &str, params: &Json) {
    let at = cloud.cloud().now().plus(Duration::from_millis(7));
    let extra = Extra {
        service: "stepfunctions".to_owned(),
        region: "us-east-1".to_owned(),
        name: name.to_owned(),
        params: value(params),
        at,
    };
    cloud.extra(extra).unwrap();
}

fn fill_states(cloud: &mut Kept) {
    call(cloud, "stepfunctions", "CreateActivity", &json!({ "name": "approve" }));
    for (name, definition) in [("m", MACHINE), ("asking", ASKING), ("rows", ROWS)] {
        let input =
            json!({ "name": name, "definition": definition, "roleArn": ROLE, "publish": true });
        call(cloud, "stepfunctions", "CreateStateMachine", &input);
    }
    extra(cloud, "breakpoint", &json!({ "Machine": "m", "State": "Both", "On": true }));
    let starts = [
        ("m", "long", r#"{"n": 9, "items": [1, 2, 3]}"#),
        ("asking", "open", r#"{"who": "ada"}"#),
        ("rows", "rows", r#"{"rows": [1, 2]}"#),
    ];
    for (machine, name, input) in starts {
        let input = json!({ "stateMachineArn": arn("stateMachine", machine), "name": name, "input": input });
        call(cloud, "stepfunctions", "StartExecution", &input);
    }
    let machine = arn("stateMachine", "m");
    let routes = json!([{ "stateMachineVersionArn": format!("{machine}:1"), "weight": 100 }]);
    call(
        cloud,
        "stepfunctions",
        "CreateStateMachineAlias",
        &json!({ "name": "live", "routingConfiguration": routes }),
    );
    call(
        cloud,
        "stepfunctions",
        "TagResource",
        &json!({ "resourceArn": machine, "tags": [{ "key": "k", "value": "v" }] }),
    );
    call(
        cloud,
        "stepfunctions",
        "GetActivityTask",
        &json!({ "activityArn": arn("activity", "approve"), "workerName": "w" }),
    );
}

fn fill_events(cloud: &mut Kept) {
    let mut events = |operation: &str, input: Json| call(cloud, "events", operation, &input);
    events("CreateEventBus", json!({ "Name": "orders" }));
    let pattern = json!({ "source": ["shop"] }).to_string();
    events("PutRule", json!({ "Name": "new", "EventBusName": "orders", "EventPattern": pattern }));
    let target = json!({ "Id": "q", "Arn": "arn:aws:sqs:us-east-1:123456789012:work" });
    events("PutTargets", json!({ "Rule": "new", "EventBusName": "orders", "Targets": [target] }));
    events("PutRule", json!({ "Name": "hourly", "ScheduleExpression": "rate(1 hour)" }));
}

/// A cloud with all rooms' state in it, a cloud that was put aside, and inputs of every kind after its snapshot.
fn made() -> Kept {
    let mut cloud = Durable::open_with_history(Config::default(), MemoryStorage::default(), REAL);
    fill_s3(&mut cloud);
    fill_sqs(&mut cloud);
    fill_logs(&mut cloud);
    fill_lambda(&mut cloud);
    fill_states(&mut cloud);
    fill_events(&mut cloud);
    let waiting: Vec<Effect> =
        cloud.take_effects().into_iter().chain(later(&mut cloud, 2)).collect();
    let last = cloud.cloud().calls().last_seq();
    cloud.fork(last, REAL).expect("a cloud put aside");
    call(&mut cloud, "s3", "CreateBucket", &json!({ "Bucket": "mistake" }));
    cloud.undo(REAL).expect("something to undo");
    // What is above is in the snapshot, what is below in the journal.
    assert_eq!(cloud.try_again(), &Keeping::Kept);
    call(
        &mut cloud,
        "s3",
        "PutObject",
        &json!({ "Bucket": "photos", "Key": "after", "Body": bytes("the snapshot") }),
    );
    extra(&mut cloud, "breakpoint", &json!({ "Machine": "rows", "State": "Rows", "On": true }));
    cloud.set_clock(cloud.clock());
    // One invocation ends, the other is still running.
    let ticket = waiting.iter().find_map(|effect| match effect {
        Effect::Work { ticket, .. } => Some(*ticket),
        Effect::Respond { .. } => None,
    });
    let result = json!({ "Outcome": "Returned", "Payload": bytes("{\"n\":1}"), "DurationMs": 12, "MaxMemoryMb": 40, "InitMs": 100 });
    cloud
        .resume(Event::WorkDone { ticket: ticket.expect("an invocation"), result: value(&result) });
    call(&mut cloud, "s3", "CreateBucket", &json!({ "Bucket": "undone" }));
    cloud.undo(REAL).expect("something to undo");
    cloud
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept")
}

/// Every copy that was ever kept here, by its name.
fn copies_of_all_versions() -> Vec<(String, Bytes)> {
    let mut all: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "cloud"))
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap().into())
        })
        .collect();
    all.sort();
    all
}

fn opened(name: &str, copy: &[u8]) -> Kept {
    let cloud = copies::open(&copies::files_of(copy).unwrap());
    let cloud = cloud.unwrap_or_else(|error| panic!("{name} cannot be read any more: {error}"));
    assert_eq!(cloud.keeping(), &Keeping::Kept, "{name}");
    assert_eq!(cloud.recovery().damage, Vec::<String>::new(), "{name}");
    cloud
}

/// What was put into it is there, and what was going on goes on.
fn look(cloud: &mut Kept) {
    let body = |cloud: &mut Kept, key: &str| {
        let got = call(cloud, "s3", "GetObject", &json!({ "Bucket": "photos", "Key": key }));
        let Some(Value::Blob(bytes)) = got.get("Body") else { panic!("{got:?}") };
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    assert_eq!([body(cloud, "a.txt"), body(cloud, "after")], ["second", "the snapshot"]);
    let buckets = call(cloud, "s3", "ListBuckets", &json!({}));
    assert_eq!(list(&buckets, "Buckets").len(), 1, "what was undone is undone");
    let versions = call(cloud, "s3", "ListObjectVersions", &json!({ "Bucket": "photos" }));
    assert_eq!((list(&versions, "Versions").len(), list(&versions, "DeleteMarkers").len()), (3, 1));
    let uploads = call(cloud, "s3", "ListMultipartUploads", &json!({ "Bucket": "photos" }));
    assert_eq!(list(&uploads, "Uploads").len(), 1);
    let events = call(
        cloud,
        "logs",
        "GetLogEvents",
        &json!({ "logGroupName": "/app", "logStreamName": "s" }),
    );
    assert_eq!(text(&list(&events, "events")[0], "message"), "a line");
    let function =
        call(cloud, "lambda", "GetFunction", &json!({ "FunctionName": "f", "Qualifier": "live" }));
    assert_eq!(text(function.get("Configuration").unwrap(), "Version"), "1");
    let mappings =
        call(cloud, "lambda", "ListEventSourceMappings", &json!({ "FunctionName": "f" }));
    assert_eq!(list(&mappings, "EventSourceMappings").len(), 1);
    let rows = call(
        cloud,
        "stepfunctions",
        "DescribeExecution",
        &json!({ "executionArn": arn("execution", "rows:rows") }),
    );
    assert_eq!(text(&rows, "status"), "SUCCEEDED");
    // A message that was in flight is seen again, an execution that waited comes to its breakpoint.
    later(cloud, 601);
    let queue = call(cloud, "sqs", "GetQueueUrl", &json!({ "QueueName": "work" }));
    let received =
        call(cloud, "sqs", "ReceiveMessage", &json!({ "QueueUrl": text(&queue, "QueueUrl") }));
    assert_eq!(text(&list(&received, "Messages")[0], "Body"), "one");
    let asked = json!({ "executionArn": arn("execution", "m:long") });
    let long = call(cloud, "stepfunctions", "DescribeExecution", &asked);
    assert_eq!(text(&long, "status"), "RUNNING", "it is held before `Both`");
    extra(cloud, "finish", &json!({ "Machine": "m", "Name": "long" }));
    later(cloud, 6);
    let streams =
        call(cloud, "logs", "DescribeLogStreams", &json!({ "logGroupName": "/aws/lambda/f" }));
    assert_eq!(list(&streams, "logStreams").len(), 1, "of the invocation that ended");
    let long = call(cloud, "stepfunctions", "DescribeExecution", &asked);
    assert_eq!(text(&long, "status"), "SUCCEEDED");
    let open = call(
        cloud,
        "stepfunctions",
        "DescribeExecution",
        &json!({ "executionArn": arn("execution", "asking:open") }),
    );
    assert_eq!(text(&open, "status"), "RUNNING");
    cloud.return_to(0, REAL).expect("the cloud that was put aside");
}

/// The same of a room that came later than the first copies.
fn look_at_events(cloud: &mut Kept) {
    let rules = call(cloud, "events", "ListRules", &json!({ "EventBusName": "orders" }));
    assert_eq!(text(&list(&rules, "Rules")[0], "Name"), "new");
    let targets = json!({ "Rule": "new", "EventBusName": "orders" });
    let targets = call(cloud, "events", "ListTargetsByRule", &targets);
    assert_eq!(list(&targets, "Targets").len(), 1);
}

#[test]
fn what_earlier_versions_kept_is_read() {
    let all = copies_of_all_versions();
    assert!(all.len() >= 2, "copies of two versions and more");
    for (name, copy) in all {
        let mut cloud = opened(&name, &copy);
        // It is kept by this version from now on, and read again as the same.
        let hash = cloud.cloud().state_hash();
        let again = Durable::open(Config::default(), cloud.into_storage(), REAL);
        assert_eq!(again.cloud().state_hash(), hash, "{name}");
        let mut first = opened(&name, &copy);
        if name.contains("events") {
            look_at_events(&mut first);
        }
        look(&mut first);
        cloud = again;
        look(&mut cloud);
    }
}

#[test]
fn what_is_kept_now_is_read() {
    let mut cloud = made();
    let hash = cloud.cloud().state_hash();
    let copy = cloud.export().unwrap();
    let mut again = opened("now", &copy);
    assert_eq!(again.cloud().state_hash(), hash);
    look_at_events(&mut again);
    look(&mut again);
}

#[test]
fn what_a_later_version_kept_is_left_as_it_is_and_can_be_taken_away() {
    let copy = made().export().unwrap();
    let mut files = copies::files_of(&copy).unwrap();
    for (name, bytes) in files.iter_mut().filter(|(name, _)| name.starts_with("snapshot")) {
        let at = bytes.windows(11).position(|window| window == b"cloudarium/");
        let Some(at) = at else { continue };
        let mut later = bytes.to_vec();
        later[at + 11] = b'9';
        // The frame's checksum is of what it holds.
        *bytes = reframed(&later);
        assert!(!bytes.is_empty(), "{name}");
    }
    let mut storage = MemoryStorage::default();
    for (name, bytes) in &files {
        cloudarium_cloud::Storage::replace(&mut storage, name, bytes).unwrap();
    }
    let mut cloud = Durable::open(Config::default(), storage, REAL);
    assert!(cloud.recovery().unreadable);
    let words = cloud.recovery().damage.join(" ");
    assert!(words.contains("unknown version (9)"), "{words}");
    call(&mut cloud, "s3", "CreateBucket", &json!({ "Bucket": "meanwhile" }));
    cloud.try_again();
    assert_ne!(cloud.keeping(), &Keeping::Kept, "nothing is written over it");
    let taken = copies::files_of(&cloud.export().unwrap()).unwrap();
    assert_eq!(taken, files, "a copy is of what was kept");
}

/// A file of one frame with the right checksum for what it holds: the length, and the CRC-32 of length and payload.
fn reframed(file: &[u8]) -> Bytes {
    let payload = &file[8..];
    let length = u32::try_from(payload.len()).unwrap().to_le_bytes();
    let mut crc = crc32fast::Hasher::new();
    crc.update(&length);
    crc.update(payload);
    [length.as_slice(), &crc.finalize().to_le_bytes(), payload].concat().into()
}

/// Writes the copy of a new version of the format, or of a new room, once: `cargo test -p cloudarium-cloud --test kept -- --ignored`.
/// Its name has the version, and the room that came last.
#[test]
#[ignore = "a copy is made once for each version of the format, and kept as it is"]
fn make_the_copy_of_this_version() {
    let copy = made().export().unwrap();
    let at = copy.windows(11).position(|window| window == b"cloudarium/").unwrap();
    let path = folder().join(format!("format-{}-{NEWEST}.cloud", char::from(copy[at + 11])));
    assert!(!path.exists(), "{} is kept as it is", path.display());
    fs::write(path, copy).unwrap();
}
