//! The words of the Step Functions console.

use crate::route::states::View;
use crate::state::sizes::counted;
use crate::state::states::run::{Mark, Run};

pub const DO_STATES: &str = "Go to Step Functions";
pub const PATH: &str = "Where in Step Functions";
pub const WAYS: &str = "Ways to look at it";
pub const LOADING: &str = "Asking Step Functions.";
pub const NOT_THERE: &str = "There is nothing by this name in this Region. It may have been deleted, or live in another Region.";

// ---- machines
pub const MACHINES: &str = "State machines";
pub const NONE: &str = "No state machines yet";
pub const NONE_MORE: &str = "A state machine is a flow of steps: calls to other services, choices, waits. Begin with an example and watch it run.";
pub const CREATE: &str = "Create state machine";
pub const DELETE: &str = "Delete state machine";
pub const DELETE_MORE: &str = "Its executions go with it.";
pub const NAME: &str = "Name";
pub const TYPE: &str = "Type";
pub const STATUS: &str = "Status";
pub const CREATED: &str = "Created";
pub const RUNNING: &str = "Running";
pub const EXECUTIONS: &str = "Executions";
pub const ACTIVE: &str = "Active";

pub fn kind(express: bool) -> &'static str {
    if express { "Express" } else { "Standard" }
}

pub fn kind_more(express: bool) -> &'static str {
    if express {
        "At most five minutes, no history to look back at; paid by the request. It is started here in a way that waits for its answer."
    } else {
        "Up to a year, each step kept in its history; paid by the transition. Its executions can be watched and redriven."
    }
}

pub fn delete_named(name: &str) -> String {
    format!("Delete {name}")
}

pub fn delete_ask(name: &str) -> String {
    format!("Delete the state machine {name}?")
}

pub fn deleted(name: &str) -> String {
    format!("{name} deleted")
}

pub fn created(name: &str) -> String {
    format!("{name} created")
}

// ---- a new machine
pub const BLUEPRINT: &str = "Begin with";
pub const ROLE: &str = "Role (ARN)";
pub const ROLE_MORE: &str = "The machine acts with this role. Any role of your account will do: what a role may do is not yet simulated.";
pub const SAMPLE_ROLE: &str = "arn:aws:iam::123456789012:role/service-role/step-functions";
pub const DEFINITION: &str = "Definition (Amazon States Language)";
pub const DEFINITION_EDITOR: &str = "Definition (Amazon States Language). Esc, then Tab leaves.";
pub const DIAGNOSTICS: &str = "What is wrong with the definition";
pub const VALID: &str = "Valid";
pub const CHECKING: &str = "Checking";

/// A blueprint's title, and what it shows.
pub fn blueprint(id: &str) -> (&'static str, &'static str) {
    match id {
        "choice-and-wait" => (
            "Choice and Wait",
            "A rule decides; a Wait follows the simulated clock, which you can let jump.",
        ),
        "retry-and-catch" => (
            "Retry and Catch",
            "Reads an object of S3. Without the bucket it is retried and fails: make the bucket and redrive it. Without the key it is caught.",
        ),
        "parallel" => ("Parallel", "Two branches at the same time, each with its own result."),
        "map" => ("Map", "The same steps for each item of a list, two items at a time."),
        "jsonata" => {
            ("JSONata", "Data is reckoned by JSONata expressions, and a sum is kept in a variable.")
        }
        "callback" => (
            "Callback",
            "Puts a question with a task token into a bucket (make it first), and waits for an answer with that token.",
        ),
        _ => ("Hello world", "One Pass state that greets, and the end."),
    }
}

pub fn problems(count: usize) -> String {
    counted(count, "problem", "problems")
}

pub fn warnings(count: usize) -> String {
    counted(count, "warning", "warnings")
}

