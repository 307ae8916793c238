//! The debugger: what the console asks for that AWS has no operation for.
//!
//! | name | parameters | what it does |
//! | --- | --- | --- |
//! | `breakpoint` | `Machine`, `State`, `On` | executions of the machine stop before the state, or no longer |
//! | `pause-next` | `Machine`, `On` | the next execution of the machine stops before its first state |
//! | `pause` | `Machine`, `Name` | an execution stops before whatever comes next |
//! | `step` | `Machine`, `Name`, `Place` | what is held there goes on to the next state |
//! | `continue` | `Machine`, `Name` | all that is held goes on to the next breakpoint |
//! | `finish` | `Machine`, `Name` | all that is held goes on, past all breakpoints |
//! | `input` | `Machine`, `Name`, `Place`, `Input` | a state that is held gets another input |
//! | `mock` | `Machine`, `Name`, `Place`, `Result` or `Error` and `Cause`, or nothing | how the next attempt at a task ends |
//!
//! Breakpoints belong to a machine, so that an execution that a script starts stops, too. Where an
//! execution stands is a part of it ([`asl::exec::debug`]), so that a pause outlives all that an
//! execution outlives. Express executions are not debugged: they have no history here that could be
//! looked at meanwhile.

use std::collections::BTreeSet;
use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_asl::exec::debug::Mode;
use cloudarium_asl::exec::inspect::Mock;
use cloudarium_service::{Ctx, Fault};
use cloudarium_shape::{Map, Value};
use serde::{Deserialize, Serialize};

use crate::model::{Record, State};
use crate::{arn, drive};

/// Where executions of a machine stop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stops {
    /// Names of states.
    pub breakpoints: BTreeSet<Rc<str>>,
    /// Whether the next execution stops before its first state.
    pub pause_next: bool,
}

/// Does what the console asks for.
pub fn extra(
    states: &mut State,
    cx: &mut Ctx<'_>,
    name: &str,
    params: &Value,
) -> Result<Value, Fault> {
    let asked = Asked { params };
    let machine = arn::here(cx, "stateMachine", asked.text("Machine")?);
    let known = states.machines.get(&machine).ok_or_else(|| no_machine(&machine))?;
    if known.express {
        return Err(refused(
            "NotDebuggable",
            "Express executions cannot be debugged here: they have no history to look at. Make a Standard \
             machine of the same definition.",
        ));
    }
    match name {
        "breakpoint" => breakpoint(states, cx, &machine, &asked)?,
        "pause-next" => {
            let pause = asked.flag("On");
            change(states, &machine, |stops| stops.pause_next = pause);
        }
        _ => going(states, cx, name, &asked)?,
    }
    Ok(Value::Map(Map::new()))
}

/// A new execution stops where its machine says.
pub fn begun(states: &mut State, machine: &str, arn: &str) {
    let Some(stops) = states.stops.get_mut(machine) else { return };
    let pause = std::mem::take(&mut stops.pause_next);
    let breakpoints = stops.breakpoints.clone();
    if breakpoints.is_empty() {
        states.stops.remove(machine);
    }
    let mode = if pause { Mode::Step } else { Mode::Continue };
    let record = states.executions.get_mut(arn).map(Rc::make_mut);
    if let Some(Record { express: false, execution: Some(execution), .. }) = record {
        execution.debug(mode, breakpoints);
    }
}

fn change(states: &mut State, machine: &str, change: impl FnOnce(&mut Stops)) {
    let mut stops = states.stops.remove(machine).unwrap_or_default();
    change(&mut stops);
    if stops != Stops::default() {
        states.stops.insert(machine.to_owned(), stops);
    }
}

fn breakpoint(
    states: &mut State,
    cx: &mut Ctx<'_>,
    machine: &str,
    asked: &Asked<'_>,
) -> Result<(), Fault> {
    let (state, on) = (asked.text("State")?, asked.flag("On"));
    change(states, machine, |stops| {
        if on {
            stops.breakpoints.insert(state.into());
        } else {
            stops.breakpoints.remove(state);
        }
    });
    let stops = states.stops.get(machine);
    let breakpoints = stops.map(|stops| stops.breakpoints.clone()).unwrap_or_default();
    // What runs already stops there, too.
    let all = states.by_owner.get(machine).cloned().unwrap_or_default();
    for arn in all {
        let runs = states.executions.get(&arn).is_some_and(|record| record.outcome.is_none());
        if runs {
            drive::act(states, cx, &arn, |execution, _| {
                let mode =
                    execution.debugged().map_or(Mode::Continue, asl::exec::debug::Debug::mode);
                execution.debug(mode, breakpoints.clone());
            });
        }
    }
    Ok(())
}

