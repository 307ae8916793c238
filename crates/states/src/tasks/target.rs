//! Which API call a task's resource means.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use cloudarium_asl::doc;
use cloudarium_asl::exec::{Resource, TaskRequest};
use cloudarium_shape::model::{Operation, Service, Shape};
use cloudarium_shape::{Map, Value, model};
use serde_json::{Value as Json, json};

use super::convert;

/// Names that the SDK for Java has for services, where the model's differ.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html>
const SDK_NAMES: &[(&str, &str)] =
    &[("sfn", "stepfunctions"), ("cloudwatchlogs", "logs"), ("eventbridge", "events")];

/// A service's model, its operation, the input.
type Call = (String, String, Value);
/// An error and a cause.
type Refused = (Option<String>, Option<String>);

/// The call that a task asks for; `about` are the ARNs of the execution and its machine.
pub fn of(request: &TaskRequest, about: &[&str]) -> Result<Call, Refused> {
    let arguments = request.arguments.value();
    match &request.resource {
        Resource::Lambda => {
            let payload = doc::write(arguments);
            let input = Map::from([
                ("FunctionName".to_owned(), Value::from(request.arn.as_ref())),
                ("Payload".to_owned(), Value::Blob(payload.into())),
            ]);
            Ok(("lambda".to_owned(), "Invoke".to_owned(), Value::Map(input)))
        }
        Resource::Service { kind, action } => {
            let action = action.split('.').next().unwrap_or_default();
            let operation = pascal(action);
            match kind.strip_prefix("aws-sdk:") {
                Some(name) => {
                    let mut call = by_name(model_name(name), &operation, arguments)?;
                    let found = model::service(&call.0);
                    let known = found.and_then(|found| Some((found, found.operation(&call.1)?)));
                    if let Some((found, known)) = known {
                        add_checksum(found.input(known), &mut call.2);
                    }
                    Ok(call)
                }
                None => optimised(kind, &operation, arguments, about),
            }
        }
        Resource::Activity => Err(unknown("activities have no call")),
    }
}

/// The operation whose answer is a task's result, where there is one and its model is known.
pub fn operation(resource: &Resource) -> Option<(&'static Service, &'static Operation)> {
    let Resource::Service { kind, action } = resource else { return None };
    if action.contains('.') {
        return None;
    }
    let name = match kind.strip_prefix("aws-sdk:") {
        Some(name) => model_name(name),
        None if kind == "states" => "stepfunctions",
        None => kind,
    };
    let service = model::service(name)?;
    let found = service.operations.iter().find(|known| known.name.eq_ignore_ascii_case(action))?;
    Some((service, found))
}

/// Whether a service that is called by its SDK has an action. Of services whose model is not there,
/// nothing is known.
pub fn knows(service: &str, action: &str) -> bool {
    model::service(model_name(service)).is_none_or(|service| {
        service.operations.iter().any(|known| known.name.eq_ignore_ascii_case(action))
    })
}

fn unknown(what: &str) -> Refused {
    let cause = format!("Cloudarium does not simulate this integration: {what}.");
    (Some("States.Runtime".to_owned()), Some(cause))
}

/// The model's name of a service.
pub fn model_name(sdk: &str) -> &str {
    SDK_NAMES.iter().find(|(name, _)| *name == sdk).map_or(sdk, |(_, model)| model)
}

/// `getObject` → `GetObject`
fn pascal(action: &str) -> String {
    let mut chars = action.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

fn by_name(service: &str, operation: &str, arguments: &Json) -> Result<Call, Refused> {
    let found = model::service(service).ok_or_else(|| unknown(service))?;
    let operation = found
        .operations
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(operation))
        .ok_or_else(|| unknown(&format!("{service}:{operation}")))?;
    let input = convert::to_value(found, found.input(operation), arguments)
        .map_err(|why| (Some("States.Runtime".to_owned()), Some(why)))?;
    Ok((service.to_owned(), operation.name.clone(), input))
}

/// As every SDK does since 2025, this one sends a checksum of the body, which the answer tells.
fn add_checksum(shape: &Shape, input: &mut Value) {
    const MEMBER: &str = "ChecksumCRC32";
    let (Some(payload), Some(_)) = (shape.payload_member(), shape.member(MEMBER)) else { return };
    let Value::Map(members) = input else { return };
    if members.keys().any(|name| name.starts_with("Checksum")) {
        return;
    }
    let Some(Value::Blob(body)) = members.get(&payload.name) else { return };
    let told = BASE64.encode(crc32fast::hash(body).to_be_bytes());
    members.insert(MEMBER.to_owned(), Value::String(told));
}

/// "The execution ARN and the state machine ARN are automatically appended to the Resources field of each
/// `PutEventsRequestEntry`." <https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html>
fn add_resources(entry: &mut Json, about: &[&str]) {
    let Some(entry) = entry.as_object_mut() else { return };
    let resources = entry.entry("Resources").or_insert_with(|| json!([]));
    if let Some(resources) = resources.as_array_mut() {
        resources.extend(about.iter().map(|arn| json!(arn)));
    }
}

/// Integrations that do a little more than the call.
fn optimised(
    kind: &str,
    operation: &str,
    arguments: &Json,
    about: &[&str],
) -> Result<Call, Refused> {
    let mut arguments = arguments.clone();
    let text = |value: &Json| match value {
        Json::String(text) => text.clone(),
        other => doc::write(other),
    };
    let (service, member) = match kind {
        "lambda" => ("lambda", "Payload"),
        "sns" => ("sns", "Message"),
        "sqs" => ("sqs", "MessageBody"),
        "states" => ("stepfunctions", "Input"),
        "events" => ("events", ""),
        other => (other, ""),
    };
    let given = arguments.as_object_mut().and_then(|map| {
        let value = map.get_mut(member).filter(|value| !value.is_null())?;
        // A function is given a text as it is; a message is its own text.
        *value = text(value).into();
        (member == "Payload").then(|| map.remove(member)).flatten()
    });
    if kind == "events"
        && let Some(entries) = arguments.get_mut("Entries").and_then(Json::as_array_mut)
    {
        for entry in entries {
            if let Some(detail) = entry.get_mut("Detail") {
                *detail = json!(text(detail));
            }
            add_resources(entry, about);
        }
    }
    let (service, operation, mut input) = by_name(service, operation, &arguments)?;
    if let (Some(Json::String(payload)), Value::Map(members)) = (given, &mut input) {
        members.insert("Payload".to_owned(), Value::Blob(payload.into()));
    }
    Ok((service, operation, input))
}