// ---- a machine
pub const PICTURE: &str = "Picture of the state machine";
pub const NO_PICTURE: &str = "There are no states to draw yet.";
pub const VERSIONS: &str = "Versions and aliases";
pub const VERSIONS_ONLY: &str = "Versions";
pub const VERSIONS_MORE: &str = "A version is a copy of the definition that never changes again.";
pub const NO_VERSIONS: &str = "None is published yet.";
pub const PUBLISH: &str = "Publish version";
pub const ALIASES: &str = "Aliases";
pub const ALIASES_MORE: &str = "An alias is a name for a version, or for two that share the executions: a way to change over step by step.";
pub const NO_ALIASES: &str = "There are none. Publish a version to name it.";
pub const ALIAS_NAME: &str = "Alias";
pub const VERSION: &str = "Version";
pub const FIRST_SHARE: &str = "Its share of 100";
pub const SECOND: &str = "The rest goes to";
pub const NOTHING_ELSE: &str = "no other version";
pub const START_SHORT: &str = "Start";

pub fn view(view: View) -> &'static str {
    match view {
        View::Graph => "Graph",
        View::Edit => "Edit",
        View::Outline => "Outline",
        View::Definition => "Definition",
        View::Executions => "Executions",
        View::Versions => "Versions and aliases",
        View::Events => "Events",
        View::Timeline => "Timeline",
        View::Compare => "Compare",
        View::New => "Create",
    }
}

pub fn role_words(role: &str) -> String {
    format!("acts as {role}")
}

pub fn saved(name: &str) -> String {
    format!("{name} saved")
}

pub fn published(name: &str) -> String {
    format!("Version of {name} published")
}

pub fn version_deleted(number: u64) -> String {
    format!("Version {number} deleted")
}

pub fn alias_deleted(name: &str) -> String {
    format!("Alias {name} deleted")
}

pub fn alias_saved(name: &str) -> String {
    format!("Alias {name} saved")
}

pub fn start_named(name: &str) -> String {
    format!("Start an execution of {name}")
}

pub fn share(version: &str, weight: u32) -> String {
    format!("version {version}: {weight} %")
}

pub fn then(next: &str) -> String {
    format!("then {next}")
}

// ---- executions
pub const START: &str = "Start execution";
pub const START_NOW: &str = "Start";
pub const INPUT_JSON: &str = "Input (JSON)";
pub const EXECUTION_NAME: &str = "Name of the execution";
pub const NAME_OPTIONAL: &str = "left empty, one is made up";
pub const NO_EXECUTIONS: &str = "Nothing here. Start one with the button above.";
pub const EXPRESS_ROWS: &str = "Executions of an Express machine leave no history here. Start one with the button above: its answer stands below the form.";
pub const ALL: &str = "All";
pub const STARTED: &str = "Started";
pub const TOOK: &str = "Took";
pub const VERSION_ALIAS: &str = "Version or alias";
pub const STATUSES: [&str; 5] = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

pub fn status(status: &str) -> &'static str {
    match status {
        "RUNNING" => "Running",
        "SUCCEEDED" => "Succeeded",
        "TIMED_OUT" => "Timed out",
        "ABORTED" => "Aborted",
        _ => "Failed",
    }
}

pub fn with_count(words: &str, count: u32) -> String {
    format!("{words} ({count})")
}

pub fn started(name: &str) -> String {
    format!("Execution of {name} started")
}

pub fn redrives(count: u32) -> String {
    if count == 1 { "redriven once".into() } else { format!("redriven {count} times") }
}

/// `0.4 s`, `2 min 5 s`, `3 h 20 min`
pub fn lasting(ms: f64) -> String {
    let seconds = (ms / 1000.0).max(0.0);
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an execution takes a year at most"
    )]
    let whole = seconds as u64;
    match (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60) {
        (0, 0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (0, hours, minutes, _) => format!("{hours} h {minutes} min"),
        (days, hours, ..) => format!("{days} d {hours} h"),
    }
}

// ---- states in an execution
pub fn mark(mark: Option<Mark>) -> &'static str {
    match mark {
        None => "not reached",
        Some(Mark::Succeeded) => "succeeded",
        Some(Mark::Caught) => "error caught",
        Some(Mark::Cancelled) => "cut off",
        Some(Mark::Failed) => "failed",
        Some(Mark::Running) => "running",
    }
}

