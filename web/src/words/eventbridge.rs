//! The words of the EventBridge console. Terms and names of places are those of AWS's own.

use crate::route::eventbridge::EventsPart;
use crate::state::eventbridge::target::{Gets, Kind, Wrong};
use crate::state::sizes::{counted, grouped};

pub const EVENTBRIDGE: &str = "EventBridge";
pub const GO_TO: &str = "Go to EventBridge";
pub const LOADING: &str = "Listing buses and rules.";
pub const LOADING_ONE: &str = "Reading the rule.";
pub const NAME: &str = "Name";
pub const DESCRIPTION: &str = "Description";
pub const ARN: &str = "ARN";
pub const CREATED: &str = "Created";
pub const STATE: &str = "State";
pub const SAVE: &str = "Save";
pub const EDIT: &str = "Edit";
pub const NONE: &str = "none";
pub const NOTHING: &str = "None";
pub const OPTIONAL_DESCRIPTION: &str = "Description (optional)";

// ---- buses
pub const BUSES: &str = "Event buses";
pub const BUSES_MORE: &str = "A bus takes events in; its rules say which of them go where. Services tell of themselves on the default one.";
pub const BUS: &str = "Event bus";
pub const ALL_BUSES: &str = "All event buses";
pub const NO_BUS: &str =
    "There is no such event bus in this Region. Was it deleted, or made in another?";
pub const CREATE_BUS: &str = "Create event bus";
pub const BUS_NAME: &str = "Event bus name";
pub const SAMPLE_BUS: &str = "orders";
pub const DELETE_BUS: &str = "Delete event bus";
pub const DELETE_BUS_MORE: &str = "Its rules have to be deleted first. Archives of it stay.";
pub const ARCHIVES_COUNT: &str = "Archives";
pub const PARTS_OF_BUS: &str = "Parts of the event bus";

// ---- permissions
pub const PERMISSIONS: &str = "Permissions";
pub const PERMISSIONS_MORE: &str = "Its own account may always send to a bus, unless the policy denies it. Other accounts may if the policy lets them: PutPermission writes it, in Python or in the Terminal.";
pub const NO_POLICY: &str = "The bus has no policy: only its own account sends to it.";
pub const POLICY_JSON: &str = "Resource-based policy (JSON)";
pub const STATEMENT: &str = "Statement";
pub const EFFECT: &str = "Effect";
pub const WHO: &str = "Principal";
pub const MAY: &str = "Action";
pub const IF: &str = "Condition";

// ---- connections
pub const CONNECTIONS: &str = "Connections";
pub const CONNECTIONS_MORE: &str = "A connection holds what lets a request in: a key, a password, a token. HTTP Tasks of Step Functions name one, and so do API destinations.";
pub const NO_CONNECTIONS: &str = "No connections in this Region yet.";
pub const CONNECTION: &str = "Connection";
pub const CREATE_CONNECTION: &str = "Create connection";
pub const CONNECTION_NAME: &str = "Connection name";
pub const SAMPLE_CONNECTION: &str = "shop";
pub const AUTHORIZATION: &str = "Authorization type";
pub const SECRETS_MORE: &str =
    "Nobody is shown a secret again. Here they lie in this browser alone: do not use real ones.";
pub const DELETE_CONNECTION_MORE: &str =
    "Tasks and API destinations that name it fail from then on.";

/// A way to authorize requests, by AWS's name for it.
pub fn authorization(kind: &str) -> &str {
    match kind {
        "API_KEY" => "API key",
        "BASIC" => "Basic (username and password)",
        "OAUTH_CLIENT_CREDENTIALS" => "OAuth client credentials",
        other => other,
    }
}

/// A field of the form, by the member that it becomes.
pub fn connection_field(member: &str) -> &'static str {
    match member {
        "ApiKeyName" => "API key name (a header)",
        "ApiKeyValue" => "Value",
        "Username" => "Username",
        "Password" => "Password",
        "AuthorizationEndpoint" => "Authorization endpoint (https://)",
        "ClientID" => "Client ID",
        _ => "Client secret",
    }
}

