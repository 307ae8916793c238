//! How asynchronous events are dealt with: checked and shown.

use cloudarium_env::{Timestamp, place};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{EventConfig, LATEST, State};
use crate::name::{Target, qualified};

/// Where the ends of events are told.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct DestinationConfig {
    on_success: Option<Destination>,
    on_failure: Option<Destination>,
}

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
struct Destination {
    destination: Option<String>,
}

/// As AWS shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EventInvokeConfig {
    last_modified: Timestamp,
    function_arn: String,
    maximum_retry_attempts: Option<u32>,
    maximum_event_age_in_seconds: Option<u32>,
    destination_config: DestinationConfig,
}

/// What a request says.
pub struct Said {
    /// 0 to 2.
    pub retries: Option<u32>,
    /// 60 to 21,600.
    pub max_age_s: Option<u32>,
    /// Where the ends are told.
    pub destinations: Option<DestinationConfig>,
}

/// Writes the configuration of what is named, over nothing or over the one that must be there.
pub fn write(
    lambda: &mut State,
    cx: &Ctx<'_>,
    (name, qualifier): (&str, Option<&str>),
    (said, over_old): (Said, bool),
) -> Result<EventInvokeConfig, Error> {
    let target = Target::read(cx, name, qualifier)?;
    lambda.named(&target)?;
    if said.retries.is_none() && said.max_age_s.is_none() && said.destinations.is_none() {
        // guess: the documentation has every setting optional; that none at all is refused is told by users.
        return Err(Error::parameter(
            "You must specify at least one of error handling or destination setting.",
        ));
    }
    let qualifier = target.qualifier.clone().unwrap_or_else(|| LATEST.to_owned());
    let function = lambda.function_mut(&target)?;
    let old = function.event_configs.get(&qualifier);
    let old = if over_old { Some(old.ok_or_else(|| missing(&target))?) } else { None };
    let config = changed(cx.now, old, said)?;
    let shown = shown(&target, &qualifier, &config);
    function.event_configs.insert(qualifier, config);
    Ok(shown)
}

/// A configuration with what a request says, over an older one.
fn changed(now: Timestamp, old: Option<&EventConfig>, said: Said) -> Result<EventConfig, Error> {
    let mut new = EventConfig {
        modified: now,
        retries: said.retries.or(old.and_then(|old| old.retries)),
        max_age_s: said.max_age_s.or(old.and_then(|old| old.max_age_s)),
        on_success: old.and_then(|old| old.on_success.clone()),
        on_failure: old.and_then(|old| old.on_failure.clone()),
    };
    if let Some(destinations) = said.destinations {
        let arn =
            |it: Option<Destination>| it.and_then(|it| it.destination).filter(|it| !it.is_empty());
        new.on_success = arn(destinations.on_success);
        new.on_failure = arn(destinations.on_failure);
    }
    check(new.on_success.as_deref(), false)?;
    check(new.on_failure.as_deref(), true)?;
    Ok(new)
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>: queues,
/// topics, functions, event buses; buckets for failures only.
fn check(arn: Option<&str>, failure: bool) -> Result<(), Error> {
    let Some(text) = arn else { return Ok(()) };
    let service = place::Arn::parse(text).map(|arn| arn.service);
    match service {
        Some("sqs" | "sns" | "lambda" | "events") => Ok(()),
        Some("s3") if failure => Ok(()),
        // guess: the documentation has the list, and no words.
        _ => Err(Error::parameter(format!(
            "The provided destination config DestinationConfig is invalid: {text}"
        ))),
    }
}

/// As AWS shows it.
pub fn shown(target: &Target, qualifier: &str, config: &EventConfig) -> EventInvokeConfig {
    let destination =
        |arn: &Option<String>| arn.clone().map(|arn| Destination { destination: Some(arn) });
    EventInvokeConfig {
        last_modified: config.modified,
        function_arn: qualified(&target.key, Some(qualifier)),
        maximum_retry_attempts: config.retries,
        maximum_event_age_in_seconds: config.max_age_s,
        destination_config: DestinationConfig {
            on_success: Some(destination(&config.on_success).unwrap_or_default()),
            on_failure: Some(destination(&config.on_failure).unwrap_or_default()),
        },
    }
}

/// None is set.
pub fn missing(target: &Target) -> Error {
    let arn = qualified(&target.key, Some(target.qualifier.as_deref().unwrap_or("$LATEST")));
    Error::NotFound(format!("The function {arn} doesn't have an EventInvokeConfig"))
}
