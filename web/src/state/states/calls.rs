//! Calls that a Task can make: those that Step Functions has of its own, and every operation that is simulated here.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html>

use std::collections::BTreeMap;

use cloudarium_asl_edit::fresh::Language;
use serde_json::{Map, Value, json};

/// A call.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    /// `S3: GetObject`
    pub label: String,
    /// The task's `Resource`.
    pub resource: String,
    /// As the models name the service, and its operation.
    pub service: String,
    pub operation: String,
}

/// Services whose name in a Resource is another than in their model. <https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html#supported-services-awssdk-list>
fn sdk_name(service: &str) -> &str {
    match service {
        "stepfunctions" => "sfn",
        "logs" => "cloudwatchlogs",
        "events" => "eventbridge",
        other => other,
    }
}

fn camel(operation: &str) -> String {
    let mut letters = operation.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Calls that Step Functions has an integration of its own for, of services that are here; and requests to addresses.
pub fn optimised() -> Vec<Call> {
    let call = |label: &str, resource: &str, service: &str, operation: &str| Call {
        label: label.to_owned(),
        resource: format!("arn:aws:states:::{resource}"),
        service: service.to_owned(),
        operation: operation.to_owned(),
    };
    vec![
        call("Lambda: Invoke", "lambda:invoke", "lambda", "Invoke"),
        call(
            "Step Functions: StartExecution",
            "states:startExecution",
            "stepfunctions",
            "StartExecution",
        ),
        call("SQS: SendMessage", "sqs:sendMessage", "sqs", "SendMessage"),
        call("EventBridge: PutEvents", "events:putEvents", "events", "PutEvents"),
        call("HTTP: Invoke", "http:invoke", "http", "Invoke"),
    ]
}

/// By service the operations that are simulated, with the members of their inputs.
pub type Simulated = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Every simulated operation as an SDK integration.
pub fn sdk(simulated: &Simulated) -> Vec<Call> {
    let all = simulated.iter().flat_map(|(service, operations)| {
        operations.keys().map(move |operation| (service, operation))
    });
    all.map(|(service, operation)| {
        let resource =
            format!("arn:aws:states:::aws-sdk:{}:{}", sdk_name(service), camel(operation));
        let label = super::does(&json!({ "Type": "Task", "Resource": resource }));
        Call { label, resource, service: service.clone(), operation: operation.clone() }
    })
    .collect()
}

impl Call {
    /// Whether it is what somebody looks for: every word is in its label or its resource.
    pub fn is_found_by(&self, words: &str) -> bool {
        let text = format!("{} {}", self.label, self.resource).to_lowercase();
        words.to_lowercase().split([' ', ':']).all(|word| text.contains(word))
    }

    /// Whether it is made as the SDKs make it, and so told of by the model of its service.
    pub fn is_sdk(&self) -> bool {
        self.resource.contains(":::aws-sdk:")
    }

    /// Arguments to begin with: those that the call cannot be made without. `hints` tells of its service.
    pub fn arguments(&self, hints: Option<&Value>, language: Language) -> Value {
        let jsonata = language == Language::Jsonata;
        let whole = |name: &str| {
            if jsonata {
                (name.to_owned(), json!("{% $states.input %}"))
            } else {
                (format!("{name}.$"), json!("$"))
            }
        };
        if self.resource.ends_with(":lambda:invoke") && !self.is_sdk() {
            let name = ("FunctionName".to_owned(), json!("my-function"));
            return [name, whole("Payload")].into_iter().collect::<Map<_, _>>().into();
        }
        if self.resource.ends_with(":states:startExecution") {
            let arn = "arn:aws:states:us-east-1:123456789012:stateMachine:my-machine";
            let arn = ("StateMachineArn".to_owned(), json!(arn));
            return [arn, whole("Input")].into_iter().collect::<Map<_, _>>().into();
        }
        let account = "us-east-1:123456789012";
        let given = match self.resource.strip_prefix("arn:aws:states:::").unwrap_or_default() {
            "sqs:sendMessage" => {
                let queue = "https://sqs.us-east-1.amazonaws.com/123456789012/my-queue";
                vec![("QueueUrl".to_owned(), json!(queue)), whole("MessageBody")]
            }
            "events:putEvents" => {
                let told = [("Source", "my-source"), ("DetailType", "my-event")];
                let told = told.map(|(name, value)| (name.to_owned(), json!(value)));
                let entry: Map<_, _> = told.into_iter().chain([whole("Detail")]).collect();
                vec![("Entries".to_owned(), json!([entry]))]
            }
            "http:invoke" => {
                let connection = format!("arn:aws:events:{account}:connection/my-connection/id");
                vec![
                    ("ApiEndpoint".to_owned(), json!("https://id.lambda-url.us-east-1.on.aws/")),
                    ("Method".to_owned(), json!("POST")),
                    ("InvocationConfig".to_owned(), json!({ "ConnectionArn": connection })),
                    whole("RequestBody"),
                ]
            }
            _ => vec![],
        };
        if !given.is_empty() {
            return given.into_iter().collect::<Map<_, _>>().into();
        }
        hints.and_then(|hints| self.required(hints)).map_or_else(|| json!({}), Value::Object)
    }

    fn required(&self, hints: &Value) -> Option<Map<String, Value>> {
        let operations = hints.get("operations")?.as_object()?;
        let named = |one: &&Value| one.get("name").and_then(Value::as_str) == Some(&self.operation);
        let input = operations.values().find(named)?.get("in")?.as_str()?;
        let shape = hints.get("shapes")?.get(input)?;
        let members = shape.get("q")?.as_array()?.iter().filter_map(Value::as_str);
        let one = |name: &str| {
            let kind = shape.get("s")?.get(name)?.get(0)?.as_str()?;
            Some((pascal(name), sample(name, kind, hints)))
        };
        Some(members.filter_map(one).collect())
    }
}

/// Members are written with a capital letter in a state machine, whatever the service does.
fn pascal(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A value of the right type to begin with.
fn sample(name: &str, kind: &str, hints: &Value) -> Value {
    match kind {
        ":int" | ":float" => json!(1),
        ":bool" => json!(true),
        ":str" | ":bytes" | ":stream" | ":time" | ":json" => {
            json!(format!("my-{}", name.to_lowercase()))
        }
        shape => match hints.get("shapes").and_then(|shapes| shapes.get(shape)) {
            Some(shape) if shape.get("l").is_some() => json!([]),
            Some(shape) if shape.get("e").is_some() => {
                shape.pointer("/e/0").cloned().unwrap_or_default()
            }
            _ => json!({}),
        },
    }
}

/// How a task waits for what it has asked for.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html>
pub const PATTERNS: [&str; 4] = ["", ".sync", ".sync:2", ".waitForTaskToken"];

/// The pattern of a Resource.
pub fn pattern(resource: &str) -> &'static str {
    let found = PATTERNS.iter().rev().find(|one| !one.is_empty() && resource.ends_with(**one));
    found.copied().unwrap_or_default()
}

/// The patterns that a Resource may have.
pub fn patterns(resource: &str) -> Vec<&'static str> {
    if !resource.starts_with("arn:aws:states:::") {
        return vec![""];
    }
    if resource.ends_with(":::http:invoke") {
        return vec![""];
    }
    let is_machine = resource.contains(":states:startExecution");
    PATTERNS.into_iter().filter(|one| is_machine || !one.starts_with(".sync")).collect()
}

