//! The words of the Lambda console.

mod versions;

pub use versions::*;

use crate::route::FunctionPart;
use crate::state::sizes::{counted, grouped};

pub const LAMBDA: &str = "Lambda";
pub const FUNCTIONS: &str = "Functions";
pub const FUNCTION: &str = "Function";
pub const LOADING: &str = "Listing functions.";
pub const LOADING_ONE: &str = "Reading the function.";
pub const NOT_HERE: &str =
    "There is no such function in this Region. Was it deleted, or made in another?";
pub const ALL_FUNCTIONS: &str = "All functions";
pub const CREATE: &str = "Create function";
pub const DELETE: &str = "Delete function";
pub const NAME: &str = "Name";
pub const RUNTIME: &str = "Runtime";
pub const MEMORY: &str = "Memory";
pub const TIMEOUT: &str = "Time-out";
pub const CHANGED: &str = "Last changed";
pub const NOW: &str = "Now";
pub const NO_FUNCTIONS: &str = "No functions yet";
pub const NO_FUNCTIONS_MORE: &str = "A function is code that runs when something calls it: no server to keep, as many at a time as are needed, paid for by the millisecond. Begin with one of these; it really runs, here in the tab.";
pub const COLD_NOW: &str = "no environment";

// ---- create
pub const FUNCTION_NAME: &str = "Function name";
pub const SAMPLE_NAME: &str = "check-order";
pub const ROLE: &str = "Execution role (ARN)";
pub const ROLE_MORE: &str =
    "The code acts as this role. There is no IAM here yet, so any role will do.";
pub const ROLE_DEFAULT: &str = "arn:aws:iam::123456789012:role/lambda-basic";
pub const HELLO: &str = "Hello";
pub const HELLO_MORE: &str = "Takes an event, returns a message.";
pub const ON_S3: &str = "An object has come";
pub const ON_S3_MORE: &str = "Is told by S3 of new objects, and looks at them.";
pub const CALLS: &str = "Calls AWS";
pub const CALLS_MORE: &str = "Lists buckets, and counts its calls while it stays warm.";
pub const FAILS: &str = "Error and retry";
pub const FAILS_MORE: &str =
    "Fails where the event has no number: an asynchronous event is then tried again.";
pub const SLOW: &str = "Slow start";
pub const SLOW_MORE: &str = "Takes 1.5 s to start: cold and warm are far apart.";
pub const PYTHON: &str = "Python";
pub const NODE: &str = "Node.js";

// ---- a function's page
pub const PARTS: &str = "Parts of the function";
pub const PENDING: &str = "Being created";
pub const UPDATING: &str = "Being updated";
pub const DEPLOY: &str = "Deploy";
pub const UNSAVED: &str = "Not deployed";
pub const UNSAVED_MORE: &str = "What runs is what was deployed last.";
pub const DISCARD: &str = "Discard";
pub const FILES: &str = "Files of the function";
pub const NEW_FILE: &str = "New file";
pub const FILE_NAME: &str = "File name";
pub const ADD: &str = "Add";
pub const DELETE_FILE: &str = "Delete this file";
pub const NOT_TEXT: &str = "This package holds files that are no text, or too much to be edited here: deploy it by boto3 or the CLI.";
pub const READING_CODE: &str = "Unpacking the code.";
pub const RESULT_AND_ENVIRONMENTS: &str = "Result and environments";
pub const CODE_AND_TEST: &str = "Code and test";

// ---- test
pub const EVENT: &str = "Test event";
pub const EDIT_EVENT: &str = "Edit the event";
pub const EVENT_JSON: &str = "Event (JSON)";
pub const RESET_EVENT: &str = "As it was";
pub const TEST: &str = "Test";
pub const ASYNC: &str = "Asynchronous";
pub const ASYNC_MORE: &str =
    "Lambda takes the event and answers at once; what fails is tried twice more.";
pub const TESTING: &str = "Running";
pub const SUCCEEDED: &str = "Succeeded";
pub const FAILED: &str = "Failed";
pub const ACCEPTED: &str = "Accepted";
pub const ACCEPTED_MORE: &str =
    "The event waits in Lambda's queue. What becomes of it stands in the log.";
pub const REFUSED: &str = "Refused";
pub const NO_RESULT: &str =
    "Press Test to run the function with this event. Its answer and its log will stand here.";
