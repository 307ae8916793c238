//! What the Step Functions console knows: machines and executions as the cloud tells them, what became of each state,
//! examples to begin with, and a definition as code that deploys it.

pub mod blueprints;
pub mod calls;
pub mod debug;
pub mod draft;
pub mod events;
pub mod export;
pub mod problems;
pub mod run;
pub mod session;

use std::rc::Rc;

use serde::Deserialize;
use serde_json::Value;

pub use events::Event;

/// Something large that is equal only to itself: what is drawn from it is not compared piece by piece.
#[derive(Debug, Default)]
pub struct Kept<T>(pub Rc<T>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> std::ops::Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A state machine in the list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MachineRow {
    pub arn: String,
    pub name: String,
    pub express: bool,
    /// Milliseconds since 1970, as all times here.
    pub created: f64,
    pub executions: u32,
    pub running: u32,
}

/// A state machine.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Machine {
    #[serde(flatten)]
    pub row: MachineRow,
    pub updated: f64,
    pub definition: String,
    pub role_arn: String,
    pub log_level: String,
    pub versions: Vec<Version>,
    pub aliases: Vec<Alias>,
    /// States that executions stop before.
    pub breakpoints: Vec<String>,
}

/// A published version.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Version {
    pub arn: String,
    pub number: u64,
    pub description: String,
    pub created: f64,
}

/// A name for a version or two.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Alias {
    pub arn: String,
    pub name: String,
    pub description: String,
    pub updated: f64,
    pub routes: Vec<Share>,
}

/// How many of a hundred executions a version gets.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Share {
    pub version: String,
    pub weight: u32,
}

/// Executions of a machine, the newest first.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Executions {
    pub rows: Vec<ExecutionRow>,
    /// How many there are of each status.
    pub counts: std::collections::BTreeMap<String, u32>,
}

/// An execution in a list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ExecutionRow {
    pub arn: String,
    pub name: String,
    pub status: String,
    pub started: f64,
    pub stopped: Option<f64>,
    pub redrives: u32,
    pub version_arn: Option<String>,
    pub alias_arn: Option<String>,
}

impl ExecutionRow {
    /// Whether it still goes on.
    pub fn is_running(&self) -> bool {
        self.status == "RUNNING"
    }
}

/// An execution; `events` are those that were asked for.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Execution {
    #[serde(flatten)]
    pub row: ExecutionRow,
    pub machine_arn: String,
    pub express: bool,
    pub input: String,
    pub output: Option<String>,
    pub error: Option<String>,
    pub cause: Option<String>,
    pub redrive_status: String,
    pub redrive_reason: Option<String>,
    pub map_run_arn: Option<String>,
    pub definition: String,
    pub role_arn: String,
    pub events: Vec<Event>,
    pub events_total: usize,
    pub map_runs: Vec<MapRun>,
    pub tokens: Vec<debug::Asked>,
    /// How it is debugged, if it is.
    pub debug: Option<debug::Debug>,
    /// States that its machine has breakpoints at.
    pub breakpoints: Vec<String>,
}

/// How far a distributed Map has come.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MapRun {
    pub arn: String,
    pub status: String,
    pub total: u32,
    pub running: u32,
    pub succeeded: u32,
    pub failed: u32,
    pub timed_out: u32,
    pub aborted: u32,
    pub children: Vec<ExecutionRow>,
}

/// What is wrong with a definition.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Diagnostic {
    pub severity: String,
    pub code: String,
    pub message: String,
    pub location: Option<String>,
}

/// A state of a definition, wherever it stands in it.
pub fn find_state<'a>(definition: &'a Value, name: &str) -> Option<&'a Value> {
    let states = definition.get("States")?.as_object()?;
    states.get(name).or_else(|| states.values().find_map(|state| within(state, name)))
}

fn within<'a>(state: &'a Value, name: &str) -> Option<&'a Value> {
    scopes(state).into_iter().find_map(|scope| find_state(scope, name))
}

/// What lies within a state: branches of a Parallel, the processor of a Map.
pub fn scopes(state: &Value) -> Vec<&Value> {
    match state.get("Type").and_then(Value::as_str) {
        Some("Parallel") => {
            state.get("Branches").and_then(Value::as_array).into_iter().flatten().collect()
        }
        Some("Map") => {
            state.get("ItemProcessor").or_else(|| state.get("Iterator")).into_iter().collect()
        }
        _ => vec![],
    }
}