/// The id of that field.
pub fn connection_field_id(member: &str) -> &'static str {
    match member {
        "ApiKeyName" => "api-key-name",
        "ApiKeyValue" => "api-key-value",
        "Username" => "connection-username",
        "Password" => "connection-password",
        "AuthorizationEndpoint" => "authorization-endpoint",
        "ClientID" => "client-id",
        _ => "client-secret",
    }
}

// ---- API destinations
pub const DESTINATIONS: &str = "API destinations";
pub const DESTINATIONS_MORE: &str = "An API destination is an address that events are sent to, with what a connection lets in. Here only what is simulated can be reached: functions' URLs, objects.";
pub const NO_DESTINATIONS: &str = "No API destinations in this Region yet.";
pub const DESTINATION: &str = "API destination";
pub const CREATE_DESTINATION: &str = "Create API destination";
pub const DESTINATION_NAME: &str = "API destination name";
pub const SAMPLE_DESTINATION: &str = "shop-orders";
pub const ENDPOINT: &str = "API destination endpoint (https://)";
pub const ENDPOINT_HEAD: &str = "Endpoint";
pub const METHOD: &str = "HTTP method";
pub const METHODS: [&str; 7] = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"];
pub const RATE: &str = "Rate limit";
pub const RATE_LIMIT: &str = "Invocation rate limit per second";
pub const RATE_LIMIT_MORE: &str = "Left empty, it is 300 a second.";
pub const DELETE_DESTINATION_MORE: &str = "Rules that send to it fail from then on.";
pub const CONNECTION_FIRST: &str = "There has to be a connection first.";

pub fn delete_destination_ask(name: &str) -> String {
    format!("Delete the API destination {name}?")
}

/// `300 a second`
pub fn rate(count: u32) -> String {
    format!("{} a second", grouped(u64::from(count)))
}

pub fn delete_connection_ask(name: &str) -> String {
    format!("Delete the connection {name}?")
}

// ---- rules
pub const RULES: &str = "Rules";
pub const NO_RULES: &str = "No rules on this bus yet";
pub const NO_RULES_MORE: &str =
    "A rule picks events by a pattern, or makes them by a schedule, and gives them to its targets.";
pub const FIND: &str = "Find rules";
pub const NONE_FOUND: &str = "No rule has that in its name, its pattern or its targets.";
pub const CREATE_RULE: &str = "Create rule";
pub const WANTS: &str = "Event pattern or schedule";
pub const TARGETS: &str = "Targets";
pub const ENABLED: &str = "Enabled";
pub const DISABLED: &str = "Disabled";
pub const ENABLE: &str = "Enable";
pub const DISABLE: &str = "Disable";
pub const LAST_ERROR: &str = "Last error";
/// The heads of columns, short; their titles are the metrics' names.
pub const HEADS: [&str; 5] = ["Triggered", "Invocations", "Failed", "Retries", "To DLQ"];
/// The metrics that CloudWatch has on AWS, by AWS's names.
pub const TRIGGERED: &str = "TriggeredRules";
pub const INVOCATIONS: &str = "Invocations";
pub const FAILED: &str = "FailedInvocations";
pub const RETRIES: &str = "RetryInvocationAttempts";
pub const TO_DLQ: &str = "InvocationsSentToDlq";
pub const NOT_TO_DLQ: &str = "InvocationsFailedToBeSentToDlq";
pub const COUNTS: &str = "What has come of the rule";

// ---- a rule
pub const RULE: &str = "Rule";
pub const ALL_RULES: &str = "All rules of the bus";
pub const NO_RULE: &str = "There is no such rule on this bus. Was it deleted, or made on another bus or in another Region?";
pub const PARTS_OF_RULE: &str = "Parts of the rule";
pub const DELETE_RULE: &str = "Delete rule";
pub const RULE_TYPE: &str = "Rule type";
pub const BY_PATTERN: &str = "Rule with an event pattern";
pub const BY_PATTERN_MORE: &str = "Runs when an event on the bus matches the pattern.";
pub const BY_SCHEDULE: &str = "Schedule";
pub const BY_SCHEDULE_MORE: &str =
    "Runs at regular times. Only the default event bus has schedules.";