pub const RESULT: &str = "Answer";
pub const LOG: &str = "Log";
pub const WHOLE_LOG: &str = "Whole log";
pub const DURATION: &str = "Duration";
pub const BILLED: &str = "Billed";
pub const USED: &str = "Memory used";
pub const INIT: &str = "Start";
pub const WARM: &str = "warm: none";
pub const STACK: &str = "Stack trace";
pub const EVENT_HELLO: &str = "Hello";
pub const EVENT_EMPTY: &str = "Empty";
pub const EVENT_S3: &str = "A file arrived in S3";
pub const EVENT_SQS: &str = "A message in a queue (SQS)";
pub const EVENT_SNS: &str = "A notification (SNS)";
pub const EVENT_SCHEDULE: &str = "A schedule (EventBridge)";
pub const EVENT_URL: &str = "A request (function URL, API Gateway)";
pub const EVENT_DYNAMODB: &str = "A row in a table (DynamoDB)";

// ---- environments
pub const ENVIRONMENTS: &str = "Environments";
pub const ENVIRONMENTS_MORE: &str =
    "None. Lambda makes one when a request comes and none is free: a cold start.";
pub const BORN: &str = "Being born";
pub const BUSY: &str = "Busy";
pub const FROZEN: &str = "Frozen";
pub const GONE: &str = "Gone";
pub const KEY_INIT: &str = "start";
pub const KEY_BUSY: &str = "busy";
pub const KEY_IDLE: &str = "frozen, last 60 s";

pub fn section(part: FunctionPart) -> &'static str {
    match part {
        FunctionPart::Code => "Code",
        FunctionPart::Monitor => "Monitor",
        FunctionPart::Load => "Load",
        FunctionPart::Triggers => "Triggers",
        FunctionPart::Configuration => "Configuration",
        FunctionPart::Versions => "Versions",
    }
}

pub fn function_count(count: usize) -> String {
    counted(count, "function", "functions")
}

pub fn creating(name: &str) -> String {
    format!("Create {name}")
}

pub fn created(name: &str) -> String {
    format!("Created {name}")
}

pub fn deleting(name: &str) -> String {
    format!("Delete {name}")
}

pub fn deleted(name: &str) -> String {
    format!("Deleted {name}")
}

pub fn delete_ask(name: &str) -> String {
    format!("Delete the function {name}?")
}

pub const DELETE_MORE: &str = "Its versions, aliases and settings go with it; its log stays.";

pub fn deploying(name: &str) -> String {
    format!("Deploy {name}")
}

pub fn deployed(name: &str) -> String {
    format!("Deployed {name}")
}

pub fn tested(name: &str) -> String {
    format!("Invoked {name}")
}

pub fn testing(name: &str) -> String {
    format!("Invoke {name}")
}

pub fn active(moment: &str) -> String {
    format!("Active, changed {moment}")
}

/// `python3.13` as people say it.
pub fn runtime(id: &str) -> String {
    if let Some(version) = id.strip_prefix("python") {
        format!("Python {version}")
    } else if let Some(version) = id.strip_prefix("nodejs") {
        format!("Node.js {}", version.trim_end_matches(".x"))
    } else {
        id.to_owned()
    }
}

pub fn summary(id: &str, memory_mb: u32, timeout_s: u32) -> String {
    format!("{}, {memory_mb} MB, {timeout_s} s", runtime(id))
}

pub fn megabytes(count: u32) -> String {
    format!("{} MB", grouped(count.into()))
}

pub fn seconds(count: u32) -> String {
    format!("{count} s")
}

pub fn handler_is(handler: &str) -> String {
    format!("Handler: {handler}")
}

pub fn no_name(name: &str) -> String {
    format!("{name} is there already.")
}

pub const BAD_FILE_NAME: &str = "A name such as prices.json or lib/tools.py.";

pub fn not_json(why: &str) -> String {
    format!("The event is not JSON yet: {why}.")
}

/// `143.21 ms`, `1.50 s`
pub fn ms(ms: f64) -> String {
    if ms < 1_000.0 { format!("{ms:.2} ms") } else { format!("{:.2} s", ms / 1_000.0) }
}

pub fn used_of(used: f64, memory: f64) -> String {
    format!("{used:.0} of {memory:.0} MB")
}

