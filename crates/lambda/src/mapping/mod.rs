//! Event source mappings: a queue whose messages Lambda brings to a function. Checked and shown here; see [`poll`] for
//! what goes on by itself, and [`filter`] for what is let through.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html>
//!
//! Differences from AWS: one poller a mapping, where AWS begins with several. Streams, Kafka, MQ and
//! `DocumentDB` are no sources yet. Loops over a queue are not seen.

pub mod filter;
pub mod poll;
mod record;

use std::time::Duration;

use cloudarium_env::{Timestamp, place};
use cloudarium_service::{ApiCall, Ctx, Fault, Outcome, Ticket};
use cloudarium_shape::{Map, Value, to_value};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{FILTERS_MAX, MAPPING_MS, QUEUE_BATCH_MAX};
use crate::model::{Call, Mapping, MappingState, Pending, State};
use crate::name::Target;
use crate::store::bug;

/// What a request says of a mapping.
#[derive(Debug, Default)]
pub struct Said {
    /// The function.
    pub function_name: Option<String>,
    /// Whether it is to run.
    pub enabled: Option<bool>,
    /// Records in a batch, at most.
    pub batch_size: Option<i64>,
    /// Seconds in which records are gathered.
    pub window_s: Option<i64>,
    /// What is let through.
    pub filters: Option<FilterCriteria>,
    /// What the function's answer means.
    pub response_types: Option<Vec<String>>,
    /// How many batches at a time.
    pub scaling: Option<ScalingConfig>,
}

/// What is let through.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct FilterCriteria {
    filters: Option<Vec<Filter>>,
}

/// One pattern: a record that fits any is let through.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct Filter {
    pattern: Option<String>,
}

/// How many batches at a time.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct ScalingConfig {
    maximum_concurrency: Option<u32>,
}

/// How AWS shows a mapping.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Shown {
    #[serde(rename = "UUID")]
    uuid: String,
    batch_size: u32,
    maximum_batching_window_in_seconds: u32,
    event_source_arn: String,
    function_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_criteria: Option<FilterCriteria>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scaling_config: Option<ScalingConfig>,
    last_modified: Timestamp,
    state: &'static str,
    state_transition_reason: &'static str,
    function_response_types: Vec<&'static str>,
    event_source_mapping_arn: String,
}

/// A mapping, as AWS shows it.
pub fn shown(mapping: &Mapping) -> Shown {
    let pattern = |pattern: &String| Filter { pattern: Some(pattern.clone()) };
    let filters = (!mapping.filters.is_empty())
        .then(|| FilterCriteria { filters: Some(mapping.filters.iter().map(pattern).collect()) });
    let scaling = mapping.max_concurrency;
    Shown {
        uuid: mapping.uuid.clone(),
        batch_size: mapping.batch_size,
        maximum_batching_window_in_seconds: mapping.window_s,
        event_source_arn: mapping.queue_arn.clone(),
        function_arn: target(mapping).arn(),
        filter_criteria: filters,
        scaling_config: scaling.map(|it| ScalingConfig { maximum_concurrency: Some(it) }),
        last_modified: mapping.modified,
        state: mapping.state.name(),
        state_transition_reason: "USER_INITIATED",
        function_response_types: if mapping.reports_failures {
            vec!["ReportBatchItemFailures"]
        } else {
            Vec::new()
        },
        event_source_mapping_arn: arn(mapping),
    }
}

/// `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:UUID`
pub fn arn(mapping: &Mapping) -> String {
    let key = &mapping.function;
    let resource = format!("event-source-mapping:{}", mapping.uuid);
    place::arn("lambda", &key.region, &key.account, &resource)
}

/// The function that a mapping is for.
pub fn target(mapping: &Mapping) -> Target {
    Target { key: mapping.function.clone(), qualifier: mapping.qualifier.clone() }
}

/// The queue that a request names; what is no queue is not simulated.
pub fn queue(cx: &Ctx<'_>, arn: &str) -> Result<(), Error> {
    let parsed = place::Arn::parse(arn);
    match parsed.map(|it| it.service) {
        Some("sqs") if parsed.is_some_and(|it| it.region == cx.region) => Ok(()),
        Some("sqs") => Err(Error::parameter("The event source must be in the function's Region.")),
        Some("kinesis" | "dynamodb" | "kafka" | "mq" | "rds") => Err(Error::NotSimulated(format!(
            "event source mappings of {}, only those of SQS queues",
            parsed.map_or("", |it| it.service)
        ))),
        _ => Err(Error::parameter("Unrecognized event source.")),
    }
}

