//! What an answered call means to its task.

use cloudarium_asl::doc;
use cloudarium_asl::exec::Resource;
use cloudarium_asl::exec::reader::ReadAnswer;
use cloudarium_service::{Ctx, Fault};
use cloudarium_shape::model::{Protocol, Service};
use cloudarium_shape::{Value, model};
use serde_json::{Value as Json, json};

use super::convert;
use crate::model::{PendingCall, Record};

/// How Lambda answers an event, which is worked on later.
const ACCEPTED: u64 = 202;

/// An error and a cause.
type Failed = (String, String);

/// The task's output, or its error and cause in AWS's words.
pub fn of(
    cx: &mut Ctx<'_>,
    call: &PendingCall,
    resource: &Resource,
    result: Result<Value, Fault>,
) -> Result<Json, Failed> {
    let (service, operation) = &call.target;
    let output = result.map_err(|fault| refused(cx, service, resource, &fault))?;
    let Some(found) = model::service(service) else { return Ok(Json::Null) };
    let Some(known) = found.operation(operation) else { return Ok(Json::Null) };
    let mut json = convert::to_json(found, found.output(known), &output);
    if service == "lambda" && operation == "Invoke" {
        if let Some(failed) = function_error(&json) {
            return Err(failed);
        }
        // The payload is JSON, which is told as such.
        let payload = json.get("Payload").and_then(Json::as_str).unwrap_or("null");
        let payload = doc::parse(payload).unwrap_or_else(|_| payload.into());
        if *resource == Resource::Lambda {
            return Ok(payload);
        }
        if let Some(map) = json.as_object_mut()
            && matches!(resource, Resource::Service { kind, .. } if kind == "lambda")
        {
            map.insert("Payload".to_owned(), payload);
        }
    }
    if matches!(resource, Resource::Service { kind, .. } if kind == "events")
        && json.get("FailedEntryCount").and_then(Json::as_i64).is_some_and(|count| count > 0)
    {
        // "If the response from PutEvents contains a non-zero FailedEntryCount then the Task state fails."
        // <https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html>
        return Err(("EventBridge.FailedEntry".to_owned(), doc::write(&json)));
    }
    if let Resource::Service { kind, .. } = resource
        && !kind.starts_with("aws-sdk:")
    {
        let status = json.get("StatusCode").and_then(Json::as_u64).unwrap_or(200);
        let length = json.get("Payload").map_or_else(|| doc::write(&json), doc::write).len();
        if let Some(map) = json.as_object_mut() {
            let id = cx.rng.uuid();
            let trace = output.get("XAmznTraceId").and_then(Value::as_str);
            let told = metadata(cx, found, (&id, trace), (length, status));
            map.insert("SdkHttpMetadata".to_owned(), told);
            map.insert("SdkResponseMetadata".to_owned(), json!({"RequestId": id}));
        }
    }
    Ok(json)
}

/// What optimised integrations tell of the answer's headers.
fn metadata(
    cx: &Ctx<'_>,
    service: &Service,
    (id, trace): (&str, Option<&str>),
    (length, status): (usize, u64),
) -> Json {
    let (date, length) = (cx.now.http_date(), length.to_string());
    let kind = match service.protocol {
        Protocol::Json => format!("application/x-amz-json-{}", service.json_version),
        Protocol::RestJson => "application/json".to_owned(),
        Protocol::RestXml | Protocol::Query | Protocol::Ec2 => "text/xml".to_owned(),
    };
    let lambda: &[(&str, &str)] = &[
        ("Connection", "keep-alive"),
        ("X-Amz-Executed-Version", "$LATEST"),
        ("X-Amzn-Trace-Id", trace.unwrap_or_default()),
        ("x-amzn-Remapped-Content-Length", "0"),
    ];
    let own: &[(&str, &str)] =
        if service.name == "lambda" { lambda } else { &[("connection", "keep-alive")] };
    let headers = [
        ("Content-Length", length.as_str()),
        ("Content-Type", kind.as_str()),
        ("Date", date.as_str()),
        ("x-amzn-RequestId", id),
    ];
    let (mut all, mut last) = (serde_json::Map::new(), serde_json::Map::new());
    let ran = |name: &str| status != ACCEPTED || name != "X-Amz-Executed-Version";
    for (name, value) in own.iter().chain(&headers).filter(|(name, _)| ran(name)) {
        all.insert((*name).to_owned(), json!([value]));
        last.insert((*name).to_owned(), json!(value));
    }
    json!({"AllHttpHeaders": all, "HttpHeaders": last, "HttpStatusCode": status})
}