pub fn go_to_line(file: &str, line: u32) -> String {
    format!("Go to {file}, line {line}")
}

pub fn running_count(running: usize, all: usize) -> String {
    if all == 0 {
        COLD_NOW.into()
    } else if running == 0 {
        format!("{all} warm")
    } else {
        format!("{running} of {all} busy")
    }
}

pub fn born_and_busy(born: usize, busy: usize, frozen: usize) -> String {
    let parts = [(born, "being born"), (busy, "busy"), (frozen, "frozen")];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    said.join(", ")
}

/// `6 s`, `7 min`, `2 h`
pub fn span(ms: f64) -> String {
    let seconds = (ms / 1_000.0).max(0.0);
    if seconds < 120.0 {
        format!("{seconds:.0} s")
    } else if seconds < 7_200.0 {
        format!("{:.0} min", seconds / 60.0)
    } else {
        format!("{:.0} h", seconds / 3_600.0)
    }
}

pub fn starting_for(ms: f64) -> String {
    format!("first call, for {}", span(ms))
}

/// Nobody has called yet.
pub fn beforehand_for(ms: f64) -> String {
    format!("before any call, for {}", span(ms))
}

/// An environment that was asked for beforehand: by which name.
pub fn provisioned_for(name: &str) -> String {
    format!("for {name}")
}

pub fn born_ago(ms: f64) -> String {
    format!("born {} ago", span(ms))
}

pub fn frozen_for(idle_ms: f64, age_ms: f64) -> String {
    format!("for {}, born {} ago", span(idle_ms), span(age_ms))
}

pub fn gone_for(ms: f64) -> String {
    format!("last seen {} ago", span(ms))
}

pub fn served(count: u64, busy: bool) -> String {
    if busy {
        format!("{} served, call {} now", grouped(count.saturating_sub(1)), grouped(count))
    } else {
        format!("{} served, still warm", grouped(count))
    }
}

pub fn served_and_gone(count: usize) -> String {
    format!("{} served, memory lost", grouped(count as u64))
}

// ---- monitor
pub const MONITOR: &str = "What it did";
pub const SPAN: &str = "Time";
pub const AS_TABLE: &str = "As a table";
pub const INVOCATIONS: &str = "Invocations";
pub const ERRORS: &str = "Errors";
pub const CONCURRENCY: &str = "Concurrency";
pub const COLD_STARTS: &str = "Cold starts";
pub const THROTTLES: &str = "Throttles";
pub const AVERAGE: &str = "Average";
pub const LONGEST: &str = "Longest";

/// How far back: in milliseconds, with words. Nothing is everything.
pub const TIMES: [(&str, Option<f64>); 4] = [
    ("Last 15 minutes", Some(900_000.0)),
    ("Last hour", Some(3_600_000.0)),
    ("Last day", Some(86_400_000.0)),
    ("All that is kept", None),
];

pub fn longest(milliseconds: f64) -> String {
    format!("longest {}", ms(milliseconds))
}

pub fn chart_invocations(invocations: u32, errors: u32) -> String {
    format!("{invocations} invocations, {errors} of them failed")
}

pub fn chart_errors(errors: u32) -> String {
    format!("{errors} invocations failed")
}

pub fn chart_duration(average: f64, longest: f64) -> String {
    format!("Durations: {} on average, {} the longest", ms(average), ms(longest))
}

pub fn chart_concurrency(most: f64) -> String {
    format!("At most {most:.0} at a time")
}

pub fn chart_cold(cold: u32, invocations: u32) -> String {
    format!("{cold} of {invocations} invocations started cold")
}

pub fn chart_throttles(throttles: u32) -> String {
    format!("{throttles} requests were throttled")
}

