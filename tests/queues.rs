//! Queues natively: by real boto3 (what is checked is in `python/queues.py`), by forms and XML
//! (`python/queues_by_query.py`), and by the AWS CLI; and that a mapping that polls comes to the same in a replay.

use std::time::Duration;

use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Effect, Event, MemoryStorage, replay_hash,
};
use cloudarium_env::Timestamp;
use cloudarium_serve::endpoint::{Background, Options};
use cloudarium_shape::{Map, Value};
use cloudarium_tests::case::json::{Kept, expand, to_input};
use cloudarium_tests::{boto3, venv};
use serde_json::{Value as Json, json};

#[test]
fn a_queue_triggers_a_function_by_boto3() {
    boto3::passes("queues.py");
}

#[test]
fn queues_by_the_protocol_of_before() {
    boto3::passes("queues_by_query.py");
}

#[test]
fn the_cli_shows_the_older_codes() {
    let python = venv::python(boto3::root(), "venv-aws", "tests/python/requirements-aws.txt")
        .expect("a Python with the AWS CLI");
    let endpoint = Background::start(Options::default()).expect("it starts");
    let output = std::process::Command::new(python)
        .args(["-m", "awscli", "--endpoint-url", &endpoint.url()])
        .args(["sqs", "get-queue-url", "--queue-name", "nope"])
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env("NO_PROXY", "*")
        .output()
        .expect("the CLI runs");
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(wrong.contains("(AWS.SimpleQueueService.NonExistentQueue)"), "{wrong}");
}

/// A call in the tests' account.
fn call(service: &str, operation: &str, input: &Json, at: Timestamp) -> Call {
    let input = expand(input, &Kept::new()).expect("an input");
    Call {
        service: service.to_owned(),
        operation: operation.to_owned(),
        input: to_input(service, operation, &input).expect("it fits the model"),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at,
    }
}

/// Every third batch fails.
fn run(cloud: &mut Durable<MemoryStorage>, mut effects: Vec<Effect>, ran: &mut u32) {
    while let Some(effect) = effects.pop() {
        let Effect::Work { ticket, .. } = effect else { continue };
        *ran += 1;
        let how = if ran.is_multiple_of(3) { "Failed" } else { "Returned" };
        let result = Value::Map(Map::from([
            ("Outcome".to_owned(), Value::from(how)),
            ("Payload".to_owned(), Value::Blob("null".into())),
            ("DurationMs".to_owned(), Value::Float(10.0)),
            ("MaxMemoryMb".to_owned(), Value::Int(40)),
        ]));
        effects.extend(cloud.resume(Event::WorkDone { ticket, result }));
    }
}

const URL: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/q";

/// A cloud with a queue `q` whose messages start a function `f`; also when it was begun.
fn mapped() -> (Durable<MemoryStorage>, Timestamp) {
    let start = Config::default().start;
    let mut cloud = Durable::open(Config::default(), MemoryStorage::default(), start);
    let function = json!({
        "FunctionName": "f",
        "Runtime": "python3.13",
        "Role": "arn:aws:iam::123456789012:role/f",
        "Handler": "main.handler",
        "Code": { "ZipFile": { "zip": { "main.py": "x = 1" } } },
    });
    let mapping = json!({
        "EventSourceArn": "arn:aws:sqs:us-east-1:123456789012:q", "FunctionName": "f",
    });
    cloud.call(call("lambda", "CreateFunction", &function, start)).expect("it is made");
    let made = call("sqs", "CreateQueue", &json!({ "QueueName": "q" }), start);
    cloud.call(made).expect("it is made");
    let later = start.plus(Duration::from_secs(2));
    cloud.call(call("lambda", "CreateEventSourceMapping", &mapping, later)).expect("it is made");
    (cloud, start)
}

#[test]
fn a_replay_polls_and_comes_to_the_same() {
    let (mut cloud, start) = mapped();
    let mut ran = 0;
    for number in 0..100_u64 {
        let message = json!({ "QueueUrl": URL, "MessageBody": number.to_string() });
        let at = start.plus(Duration::from_secs(4 + number * 7));
        let effects = cloud.advance(at);
        run(&mut cloud, effects, &mut ran);
        let request = call("sqs", "SendMessage", &message, at).request().expect("a request");
        let effects = cloud.handle(request);
        run(&mut cloud, effects, &mut ran);
    }
    assert!(ran > 100, "what failed is brought again: {ran}");
    let hash = cloud.cloud().state_hash();
    let export = cloud.export().expect("it is kept");
    assert_eq!(replay_hash(&export), Ok(hash));
}

/// Requests to SQS on the bill.
fn requests(cloud: &Durable<MemoryStorage>) -> u64 {
    let lines = cloud.cloud().bill().lines;
    lines.iter().filter(|line| line.service == "sqs").map(|line| line.quantity).sum()
}

fn polls(cloud: &Durable<MemoryStorage>) -> usize {
    cloud.cloud().calls().iter().filter(|call| call.operation == "ReceiveMessage").count()
}

#[test]
fn an_idle_month_is_one_poll_that_costs_what_all_would() {
    let (mut cloud, start) = mapped();
    let begun = start.plus(Duration::from_secs(4));
    cloud.advance(begun);
    let before = requests(&cloud);
    assert_eq!(polls(&cloud), 1);
    let month = Duration::from_secs(30 * 86_400);
    assert_eq!(cloud.advance(begun.plus(month)).len(), 0);
    assert_eq!(polls(&cloud), 1, "it waits for what comes");
    // One in twenty seconds, as AWS's long polls are.
    assert_eq!(requests(&cloud) - before, 30 * 86_400 / 20);
    let owed = requests(&cloud);

    let message = json!({ "QueueUrl": URL, "MessageBody": "at last" });
    let at = cloud.cloud().now();
    let request = call("sqs", "SendMessage", &message, at).request().expect("a request");
    let effects = cloud.handle(request);
    let mut ran = 0;
    run(&mut cloud, effects, &mut ran);
    assert_eq!((ran, polls(&cloud)), (1, 2), "the next one stands");
    // Sent, deleted, polled again; what was owed is paid, and no more.
    assert_eq!(requests(&cloud) - owed, 3);
    let hash = cloud.cloud().state_hash();
    let export = cloud.export().expect("it is kept");
    assert_eq!(replay_hash(&export), Ok(hash));
}