/// The names of all states, those within others after them.
pub fn all_states(definition: &Value) -> Vec<String> {
    let states = definition.get("States").and_then(Value::as_object).into_iter().flatten();
    let mut names = vec![];
    for (name, state) in states {
        names.push(name.clone());
        names.extend(scopes(state).into_iter().flat_map(all_states));
    }
    names
}

/// What a state does, in few words: `Lambda: Invoke`, `S3: GetObject`, or its type.
pub fn does(state: &Value) -> String {
    let kind = state.get("Type").and_then(Value::as_str).unwrap_or_default();
    match state.get("Resource").and_then(Value::as_str) {
        Some(resource) if kind == "Task" => resource_words(resource),
        _ => kind.to_owned(),
    }
}

fn resource_words(resource: &str) -> String {
    let Some(integration) = resource.split(":states:").nth(1) else {
        return if resource.contains(":lambda:") { "Lambda" } else { resource }.to_owned();
    };
    let mut parts = integration.splitn(4, ':').skip(2);
    let (first, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if first == "activity" {
        return format!("Activity: {rest}");
    }
    let (service, action) = match first {
        "aws-sdk" => rest.split_once(':').unwrap_or((rest, "")),
        service => (service, rest),
    };
    let action = action.split('.').next().unwrap_or_default();
    let mut letters = action.chars();
    let action: String =
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    format!("{}: {action}", service_name(service))
}

fn service_name(service: &str) -> &str {
    match service {
        "lambda" => "Lambda",
        "s3" => "S3",
        "dynamodb" => "DynamoDB",
        "sns" => "SNS",
        "sqs" => "SQS",
        "glue" => "Glue",
        "events" | "eventbridge" => "EventBridge",
        "states" | "sfn" => "Step Functions",
        "http" => "HTTP",
        "sts" => "STS",
        "cloudwatchlogs" => "Logs",
        other => other,
    }
}

/// The icon of a state.
pub fn icon_of(state: &Value) -> &'static str {
    match state.get("Type").and_then(Value::as_str).unwrap_or_default() {
        "Choice" => "choice",
        "Parallel" => "parallel",
        "Map" => "map",
        "Wait" => "hour",
        "Pass" => "passst",
        "Succeed" => "okst",
        "Fail" => "failst",
        _ => {
            let does = does(state);
            let service = does.split(':').next().unwrap_or_default();
            match service {
                "Lambda" => "lambda",
                "S3" => "s3",
                "DynamoDB" => "db",
                "SNS" => "bell",
                "SQS" => "queue",
                "Glue" => "glue",
                "Step Functions" => "sfn",
                "Logs" => "log",
                "HTTP" => "ext",
                _ => "gear",
            }
        }
    }
}

/// JSON as people read it; what is none as it is.
pub fn pretty(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .ok()
        .and_then(|value| serde_json::to_string_pretty(&value).ok())
        .unwrap_or_else(|| text.to_owned())
}

/// The last part of an ARN.
pub fn last_of(arn: &str) -> &str {
    arn.rsplit(':').next().unwrap_or(arn)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_task_is_told_by_what_it_asks_for() {
        let told = |resource: &str| does(&json!({ "Type": "Task", "Resource": resource }));
        assert_eq!(told("arn:aws:states:::lambda:invoke"), "Lambda: Invoke");
        assert_eq!(told("arn:aws:states:::lambda:invoke.waitForTaskToken"), "Lambda: Invoke");
        assert_eq!(told("arn:aws:states:::aws-sdk:s3:getObject"), "S3: GetObject");
        assert_eq!(
            told("arn:aws:states:us-east-1:123456789012:activity:approve"),
            "Activity: approve"
        );
        assert_eq!(told("arn:aws:lambda:us-east-1:123456789012:function:f"), "Lambda");
        assert_eq!(does(&json!({ "Type": "Wait" })), "Wait");
    }

    #[test]
    fn a_state_is_found_within_others() {
        let definition = json!({ "States": { "M": { "Type": "Map", "ItemProcessor": { "States": {
            "P": { "Type": "Parallel", "Branches": [{ "States": {} }, { "States": { "X": { "Type": "Pass" } } }] } } } } } });
        assert_eq!(find_state(&definition, "X"), Some(&json!({ "Type": "Pass" })));
        assert_eq!(find_state(&definition, "Y"), None);
    }
}
