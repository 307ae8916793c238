//! Targets of rules: what they are, what they get of an event, and what their form says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::state::lambda::{function_of, short_arn};

/// A target, by AWS's names.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Target {
    pub id: String,
    pub arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_transformer: Option<Transformer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sqs_parameters: Option<SqsParameters>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_parameters: Option<HttpParameters>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead_letter_config: Option<DeadLetter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_policy: Option<RetryPolicy>,
}

/// `InputTransformer`
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Transformer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_paths_map: Option<BTreeMap<String, String>>,
    pub input_template: String,
}

/// `SqsParameters`
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct SqsParameters {
    pub message_group_id: Option<String>,
}

/// `HttpParameters`
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct HttpParameters {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path_parameter_values: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub header_parameters: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub query_string_parameters: BTreeMap<String, String>,
}

/// `DeadLetterConfig`
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DeadLetter {
    pub arn: Option<String>,
}

/// `RetryPolicy`
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct RetryPolicy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_retry_attempts: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_event_age_in_seconds: Option<u64>,
}

/// What a target gets of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Gets {
    /// All of it.
    #[default]
    Matched,
    /// A part of it.
    Path,
    /// A constant.
    Constant,
    /// A text with parts of it.
    Transformer,
}

impl Gets {
    /// All of them, in the order of AWS's form.
    pub const ALL: [Self; 4] = [Self::Matched, Self::Path, Self::Constant, Self::Transformer];

    /// Its value in a form.
    pub fn id(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Path => "path",
            Self::Constant => "constant",
            Self::Transformer => "transformer",
        }
    }

    /// The one with this value.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.id() == id).unwrap_or_default()
    }
}

/// What a target is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    #[default]
    Function,
    Queue,
    Machine,
    LogGroup,
    Bus,
    Destination,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Function, Self::Queue, Self::Machine, Self::LogGroup, Self::Bus, Self::Destination];

    /// Its value in a form.
    pub fn id(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Queue => "queue",
            Self::Machine => "machine",
            Self::LogGroup => "log-group",
            Self::Bus => "bus",
            Self::Destination => "destination",
        }
    }

    /// The one with this value.
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.id() == id).unwrap_or_default()
    }

    /// Its icon, and the class that colours it.
    pub fn icon(self) -> (&'static str, &'static str) {
        match self {
            Self::Function => ("lambda", "c-lambda"),
            Self::Queue => ("queue", "c-sqs"),
            Self::Machine => ("sfn", "c-sfn"),
            Self::LogGroup => ("log", ""),
            Self::Bus => ("sched", "c-sqs"),
            Self::Destination => ("link", "c-sqs"),
        }
    }

    /// Whether EventBridge calls it with a role that the target names.
    pub fn needs_role(self) -> bool {
        matches!(self, Self::Machine | Self::Bus | Self::Destination)
    }
}

/// What an ARN is of, and the name of that; nothing if it is none of these.
pub fn named_by(arn: &str) -> Option<(Kind, String)> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let (kind, name) = match arn.split(':').nth(2)? {
        "lambda" => (Kind::Function, function_of(arn)),
        "sqs" => (Kind::Queue, resource),
        "states" => (Kind::Machine, resource.strip_prefix("stateMachine:")?),
        "logs" => {
            let name = resource.strip_prefix("log-group:")?;
            (Kind::LogGroup, name.strip_suffix(":*").unwrap_or(name))
        }
        "events" => match resource.strip_prefix("api-destination/") {
            Some(name) => (Kind::Destination, name.rsplit_once('/')?.0),
            None => (Kind::Bus, resource.strip_prefix("event-bus/")?),
        },
        _ => return None,
    };
    Some((kind, name.to_owned()))
}

/// The name of what an ARN is of, as it is shown.
pub fn short(arn: &str) -> String {
    named_by(arn).map_or_else(|| short_arn(arn).to_owned(), |(_, name)| name)
}

/// Whether an ARN is of something in this Region: then there is a page for it.
pub fn is_in(arn: &str, region: &str) -> bool {
    arn.split(':').nth(3) == Some(region)
}

/// The address of a queue for SQS's operations.
pub fn queue_url(arn: &str) -> String {
    let mut parts = arn.split(':').skip(3);
    let mut part = || parts.next().unwrap_or_default();
    let (region, account, name) = (part(), part(), part());
    format!("https://sqs.{region}.amazonaws.com/{account}/{name}")
}

impl Target {
    /// What it gets.
    pub fn gets(&self) -> Gets {
        if self.input_transformer.is_some() {
            Gets::Transformer
        } else if self.input.is_some() {
            Gets::Constant
        } else if self.input_path.is_some() {
            Gets::Path
        } else {
            Gets::Matched
        }
    }

    /// Where its dead letters go.
    pub fn dead_letter_arn(&self) -> Option<&str> {
        self.dead_letter_config.as_ref()?.arn.as_deref()
    }

    /// `InputPathsMap`, as it is written in a form.
    pub fn paths(&self) -> String {
        let paths = self.input_transformer.as_ref().and_then(|it| it.input_paths_map.as_ref());
        paths.and_then(|paths| serde_json::to_string_pretty(paths).ok()).unwrap_or_default()
    }
}

