//! What several operations share: parts of requests and answers, and beginning an execution.
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_Types.html>

use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::validate::{self, Diagnostic};
use cloudarium_env::{Timestamp, place};
use cloudarium_jackson::Source;
use cloudarium_service::{Ctx, Fault};
use cloudarium_shape::{Value, ValueError, from_value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{OPEN_EXECUTIONS_MAX, PAYLOAD_BYTES_MAX, REDRIVE_MS_MAX, VERSIONS_MAX};
use crate::model::{
    Activity, Alias, Logging, MapRun, Record, State, StateMachine, TaskToken, Version,
};
use crate::store::Resolved;
use crate::{arn, debug, drive, log, tasks};

/// What AWS calls a definition that is no JSON.
pub const INVALID_JSON: &str = "INVALID_JSON_DESCRIPTION";

/// Whether a payload is in the answer.
#[derive(Debug, Serialize)]
pub struct Included {
    pub included: bool,
}

/// `encryptionConfiguration`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Encryption {
    r#type: Option<String>,
}

/// Refuses keys of the customer's own, which are not simulated.
pub fn check_encryption(encryption: Option<&Encryption>) -> Result<(), Error> {
    let kind = encryption.and_then(|encryption| encryption.r#type.as_deref());
    match kind {
        None | Some("AWS_OWNED_KEY") => Ok(()),
        Some(other) => Err(Error::validation(format!("Cloudarium does not simulate {other}."))),
    }
}

/// `tracingConfiguration`
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tracing {
    pub enabled: Option<bool>,
}

/// `loggingConfiguration`
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LoggingConfiguration {
    level: Option<String>,
    include_execution_data: Option<bool>,
    destinations: Option<Vec<Destination>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Destination {
    cloud_watch_logs_log_group: Option<Group>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Group {
    log_group_arn: Option<String>,
}

impl LoggingConfiguration {
    /// What is kept of it; `None`: nothing is logged.
    pub fn check(self) -> Result<Option<Logging>, Error> {
        let level = self.level.unwrap_or_else(|| "OFF".to_owned());
        let destinations = self.destinations.unwrap_or_default();
        let count = destinations.len();
        let groups: Vec<String> = destinations
            .into_iter()
            .filter_map(|one| one.cloud_watch_logs_log_group?.log_group_arn)
            .collect();
        if level != "OFF"
            && let Some(why) = wrong_destination(count, &groups)
        {
            let message = format!("Invalid Logging Configuration: {why}");
            return Err(Error::invalid_logging_configuration(message));
        }
        let include_execution_data = self.include_execution_data.unwrap_or(false);
        Ok(Some(Logging { level, include_execution_data, groups }))
    }

    /// As answers have it.
    pub fn of(kept: Option<&Logging>) -> Self {
        let group = |arn: &String| Destination {
            cloud_watch_logs_log_group: Some(Group { log_group_arn: Some(arn.clone()) }),
        };
        let groups = kept.map(|logging| logging.groups.iter().map(group).collect::<Vec<_>>());
        Self {
            level: Some(kept.map_or_else(|| "OFF".to_owned(), |logging| logging.level.clone())),
            include_execution_data: Some(
                kept.is_some_and(|logging| logging.include_execution_data),
            ),
            destinations: groups.filter(|groups| !groups.is_empty()),
        }
    }
}

/// What is wrong with where a machine is to log to.
fn wrong_destination(count: usize, groups: &[String]) -> Option<&'static str> {
    if count != 1 {
        return Some("Must specify exactly one Log Destination.");
    }
    let Some(group) = groups.first() else {
        return Some("Must set valid CloudWatch Log Group ARN.");
    };
    let parts: Vec<&str> = group.splitn(7, ':').collect();
    match parts.as_slice() {
        ["arn", _, "logs", _, _, "log-group", name] => {
            (!name.ends_with(":*")).then_some("Log Group ARN must be provided with '*' qualifier.")
        }
        _ => Some("Provided ARN is not CloudWatch Logs Log Group ARN."),
    }
}

/// One of an alias's versions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    state_machine_version_arn: String,
    weight: i64,
}

impl Route {
    /// As answers have it.
    pub fn of((version, weight): &(String, i64)) -> Self {
        Self { state_machine_version_arn: version.clone(), weight: *weight }
    }
}

/// `STANDARD` or `EXPRESS`.
pub fn type_of(express: bool) -> &'static str {
    if express { "EXPRESS" } else { "STANDARD" }
}