/// A mapping with what a request says.
pub fn apply(
    lambda: &State,
    cx: &Ctx<'_>,
    mut mapping: Mapping,
    said: Said,
) -> Result<Mapping, Error> {
    if let Some(name) = &said.function_name {
        let target = Target::read(cx, name, None)?;
        lambda.named(&target)?;
        (mapping.function, mapping.qualifier) = (target.key, target.qualifier);
    }
    let number = |it: i64| u32::try_from(it).unwrap_or(u32::MAX);
    mapping.batch_size = said.batch_size.map_or(mapping.batch_size, number);
    mapping.window_s = said.window_s.map_or(mapping.window_s, number);
    if let Some(scaling) = said.scaling {
        mapping.max_concurrency = scaling.maximum_concurrency;
    }
    if let Some(types) = said.response_types {
        mapping.reports_failures = !types.is_empty();
    }
    if let Some(criteria) = said.filters {
        let filters = criteria.filters.unwrap_or_default().into_iter();
        mapping.filters = filters.filter_map(|it| it.pattern).collect();
    }
    mapping.enabled = said.enabled.unwrap_or(mapping.enabled);
    check(&mapping)?;
    Ok(mapping)
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html>
fn check(mapping: &Mapping) -> Result<(), Error> {
    let is_fifo = mapping.queue_arn.strip_suffix(".fifo").is_some();
    if is_fifo && mapping.window_s > 0 {
        return Err(Error::parameter("Batching window is not supported for FIFO queues"));
    }
    if is_fifo && mapping.batch_size > QUEUE_BATCH_MAX {
        return Err(Error::parameter(format!(
            "Batch size must be at most {QUEUE_BATCH_MAX} for FIFO queues"
        )));
    }
    if mapping.batch_size > QUEUE_BATCH_MAX && mapping.window_s == 0 {
        return Err(Error::parameter(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is \
             greater than 10",
        ));
    }
    if mapping.filters.len() > FILTERS_MAX {
        return Err(Error::parameter(format!(
            "Exceeded the limit of {FILTERS_MAX} filters of an event source mapping."
        )));
    }
    if mapping.filters.iter().all(|it| filter::is_pattern(it)) {
        return Ok(());
    }
    Err(Error::parameter("Invalid filter pattern definition."))
}

/// Asks the queue whether the function may have its messages; the request waits for what it says.
pub fn ask(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    mapping: Mapping,
    is_new: bool,
) -> Result<Outcome, Fault> {
    let (_, version) = lambda.named(&target(&mapping))?;
    let (role, timeout_s) = (version.role.clone(), version.timeout_s);
    let names = Value::List(vec![Value::from("VisibilityTimeout")]);
    let ticket = call(cx, &mapping, role, ("GetQueueAttributes", vec![("AttributeNames", names)]));
    let request = cx.host.park();
    let pending = Pending { request, mapping, is_new, timeout_s };
    lambda.calls.insert(ticket, Call::Ask(Box::new(pending)));
    Ok(Outcome::Parked)
}

/// Calls the queue with the function's role, as AWS's pollers do.
pub fn call(
    cx: &mut Ctx<'_>,
    mapping: &Mapping,
    role_arn: String,
    call: (&str, Vec<(&str, Value)>),
) -> Ticket {
    cx.host.call(api_call(mapping, role_arn, call))
}

/// Such a call.
pub fn api_call(
    mapping: &Mapping,
    role_arn: String,
    (operation, members): (&str, Vec<(&str, Value)>),
) -> ApiCall {
    let place = place::Arn::parse(&mapping.queue_arn);
    let (region, account, name) =
        place.map_or(("", "", ""), |it| (it.region, it.account, it.resource));
    let url = format!("https://sqs.{region}.amazonaws.com/{account}/{name}");
    let mut input: Map =
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    input.insert("QueueUrl".to_owned(), Value::String(url));
    ApiCall {
        service: "sqs".to_owned(),
        operation: operation.to_owned(),
        input: Value::Map(input),
        region: region.to_owned(),
        role_arn,
        session: mapping.function.name.clone(),
        source: Some(mapping.function.name.clone()),
    }
}

/// The queue has answered.
pub fn asked(lambda: &mut State, cx: &mut Ctx<'_>, pending: Pending, result: Result<Value, Fault>) {
    let request = pending.request;
    let made = settle(lambda, cx, pending, result);
    let answer = made
        .map_err(Fault::from)
        .and_then(|mapping| to_value(&shown(&mapping)).map_err(|error| bug(&error)));
    cx.host.answer(request, answer);
}

fn settle(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    pending: Pending,
    result: Result<Value, Fault>,
) -> Result<Mapping, Error> {
    let Pending { mut mapping, is_new, timeout_s, .. } = pending;
    let attributes = result.map_err(|fault| refused(&fault))?;
    let told = attributes.get("Attributes").and_then(|it| it.get("VisibilityTimeout"));
    let visibility_s = told.and_then(Value::as_str).and_then(|it| it.parse().ok()).unwrap_or(0);
    if visibility_s < timeout_s {
        return Err(Error::parameter(format!(
            "Queue visibility timeout: {visibility_s} seconds is less than Function timeout: \
             {timeout_s} seconds"
        )));
    }
    if is_new {
        unique(lambda, &mapping)?;
    } else if !lambda.mappings.contains_key(&mapping.uuid) {
        return Err(Error::no_resource());
    }
    mapping.visibility_s = visibility_s;
    mapping.modified = cx.now;
    let was_enabled = lambda.mappings.get(&mapping.uuid).map(|it| it.enabled);
    mapping.state = match (was_enabled, mapping.enabled) {
        (None, _) => MappingState::Creating,
        (Some(false), true) => MappingState::Enabling,
        (Some(true), false) => MappingState::Disabling,
        _ => MappingState::Updating,
    };
    if let Some(there) = lambda.mappings.get(&mapping.uuid) {
        // What went on while the queue was asked.
        mapping.poll = there.poll;
        mapping.running = there.running;
        mapping.gathered.clone_from(&there.gathered);
        mapping.window_at = there.window_at;
        mapping.tags.clone_from(&there.tags);
    }
    lambda.mappings.insert(mapping.uuid.clone(), mapping.clone());
    poll::set_timer(cx, &mapping.uuid, "settle", Duration::from_millis(MAPPING_MS));
    Ok(mapping)
}

/// One mapping a queue and function.
pub fn unique(lambda: &State, mapping: &Mapping) -> Result<(), Error> {
    let same = |it: &&Mapping| {
        it.queue_arn == mapping.queue_arn
            && it.function == mapping.function
            && it.qualifier == mapping.qualifier
    };
    match lambda.mappings.values().find(same) {
        None => Ok(()),
        Some(there) => Err(Error::Conflict(format!(
            "An event source mapping with SQS arn (\" {} \") and function (\" {} \") already \
             exists. Please update or delete the existing mapping with UUID {}",
            mapping.queue_arn, mapping.function.name, there.uuid
        ))),
    }
}

/// What Lambda says when the queue refuses it.
fn refused(fault: &Fault) -> Error {
    if fault.status == 403 {
        return Error::parameter(
            "The provided execution role does not have permissions to call ReceiveMessage on SQS",
        );
    }
    let older = fault.headers.iter().find(|(name, _)| name == "x-amzn-query-error");
    let code = older.and_then(|(_, value)| value.split(';').next()).unwrap_or(&fault.code);
    let code =
        if code == "QueueDoesNotExist" { "AWS.SimpleQueueService.NonExistentQueue" } else { code };
    Error::parameter(format!(
        "Error occurred while ReceiveMessage. SQS Error Code: {code}. SQS Error Message: {}",
        fault.message
    ))
}

/// The mapping that a request names, of the caller's own.
pub fn named<'a>(lambda: &'a State, cx: &Ctx<'_>, uuid: &str) -> Result<&'a Mapping, Error> {
    let found = lambda.mappings.get(uuid);
    let here =
        |it: &&Mapping| it.function.account == cx.caller.account && it.function.region == cx.region;
    found.filter(here).ok_or_else(Error::no_resource)
}