/// What the form of a target says.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TargetDraft {
    pub id: String,
    pub arn: String,
    pub role: String,
    pub gets: Gets,
    /// The path, the constant or the template.
    pub input: String,
    /// `InputPathsMap`, in JSON.
    pub paths: String,
    pub group: String,
    /// `PathParameterValues`, one a line.
    pub path_values: String,
    /// `HeaderParameters` and `QueryStringParameters`, in JSON.
    pub headers: String,
    pub query: String,
    pub dead: String,
    pub retries: String,
    pub age: String,
}

/// An id that no target has yet.
pub fn free_id(targets: &[Target]) -> String {
    let is_free = |id: &String| targets.iter().all(|target| target.id != *id);
    let mut ids = (1..).map(|number: usize| format!("target-{number}"));
    ids.find(is_free).unwrap_or_default()
}

impl TargetDraft {
    /// A target as it is.
    pub fn of(target: &Target) -> Self {
        let retry = target.retry_policy.clone().unwrap_or_default();
        let transformer = target.input_transformer.as_ref().map(|it| it.input_template.clone());
        let input = transformer.or_else(|| target.input.clone());
        let text = |number: Option<u64>| number.map(|it| it.to_string()).unwrap_or_default();
        let parameters = target.sqs_parameters.clone().unwrap_or_default();
        let http = target.http_parameters.clone().unwrap_or_default();
        let map = |map: &BTreeMap<String, String>| {
            let text = (!map.is_empty()).then(|| serde_json::to_string_pretty(map).ok());
            text.flatten().unwrap_or_default()
        };
        Self {
            id: target.id.clone(),
            arn: target.arn.clone(),
            role: target.role_arn.clone().unwrap_or_default(),
            gets: target.gets(),
            input: input.or_else(|| target.input_path.clone()).unwrap_or_default(),
            paths: target.paths(),
            group: parameters.message_group_id.unwrap_or_default(),
            path_values: http.path_parameter_values.join("\n"),
            headers: map(&http.header_parameters),
            query: map(&http.query_string_parameters),
            dead: target.dead_letter_arn().unwrap_or_default().to_owned(),
            retries: text(retry.maximum_retry_attempts),
            age: text(retry.maximum_event_age_in_seconds),
        }
    }

    /// The target as `PutTargets` takes it. What was left empty is not sent; what is no number, or no map, is the
    /// form's to refuse: `Err` names it.
    pub fn target(self) -> Result<Target, Wrong> {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        let kind = named_by(&self.arn).map(|(kind, _)| kind);
        let is_queue = kind == Some(Kind::Queue);
        let needs_role = kind.is_some_and(Kind::needs_role);
        let http = (kind == Some(Kind::Destination)).then(|| self.http()).transpose()?;
        let retry_policy = RetryPolicy {
            maximum_retry_attempts: number(&self.retries)?,
            maximum_event_age_in_seconds: number(&self.age)?,
        };
        let mut target = Target {
            role_arn: said(self.role).filter(|_| needs_role),
            sqs_parameters: said(self.group)
                .filter(|_| is_queue)
                .map(|group| SqsParameters { message_group_id: Some(group) }),
            http_parameters: http.filter(|it| *it != HttpParameters::default()),
            dead_letter_config: said(self.dead).map(|arn| DeadLetter { arn: Some(arn) }),
            retry_policy: Some(retry_policy).filter(|it| *it != RetryPolicy::default()),
            id: self.id,
            arn: self.arn,
            ..Target::default()
        };
        match self.gets {
            Gets::Matched => {}
            Gets::Path => target.input_path = Some(self.input),
            Gets::Constant => target.input = Some(self.input),
            Gets::Transformer => {
                let paths = said(self.paths.trim().to_owned());
                let paths = paths.map(|text| serde_json::from_str(&text)).transpose();
                target.input_transformer = Some(Transformer {
                    input_paths_map: paths.map_err(|_| Wrong::Paths)?,
                    input_template: self.input,
                });
            }
        }
        Ok(target)
    }

    fn http(&self) -> Result<HttpParameters, Wrong> {
        let map = |text: &str| match text.trim() {
            "" => Ok(BTreeMap::new()),
            text => serde_json::from_str(text).map_err(|_| Wrong::Parameters),
        };
        let values = self.path_values.lines().map(str::trim).filter(|value| !value.is_empty());
        Ok(HttpParameters {
            path_parameter_values: values.map(str::to_owned).collect(),
            header_parameters: map(&self.headers)?,
            query_string_parameters: map(&self.query)?,
        })
    }
}

/// What in a form cannot even be sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// `InputPathsMap` is no object of texts.
    Paths,
    /// Headers or the query string are no object of texts.
    Parameters,
    /// There stands no whole number.
    Number,
}