/// The input of an operation whose answer may wait.
pub fn typed<I: DeserializeOwned>(name: &str, input: Value) -> Result<I, Fault> {
    from_value(input).map_err(|error| match error {
        ValueError::UnknownMember(member) => {
            Fault::not_implemented(&format!("the member {member} of {name}"))
        }
        ValueError::Mismatch(why) => Fault::new("InternalFailure", 500, why),
    })
}

/// What is wrong with a definition. What is no JSON is told as AWS tells it, in the words of its parser.
pub fn diagnose(definition: &str, express: bool) -> Vec<Diagnostic> {
    let (_, mut found) = validate::validate_for(definition, express, tasks::knows);
    if let Some(one) = found.iter_mut().find(|one| one.code == INVALID_JSON)
        && let Some(refusal) = cloudarium_jackson::refusal(definition, Source::Text)
    {
        one.message = refusal.to_string();
    }
    found
}

/// Reads JSON that a request gives; else, the parser's exception. Observed of `StartExecution`:
/// `com.fasterxml.jackson.core.JsonParseException: Unexpected character ('"' (code 34)): was expecting comma to separate
/// Object entries`, a line break, and ` at [Source: (String)"..."; line: 1, column: 58]`.
pub fn read_json(text: &str) -> Result<asl::Doc, String> {
    asl::Doc::parse(text).map_err(|error| {
        let refusal = cloudarium_jackson::refusal(text, Source::Text);
        refusal.map_or_else(|| error.to_string(), |refusal| refusal.exception())
    })
}

/// The input of an execution.
pub fn read_input(text: &str) -> Result<asl::Doc, Error> {
    read_json(text).map_err(|why| {
        Error::invalid_execution_input(format!("Invalid State Machine Execution Input: '{why}'"))
    })
}

/// Refuses a definition that AWS refuses.
pub fn check_definition(definition: &str, express: bool) -> Result<(), Error> {
    if definition.len() > validate::DEFINITION_BYTES_MAX {
        let message = "Invalid State Machine Definition: 'Definition exceeds the maximum size'";
        return Err(Error::invalid_definition(message));
    }
    let found = diagnose(definition, express);
    validate::refusal(&found).map_or(Ok(()), |why| Err(Error::invalid_definition(why)))
}

/// Publishes what a machine does now; gives the version's ARN.
pub fn publish(
    machine: &mut StateMachine,
    cx: &Ctx<'_>,
    description: Option<String>,
) -> Result<String, Error> {
    if machine.versions.len() >= VERSIONS_MAX {
        return Err(Error::service_quota_exceeded(
            "You have reached the maximum number of versions",
        ));
    }
    let number = machine.next_version;
    machine.next_version += 1;
    let version = Version {
        revision: machine.revision.clone(),
        description: description.unwrap_or_default(),
        created: cx.now,
    };
    machine.versions.insert(number, version);
    Ok(format!("{}:{number}", machine.arn))
}

/// An activity.
pub fn activity<'a>(states: &'a State, arn: &str) -> Result<&'a Activity, Error> {
    states
        .activities
        .get(arn)
        .ok_or_else(|| Error::activity_does_not_exist(format!("Activity Does Not Exist: '{arn}'")))
}