pub const RULE_NAME: &str = "Rule name";
pub const SAMPLE_RULE: &str = "large-orders";
pub const ENABLE_IT: &str = "Enable the rule on the selected event bus";
pub const PATTERN: &str = "Event pattern";
pub const PATTERN_MORE: &str =
    "What a pattern does not name may be anything. Values stand in lists: one of them has to fit.";
pub const PATTERN_JSON: &str = "Event pattern (JSON)";
pub const BEGIN_WITH: &str = "Begin with";
pub const SAMPLE_CUSTOM: &str = "An event of your own";
pub const SAMPLE_S3: &str = "S3: Object Created";
pub const SAMPLE_STATES: &str = "Step Functions: execution status change";
pub const SCHEDULE: &str = "Schedule expression";
pub const SCHEDULE_MORE: &str = "rate(value unit), or cron(minutes hours day-of-month month day-of-week year). All times are UTC.";
pub const SAMPLE_SCHEDULE: &str = "rate(5 minutes)";
pub const SCHEDULES: [(&str, &str); 5] = [
    ("rate(5 minutes)", "Every 5 minutes"),
    ("rate(1 hour)", "Every hour"),
    ("cron(0 12 * * ? *)", "At noon each day"),
    ("cron(0/15 9-17 ? * MON-FRI *)", "Every 15 minutes in office hours"),
    ("cron(0 8 1 * ? *)", "At 8:00 on the first of each month"),
];
pub const NEXT_TIMES: &str = "Next times (UTC)";
pub const NO_SCHEDULE: &str = "This is no schedule expression yet.";
pub const NEVER: &str = "It is never due again.";
pub const NOT_DUE: &str = "Nothing happens then: the rule is disabled.";
pub const NO_TARGET_DUE: &str = "Nothing happens then: the rule has no targets yet.";
pub const SAVED_RULE: &str = "Saved the rule";
pub const SAVE_RULE: &str = "Save the rule";

// ---- does it match?
pub const TEST: &str = "Test event pattern";
pub const TEST_TITLE: &str = "Does this event match?";
pub const TEST_MORE: &str =
    "The pattern as it stands in the field is asked, whether it is saved or not.";
pub const SAMPLE_EVENT: &str = "Sample event";
pub const EVENT_JSON: &str = "Event (JSON)";
pub const MATCHES: &str = "Sample event matched the event pattern";
pub const MATCHES_NOT: &str = "Sample event did not match the event pattern";

// ---- targets
pub const TARGETS_MORE: &str = "Each gets the events that the rule picks. EventBridge needs permission to call a function or a queue: the console gives it, as AWS's does.";
pub const NO_TARGETS: &str = "The rule has no targets: what it picks goes nowhere.";
pub const ADD_TARGET: &str = "Add target";
pub const TARGET: &str = "Target";
pub const TARGET_TYPE: &str = "Target type";
pub const TARGET_ID: &str = "ID";
pub const ROLE: &str = "Execution role (ARN)";
pub const ROLE_DEFAULT: &str =
    "arn:aws:iam::123456789012:role/service-role/Amazon_EventBridge_Invoke";
pub const PATH_VALUES: &str = "Path parameters, one a line for each * of the endpoint";
pub const QUERY: &str = "Query string parameters (JSON)";
pub const HEADERS: &str = "Header parameters (JSON)";
pub const GROUP: &str = "Message group ID";
pub const INPUT: &str = "Configure target input";
pub const PATH: &str = "Part of the matched event (JSONPath)";
pub const SAMPLE_PATH: &str = "$.detail";
pub const CONSTANT: &str = "Constant (JSON text)";
pub const SAMPLE_CONSTANT: &str = "{\"say\": \"hello\"}";
pub const PATHS: &str = "Input path (JSON)";
pub const SAMPLE_PATHS: &str = "{\"order\": \"$.detail.order\"}";
pub const TEMPLATE: &str = "Input template";
pub const SAMPLE_TEMPLATE: &str = "\"Order <order> came.\"";
pub const DEAD_LETTERS: &str = "Dead-letter queue";
pub const RETRY_ATTEMPTS: &str = "Retry attempts";
pub const AGE: &str = "Maximum age of event (s)";
pub const RETRY_POLICY: &str = "Retry policy";
/// What stands for it where none is set.
const RETRIES_USUAL: &str = "24 hours, 185 retries";
pub const AS_AWS: &str = "Left empty, an event is tried again for 24 hours, 185 times at most.";
pub const MADE_PERMISSION: &str = "Let EventBridge call the target";
pub const TOOK_PERMISSION: &str = "Took EventBridge's leave away";
pub const SAVE_TARGET: &str = "Save target";