/// What a state does, and how it went: `S3: GetObject, 2nd try`, `Map, 2 of 3 done`, `Pass, 3 times`.
pub fn told(run: &Run, name: &str, does: &str) -> String {
    let mut words = vec![does.to_owned()];
    let visits = run.visits_of(name).count();
    if let Some(last) = run.visits_of(name).last() {
        if let Some(items) = last.items {
            words.push(format!("{} of {} done", items.succeeded, items.total));
            if items.failed > 0 {
                words.push(format!("{} failed", items.failed));
            }
        }
        if last.tries > 1 {
            words.push(nth_try(last.tries));
        }
        if last.waits_to_retry() {
            words.push("waits to retry".into());
        }
    }
    if visits > 1 {
        let running = run.count(name, Mark::Running);
        words.push(format!("{visits} times"));
        if running > 0 {
            words.push(format!("{running} running"));
        }
    }
    words.join(", ")
}

fn nth_try(count: u64) -> String {
    let end = match (count % 10, count % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{count}{end} try")
}

/// A rule as short as it can be told: `$.total > 100`.
pub fn condition(rule: &str) -> String {
    let signs = [
        ("GreaterThanEquals", "≥"),
        ("LessThanEquals", "≤"),
        ("GreaterThan", ">"),
        ("LessThan", "<"),
        ("Equals", "="),
    ];
    let mut words: Vec<String> = rule.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        for kind in ["Numeric", "String", "Timestamp", "Boolean"] {
            let Some(rest) = word.strip_prefix(kind) else { continue };
            let rest = rest.strip_suffix("Path").unwrap_or(rest);
            if let Some((_, sign)) = signs.iter().find(|(name, _)| *name == rest) {
                *word = (*sign).to_owned();
                break;
            }
        }
    }
    words.join(" ")
}

// ---- an execution
pub const STOP: &str = "Stop";
pub const REDRIVE: &str = "Redrive";
pub const REDRIVE_MORE: &str = "Goes on from where it failed: what succeeded is not done again.";
pub const AGAIN: &str = "Run again";
pub const AGAIN_MORE: &str = "A new execution with the same input.";
pub const JUMP: &str = "Jump over the wait";
pub const JUMP_MORE: &str =
    "Lets the simulated clock jump to the next moment that something waits for.";
pub const THE_EXECUTION: &str = "The execution";
pub const NOTHING_YET: &str = "Nothing has happened yet.";
pub const CHOOSE_STATE: &str = "Choose a state to see what became of its data.";
pub const INPUT: &str = "Input";
pub const OUTPUT: &str = "Output";
pub const PARAMETERS: &str = "Asked for";
pub const RESULT: &str = "Result";
pub const ASSIGNED: &str = "variable assigned";
pub const UNCHANGED: &str = "the input, unchanged";
pub const NOT_REACHED: &str = "The execution has not come here.";
pub const ITS_DEFINITION: &str = "Its definition";
pub const EARLIER: &str = "The visit before";
pub const LATER: &str = "The visit after";
pub const NO_ERROR_NAME: &str = "An error without a name";

pub fn stopped(name: &str) -> String {
    format!("Execution {name} stopped")
}

pub fn redriven(name: &str) -> String {
    format!("Execution {name} redriven")
}

pub fn facts(started: &str, lasting: &str, entered: usize) -> String {
    format!(
        "started {started}, {lasting} simulated, {}",
        counted(entered, "state entered", "states entered")
    )
}

pub fn visited(does: &str, at: &str, lasting_ms: Option<f64>) -> String {
    match lasting_ms {
        Some(ms) => format!("{does}, at {at}, took {}", lasting(ms)),
        None => format!("{does}, since {at}"),
    }
}

pub fn visit_of(at: usize, all: usize, iteration: Option<u64>) -> String {
    let item = iteration.map(|index| format!(", {}", item(index))).unwrap_or_default();
    format!("visit {at} of {all}{item}")
}

pub fn item(index: u64) -> String {
    format!("item {index}")
}

pub fn attempt(number: u64, last: bool) -> String {
    if last {
        format!("{}, the last", nth_try(number))
    } else {
        format!("{}, then tried again", nth_try(number))
    }
}

pub fn map_run(run: &crate::state::states::MapRun) -> String {
    let mut words = format!("Map run: {} of {} items done", run.succeeded, run.total);
    for (count, what) in
        [(run.running, "running"), (run.failed + run.timed_out, "failed"), (run.aborted, "aborted")]
    {
        if count > 0 {
            words = format!("{words}, {count} {what}");
        }
    }
    words
}

