//! The words of the debugger, and of answers to tasks that wait.

use crate::state::sizes::counted;
use crate::state::states::debug::{Change, Held};

pub const OURS: &str = "The debugger is Cloudarium's own: AWS cannot hold an execution up. Its history stays as AWS would write it.";
pub const BREAKPOINT: &str = "Breakpoint";
pub const BREAKPOINT_MORE: &str = "Executions of this machine stop before this state. Key: B";
pub const PAUSED_HERE: &str = "paused here";
pub const START_PAUSED: &str = "Start paused";
pub const START_PAUSED_MORE: &str = "Stops before the first state, to go on step by step.";
pub const PAUSE: &str = "Pause";
pub const PAUSE_MORE: &str = "Stops before the next state. What runs already runs to its end.";
pub const STEP: &str = "Step";
pub const STEP_MORE: &str = "Does this one state, and stops before the next.";
pub const CONTINUE: &str = "Continue";
pub const CONTINUE_MORE: &str = "Goes on to the next breakpoint.";
pub const FINISH: &str = "Run to the end";
pub const FINISH_MORE: &str = "Goes on past all breakpoints.";
pub const WHERE: &str = "Paused at";
pub const WHAT_GOES_IN: &str = "What goes in (JSON)";
pub const ENTERED: &str = "It was entered before: its input is in the history and stays.";
pub const USE_INPUT: &str = "Use this input";
pub const INPUT_CHANGED: &str = "Changed by you. What came was:";
pub const VARIABLES: &str = "Variables";
pub const ITS_END: &str = "How the task ends";
pub const REALLY: &str = "as it really does";
pub const WITH_RESULT: &str = "with this result";
pub const WITH_ERROR: &str = "with this error";
pub const MAKE_UP: &str = "Use this end";
pub const MADE_UP_RESULT: &str = "The next attempt is not run: it gives this result.";
pub const MADE_UP_ERROR: &str = "The next attempt is not run: it fails with this error.";
pub const BY_HAND: &str = "changed by hand";
pub const WAITS: &str = "Waits for an answer";
pub const ANSWER: &str = "Answer";
pub const HEARTBEAT: &str = "Send heartbeat";
pub const HEARTBEAT_SENT: &str = "Heartbeat sent";
pub const TAKE: &str = "Take it as a worker";
pub const TAKE_MORE: &str = "No worker has asked for this task yet. Taking it gives you its token.";
pub const TAKEN: &str = "Task taken";
pub const SUCCESS: &str = "with success";
pub const FAILURE: &str = "with failure";

pub fn breakpoint_at(state: &str) -> String {
    format!("Breakpoint at {state}")
}

pub fn paused(held: &[Held]) -> String {
    match held {
        [one] => format!("Paused before {}", place(one)),
        more => format!("Paused in {}", counted(more.len(), "place", "places")),
    }
}

/// `Save, item 3, 2nd try`
pub fn place(held: &Held) -> String {
    let mut words = held.state.clone();
    if let Some(index) = held.index {
        words = format!("{words}, {}", super::states::item(index));
    }
    if held.tries > 0 {
        words = format!("{words}, tried {}", counted(held.tries as usize, "time", "times"));
    }
    words
}

pub fn changes(count: usize) -> String {
    format!("{} by hand", counted(count, "change", "changes"))
}

pub fn change(change: &Change) -> &'static str {
    match change.what.as_str() {
        "input" => "This input was given by hand, in the debugger. What came was:",
        "result" => "This result was made up in the debugger: nothing was called.",
        _ => "This error was made up in the debugger: nothing was called.",
    }
}

pub fn change_at(change: &Change) -> String {
    let what = match change.what.as_str() {
        "input" => "another input",
        "result" => "a made-up result",
        _ => "a made-up error",
    };
    format!("{}: {what}", change.state)
}

pub fn set(state: &str, on: bool) -> String {
    if on {
        format!("Set a breakpoint at {state}")
    } else {
        format!("Remove the breakpoint at {state}")
    }
}

pub fn answered(state: &str) -> String {
    format!("{state} answered")
}