// ---- send
pub const SEND: &str = "Send events";
pub const SEND_MORE: &str =
    "Rules of the bus see the event at once. Sources that begin with aws. are the services' own.";
pub const SOURCE: &str = "Event source";
pub const DETAIL_TYPE: &str = "Detail type";
pub const RESOURCES: &str = "Resources, one a line (optional)";
pub const DETAIL: &str = "Event detail (JSON)";
pub const SEND_BUTTON: &str = "Send";
pub const SENDING: &str = "Send an event";
pub const SENT: &str = "Sent an event";
pub const NOT_TAKEN: &str = "Asked, and the event was not taken";
pub const ANSWER: &str = "Answer";
pub const ANSWER_JSON: &str = "The answer (JSON)";
pub const EVENT_ID: &str = "Event ID";
pub const NOT_SENT_YET: &str =
    "Send an event, and here stands what EventBridge answers and which rules it sets off.";
pub const SET_OFF: &str = "Rules set off since";
pub const SET_OFF_MORE: &str = "Counted from the moment it was sent, on all buses of the Region: what else came is in it, too.";
pub const NONE_SET_OFF: &str = "No rule wanted it so far.";

// ---- archives and replays
pub const ARCHIVES: &str = "Archives";
pub const ARCHIVES_MORE: &str =
    "An archive keeps what comes to the bus from now on, to be sent again.";
pub const NO_ARCHIVES: &str = "No archive keeps this bus's events.";
pub const CREATE_ARCHIVE: &str = "Create archive";
pub const ARCHIVE_NAME: &str = "Archive name";
pub const SAMPLE_ARCHIVE: &str = "all-orders";
pub const RETENTION: &str = "Retention period (days)";
pub const RETENTION_MORE: &str =
    "0 keeps events indefinitely. Without a pattern all events are kept.";
pub const ARCHIVE_PATTERN: &str = "Event pattern (JSON, optional)";
pub const EVENTS: &str = "Events";
pub const SIZE: &str = "Size";
pub const KEPT: &str = "Kept for";
pub const FOR_EVER: &str = "ever";
pub const ALL_EVENTS: &str = "all events";
pub const DELETE_ARCHIVE_MORE: &str = "The events that it keeps are gone for good.";
pub const REPLAYS: &str = "Replays";
pub const REPLAYS_MORE: &str =
    "A replay sends the events of an archive to its bus again, a minute's worth at a time.";
pub const NO_REPLAYS: &str = "Nothing was sent again yet.";
pub const START_REPLAY: &str = "Start replay";
pub const REPLAY_NAME: &str = "Replay name";
pub const SAMPLE_REPLAY: &str = "again-1";
pub const ARCHIVE: &str = "Archive";
pub const FROM: &str = "Start time (UTC)";
pub const TO: &str = "End time (UTC)";
pub const SPAN_MORE: &str = "Left empty, all that the archive has until now is sent.";
pub const WHICH_RULES: &str = "Specify rules";
pub const ALL_RULES_OF_IT: &str = "All rules";
pub const SPAN: &str = "Events of";
pub const STARTED: &str = "Started";
pub const LAST_REPLAYED: &str = "Last event replayed";
pub const CANCEL_REPLAY: &str = "Cancel replay";
pub const CANCELLED: &str = "Cancelled the replay";
pub const ARCHIVE_FIRST: &str = "There is nothing to send again before there is an archive.";

pub fn of_bus(part: EventsPart) -> &'static str {
    match part {
        EventsPart::Send => SEND,
        EventsPart::Archives => "Archives and replays",
        EventsPart::Permissions => PERMISSIONS,
        _ => RULES,
    }
}

