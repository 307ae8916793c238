//! Read-only pictures for the console.
//!
//! | name | parameters | what it tells |
//! | --- | --- | --- |
//! | `machines` | | the state machines of the account and Region |
//! | `machine` | `Name` | one of them, with its definition, versions and aliases |
//! | `executions` | `Machine`, `Status`, `Limit` | its executions, the newest first |
//! | `execution` | `Machine`, `Name`, `After` | one of them, and its history after an event |

mod debug;

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::event::{Event, Field};
use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, to_value};
use serde::Serialize;

use crate::arn;
use crate::model::{MapRun, Record, Revision, State, StateMachine};
use crate::ops::redrivable;
use debug::{DebugView, TokenView};

/// So many executions are told at once, unless fewer are asked for.
const EXECUTIONS_MAX: usize = 100;
/// So many events are told at once: who wants the rest asks for what comes after the last.
const EVENTS_MAX: usize = 500;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MachineRow<'a> {
    arn: &'a str,
    name: &'a str,
    express: bool,
    /// Milliseconds since 1970, as all times here.
    created: i64,
    executions: usize,
    running: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MachineView<'a> {
    #[serde(flatten)]
    row: MachineRow<'a>,
    updated: i64,
    definition: &'a str,
    role_arn: &'a str,
    /// `ALL`, `ERROR`, `FATAL`, `OFF`
    log_level: &'a str,
    versions: Vec<VersionView<'a>>,
    aliases: Vec<AliasView<'a>>,
    /// States that executions stop before.
    breakpoints: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VersionView<'a> {
    arn: String,
    number: u64,
    description: &'a str,
    created: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AliasView<'a> {
    arn: String,
    name: &'a str,
    description: &'a str,
    updated: i64,
    routes: Vec<RouteView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RouteView<'a> {
    version: &'a str,
    weight: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecutionsView<'a> {
    rows: Vec<ExecutionRow<'a>>,
    /// How many there are of each status.
    counts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecutionRow<'a> {
    arn: &'a str,
    name: &'a str,
    status: &'static str,
    started: i64,
    stopped: Option<i64>,
    redrives: u32,
    version_arn: Option<&'a str>,
    alias_arn: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExecutionView<'a> {
    #[serde(flatten)]
    row: ExecutionRow<'a>,
    machine_arn: &'a str,
    express: bool,
    input: String,
    output: Option<String>,
    error: Option<String>,
    cause: Option<String>,
    /// `REDRIVABLE`, `NOT_REDRIVABLE`, `REDRIVABLE_BY_MAP_RUN`
    redrive_status: &'static str,
    redrive_reason: Option<String>,
    map_run_arn: Option<&'a str>,
    /// What it runs, which may no longer be the machine's.
    definition: &'a str,
    role_arn: &'a str,
    events: Vec<EventView<'a>>,
    /// How many there are in all.
    events_total: usize,
    map_runs: Vec<MapRunView<'a>>,
    /// Tokens that somebody is waited for with.
    tokens: Vec<TokenView<'a>>,
    /// How it is debugged, if it is.
    debug: Option<DebugView<'a>>,
    /// States that its machine has breakpoints at.
    breakpoints: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MapRunView<'a> {
    arn: &'a str,
    status: &'a str,
    total: usize,
    running: usize,
    succeeded: usize,
    failed: usize,
    timed_out: usize,
    aborted: usize,
    /// The newest of its children.
    children: Vec<ExecutionRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventView<'a> {
    id: u64,
    previous: u64,
    at: i64,
    r#type: &'static str,
    details: BTreeMap<&'static str, Shown<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Text(&'a str),
    Int(i64),
    Texts(BTreeMap<&'a str, &'a str>),
}

/// The view called `name`.
pub fn view(states: &State, cx: &Ctx<'_>, name: &str, params: &Value) -> Option<Value> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let int = |name: &str| match params.get(name) {
        Some(Value::Int(number)) => u64::try_from(*number).ok(),
        _ => None,
    };
    let machine_of = |name: &str| states.machines.get(&arn::here(cx, "stateMachine", name));
    let shown = match name {
        "machines" => {
            let here = arn::here(cx, "stateMachine", "");
            let machines = states.machines.values().filter(|one| one.arn.starts_with(&here));
            to_value(&machines.map(|machine| row(states, machine)).collect::<Vec<_>>())
        }
        "machine" => to_value(&whole(states, machine_of(text("Name")?)?)),
        "executions" => {
            let machine = machine_of(text("Machine")?)?;
            let limit = int("Limit").and_then(|limit| usize::try_from(limit).ok());
            to_value(&executions(states, &machine.arn, text("Status"), limit))
        }
        "execution" => {
            let (machine, name) = (text("Machine")?, text("Name")?);
            let named =
                |kind| states.executions.get(&arn::here(cx, kind, &format!("{machine}:{name}")));
            let record = named("execution").or_else(|| named("express"))?;
            let machine = record.machine();
            let after = int("After").unwrap_or(0);
            to_value(&execution(states, cx.now, (record, &machine), after))
        }
        _ => return None,
    };
    shown.ok()
}

