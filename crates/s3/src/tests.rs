//! The room by itself, with a host that only writes down what it is told.

mod simulation;

use std::collections::BTreeSet;
use std::sync::Arc;

use cloudarium_env::timers::TimerId;
use cloudarium_env::{Blobs, MemoryBlobs, Rng, Timestamp};
use cloudarium_service::ctx::Host;
use cloudarium_service::{
    Accounts, ApiCall, BusEvent, Charge, Ctx, Facts, Fault, HostWork, HttpCall, Outcome, Principal,
    RoleCredentials, Service, Signature, Ticket,
};
use cloudarium_shape::{Map, Value};

use crate::S3;
use crate::config::Config;
use crate::config::notification::{EventBridgeConfiguration, Notification};
use crate::listing::{Page, Position, Query, Row, list};
use crate::model::{Bucket, Object, Version};

#[derive(Default)]
struct Notes {
    events: Vec<BusEvent>,
    calls: Vec<ApiCall>,
    tickets: u64,
    answers: Vec<(Ticket, Result<Value, Fault>)>,
}

impl Notes {
    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }
}

impl Host for Notes {
    fn emit(&mut self, event: BusEvent) {
        self.events.push(event);
    }
    fn set_timer(&mut self, due: Timestamp, _: Value) -> TimerId {
        TimerId { due, sequence: 0 }
    }
    fn cancel_timer(&mut self, _: TimerId) {}
    fn start_work(&mut self, _: HostWork) -> Ticket {
        self.ticket()
    }
    fn call(&mut self, call: ApiCall) -> Ticket {
        self.calls.push(call);
        self.ticket()
    }
    fn ask(&mut self, _: ApiCall) -> Ticket {
        self.ticket()
    }
    fn fetch(&mut self, _: HttpCall) -> Ticket {
        self.ticket()
    }
    fn park(&mut self) -> Ticket {
        self.ticket()
    }
    fn answer(&mut self, ticket: Ticket, result: Result<Value, Fault>) {
        self.answers.push((ticket, result));
    }
    fn charge(&mut self, _: Charge) {}
    fn role_credentials(&mut self, _: &str, _: &str) -> RoleCredentials {
        RoleCredentials {
            access_key_id: String::new(),
            secret_access_key: String::new(),
            session_token: String::new(),
        }
    }
}

struct World {
    s3: S3,
    blobs: MemoryBlobs,
    rng: Rng,
    host: Notes,
    caller: Principal,
    now: Timestamp,
}

impl World {
    fn new() -> Self {
        let caller = Principal {
            account: "123456789012".to_owned(),
            arn: "arn:aws:iam::123456789012:user/learner".to_owned(),
            user_id: "AIDA".to_owned(),
            access_key_id: "test".to_owned(),
        };
        Self {
            s3: S3::default(),
            blobs: MemoryBlobs::default(),
            rng: Rng::new(1, "s3"),
            host: Notes::default(),
            caller,
            now: Timestamp::from_ms(1_767_225_600_123),
        }
    }

    fn call(&mut self, operation: &str, input: &[(&str, &str)]) -> Result<Value, Fault> {
        let input = input.iter().map(|(name, value)| {
            let value = match *name {
                "Body" => Value::Blob(value.as_bytes().to_vec().into()),
                "PartNumber" => Value::Int(value.parse().unwrap()),
                _ => Value::from(*value),
            };
            ((*name).to_owned(), value)
        });
        match self.run(operation, Value::Map(input.collect::<Map>()))? {
            Outcome::Output(output) => Ok(output),
            Outcome::Parked => panic!("it waits"),
        }
    }

    fn run(&mut self, operation: &str, input: Value) -> Result<Outcome, Fault> {
        self.with(|s3, cx| s3.call(cx, operation, input))
    }