fn number(text: &str) -> Result<Option<u64>, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Wrong::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";
    const DESTINATION: &str = "arn:aws:events:us-east-1:123456789012:api-destination/d/1a2b";
    const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:q";

    #[test]
    fn arns_tell_what_they_are_of() {
        for (arn, kind, name) in [
            (FUNCTION, Kind::Function, "f"),
            (&format!("{FUNCTION}:live"), Kind::Function, "f"),
            (QUEUE, Kind::Queue, "q"),
            ("arn:aws:states:us-east-1:123456789012:stateMachine:m", Kind::Machine, "m"),
            (
                "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/a:*",
                Kind::LogGroup,
                "/aws/events/a",
            ),
            ("arn:aws:logs:us-east-1:123456789012:log-group:g", Kind::LogGroup, "g"),
            ("arn:aws:events:us-east-1:123456789012:event-bus/b", Kind::Bus, "b"),
            (DESTINATION, Kind::Destination, "d"),
        ] {
            assert_eq!(named_by(arn), Some((kind, name.to_owned())), "{arn}");
        }
        assert_eq!(named_by("arn:aws:sns:us-east-1:123456789012:t"), None);
        assert_eq!(named_by("q"), None);
        assert_eq!(short("arn:aws:sns:us-east-1:123456789012:t"), "t");
        assert!(is_in(QUEUE, "us-east-1") && !is_in(QUEUE, "eu-west-1"));
        assert_eq!(queue_url(QUEUE), "https://sqs.us-east-1.amazonaws.com/123456789012/q");
    }

    #[test]
    fn a_target_has_what_was_said_and_no_more() {
        let draft = TargetDraft {
            id: "t".into(),
            arn: QUEUE.into(),
            role: "arn:aws:iam::123456789012:role/r".into(),
            ..TargetDraft::default()
        };
        let sent = |draft: TargetDraft| json!(draft.target().expect("it can be sent"));
        assert_eq!(sent(draft.clone()), json!({ "Id": "t", "Arn": QUEUE }));
        let full = TargetDraft {
            gets: Gets::Transformer,
            input: "\"<n>\"".into(),
            paths: r#"{"n": "$.detail.n"}"#.into(),
            group: "g".into(),
            dead: "arn:aws:sqs:us-east-1:123456789012:d".into(),
            retries: " 3 ".into(),
            ..draft.clone()
        };
        let target = json!({
            "Id": "t",
            "Arn": QUEUE,
            "InputTransformer": { "InputPathsMap": { "n": "$.detail.n" }, "InputTemplate": "\"<n>\"" },
            "SqsParameters": { "MessageGroupId": "g" },
            "DeadLetterConfig": { "Arn": "arn:aws:sqs:us-east-1:123456789012:d" },
            "RetryPolicy": { "MaximumRetryAttempts": 3 },
        });
        assert_eq!(sent(full.clone()), target);
        let read: Target = serde_json::from_value(target).expect("a target");
        assert_eq!((read.gets(), read.dead_letter_arn().is_some()), (Gets::Transformer, true));
        assert_eq!(TargetDraft::of(&read).target(), Ok(read.clone()));
        assert_eq!((free_id(&[]), free_id(&[read])), ("target-1".into(), "target-1".into()));
        let taken = Target { id: "target-1".into(), ..Target::default() };
        assert_eq!(free_id(&[taken]), "target-2");
        let wrong = TargetDraft { paths: "[1]".into(), ..full.clone() };
        assert_eq!(wrong.target(), Err(Wrong::Paths));
        assert_eq!(TargetDraft { age: "soon".into(), ..full }.target(), Err(Wrong::Number));
        let machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
        let target = sent(TargetDraft { arn: machine.into(), group: "g".into(), ..draft });
        assert_eq!(target.get("RoleArn"), Some(&json!("arn:aws:iam::123456789012:role/r")));
        assert_eq!(target.get("SqsParameters"), None);
    }

    #[test]
    fn an_api_destination_is_told_what_to_put_into_requests() {
        let draft = TargetDraft {
            id: "t".into(),
            arn: DESTINATION.into(),
            role: "arn:aws:iam::123456789012:role/r".into(),
            ..TargetDraft::default()
        };
        let plain = draft.clone().target().expect("it can be sent");
        assert_eq!(plain.http_parameters, None);
        assert_eq!(TargetDraft::of(&plain).target(), Ok(plain));
        let full = TargetDraft {
            path_values: "a\n b \n\n$.detail.id".into(),
            headers: r#"{"X-From": "here"}"#.into(),
            ..draft
        };
        let target = full.clone().target().expect("it can be sent");
        let parameters = json!({
            "PathParameterValues": ["a", "b", "$.detail.id"],
            "HeaderParameters": { "X-From": "here" },
        });
        assert_eq!(json!(target).get("HttpParameters"), Some(&parameters));
        assert_eq!(TargetDraft::of(&target).target(), Ok(target));
        let queue = TargetDraft { arn: QUEUE.into(), ..full.clone() };
        assert_eq!(queue.target().expect("it can be sent").http_parameters, None);
        let wrong = TargetDraft { query: "[1]".into(), ..full };
        assert_eq!(wrong.target(), Err(Wrong::Parameters));
    }
}