/// A Map run.
pub fn map_run<'a>(states: &'a State, named: &str) -> Result<&'a MapRun, Error> {
    arn::of_kind(named, &["mapRun"])?;
    let missing = || Error::resource_not_found(format!("Resource not found: '{named}'"));
    states.map_runs.get(named).ok_or_else(missing)
}

/// What a token stands for: a task that is waited for.
pub fn task(states: &State, token: &str) -> Result<TaskToken, Error> {
    let Some(place) = states.tokens.get(token) else {
        return Err(Error::invalid_token("Invalid Token: 'Invalid token'"));
    };
    let execution = states.executions.get(&place.execution_arn);
    let waited = execution
        .and_then(|record| record.execution.as_ref())
        .is_some_and(|execution| execution.is_pending(place.task));
    if waited {
        return Ok(place.clone());
    }
    let message = "Task Timed Out: 'Provided task does not exist anymore'";
    Err(Error::task_timed_out(message))
}

/// The machine and the name in an alias's ARN.
pub fn alias_name(named: &str) -> Result<(String, String), Error> {
    let (machine_arn, name) = arn::machine(named)?;
    match name {
        Some(name) if name.parse::<u64>().is_err() => Ok((machine_arn, name.to_owned())),
        _ => Err(Error::invalid_arn(format!("Invalid Arn: '{named}'"))),
    }
}

/// An alias.
pub fn alias<'a>(states: &'a State, named: &str) -> Result<&'a Alias, Error> {
    let (machine_arn, name) = alias_name(named)?;
    let found = states.machines.get(&machine_arn).and_then(|machine| machine.aliases.get(&name));
    found.ok_or_else(|| {
        // guess: the words that other operations have.
        Error::resource_not_found("Request references a resource that does not exist.")
    })
}

/// Checks an alias's versions: one or two of one machine, of a hundred together.
pub fn routes(states: &State, routes: Vec<Route>) -> Result<(String, Vec<(String, i64)>), Error> {
    let sum: i64 = routes.iter().map(|route| route.weight).sum();
    if routes.is_empty() || routes.len() > 2 || sum != 100 || routes.iter().any(|r| r.weight < 0) {
        return Err(Error::validation("Sum of routing configuration weights must equal 100"));
    }
    if let [one, other] = routes.as_slice()
        && one.state_machine_version_arn == other.state_machine_version_arn
    {
        // guess: the words, after those for versions that there are not.
        let named = &one.state_machine_version_arn;
        return Err(Error::validation(format!(
            "Routing configuration must contain distinct state machine version ARNs. Received: [{named}, {named}]"
        )));
    }
    let mut machines = std::collections::BTreeSet::new();
    for route in &routes {
        let named = &route.state_machine_version_arn;
        let (machine_arn, number) = arn::machine(named)?;
        let there = states.machines.get(&machine_arn).zip(number.and_then(|n| n.parse().ok()));
        if !there.is_some_and(|(machine, number): (_, u64)| machine.versions.contains_key(&number))
        {
            return Err(Error::validation(format!(
                "Routing configuration must contain existing state machine version ARNs. Received: [{named}]"
            )));
        }
        machines.insert(machine_arn);
    }
    let Some(machine_arn) = machines.pop_first().filter(|_| machines.is_empty()) else {
        return Err(Error::validation(
            "Routing configuration must contain versions of one state machine",
        ));
    };
    let routes = routes.into_iter().map(|r| (r.state_machine_version_arn, r.weight)).collect();
    Ok((machine_arn, routes))
}

/// Whether an execution can be redriven, and why not.
pub fn redrivable(record: &Record, now: Timestamp) -> (&'static str, Option<String>) {
    let status = record.status();
    if matches!(status, "RUNNING" | "SUCCEEDED") || record.express {
        let reason = format!("Execution is {status} and cannot be redriven");
        return ("NOT_REDRIVABLE", Some(reason));
    }
    if record.map_run_arn.is_some() {
        return ("REDRIVABLE_BY_MAP_RUN", None);
    }
    let stopped = record.stopped.map_or(0, Timestamp::as_ms);
    if now.as_ms() - stopped > REDRIVE_MS_MAX {
        let reason =
            "Execution cannot be redriven because it exceeded the redrivable period of 14 days";
        return ("NOT_REDRIVABLE", Some(reason.to_owned()));
    }
    ("REDRIVABLE", None)
}