/// A function that failed: its error's class, and all that it told.
fn function_error(json: &Json) -> Option<Failed> {
    json.get("FunctionError").filter(|error| !error.is_null())?;
    let payload = json.get("Payload").and_then(Json::as_str).unwrap_or("null");
    let told = doc::parse(payload).unwrap_or(Json::Null);
    let class = told.get("errorType").and_then(Json::as_str).unwrap_or("Lambda.Unknown");
    Some((class.to_owned(), payload.to_owned()))
}

/// Services as errors name them: by the SDK, by optimised integrations, in the older SDK's causes.
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("s3", "S3", "S3", "Amazon S3"),
    ("lambda", "Lambda", "Lambda", "AWSLambda"),
    ("dynamodb", "DynamoDb", "DynamoDB", "AmazonDynamoDBv2"),
    ("sns", "Sns", "SNS", "AmazonSNS"),
    ("sqs", "Sqs", "SQS", "AmazonSQS"),
    ("stepfunctions", "Sfn", "StepFunctions", "AWSStepFunctions"),
    ("logs", "CloudWatchLogs", "CloudWatchLogs", "AWSLogs"),
    ("events", "EventBridge", "EventBridge", "AmazonCloudWatchEvents"),
    ("glue", "Glue", "Glue", "AWSGlue"),
    ("sts", "Sts", "Sts", "AWSSecurityTokenService"),
    ("iam", "Iam", "Iam", "AmazonIdentityManagement"),
    ("ec2", "Ec2", "Ec2", "AmazonEC2"),
];

fn refused(cx: &mut Ctx<'_>, service: &str, resource: &Resource, fault: &Fault) -> Failed {
    let name = NAMES.iter().find(|(model, ..)| *model == service);
    let (_, sdk, optimised, long) = name.copied().unwrap_or((service, service, service, service));
    let code = &fault.code;
    let class = if code.ends_with("Exception") { code.clone() } else { format!("{code}Exception") };
    let id = cx.rng.uuid();
    let Fault { message, status, .. } = fault;
    match resource {
        Resource::Service { kind, .. } if kind.starts_with("aws-sdk:") => {
            let more = if service == "s3" {
                format!(", Extended Request ID: {}", cloudarium_env::ids::s3_host_id(cx.rng))
            } else {
                String::new()
            };
            let cause = format!(
                "{message} (Service: {sdk}, Status Code: {status}, Request ID: {id}{more})"
            );
            (format!("{sdk}.{class}"), cause)
        }
        _ => {
            let cause = format!(
                "{message} (Service: {long}; Status Code: {status}; Error Code: {code}; Request ID: \
                 {id}; Proxy: null)"
            );
            (format!("{optimised}.{class}"), cause)
        }
    }
}

/// What a read of a distributed Map gave.
pub fn read(call: &PendingCall, result: Result<Value, Fault>) -> ReadAnswer {
    match result {
        Err(fault) => {
            let cause = format!(
                "{} (Status Code: {}; Error Code: {})",
                fault.message, fault.status, fault.code
            );
            ReadAnswer::Failed(fault.code, cause)
        }
        Ok(output) => {
            if let Some(Value::Blob(bytes)) = output.get("Body") {
                return ReadAnswer::Object(bytes.to_vec());
            }
            let (service, operation) = &call.target;
            let page = model::service(service).and_then(|found| {
                let known = found.operation(operation)?;
                Some(convert::to_json(found, found.output(known), &output))
            });
            ReadAnswer::Page(page.unwrap_or(Json::Null))
        }
    }
}

/// An execution that has ended, as `DescribeExecution` tells of it.
pub fn execution(record: &Record, parsed: bool) -> Json {
    let as_told = |doc: &cloudarium_asl::Doc| {
        if parsed { doc.value().clone() } else { Json::from(doc.text().as_ref()) }
    };
    let (error, cause) = record.error();
    let mut told = json!({
        "ExecutionArn": record.identity.arn,
        "Input": as_told(&record.input),
        "InputDetails": {"Included": true},
        "Name": record.identity.name,
        "StartDate": record.identity.started_ms,
        "StateMachineArn": record.machine_arn,
        "Status": record.status(),
        "StopDate": record.stopped.map(cloudarium_env::Timestamp::as_ms),
    });
    let Some(map) = told.as_object_mut() else { return told };
    let mut say = |name: &str, value: Json| map.insert(name.to_owned(), value);
    if let Some(error) = error {
        say("Error", error.into());
    }
    if let Some(cause) = cause {
        say("Cause", cause.into());
    }
    if let Some(output) = record.output() {
        say("Output", as_told(output));
        say("OutputDetails", json!({"Included": true}));
        say("RedriveCount", record.identity.redrive_count.into());
        say("RedriveStatus", "NOT_REDRIVABLE".into());
        say("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven".into());
    }
    told
}
