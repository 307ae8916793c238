//! What an execution waits for somebody to do: to let it go on, to answer a task.

use std::collections::BTreeMap;

use cloudarium_asl::Machine;
use cloudarium_asl::exec::debug::{Change, Held, Mode, What};
use cloudarium_asl::exec::inspect::Mock;
use serde::Serialize;

use crate::model::{Record, State};

/// A session of debugging.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DebugView<'a> {
    /// `step`, `continue`, `finish`
    mode: &'static str,
    held: Vec<HeldView<'a>>,
    changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HeldView<'a> {
    place: u32,
    state: &'a str,
    task: bool,
    input: String,
    /// What came, if the input was changed.
    given: Option<String>,
    /// It is tried again, or goes on after a redrive: its input is in the history.
    entered: bool,
    tries: u32,
    index: Option<usize>,
    /// Whether it is in an execution of its own: a distributed Map's child.
    child: bool,
    variables: BTreeMap<&'a str, String>,
    mock: Option<MockView<'a>>,
    since: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MockView<'a> {
    result: Option<String>,
    error: Option<&'a str>,
    cause: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChangeView<'a> {
    event: u64,
    state: &'a str,
    /// `input`, `result`, `error`
    what: &'static str,
    /// The input that came.
    before: Option<String>,
}

/// A task that somebody must answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenView<'a> {
    state: &'a str,
    index: Option<usize>,
    /// What it is answered with; none: no worker has taken it yet.
    token: Option<&'a str>,
    /// The activity whose task it is.
    activity: Option<&'a str>,
}

/// How an execution is debugged; a child of a distributed Map is a part of its parent.
pub fn session<'a>(record: &'a Record, machine: &'a Machine) -> Option<DebugView<'a>> {
    let execution = record.execution.as_ref()?;
    let debug = execution.debugged()?;
    let mode = match debug.mode() {
        Mode::Step => "step",
        Mode::Continue => "continue",
        Mode::Finish => "finish",
    };
    let running = record.outcome.is_none();
    let held = if running { execution.held(machine) } else { Vec::new() };
    let own = |change: &&Change| change.lane == 0;
    Some(DebugView {
        mode,
        held: held.into_iter().map(place).collect(),
        changes: debug.changes().iter().filter(own).map(change).collect(),
    })
}

fn place(held: Held<'_>) -> HeldView<'_> {
    let variables = held.variables.iter().map(|(name, value)| (*name, value.text().to_string()));
    HeldView {
        place: held.frame,
        state: held.state,
        task: held.is_task,
        input: held.input.text().to_string(),
        given: held.given.map(|given| given.text().to_string()),
        entered: held.entered,
        tries: held.tries,
        index: held.index,
        child: held.lane != 0,
        variables: variables.collect(),
        mock: held.mock.map(|mock| match mock {
            Mock::Result(result) => {
                MockView { result: Some(result.text().to_string()), error: None, cause: None }
            }
            Mock::Error(error, cause) => {
                let error = error.as_deref().or(Some(""));
                MockView { result: None, error, cause: cause.as_deref() }
            }
        }),
        since: held.since_ms,
    }
}

fn change(change: &Change) -> ChangeView<'_> {
    let (what, before) = match &change.what {
        What::Input(before) => ("input", Some(before.text().to_string())),
        What::Result => ("result", None),
        What::Error => ("error", None),
    };
    ChangeView { event: change.event, state: &change.state, what, before }
}

/// The states that a machine has breakpoints at.
pub fn breakpoints<'a>(states: &'a State, machine: &str) -> Vec<&'a str> {
    let stops = states.stops.get(machine);
    stops.into_iter().flat_map(|stops| &stops.breakpoints).map(AsRef::as_ref).collect()
}

/// The tasks of an execution that wait for a token, or for a worker.
pub fn tokens<'a>(
    states: &'a State,
    arn: &str,
    record: &'a Record,
    machine: &'a Machine,
) -> Vec<TokenView<'a>> {
    let Some(execution) = record.execution.as_ref().filter(|_| record.outcome.is_none()) else {
        return Vec::new();
    };
    let queued = states.activities.iter().flat_map(|(activity, kept)| {
        let own = kept.queue.iter().filter(|(of, ..)| of == arn);
        own.map(move |(_, task, _)| (*task, None, Some(activity.as_str())))
    });
    let given = states.tokens.iter().filter(|(_, given)| given.execution_arn == arn);
    let given = given.map(|(token, given)| (given.task, Some(token.as_str()), None));
    let view = |(task, token, activity)| {
        let (state, index) = execution.asks(machine, task)?;
        Some(TokenView { state, index, token, activity })
    };
    given.chain(queued).filter_map(view).collect()
}