fn row<'a>(states: &State, machine: &'a StateMachine) -> MachineRow<'a> {
    let owned = states.by_owner.get(&machine.arn);
    let running =
        |arn: &&String| states.executions.get(*arn).is_some_and(|one| one.outcome.is_none());
    MachineRow {
        arn: &machine.arn,
        name: &machine.name,
        express: machine.express,
        created: Timestamp::as_ms(machine.created),
        executions: owned.map_or(0, imbl::Vector::len),
        running: owned.map_or(0, |owned| owned.iter().filter(running).count()),
    }
}

fn whole<'a>(states: &'a State, machine: &'a StateMachine) -> MachineView<'a> {
    let Revision { definition, role_arn, logging, .. } = &machine.revision;
    let versions = machine.versions.iter().rev().map(|(number, version)| VersionView {
        arn: format!("{}:{number}", machine.arn),
        number: *number,
        description: &version.description,
        created: version.created.as_ms(),
    });
    let aliases = machine.aliases.iter().map(|(name, alias)| AliasView {
        arn: format!("{}:{name}", machine.arn),
        name,
        description: &alias.description,
        updated: alias.updated.as_ms(),
        routes: alias
            .routes
            .iter()
            .map(|(version, weight)| RouteView { version, weight: *weight })
            .collect(),
    });
    MachineView {
        row: row(states, machine),
        updated: machine.updated.as_ms(),
        definition,
        role_arn,
        log_level: logging.as_ref().map_or("OFF", |logging| &logging.level),
        versions: versions.collect(),
        aliases: aliases.collect(),
        breakpoints: debug::breakpoints(states, &machine.arn),
    }
}

fn executions<'a>(
    states: &'a State,
    owner: &str,
    with: Option<&str>,
    limit: Option<usize>,
) -> ExecutionsView<'a> {
    let mut told = ExecutionsView { rows: Vec::new(), counts: BTreeMap::new() };
    let most = limit.unwrap_or(EXECUTIONS_MAX).min(EXECUTIONS_MAX);
    let all = states.by_owner.get(owner).into_iter().flatten().rev();
    for record in all.filter_map(|arn| states.executions.get(arn)) {
        *told.counts.entry(record.status()).or_default() += 1;
        if told.rows.len() < most && with.is_none_or(|asked| asked == record.status()) {
            told.rows.push(execution_row(record));
        }
    }
    told
}

fn execution_row(record: &Record) -> ExecutionRow<'_> {
    ExecutionRow {
        arn: &record.identity.arn,
        name: &record.identity.name,
        status: record.status(),
        started: record.identity.started_ms,
        stopped: record.stopped.map(Timestamp::as_ms),
        redrives: record.identity.redrive_count,
        version_arn: record.identity.version_arn.as_deref(),
        alias_arn: record.alias_arn.as_deref(),
    }
}

fn execution<'a>(
    states: &'a State,
    now: Timestamp,
    (record, machine): (&'a Rc<Record>, &'a asl::Machine),
    after: u64,
) -> ExecutionView<'a> {
    let arn = record.identity.arn.as_str();
    let (error, cause) = record.error();
    let (redrive_status, redrive_reason) = redrivable(record, now);
    // Events count from 1 and none is left out.
    let from = usize::try_from(after).unwrap_or(usize::MAX).min(record.history.len());
    let runs = states.map_runs.iter().filter(|(_, run)| run.execution_arn == arn);
    ExecutionView {
        row: execution_row(record),
        machine_arn: &record.machine_arn,
        express: record.express,
        input: record.input.text().to_string(),
        output: record.output().map(|output| output.text().to_string()),
        error,
        cause,
        redrive_status,
        redrive_reason,
        map_run_arn: record.map_run_arn.as_deref(),
        definition: &record.revision.definition,
        role_arn: &record.revision.role_arn,
        events: record.history.iter().skip(from).take(EVENTS_MAX).map(event).collect(),
        events_total: record.history.len(),
        map_runs: runs.map(|(arn, run)| map_run(states, arn, run)).collect(),
        tokens: debug::tokens(states, arn, record, machine),
        debug: debug::session(record, machine),
        breakpoints: debug::breakpoints(states, &record.machine_arn),
    }
}

fn map_run<'a>(states: &'a State, arn: &'a str, run: &'a MapRun) -> MapRunView<'a> {
    let [running, succeeded, failed, timed_out, aborted] = run.counts;
    MapRunView {
        arn,
        status: &run.status,
        total: run.total,
        running,
        succeeded,
        failed,
        timed_out,
        aborted,
        children: executions(states, arn, None, None).rows,
    }
}

fn event(event: &Event) -> EventView<'_> {
    let details = event.details.iter().map(|(detail, field)| {
        let shown = match field {
            Field::Text(text) => Shown::Text(text),
            Field::Int(number) => Shown::Int(*number),
            Field::Texts(map) => {
                Shown::Texts(map.iter().map(|(name, text)| (name.as_str(), &**text)).collect())
            }
        };
        (detail.name(), shown)
    });
    EventView {
        id: event.id,
        previous: event.previous,
        at: event.at_ms,
        r#type: event.kind.name(),
        details: details.collect(),
    }
}
