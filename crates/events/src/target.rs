//! Targets as requests and answers have them, and what EventBridge takes of that.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html>

use std::collections::BTreeMap;

use cloudarium_env::place::Arn;
use cloudarium_event_pattern::json_refusal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::destinations::deliver;
use crate::error::Error;
use crate::input;
use crate::model::connections::TargetHttp;
use crate::model::{Input, Retry, Target};

/// A target.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct TargetShape {
    id: String,
    arn: String,
    role_arn: Option<String>,
    input: Option<String>,
    input_path: Option<String>,
    input_transformer: Option<InputTransformer>,
    sqs_parameters: Option<SqsParameters>,
    dead_letter_config: Option<DeadLetterConfig>,
    retry_policy: Option<RetryPolicy>,
    http_parameters: Option<HttpParameters>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct HttpParameters {
    path_parameter_values: Option<Vec<String>>,
    header_parameters: Option<BTreeMap<String, String>>,
    query_string_parameters: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct InputTransformer {
    input_paths_map: Option<BTreeMap<String, String>>,
    input_template: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct SqsParameters {
    message_group_id: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeadLetterConfig {
    arn: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RetryPolicy {
    maximum_retry_attempts: Option<u32>,
    maximum_event_age_in_seconds: Option<u64>,
}

impl TargetShape {
    /// The rule's own name for it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The target, if EventBridge takes it for rules of this Region.
    pub fn read(self, region: &str) -> Result<Target, Error> {
        check_arn(&self)?;
        let given =
            [self.input.is_some(), self.input_path.is_some(), self.input_transformer.is_some()];
        let Self { id, arn, role_arn, .. } = self;
        if given.into_iter().filter(|it| *it).count() > 1 {
            return Err(Error::Validation(format!(
                "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            )));
        }
        let input = match (self.input, self.input_path, self.input_transformer) {
            (Some(text), ..) => constant(&id, text)?,
            (None, Some(path), _) => path_of(&id, path)?,
            (None, None, Some(transformer)) => transformer.read(&id)?,
            (None, None, None) => Input::Event,
        };
        let dead_letter_arn = self.dead_letter_config.and_then(|it| it.arn);
        check_dead_letters(dead_letter_arn.as_deref(), region)?;
        Ok(Target {
            id,
            arn,
            role_arn,
            input,
            message_group_id: self.sqs_parameters.and_then(|it| it.message_group_id),
            dead_letter_arn,
            retry: self.retry_policy.map(|it| Retry {
                attempts: it.maximum_retry_attempts,
                age_s: it.maximum_event_age_in_seconds,
            }),
            http: self.http_parameters.map(|it| TargetHttp {
                path: it.path_parameter_values,
                headers: it.header_parameters,
                query: it.query_string_parameters,
            }),
        })
    }
}

impl From<&Target> for TargetShape {
    fn from(target: &Target) -> Self {
        let mut shape = Self {
            id: target.id.clone(),
            arn: target.arn.clone(),
            role_arn: target.role_arn.clone(),
            input: None,
            input_path: None,
            input_transformer: None,
            sqs_parameters: target
                .message_group_id
                .clone()
                .map(|id| SqsParameters { message_group_id: Some(id) }),
            dead_letter_config: target
                .dead_letter_arn
                .clone()
                .map(|arn| DeadLetterConfig { arn: Some(arn) }),
            retry_policy: target.retry.map(|retry| RetryPolicy {
                maximum_retry_attempts: retry.attempts,
                maximum_event_age_in_seconds: retry.age_s,
            }),
            http_parameters: target.http.clone().map(|it| HttpParameters {
                path_parameter_values: it.path,
                header_parameters: it.headers,
                query_string_parameters: it.query,
            }),
        };
        match &target.input {
            Input::Event => {}
            Input::Constant(text) => shape.input = Some(text.clone()),
            Input::Path(path) => shape.input_path = Some(path.clone()),
            Input::Transformer { paths, template } => {
                shape.input_transformer = Some(InputTransformer {
                    input_paths_map: (!paths.is_empty()).then(|| paths.clone()),
                    input_template: template.clone(),
                });
            }
        }
        shape
    }
}

/// What can be a target here, and what such a target must have.
fn check_arn(target: &TargetShape) -> Result<(), Error> {
    let TargetShape { id, arn, .. } = target;
    let bad = || {
        Error::Validation(format!(
            "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        ))
    };
    let parsed = Arn::parse(arn).ok_or_else(bad)?;
    let needs_role = match parsed.service {
        "lambda" | "sqs" | "sns" => false,
        "logs" if parsed.resource.starts_with("log-group:") => false,
        "states" if parsed.resource.starts_with("stateMachine:") => true,
        "events" if parsed.resource.starts_with("event-bus/") => true,
        "events" if deliver::is_destination(arn) => true,
        "logs" | "states" => return Err(bad()),
        other => return Err(Error::NotSimulated(format!("targets of rules in {other}"))),
    };
    if needs_role && target.role_arn.is_none() {
        return Err(Error::Validation(format!("RoleArn is required for target {arn}.")));
    }
    let has_group = target.sqs_parameters.as_ref().is_some_and(|it| it.message_group_id.is_some());
    if parsed.service == "sqs" && is_fifo(arn) && !has_group {
        return Err(Error::Validation(format!(
            "Parameter(s) SqsParameters must be specified for target: {id}."
        )));
    }
    // `SqsParameters` is taken with every target; so is `HttpParameters` (guess) (recorded:
    // <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-target-parameters-mismatch>).
    Ok(())
}

/// Whether a queue's ARN is that of a FIFO queue.
fn is_fifo(arn: &str) -> bool {
    arn.rsplit_once('.').is_some_and(|(_, end)| end == "fifo")
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html>; the words are recorded:
/// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-target-dlq>.
fn check_dead_letters(arn: Option<&str>, region: &str) -> Result<(), Error> {
    let Some(arn) = arn else { return Ok(()) };
    let refused = |words: String| Err(Error::Validation(words));
    match Arn::parse(arn) {
        Some(it) if it.service != "sqs" => {
            refused(format!("{} is not supported as a dead letter resource", it.service))
        }
        Some(_) if is_fifo(arn) => {
            refused("SQS FIFO is not supported by Dead Letter Queues".to_owned())
        }
        Some(it) if it.region == region => Ok(()),
        // guess: AWS was seen to refuse a queue of another Region; its words are not known.
        _ => refused(format!(
            "Parameter {arn} is not valid. Reason: The dead letter queue must be in the Region of the rule."
        )),
    }
}

fn constant(id: &str, text: String) -> Result<Input, Error> {
    match json_error(&text) {
        None => Ok(Input::Constant(text)),
        Some(why) => {
            Err(Error::Validation(format!("JSON syntax error in input for target {id}{why}")))
        }
    }
}

/// Why a text is no JSON, as it follows the words of a refusal; `None` if it is.
fn json_error(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).err()?;
    // guess: how the words of AWS's reader follow.
    Some(json_refusal(text).map_or_else(String::new, |why| format!(" : {why}")))
}

fn path_of(id: &str, path: String) -> Result<Input, Error> {
    check_path(id, &path)?;
    Ok(Input::Path(path))
}

/// The words are recorded, for `InputPath` and for `InputPathsMap`:
/// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-input-path-jsonpath>.
fn check_path(id: &str, path: &str) -> Result<(), Error> {
    if input::is_path(path) {
        return Ok(());
    }
    Err(Error::Validation(format!("InputPath for target {id} is invalid.")))
}

impl InputTransformer {
    /// The words about names are recorded:
    /// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-input-transformer-placeholders>,
    /// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-input-transformer-json-var>.
    fn read(self, id: &str) -> Result<Input, Error> {
        let paths = self.input_paths_map.unwrap_or_default();
        if let Some(name) = paths.keys().find(|name| input::RESERVED.contains(&name.as_str())) {
            return Err(Error::Validation(format!(
                "Invalid InputTransformer for target {id} : {name} is a reserved name."
            )));
        }
        for path in paths.values() {
            check_path(id, path)?;
        }
        let template = self.input_template;
        let is_object = template.trim_start().starts_with('{');
        for name in input::asked(&template) {
            if !paths.contains_key(name) && !input::RESERVED.contains(&name) {
                return Err(Error::Validation(format!(
                    "InputTemplate for target {id} contains invalid placeholder {name}."
                )));
            }
            if name == input::OBJECT_ONLY && !is_object {
                return Err(Error::Validation(format!(
                    "InputTemplate for target {id} contains placeholder {name} valid only for JSON template."
                )));
            }
        }
        // "For Strings, quotes are required."
        let sample = input::sample(&template);
        match json_error(&sample).filter(|_| !input::is_lines(&sample)) {
            None => Ok(Input::Transformer { paths, template }),
            Some(why) => {
                Err(Error::Validation(format!("Invalid InputTemplate for target {id}{why}")))
            }
        }
    }
}