// ---- the history
pub const EVENTS: &str = "Events of the history";
pub const FIND_EVENT: &str = "Find in the history";
pub const ONLY_FAILURES: &str = "only failures";
pub const NUMBER: &str = "No.";
pub const EVENT: &str = "Event";
pub const STATE: &str = "State";
pub const AFTER: &str = "After";
pub const TIME: &str = "Time, simulated";
pub const TIMELINE: &str = "States in simulated time";

pub fn events(shown: usize, all: usize) -> String {
    if shown == all {
        counted(all, "event", "events")
    } else {
        format!("{shown} of {}", counted(all, "event", "events"))
    }
}

// ---- two executions
pub const COMPARE_WITH: &str = "Compare with";
pub const CHOOSE_ONE: &str = "choose an execution";
pub const COMPARE_MORE: &str = "Choose another execution of this machine: their states stand side by side, and the first difference is marked.";
pub const NOTHING_TO_COMPARE: &str =
    "This machine has no other execution. Run it again, or with another input.";
pub const COMPARED: &str = "Two executions side by side";
pub const STEP: &str = "Step";
pub const NO_STEP: &str = "no such step";
pub const NO_DIFFERENCE: &str = "No difference: the same states, inputs, outputs and errors.";
pub const FIRST_DIFFERENCE: &str = "the first difference";

pub fn first_difference(step: usize) -> String {
    format!("They first differ at step {step}.")
}

// ---- one state by itself
pub const TRY: &str = "Try it by itself";
pub const TRY_MORE: &str = "Runs this one state with an input of yours and shows every stage of its data. A task really calls what it calls, unless something stands in its place.";
pub const TRY_NOW: &str = "Try";
pub const TRY_A_STATE: &str = "Try a state";
pub const CHOOSE_A_STATE: &str = "choose a state";
pub const VARIABLES: &str = "Variables (JSON, may be empty)";
pub const ITS_WORK: &str = "What it does";
pub const MOCK_NONE: &str = "what it says";
pub const MOCK_RESULT: &str = "gives this result";
pub const MOCK_ERROR: &str = "fails with this error";
pub const ERROR: &str = "Error";
pub const CAUSE: &str = "Cause";
pub const TRY_SUCCEEDED: &str = "Succeeded";
pub const TRY_CAUGHT: &str = "Error caught";
pub const TRY_RETRIABLE: &str = "Would be tried again";
pub const TRY_FAILED: &str = "Failed";
pub const NOTHING_CHANGED: &str = "nothing changed";

pub fn try_named(name: &str) -> String {
    format!("Try {name} by itself")
}

pub fn tried(name: &str) -> String {
    format!("{name} tried")
}

/// A stage as AWS's field of the definition is called.
pub fn stage(name: &str) -> &str {
    match name {
        "input" => "Input",
        "afterInputPath" => "InputPath",
        "afterItemsPath" => "ItemsPath",
        "afterItemSelector" => "ItemSelector",
        "afterParameters" => "Parameters",
        "afterArguments" => "Arguments",
        "result" => "Result",
        "afterResultSelector" => "ResultSelector",
        "afterResultPath" => "ResultPath",
        "variables" => "Variables",
        "errorDetails" => "Which Retry or Catch",
        other => other,
    }
}

// ---- export
pub const EXPORT: &str = "Export";
pub const EXPORT_AS: &str = "As";

pub fn export_kind(id: &str) -> &'static str {
    match id {
        "boto3" => "a script for boto3",
        "sam" => "an AWS SAM template",
        "cloudformation" => "a CloudFormation template",
        _ => "the definition",
    }
}

// ---- changing a state
pub const EDIT_MORE: &str = "What is changed here is saved at once; Undo, below, takes it back. All else stays as it was written.";
pub const STATE_JSON: &str = "The state (JSON)";
pub const SAVE_STATE: &str = "Save state";
pub const INSERT: &str = "Put a state after it";
pub const INSERT_NOW: &str = "Put in";
pub const DELETE_STATE: &str = "Delete state";

pub fn state_saved(name: &str) -> String {
    format!("{name} saved")
}

pub fn state_put_in(new: &str, name: &str) -> String {
    format!("{new} put after {name}")
}

pub fn state_deleted(name: &str) -> String {
    format!("{name} deleted")
}