/// An execution that was asked for.
pub struct Begun {
    /// Its ARN.
    pub arn: String,
    /// When it was started.
    pub started: Timestamp,
    /// Whether it is not one that runs already.
    pub is_new: bool,
}

/// Begins an execution, or finds the one that was begun alike.
pub fn begin(
    states: &mut State,
    cx: &mut Ctx<'_>,
    found: Resolved,
    (name, input, trace_header): (Option<String>, Option<String>, Option<String>),
) -> Result<Begun, Error> {
    let given = input.unwrap_or_else(|| "{}".to_owned());
    if given.len() > PAYLOAD_BYTES_MAX {
        let message = "Invalid State Machine Execution Input: 'Input exceeds the maximum size'";
        return Err(Error::invalid_execution_input(message));
    }
    let document = read_input(&given)?;
    let name = name.unwrap_or_else(|| cx.rng.uuid());
    arn::check_name(&name)?;
    let machine = &found.machine;
    let account = machine.arn.split(':').nth(4).unwrap_or_default();
    let execution_arn = if machine.express {
        let unique = format!("express:{}:{name}:{}", machine.name, cx.rng.uuid());
        place::arn("states", cx.region, account, &unique)
    } else {
        place::arn("states", cx.region, account, &format!("execution:{}:{name}", machine.name))
    };
    if let Some(there) = states.executions.get(&execution_arn) {
        if there.outcome.is_none() && there.input.value() == document.value() {
            let started = Timestamp::from_ms(there.identity.started_ms);
            return Ok(Begun { arn: execution_arn, started, is_new: false });
        }
        let message = format!("Execution Already Exists: '{execution_arn}'");
        return Err(Error::execution_already_exists(message));
    }
    if states.executions.len() >= OPEN_EXECUTIONS_MAX {
        return Err(Error::execution_limit_exceeded(
            "The maximum number of running executions has been reached",
        ));
    }
    let identity = asl::Identity {
        arn: execution_arn.clone(),
        name,
        role_arn: found.revision.role_arn.clone(),
        machine_arn: machine.arn.clone(),
        machine_name: machine.name.clone(),
        alias_arn: found.alias_arn.clone(),
        version_arn: found.version_arn.clone(),
        region: cx.region.to_owned(),
        started_ms: cx.now.as_ms(),
        ..asl::Identity::default()
    };
    let (machine_arn, express) = (machine.arn.clone(), machine.express);
    keep(states, cx, (identity, document), (found, trace_header));
    debug::begun(states, &machine_arn, &execution_arn);
    states.by_owner.entry(machine_arn).or_default().push_back(execution_arn.clone());
    if express {
        drive::limit_express(states, cx, &execution_arn);
    }
    Ok(Begun { arn: execution_arn, started: cx.now, is_new: true })
}

fn keep(
    states: &mut State,
    cx: &mut Ctx<'_>,
    (identity, input): (asl::Identity, asl::Doc),
    (found, trace_header): (Resolved, Option<String>),
) {
    let arn = identity.arn.clone();
    let runs = (found.revision, found.machine.express);
    let execution = asl::Execution::prepared(identity.clone(), input.clone());
    let mut record = Record::new(identity, input, runs, Some(execution));
    record.alias_arn = found.alias_arn;
    record.trace_header = trace_header;
    states.executions.insert(arn.clone(), Rc::new(record));
    drive::act(states, cx, &arn, asl::Execution::begin);
    if let Some(record) = states.executions.get(&arn) {
        log::status_changed(cx, record);
    }
}