    fn with<R>(&mut self, act: impl FnOnce(&mut S3, &mut Ctx<'_>) -> R) -> R {
        self.within(("us-east-1", &Facts::default(), &Accounts::default()), act)
    }

    fn within<R>(
        &mut self,
        (region, facts, accounts): (&str, &Facts, &Accounts),
        act: impl FnOnce(&mut S3, &mut Ctx<'_>) -> R,
    ) -> R {
        let mut cx = Ctx {
            now: self.now,
            region,
            caller: &self.caller,
            facts,
            request_id: "R",
            accounts,
            rng: &mut self.rng,
            blobs: &mut self.blobs,
            host: &mut self.host,
        };
        act(&mut self.s3, &mut cx)
    }

    fn view(&mut self, name: &str, params: &[(&str, &str)]) -> Option<Value> {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
        let params = Value::Map(params.collect());
        let mut cx = Ctx {
            now: Timestamp::from_ms(0),
            region: "us-east-1",
            caller: &self.caller,
            facts: &Facts::default(),
            request_id: "",
            accounts: &Accounts::default(),
            rng: &mut self.rng,
            blobs: &mut self.blobs,
            host: &mut self.host,
        };
        self.s3.view(&mut cx, name, &params)
    }

    /// Has `EventBridge` told of what happens in the bucket.
    fn tell_event_bridge(&mut self) {
        let notification = Notification {
            event_bridge_configuration: Some(EventBridgeConfiguration::default()),
            ..Notification::default()
        };
        let bucket = self.s3.state.buckets.get_mut("bkt").unwrap();
        let config = Config { notification: Some(notification), ..Config::default() };
        bucket.config = Arc::new(config);
    }

    fn filled() -> Self {
        let mut world = Self::new();
        world.call("CreateBucket", &[("Bucket", "bkt")]).unwrap();
        world.tell_event_bridge();
        for (key, body) in [("a", "one"), ("b/c", "two"), ("b/d", "one")] {
            world.call("PutObject", &[("Bucket", "bkt"), ("Key", key), ("Body", body)]).unwrap();
        }
        let upload = [("Bucket", "bkt"), ("Key", "big")];
        let upload = world.call("CreateMultipartUpload", &upload).unwrap();
        let id = upload.get("UploadId").and_then(Value::as_str).unwrap().to_owned();
        let part = [
            ("Bucket", "bkt"),
            ("Key", "big"),
            ("UploadId", id.as_str()),
            ("PartNumber", "3"),
            ("Body", "part"),
        ];
        world.call("UploadPart", &part).unwrap();
        world
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingAWSSDK.html#specify-signature-version>
#[test]
fn signature_version_2_names_no_region() {
    let mut world = World::new();
    for region in ["eu-west-1", "eu-central-1"] {
        let place = Map::from([("LocationConstraint".to_owned(), Value::from(region))]);
        let input = Map::from([
            ("Bucket".to_owned(), Value::String(format!("in-{region}"))),
            ("CreateBucketConfiguration".to_owned(), Value::Map(place)),
        ]);
        assert!(world.run("CreateBucket", Value::Map(input)).is_ok());
    }
    let mut ask = |version, endpoint: &str, bucket: &str| {
        let signature = Signature { version, carrier: "REST-QUERY-STRING", age_ms: None };
        let facts = Facts { signature: Some(signature), ..Facts::default() };
        let input = Value::Map(Map::from([("Bucket".to_owned(), Value::from(bucket))]));
        let asked = (endpoint, &facts, &Accounts::default());
        let answer = world.within(asked, |s3, cx| s3.call(cx, "ListObjects", input));
        answer.map(|_| ()).map_err(|fault| fault.code)
    };
    assert_eq!(ask("AWS", "us-east-1", "in-eu-west-1"), Ok(()));
    assert_eq!(ask("AWS", "us-east-1", "in-eu-central-1"), Err("InvalidRequest".to_owned()));
    assert_eq!(ask("AWS", "us-west-2", "in-eu-west-1"), Err("PermanentRedirect".to_owned()));
    let of_version_4 = ask("AWS4-HMAC-SHA256", "us-east-1", "in-eu-west-1");
    assert_eq!(of_version_4, Err("AuthorizationHeaderMalformed".to_owned()));
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html>
#[test]
fn an_older_s3_blocks_no_keys_of_clients() {
    let mut world = World::new();
    for (name, s3_legacy) in [("new", false), ("old", true)] {
        let input = Value::Map(Map::from([("Bucket".to_owned(), Value::from(name))]));
        let accounts = Accounts { s3_legacy, ..Accounts::default() };
        let asked = ("us-east-1", &Facts::default(), &accounts);
        assert!(world.within(asked, |s3, cx| s3.call(cx, "CreateBucket", input)).is_ok());
        let bucket = &world.s3.state.buckets[name];
        assert_eq!(bucket.config.blocks_customer_keys(), !s3_legacy, "{name}");
    }
}

#[test]
fn what_is_saved_comes_back() {
    let world = World::filled();
    let saved = world.s3.save();
    let mut other = S3::default();
    other.load(&saved).unwrap();
    assert_eq!(other.state, world.s3.state);
    assert_eq!(other.save(), saved);
    assert!(other.load(b"\xff\xff nonsense").is_err());
}

#[test]
fn another_order_gives_the_same_bytes() {
    let saved = |keys: [&str; 3]| {
        let mut world = World::new();
        world.call("CreateBucket", &[("Bucket", "bkt")]).unwrap();
        for key in keys {
            world.call("PutObject", &[("Bucket", "bkt"), ("Key", key)]).unwrap();
        }
        world.s3.save()
    };
    assert_eq!(saved(["a", "b", "c"]), saved(["c", "a", "b"]));
}

#[test]
fn a_fork_goes_its_own_way() {
    let mut world = World::filled();
    let fork = world.s3.fork();
    let before = fork.save();
    world.call("DeleteObject", &[("Bucket", "bkt"), ("Key", "a")]).unwrap();
    assert_eq!(fork.save(), before);
    assert_ne!(world.s3.save(), before);
}

#[test]
fn every_body_is_named() {
    let world = World::filled();
    let mut named = BTreeSet::new();
    world.s3.blobs(&mut |blob| {
        named.insert(*blob);
    });
    let read = |blob| world.blobs.get(blob, 0..blob.length).unwrap();
    let bodies: BTreeSet<_> = named.iter().map(read).collect();
    assert_eq!(bodies, BTreeSet::from(["one".into(), "two".into(), "part".into()]));
}

#[test]
fn what_happens_is_told() {
    let mut world = World::filled();
    world.call("DeleteObject", &[("Bucket", "bkt"), ("Key", "a")]).unwrap();
    world.call("DeleteObject", &[("Bucket", "bkt"), ("Key", "nope")]).unwrap();
    let copy = [("Bucket", "bkt"), ("Key", "copy"), ("CopySource", "bkt/b/c")];
    world.call("CopyObject", &copy).unwrap();
    let told: Vec<_> = world
        .host
        .events
        .iter()
        .map(|event| {
            let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap().to_owned();
            let object = event.detail.get("object").unwrap();
            (event.detail_type, text(event.detail.get("reason")), text(object.get("key")))
        })
        .collect();
    let told: Vec<_> = told.iter().map(|(kind, why, key)| (*kind, &**why, &**key)).collect();
    assert_eq!(
        told,
        [
            ("Object Created", "PutObject", "a"),
            ("Object Created", "PutObject", "b/c"),
            ("Object Created", "PutObject", "b/d"),
            ("Object Deleted", "DeleteObject", "a"),
            ("Object Created", "CopyObject", "copy"),
        ]
    );
    let sequencer = |event: &BusEvent| {
        let object = event.detail.get("object").unwrap();
        object.get("sequencer").and_then(Value::as_str).unwrap().to_owned()
    };
    let order: Vec<_> = world.host.events.iter().map(sequencer).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn what_the_console_sees() {
    let mut world = World::filled();
    let Some(Value::List(buckets)) = world.view("buckets", &[]) else { panic!("a list") };
    let [bucket] = buckets.as_slice() else { panic!("one bucket") };
    assert_eq!(bucket.get("Objects"), Some(&Value::Int(3)));
    assert_eq!(bucket.get("Bytes"), Some(&Value::Int(9)));
    assert_eq!(bucket.get("Uploads"), Some(&Value::Int(1)));
    let object = world.view("object", &[("Bucket", "bkt"), ("Key", "b/c")]).unwrap();
    assert_eq!(object.get("Uri"), Some(&Value::from("s3://bkt/b/c")));
    assert_eq!(object.get("Size"), Some(&Value::Int(3)));
    assert_eq!(world.view("object", &[("Bucket", "bkt"), ("Key", "nope")]), None);
    let keys =
        |world: &mut World, prefix| world.view("keys", &[("Bucket", "bkt"), ("Prefix", prefix)]);
    assert_eq!(keys(&mut world, "b/"), Some(Value::List(vec!["b/c".into(), "b/d".into()])));
    assert_eq!(keys(&mut world, "c"), Some(Value::List(Vec::new())));
    assert_eq!(world.view("nothing", &[]), None);
    world.caller.account = "111122223333".to_owned();
    assert_eq!(world.view("buckets", &[]), Some(Value::List(Vec::new())));
    assert_eq!(world.view("bucket", &[("Bucket", "bkt")]), None);
}

#[test]
fn bytes_are_counted_as_objects_come_and_go() {
    let mut world = World::filled();
    let bytes = |world: &World| world.s3.state.buckets.get("bkt").unwrap().sums.bytes;
    assert_eq!(bytes(&world), 9);
    world.call("PutObject", &[("Bucket", "bkt"), ("Key", "a"), ("Body", "longer")]).unwrap();
    assert_eq!(bytes(&world), 12);
    world.call("DeleteObject", &[("Bucket", "bkt"), ("Key", "b/c")]).unwrap();
    assert_eq!(bytes(&world), 9);
}

#[test]
fn nobody_is_nobody() {
    let mut world = World::filled();
    world.caller.account = String::new();
    for operation in ["ListBuckets", "CreateBucket", "HeadBucket"] {
        let input: &[_] = if operation == "ListBuckets" { &[] } else { &[("Bucket", "bkt")] };
        let fault = world.call(operation, input).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.status), ("AccessDenied", 403), "{operation}");
    }
}

/// The listing told slowly: every key looked at, every page cut from the whole.
fn slow(keys: &BTreeSet<String>, prefix: &str, delimiter: Option<&str>) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for key in keys.iter().filter(|key| key.starts_with(prefix)) {
        let rest = &key[prefix.len()..];
        let row = match delimiter.and_then(|d| rest.find(d).map(|at| at + d.len())) {
            Some(end) => format!("{prefix}{}*", &rest[..end]),
            None => key.clone(),
        };
        if rows.last() != Some(&row) {
            rows.push(row);
        }
    }
    rows
}

fn shown(page: &Page<'_, (&Version, &Object)>) -> Vec<String> {
    let row = |row: &Row<'_, (&Version, &Object)>| match row {
        Row::Item(key, ..) => (*key).to_owned(),
        Row::CommonPrefix(prefix) => format!("{prefix}*"),
    };
    page.rows.iter().map(row).collect()
}

fn bucket_of(keys: &BTreeSet<String>) -> Bucket {
    let mut world = World::new();
    world.call("CreateBucket", &[("Bucket", "bkt")]).unwrap();
    for key in keys {
        world.call("PutObject", &[("Bucket", "bkt"), ("Key", key)]).unwrap();
    }
    world.s3.state.buckets.get("bkt").unwrap().clone()
}

#[test]
fn pages_of_random_keys_are_those_of_the_slow_listing() {
    let mut rng = Rng::new(7, "keys");
    for round in 0..60 {
        let pieces = ["a", "b", "/", "//", "é", "\u{10ffff}", "-", "\u{d7ff}", "\u{e000}"];
        let key = |rng: &mut Rng| -> String {
            let length = 1 + rng.below(6);
            (0..length).map(|_| pieces[usize::try_from(rng.below(9)).unwrap()]).collect()
        };
        let keys: BTreeSet<String> = (0..rng.below(60)).map(|_| key(&mut rng)).collect();
        let bucket = bucket_of(&keys);
        for prefix in ["", "a", "a/", "é", "\u{10ffff}", "none"] {
            for delimiter in [None, Some("/"), Some("//"), Some("\u{10ffff}"), Some("b")] {
                let wanted = slow(&keys, prefix, delimiter);
                let max_keys = usize::try_from(1 + rng.below(7)).unwrap();
                let mut after: Option<Position> = None;
                let mut got = Vec::new();
                loop {
                    let query = Query { prefix, delimiter, after: after.as_ref(), max_keys };
                    let page = list(&bucket.keys, query);
                    assert!(page.rows.len() == max_keys || !page.truncated);
                    got.extend(shown(&page));
                    let Some(next) = page.next() else { break };
                    after = Some(next);
                }
                assert_eq!(got, wanted, "round {round}, {prefix:?} {delimiter:?} {max_keys}");
            }
        }
    }
}

/// By hand, for it takes a while and measures time:
/// `cargo nextest run -p cloudarium-s3 --run-ignored only --no-capture --cargo-profile native`
#[test]
#[ignore = "measures time"]
#[expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it measures, and tells")]
fn a_page_costs_the_same_in_a_big_bucket() {
    let one = bucket_of(&BTreeSet::from(["key".to_owned()]));
    let (_, object) = one.current("key").unwrap();
    let filled = |count: u32| {
        let mut bucket = one.clone();
        for number in 0..count {
            let key = format!("folder-{:03}/key-{number:07}", number % 1000);
            bucket.put(&key, object.clone(), Timestamp::from_ms(0), &mut Rng::new(0, "t"));
        }
        bucket
    };
    let (small, big) = (filled(1000), filled(1_000_000));
    // Each common prefix takes a seek, which takes longer the deeper the tree is.
    for (delimiter, times_most) in [(None, 1.3), (Some("/"), 8.0)] {
        let time = |bucket: &Bucket| {
            let query = Query { prefix: "", delimiter, after: None, max_keys: 1000 };
            let run = |_| {
                let begin = std::time::Instant::now();
                assert_eq!(list(&bucket.keys, query).rows.len(), 1000);
                begin.elapsed().as_secs_f64() * 1e6
            };
            (0..200).map(run).fold(f64::MAX, f64::min)
        };
        let (few, many) = (time(&small), time(&big));
        println!("{delimiter:?}: {few:.1} µs of 1,000 keys, {many:.1} µs of 1,000,000");
        assert!(many < few * times_most, "{few} {many}");
    }
}

/// Names a queue, and waits for its answer.
fn with_queue() -> (World, Ticket) {
    let mut world = World::filled();
    let text = |text: &str| Value::from(text);
    let map = |members: Vec<(&str, Value)>| {
        Value::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let rule = map(vec![("Name", text("prefix")), ("Value", text("in/"))]);
    let key = map(vec![("FilterRules", Value::List(vec![rule]))]);
    let queue = map(vec![
        ("Id", text("tell me")),
        ("QueueArn", text("arn:aws:sqs:us-east-1:123456789012:queue")),
        ("Events", Value::List(vec![text("s3:ObjectCreated:*")])),
        ("Filter", map(vec![("Key", key)])),
    ]);
    let queues = map(vec![("QueueConfigurations", Value::List(vec![queue]))]);
    let input = map(vec![("Bucket", text("bkt")), ("NotificationConfiguration", queues)]);
    let outcome = world.run("PutBucketNotificationConfiguration", input);
    assert_eq!(outcome, Ok(Outcome::Parked));
    (world, Ticket(1))
}

fn sent(world: &World) -> serde_json::Value {
    let call = world.host.calls.last().unwrap();
    assert_eq!((call.service.as_str(), call.operation.as_str()), ("sqs", "SendMessage"));
    let url = call.input.get("QueueUrl").and_then(Value::as_str);
    assert_eq!(url, Some("https://sqs.us-east-1.amazonaws.com/123456789012/queue"));
    let body = call.input.get("MessageBody").and_then(Value::as_str).unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn a_queue_is_asked_and_then_told() {
    let (mut world, asked) = with_queue();
    let test = sent(&world);
    assert_eq!(test["Event"], "s3:TestEvent");
    assert_eq!(test["Bucket"], "bkt");
    world.with(|s3, cx| s3.call_done(cx, asked, Ok(Value::Map(Map::new()))));
    assert!(matches!(world.host.answers.as_slice(), [(_, Ok(_))]));

    world.call("PutObject", &[("Bucket", "bkt"), ("Key", "out/a"), ("Body", "hi")]).unwrap();
    assert_eq!(world.host.calls.len(), 1);
    world.call("PutObject", &[("Bucket", "bkt"), ("Key", "in/a b+ü"), ("Body", "hi")]).unwrap();
    let record = &sent(&world)["Records"][0];
    assert_eq!(record["eventVersion"], "2.1");
    assert_eq!(record["eventSource"], "aws:s3");
    assert_eq!(record["awsRegion"], "us-east-1");
    assert_eq!(record["eventTime"], "2026-01-01T00:00:00.123Z");
    assert_eq!(record["eventName"], "ObjectCreated:Put");
    assert_eq!(record["userIdentity"]["principalId"], "AWS:AIDA");
    assert_eq!(record["responseElements"]["x-amz-request-id"], "R");
    assert_eq!(record["s3"]["s3SchemaVersion"], "1.0");
    assert_eq!(record["s3"]["configurationId"], "tell me");
    assert_eq!(record["s3"]["bucket"]["arn"], "arn:aws:s3:::bkt");
    let object = &record["s3"]["object"];
    assert_eq!(object["key"], "in/a+b%2B%C3%BC");
    assert_eq!(object["size"], 2);
    assert_eq!(object["eTag"], "49f68a5c8493ec2c0bf489821c21fc3b");
    assert!(object["sequencer"].as_str().is_some_and(|it| !it.is_empty()));
}

#[test]
fn a_queue_that_cannot_be_told_changes_nothing() {
    let (mut world, asked) = with_queue();
    let gone = Fault::new("AWS.SimpleQueueService.NonExistentQueue", 400, "");
    world.with(|s3, cx| s3.call_done(cx, asked, Err(gone)));
    let [(_, Err(fault))] = world.host.answers.as_slice() else { panic!("it is refused") };
    assert_eq!(fault.code, "InvalidArgument");
    let why = fault.members.get("ArgumentValue").and_then(Value::as_str);
    assert_eq!(why, Some("The destination queue does not exist"));
    world.call("PutObject", &[("Bucket", "bkt"), ("Key", "in/a"), ("Body", "hi")]).unwrap();
    assert_eq!(world.host.calls.len(), 1);
}