// ---- load
pub const LOAD: &str = "Load simulator";
pub const LOAD_MEASURED: &str = "Sends requests to a model of this function, thousands in a blink. Its durations are those that were measured here; nothing runs and nothing is billed.";
pub const LOAD_GUESSED: &str = "Sends requests to a model of this function, thousands in a blink. It has not run yet, so its durations are guesses: test it, and they are measured ones.";
pub const REQUESTS: &str = "Requests";
pub const SECONDS: &str = "In seconds";
pub const SHAPE: &str = "Shape";
pub const SHAPES: [(&str, &str); 3] = [("Ramp", "Ramp"), ("Steady", "Steady"), ("Burst", "Burst")];
pub const LIMIT: &str = "At once, at most";
pub const DURATION_MS: &str = "Duration, ms";
pub const INIT_MS: &str = "Cold start, ms";
pub const MEMORY_MB: &str = "Memory, MB";
pub const SEND: &str = "Send";
pub const THROTTLED: &str = "Throttled, 429";
pub const AT_ONCE: &str = "At once";
pub const MEDIAN: &str = "Half take at most";
pub const P99: &str = "99 % at most";
pub const GB_SECONDS: &str = "GB-seconds";
pub const COST: &str = "Cost";
pub const COST_SO_FAR: &str = "Cost so far";
pub const AT_SECOND: &str = "Second";
pub const RUNNING_AT_ONCE: &str = "running at once";
pub const NOTHING_FREE: &str =
    "The cost is the price list's, with none of the free tier taken off.";

pub fn gb_seconds(count: f64) -> String {
    if count < 100.0 { format!("{count:.2}") } else { format!("{count:.0}") }
}

/// `$0.001041`, `$1.04`
pub fn usd(amount: f64) -> String {
    if amount < 1.0 { format!("${amount:.6}") } else { format!("${amount:.2}") }
}

pub fn limit_is(limit: u64) -> String {
    format!("limit {}", grouped(limit))
}

pub fn cost_is(amount: f64) -> String {
    format!("cost {}", usd(amount))
}

pub fn marks_cold() -> &'static str {
    "▼ cold starts"
}

pub fn marks_throttled() -> &'static str {
    "┃ throttled"
}

pub fn advice(throttled: u64, cold: u64) -> String {
    if throttled > 0 {
        "Throttled requests cost nothing, and the caller has to try again. Raise the limit, or let the function be quicker, to see fewer.".into()
    } else if cold > 0 {
        format!(
            "{} met a cold start. What runs before the handler, and how much memory it has, decides how long that takes.",
            counted(usize::try_from(cold).unwrap_or_default(), "request", "requests")
        )
    } else {
        "Every request found a warm environment.".into()
    }
}

pub fn chart_load(seconds: u64, most: u64, (cold, throttled): (u64, u64), cost: f64) -> String {
    format!(
        "Concurrency over {seconds} simulated seconds: at most {} at once, {} cold starts, {} requests throttled, cost {}",
        grouped(most),
        grouped(cold),
        grouped(throttled),
        usd(cost)
    )
}

// ---- configuration
pub const CONFIGURATION: &str = "Configuration";
pub const SAVE: &str = "Save";
pub const REMOVE: &str = "Remove";
pub const IS_SET: &str = "Set";
pub const NOT_SET: &str = "Not set";
pub const GENERAL: &str = "General";
pub const GENERAL_MORE: &str = "More memory brings more processor with it, and costs more a millisecond. After the time-out the run is ended.";
pub const TIMEOUT_S: &str = "Time-out, s";
pub const HANDLER: &str = "Handler (file.function)";
pub const DESCRIPTION: &str = "Description";
pub const VARIABLES: &str = "Environment variables";
pub const VARIABLES_MORE: &str = "The code reads them from os.environ or process.env. A change lets all environments start anew.";
pub const TAGS: &str = "Tags";
pub const TAGS_MORE: &str = "Names and values by which costs are sorted and rules are made.";
pub const RESERVED: &str = "Reserved concurrency";
pub const URL: &str = "Function URL";
pub const URL_MORE: &str = "An address of the function's own: a request to it is an event, and what the handler returns is the answer.";
pub const AUTH: &str = "Who may call";
pub const EVENTS: &str = "Asynchronous events";
pub const EVENTS_MORE: &str = "Events that Lambda takes at once: by S3, by a schedule, or by Invoke as an Event. What fails is tried again after 1 and after 2 minutes.";
pub const RETRIES: &str = "Tries again";
pub const MAX_AGE: &str = "Oldest, in seconds";
pub const ON_SUCCESS_ARN: &str = "Who is told of success (ARN)";
pub const ON_FAILURE_ARN: &str = "Who is told of failure (ARN)";

pub fn changing(what: &str) -> String {
    format!("{what}: change")
}

pub fn changed(what: &str) -> String {
    format!("{what}: saved")
}

pub fn reserved(count: Option<u32>) -> String {
    count.map_or_else(|| "Shared".to_owned(), |count| format!("{} at once", grouped(count.into())))
}