pub fn of_rule(part: EventsPart) -> &'static str {
    match part {
        EventsPart::Targets => TARGETS,
        _ => WANTS,
    }
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Function => "Lambda function",
        Kind::Queue => "SQS queue",
        Kind::Machine => "Step Functions state machine",
        Kind::LogGroup => "CloudWatch log group",
        Kind::Bus => "EventBridge event bus",
        Kind::Destination => "EventBridge API destination",
    }
}

/// What is to be made first, and where that is done.
pub fn none_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Function => "There is no function in this Region.",
        Kind::Queue => "There is no queue in this Region.",
        Kind::Machine => "There is no state machine in this Region.",
        Kind::LogGroup => "There is no log group in this Region.",
        Kind::Bus => "There is no other event bus in this Region.",
        Kind::Destination => {
            "There is no API destination in this Region. They are made below the event buses."
        }
    }
}

pub fn gets(gets: Gets) -> &'static str {
    match gets {
        Gets::Matched => "Matched event",
        Gets::Path => "Part of the matched event",
        Gets::Constant => "Constant (JSON text)",
        Gets::Transformer => "Input transformer",
    }
}

pub fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Paths => "The input path is a JSON object of names and JSONPaths.",
        Wrong::Parameters => {
            "Query string and header parameters are JSON objects of names and texts."
        }
        Wrong::Number => "Retry attempts and the age are whole numbers.",
    }
}

pub fn rule_count(count: usize) -> String {
    counted(count, "rule", "rules")
}

pub fn bus_count(count: usize) -> String {
    counted(count, "event bus", "event buses")
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

pub fn delete_bus_ask(name: &str) -> String {
    format!("Delete the event bus {name}?")
}

pub fn delete_rule_ask(name: &str, targets: usize) -> String {
    if targets == 0 {
        return format!("Delete the rule {name}?");
    }
    format!("Delete the rule {name}, with its {}?", counted(targets, "target", "targets"))
}

pub fn delete_archive_ask(name: &str) -> String {
    format!("Delete the archive {name}?")
}

pub fn toggle(on: bool, name: &str) -> String {
    format!("{} {name}", if on { ENABLE } else { DISABLE })
}

pub fn toggled(on: bool, name: &str) -> String {
    format!("{} {name}", if on { ENABLED } else { DISABLED })
}

pub fn targets_gone(name: &str) -> String {
    format!("Removed the targets of {name}")
}

pub fn removing_target(name: &str) -> String {
    format!("Remove the target {name}")
}

pub fn removed_target(name: &str) -> String {
    format!("Removed the target {name}")
}

pub fn editing_target(name: &str) -> String {
    format!("Edit the target {name}")
}

pub fn putting_target(name: &str) -> String {
    format!("Put the target {name}")
}

pub fn put_target(name: &str) -> String {
    format!("The rule tells {name}")
}

pub fn letting(name: &str) -> String {
    format!("Let EventBridge call {name}")
}

/// `and 2 more`
pub fn more(count: usize) -> String {
    format!("and {} more", grouped(count as u64))
}

/// How a target is tried again.
pub fn retries(attempts: Option<u64>, age_s: Option<u64>) -> String {
    let attempts = attempts.map(|count| format!("{} retries", grouped(count)));
    let age = age_s.map(|seconds| format!("for {} s", grouped(seconds)));
    let said: Vec<String> = attempts.into_iter().chain(age).collect();
    if said.is_empty() { RETRIES_USUAL.to_owned() } else { said.join(", ") }
}

pub fn days(days: u32) -> String {
    if days == 0 {
        return FOR_EVER.to_owned();
    }
    counted(days as usize, "day", "days")
}

pub fn not_json(why: &str) -> String {
    format!("This is not JSON yet: {why}.")
}

pub fn gone(name: &str) -> String {
    format!("{name} (deleted)")
}

pub fn span(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

pub fn starting_replay(name: &str) -> String {
    format!("Start the replay {name}")
}

pub fn started_replay(name: &str) -> String {
    format!("Started the replay {name}")
}