/// What is asked of one execution.
fn going(states: &mut State, cx: &mut Ctx<'_>, name: &str, asked: &Asked<'_>) -> Result<(), Fault> {
    let (machine, execution) = (asked.text("Machine")?, asked.text("Name")?);
    let arn = arn::here(cx, "execution", &format!("{machine}:{execution}"));
    let record = states.executions.get(&arn).ok_or_else(|| no_execution(&arn))?;
    if record.outcome.is_some() {
        let words =
            format!("The execution {execution} has ended: nothing of it can be held any more.");
        return Err(refused("NotRunning", words));
    }
    let compiled = record.machine();
    let stops = states.stops.get(&arn::here(cx, "stateMachine", machine));
    let breakpoints = stops.map(|stops| stops.breakpoints.clone()).unwrap_or_default();
    let done = match name {
        "pause" | "continue" | "finish" | "step" => {
            let (mode, place) = match name {
                "pause" => (Mode::Step, Some(u32::MAX)),
                "step" => (Mode::Step, asked.place()?),
                "continue" => (Mode::Continue, None),
                _ => (Mode::Finish, None),
            };
            let released = drive::act(states, cx, &arn, |execution, cx| {
                let first = execution.held(&compiled).first().map(|held| held.frame);
                execution.debug(mode, breakpoints);
                let place = if name == "step" { place.or(first) } else { place };
                execution.release(cx, place)
            });
            drive::run(states, cx, &arn);
            name != "step" || released == Some(true)
        }
        "input" => {
            let input = document("Input", asked.text("Input")?)?;
            let place = asked.place()?.unwrap_or(u32::MAX);
            drive::act(states, cx, &arn, |execution, _| execution.give(place, input)) == Some(true)
        }
        "mock" => {
            let (mock, place) = (asked.mock()?, asked.place()?.unwrap_or(u32::MAX));
            drive::act(states, cx, &arn, |execution, _| execution.make_up(&compiled, place, mock))
                == Some(true)
        }
        other => {
            return Err(Fault::not_implemented(&format!("the action {other} of stepfunctions")));
        }
    };
    if done { Ok(()) } else { Err(not_held(name, execution)) }
}

fn not_held(name: &str, execution: &str) -> Fault {
    let words = match name {
        "input" => format!(
            "The execution {execution} is not held before a state there, or has entered it already: its \
             input is in the history."
        ),
        "mock" => format!("The execution {execution} is not held before a task there."),
        _ => format!("The execution {execution} is not held before any state there."),
    };
    refused("NotPaused", words)
}

fn refused(code: &str, words: impl Into<String>) -> Fault {
    Fault::new(code, 400, words)
}

fn no_machine(arn: &str) -> Fault {
    refused("StateMachineDoesNotExist", format!("State Machine Does Not Exist: '{arn}'"))
}

fn no_execution(arn: &str) -> Fault {
    refused("ExecutionDoesNotExist", format!("Execution Does Not Exist: '{arn}'"))
}

/// JSON that a state is given.
fn document(member: &str, text: &str) -> Result<asl::Doc, Fault> {
    let wrong = |why: String| refused("InvalidInput", format!("{member} is not JSON: {why}"));
    let document = asl::Doc::parse(text).map_err(|error| wrong(error.to_string()))?;
    if document.is_too_long() {
        let words = format!("{member} is larger than 256 KiB, the most that a state may be given.");
        return Err(refused("InvalidInput", words));
    }
    Ok(document)
}

/// What is asked for.
struct Asked<'a> {
    params: &'a Value,
}

impl Asked<'_> {
    fn maybe(&self, member: &str) -> Option<&str> {
        self.params.get(member).and_then(Value::as_str)
    }

    fn text(&self, member: &str) -> Result<&str, Fault> {
        self.maybe(member).ok_or_else(|| refused("InvalidInput", format!("{member} is missing.")))
    }

    fn flag(&self, member: &str) -> bool {
        matches!(self.params.get(member), Some(Value::Bool(true)))
    }

    fn place(&self) -> Result<Option<u32>, Fault> {
        match self.params.get("Place") {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Int(place)) => u32::try_from(*place)
                .map(Some)
                .map_err(|_| refused("InvalidInput", format!("Place is no place: {place}."))),
            Some(_) => Err(refused("InvalidInput", "Place is a number.")),
        }
    }

    fn mock(&self) -> Result<Option<Mock>, Fault> {
        if let Some(result) = self.maybe("Result") {
            return Ok(Some(Mock::Result(document("Result", result)?)));
        }
        let Some(error) = self.maybe("Error") else { return Ok(None) };
        // The longest that SendTaskFailure takes.
        // https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html
        if error.chars().count() > 256 {
            return Err(refused("InvalidInput", "Error has more than 256 characters."));
        }
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(Some(Mock::Error(some(error), self.maybe("Cause").and_then(some))))
    }
}