pub fn reserved_more(free: u32) -> String {
    format!(
        "How many may run at once: kept for this function, and never more. Without it the function shares {} with all others here. 0 switches it off.",
        grouped(free.into())
    )
}

pub fn auth(kind: &str) -> &'static str {
    if kind == "NONE" { "Everybody who is let by the policy" } else { "Signed requests (AWS_IAM)" }
}

pub fn name_of_row(at: usize) -> String {
    format!("Name {}", at + 1)
}

pub fn value_of_row(at: usize) -> String {
    format!("Value {}", at + 1)
}

pub fn remove_row(name: &str) -> String {
    format!("Remove {name}")
}

// ---- triggers
pub const TRIGGERS: &str = "What starts it, and where its answer goes";
pub const TRIGGER: &str = "Trigger";
pub const ADD_TRIGGER: &str = "Add a trigger";
pub const ADD_TRIGGER_MORE: &str = "S3 tells the function of objects. Two calls: the bucket is let invoke the function, and then told to.";
pub const NO_TRIGGERS: &str = "Nothing starts it yet but a call to Invoke.";
pub const NO_DESTINATIONS: &str =
    "Its answer goes to who called. What fails asynchronously is dropped in the end.";
pub const NO_BUCKETS: &str = "There is no bucket yet that could tell it of anything.";
pub const EVENT_WIRE: &str = "event";
pub const ASYNC_WIRE: &str = "async";
pub const ANSWER_WIRE: &str = "answer";
pub const ON_SUCCESS: &str = "on success";
pub const ON_FAILURE: &str = "on failure";
pub const DEAD_LETTERS: &str = "dead letters";
pub const BUCKET: &str = "Bucket";
pub const WHEN: &str = "When";
pub const PREFIX: &str = "Key begins with";
pub const SUFFIX: &str = "Key ends with";
pub const POLICY: &str = "Who may invoke it";
pub const POLICY_MORE: &str = "The resource policy: who of other services and accounts may. Roles of this account may by their own policies.";
pub const STATEMENT: &str = "Statement";
pub const WHO: &str = "Who";
pub const MAY: &str = "May";
pub const FROM: &str = "Only from";

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html>
pub const S3_EVENTS: [(&str, &str); 4] = [
    ("s3:ObjectCreated:*", "An object has come"),
    ("s3:ObjectCreated:Put", "An object was put"),
    ("s3:ObjectCreated:Copy", "An object was copied"),
    ("s3:ObjectRemoved:*", "An object has gone"),
];

pub fn tries(retries: u32, told: bool) -> String {
    let tries = match retries {
        0 => "no retry".to_owned(),
        1 => "1 retry".to_owned(),
        count => format!("{count} retries"),
    };
    if told { format!("{tries}, then a destination") } else { tries }
}

/// `ObjectCreated:*, orders/*.csv`
pub fn notification(events: &[String], prefix: &str, suffix: &str) -> String {
    let names: Vec<&str> =
        events.iter().map(|event| event.strip_prefix("s3:").unwrap_or(event)).collect();
    let keys = if prefix.is_empty() && suffix.is_empty() {
        "all keys".to_owned()
    } else {
        format!("{prefix}*{suffix}")
    };
    format!("{}, {keys}", names.join(", "))
}

pub fn adding_trigger(bucket: &str) -> String {
    format!("Let {bucket} start the function")
}

pub fn permitted(bucket: &str) -> String {
    format!("{bucket} may invoke it")
}

pub fn trigger_added(bucket: &str) -> String {
    format!("{bucket} starts it")
}

pub fn remove_trigger(bucket: &str) -> String {
    format!("Remove the trigger {bucket}")
}

pub const SOURCE: &str = "What starts it";
pub const NO_QUEUES: &str = "There is no queue in this Region whose messages could start it.";

/// `Enabled, batches of 10`
pub fn mapped(state: &str, batches: &str) -> String {
    format!("{state}, {batches}")
}

pub fn mapping_added(queue: &str) -> String {
    format!("The messages of {queue} start the function")
}

pub fn mapping_removed(queue: &str) -> String {
    format!("The messages of {queue} no longer start the function")
}

pub fn trigger_removed(bucket: &str) -> String {
    format!("{bucket} no longer starts it")
}