/// The Resource with another pattern.
pub fn with_pattern(resource: &str, pattern: &str) -> String {
    let bare = resource.strip_suffix(self::pattern(resource)).unwrap_or(resource);
    format!("{bare}{pattern}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simulated() -> Simulated {
        serde_json::from_value(json!({ "s3": { "GetObject": ["Bucket", "Key"] }, "stepfunctions": { "StopExecution": [] } }))
            .expect("it is one")
    }

    #[test]
    fn every_operation_is_a_call() {
        let all = sdk(&simulated());
        let told: Vec<(&str, &str)> =
            all.iter().map(|call| (call.label.as_str(), call.resource.as_str())).collect();
        assert_eq!(
            told,
            [
                ("S3: GetObject", "arn:aws:states:::aws-sdk:s3:getObject"),
                ("Step Functions: StopExecution", "arn:aws:states:::aws-sdk:sfn:stopExecution"),
            ]
        );
        assert!(all[0].is_found_by("s3 get") && all[0].is_found_by("S3:getobj"));
        assert!(!all[0].is_found_by("s3 put"));
    }

    #[test]
    fn arguments_begin_with_what_is_required() {
        let hints = json!({ "operations": { "get_object": { "name": "GetObject", "in": "In" } },
            "shapes": { "In": { "s": { "Bucket": [":str", ""], "tags": ["Tags", ""], "Key": [":str", ""] }, "q": ["Bucket", "tags"] }, "Tags": { "l": ":str" } } });
        let call = &sdk(&simulated())[0];
        let arguments = call.arguments(Some(&hints), Language::JsonPath);
        assert_eq!(arguments, json!({ "Bucket": "my-bucket", "Tags": [] }));
        assert_eq!(call.arguments(None, Language::Jsonata), json!({}));
        let invoke = &optimised()[0];
        assert_eq!(invoke.arguments(None, Language::Jsonata)["Payload"], "{% $states.input %}");
        assert_eq!(invoke.arguments(None, Language::JsonPath)["Payload.$"], "$");
        let own = optimised();
        let named = |name: &str| own.iter().find(|call| call.resource.ends_with(name));
        let first = |name: &str| {
            let arguments = named(name).map(|call| call.arguments(None, Language::Jsonata));
            arguments.unwrap_or_default()
        };
        assert_eq!(first("sqs:sendMessage")["MessageBody"], "{% $states.input %}");
        assert_eq!(first("events:putEvents")["Entries"][0]["Detail"], "{% $states.input %}");
        assert_eq!(first("http:invoke")["Method"], "POST");
    }

    #[test]
    fn a_pattern_is_the_end_of_a_resource() {
        let machine = "arn:aws:states:::states:startExecution.sync:2";
        assert_eq!(pattern(machine), ".sync:2");
        assert_eq!(patterns(machine), PATTERNS);
        let waits = with_pattern(machine, ".waitForTaskToken");
        assert_eq!(waits, "arn:aws:states:::states:startExecution.waitForTaskToken");
        assert_eq!(patterns("arn:aws:states:::lambda:invoke"), ["", ".waitForTaskToken"]);
        assert_eq!(patterns("arn:aws:states:::http:invoke"), [""]);
        assert_eq!(patterns("arn:aws:lambda:us-east-1:123456789012:function:f"), [""]);
        assert_eq!(with_pattern(&waits, ""), "arn:aws:states:::states:startExecution");
    }
}
