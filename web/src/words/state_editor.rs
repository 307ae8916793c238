//! The words of the visual editor of state machines. Names of fields are AWS's.

use std::collections::BTreeMap;

use cloudarium_asl_edit::complete::Kind;
use cloudarium_asl_edit::fresh::Language;
use cloudarium_asl_edit::place::Way;
use cloudarium_asl_edit::wrap::Around;
use cloudarium_asl_edit::{Refusal, Told};

use crate::state::states::problems::Problems;
use crate::state::states::session::{Hand, Pane};

// ---- the whole
pub const PANES: &str = "What is shown";
pub const SEE_AS: &str = "See the machine as";
pub const PICTURE: &str = "The machine";
pub const OUTLINE: &str = "Outline of the state machine";
pub const TEXT: &str = "Definition as text";
pub const TYPING: &str = "typing";
pub const HISTORY: &str = "Take back and do again";
pub const CHANGED_ELSEWHERE: &str = "This machine was changed elsewhere while you edit it here. Save puts yours in its place; Discard takes what is saved.";
pub const DISCARD: &str = "Discard";
pub const DRAFT: &str = "draft from before";
pub const THROW_AWAY: &str = "Throw it away";

pub fn saved(changed: bool, kept: bool) -> &'static str {
    match (changed, kept) {
        (false, _) => "Saved",
        (true, true) => "Not saved yet, kept in this browser",
        (true, false) => "Not saved yet",
    }
}

pub const NOT_KEPT: &str =
    "This browser has no room left to keep what is not saved: save before you leave the page.";

/// What was not saved before is here again.
pub fn draft_found(stale: bool) -> String {
    let here = "What you had not saved is here again.";
    if stale {
        format!("{here} The machine was changed meanwhile: Save puts yours in its place.")
    } else {
        here.to_owned()
    }
}

pub fn pane(pane: Pane) -> &'static str {
    match pane {
        Pane::Add => "Add",
        Pane::Outline => "Outline",
        Pane::Graph => "Graph",
        Pane::Form => "Form",
        Pane::Data => "Data",
        Pane::Text => "ASL",
    }
}

fn with(words: &str, what: Option<&str>) -> String {
    match what.filter(|what| !what.is_empty()) {
        Some(what) => format!("{words}: {what}"),
        None => words.to_owned(),
    }
}

pub fn undo(did: Option<&str>) -> String {
    with("Undo", did)
}

pub fn redo(did: Option<&str>) -> String {
    with("Redo", did)
}

pub fn broken(refused: &Refusal) -> String {
    format!("{refused} The picture shows how it last was; nothing is lost.")
}

/// What an edit could not keep.
pub fn told(told: &[Told]) -> String {
    let words = told.iter().map(|one| match one {
        Told::Dropped(field) => format!("{field} went: there is no place for it here."),
        Told::Unreached(state) => format!("Nothing leads to {state} any more."),
        Told::WayGone(state) => format!("A way of {state} went, since it led nowhere."),
    });
    words.collect::<Vec<_>>().join(" ")
}

// ---- what can be put in
pub const PALETTE: &str = "States and calls to put in";
pub const FIND: &str = "Find a state or a call";
pub const FLOW: &str = "Flow";
pub const CALLS: &str = "Calls";
pub const SDK: &str = "AWS SDK calls";

pub fn found(shown: usize, all: usize) -> String {
    if shown == all {
        format!("{all} SDK calls.")
    } else {
        format!("{shown} of {all} SDK calls. Type to find another.")
    }
}

// ---- places
pub const AT_BEGINNING: &str = "at the beginning";
pub const CHOOSE_STATE: &str = "A place is chosen. Choose what comes there.";
pub const PLACE_KEYS: &str = "Arrows go, Enter puts, Esc leaves.";

pub fn choose_place(hand: &Hand) -> String {
    match hand {
        Hand::New { like, .. } => format!("{like}: choose a place."),
        Hand::Move(name) => format!("Move {name}: choose a place."),
    }
}

pub fn put_between(hand: Option<&str>, from: &str, to: &str) -> String {
    let what = hand.map_or_else(|| "Put a state".to_owned(), |hand| format!("Put {hand}"));
    match (from, to) {
        ("", "") => format!("{what} here"),
        ("", to) => format!("{what} before {to}"),
        (from, "") => format!("{what} after {from}"),
        (from, to) => format!("{what} between {from} and {to}"),
    }
}

pub fn put_there(hand: Option<&str>, place: &str) -> String {
    format!("Put {} {place}", hand.unwrap_or("a state"))
}

pub fn on_way(way: Way, to: Option<&str>) -> String {
    let way = match way {
        Way::Next => "next".to_owned(),
        Way::Rule(at) => format!("on rule {}", at + 1),
        Way::Default => "as the default".to_owned(),
        Way::Catch(at) => format!("on catcher {}", at + 1),
    };
    match to {
        Some(to) => format!("{way}, before {to}"),
        None => format!("{way}, before the end"),
    }
}

pub fn scope(kind: &str, branch: usize) -> String {
    if kind == "Parallel" { format!("Branch {}", branch + 1) } else { "For each item".to_owned() }
}

/// By state what the picture's name of it tells beside.
pub fn problem_names(problems: &Problems) -> BTreeMap<String, String> {
    let words = |is_error: bool| if is_error { "has a problem" } else { "has a warning" };
    problems.iter().map(|(name, one)| (name.clone(), words(one.is_error).to_owned())).collect()
}

// ---- the form
pub const TABS: &str = "Fields of the state";
pub const NAME: &str = "State name";
pub const MACHINE: &str = "State machine";
pub const CHOOSE_ONE: &str = "Choose a state in the picture or the outline to change it. To put one in, choose it in the list, then a place.";
pub const THE_END: &str = "the end";
pub const NO_DEFAULT: &str = "nothing: fails if no rule fits";
pub const THEN: &str = "Next";
pub const DEFAULT: &str = "Default";
pub const LANGUAGE_CHANGED: &str = "change of QueryLanguage";
pub const VARIABLES_MORE: &str =
    "What is assigned here can be used by the states that follow, by $ and its name.";
pub const PATTERN: &str = "Waits for";
pub const WAIT_FOR: &str = "Waits";
pub const BRANCHES: &str = "Branches";
pub const ADD_BRANCH: &str = "Add branch";
pub const BRANCH_ADDED: &str = "add branch";
pub const MODE: &str = "Processing mode";
pub const AS_PATH: &str = "Take it from the input";
pub const AS_VALUE: &str = "Write a value";
pub const OFFERS: &str = "What can stand here";

pub fn tabs(kind: &str, language: Language) -> Vec<(&'static str, &'static str)> {
    let mut tabs = vec![("configuration", "Configuration")];
    if kind != "Fail" {
        let data = match language {
            Language::JsonPath => "Input and output",
            Language::Jsonata => "Arguments and output",
        };
        tabs.push(("data", data));
    }
    if !matches!(kind, "Succeed" | "Fail") {
        tabs.push(("variables", "Variables"));
    }
    if matches!(kind, "Task" | "Parallel" | "Map") {
        tabs.push(("errors", "Error handling"));
    }
    tabs
}

pub fn data_more(language: Language) -> &'static str {
    match language {
        Language::JsonPath => {
            "From the top: what of the input is taken, what is asked with it, what of the result is kept, and where."
        }
        Language::Jsonata => {
            "Output is what goes on; without it the result does, or the input where there is none."
        }
    }
}

/// What a field is for, where its name alone does not say it.
pub fn hint(field: &str) -> Option<&'static str> {
    Some(match field {
        "InputPath" => "What of the input the state sees. null: nothing.",
        "Parameters" | "Arguments" => {
            "What is asked with. Ctrl and Space show what can stand here."
        }
        "ResultSelector" => "What of the result is kept.",
        "ResultPath" => "Where the result goes in the input. null: it is dropped.",
        "OutputPath" => "What of that goes on.",
        "Output" => "What goes on.",
        "Assign" => "Variables: names and values.",
        "Resource" => "What is called.",
        "TimeoutSeconds" => "Fails with States.Timeout after so many seconds.",
        "HeartbeatSeconds" => "Fails if no sign of life comes for so many seconds.",
        "Credentials" => "Another role to call with: {\"RoleArn\": …}",
        "ErrorEquals" => "Names of errors, with commas between them. States.ALL is any.",
        "MaxAttempts" => "0: never again.",
        "BackoffRate" => "How much longer each wait is.",
        "Items" | "ItemsPath" => "The list whose items are gone through.",
        "ItemSelector" => "What each iteration gets.",
        "MaxConcurrency" => "How many at a time. 0: as many as can be.",
        "MachineTimeout" => "The whole execution fails after so many seconds.",
        "Label" => "Names the Map run.",
        _ => return None,
    })
}

pub const NO_NUMBER: &str = "Not a number yet: it is kept here until it is one.";
pub const NO_JSON: &str = "Not JSON yet: it is kept here until it is.";

pub fn for_field(words: &str, field: &str) -> String {
    format!("{field}: {words}")
}

pub fn not_there(name: &str) -> String {
    if name.is_empty() {
        "choose a state".to_owned()
    } else {
        format!("{name} (there is no such state)")
    }
}

pub fn pattern(pattern: &str) -> &'static str {
    match pattern {
        ".sync" => "its end (.sync)",
        ".sync:2" => "its end, output as JSON (.sync:2)",
        ".waitForTaskToken" => "a callback with the task token",
        _ => "the answer alone",
    }
}

pub fn wait(field: &str) -> &'static str {
    match field {
        "Timestamp" => "until a time",
        "SecondsPath" => "as many seconds as the input says",
        "TimestampPath" => "until the time that the input says",
        _ => "so many seconds",
    }
}

pub fn mode(mode: &str) -> &'static str {
    if mode == "DISTRIBUTED" { "Distributed: each item an execution of its own" } else { "Inline" }
}

pub fn with_or_without(there: bool, what: &str) -> String {
    if there { format!("Without {what}") } else { format!("With {what}") }
}

pub fn branch(at: usize, start: &str) -> String {
    format!("Branch {}: begins with {start}", at + 1)
}

fn one_of(list: &str) -> &'static str {
    match list {
        "/Retry" => "retrier",
        "/Catch" => "catcher",
        "/Branches" => "branch",
        _ => "rule",
    }
}

pub fn item(list: &str, at: usize) -> String {
    let name = if list == "/Retry" { "Retrier" } else { "Catcher" };
    format!("{name} {}", at + 1)
}

pub fn earlier(list: &str, at: usize) -> String {
    format!("Move {} {} earlier", one_of(list), at + 1)
}

pub fn later(list: &str, at: usize) -> String {
    format!("Move {} {} later", one_of(list), at + 1)
}

pub fn remove(list: &str, at: usize) -> String {
    format!("Remove {} {}", one_of(list), at + 1)
}

pub fn add(list: &str) -> &'static str {
    if list == "/Retry" { "Add retrier" } else { "Add catcher" }
}

pub fn errors_more(list: &str) -> &'static str {
    if list == "/Retry" {
        "Tried again; the first one that names the error counts."
    } else {
        "Asked once nothing tries again: the error goes to another state."
    }
}

// ---- rules
pub const RULES: &str = "Rules";
pub const ADD_RULE: &str = "Add rule";
pub const ADD_CONDITION: &str = "Add condition";
pub const REMOVE_CONDITION: &str = "Remove condition";
pub const RULE_FORM: &str = "True if";
pub const OPERATOR: &str = "Operator";
pub const VALUE: &str = "Value";
pub const TOO_DEEP: &str = "Deeper conditions are changed in the text.";

pub fn rule(at: usize) -> String {
    format!("Rule {}", at + 1)
}

pub fn rule_form(form: &str) -> &'static str {
    match form {
        "And" => "all of these are (And)",
        "Or" => "one of these is (Or)",
        "Not" => "this is not (Not)",
        _ => "this is",
    }
}

/// `NumericLessThanEqualsPath` is `numeric: less than equals, a path`.
pub fn operator(operator: &str) -> String {
    let mut words = String::new();
    for letter in operator.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

// ---- what can be done with a state
pub const ACTIONS: &str = "The state as a whole";
pub const PUT_AFTER: &str = "Put a state after it";
pub const MOVE: &str = "Move";
pub const DUPLICATE: &str = "Duplicate";
pub const DELETE: &str = "Delete";
pub const START_HERE: &str = "Start here";
pub const WRAP_TO: &str = "Wrap";
pub const WRAP_PARALLEL: &str = "Wrap in Parallel";
pub const WRAP_MAP: &str = "Wrap in Map";
pub const UNWRAP: &str = "Unwrap";

pub fn up_to(last: &str, first: &str) -> String {
    if last == first { "this state alone".to_owned() } else { format!("all up to {last}") }
}

pub fn put_after(name: &str) -> String {
    format!("put after {name}")
}

pub fn wrapped(name: &str, around: Around) -> String {
    match around {
        Around::Parallel => format!("wrap {name} in Parallel"),
        Around::Map => format!("wrap {name} in Map"),
    }
}

pub fn unwrapped(name: &str) -> String {
    format!("unwrap {name}")
}

pub fn duplicated(name: &str) -> String {
    format!("duplicate {name}")
}

pub fn deleted(name: &str) -> String {
    format!("delete {name}")
}

pub fn started_at(name: &str) -> String {
    format!("start at {name}")
}

pub fn renamed(name: &str) -> String {
    format!("rename {name}")
}

pub fn led(name: &str) -> String {
    format!("another way from {name}")
}

pub fn type_changed(name: &str) -> String {
    format!("another type for {name}")
}

pub fn typed_in(field: &str) -> String {
    format!("change {field}")
}

pub fn ordered(list: &str) -> String {
    format!("order of {}", list.trim_start_matches('/'))
}

pub fn taken_out(list: &str) -> String {
    format!("remove {}", one_of(list))
}

pub fn offered(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "in the sample",
        Kind::Variable => "variable",
        Kind::Root => "data",
        Kind::Function => "function",
    }
}

// ---- data
pub const DATA: &str = "Sample data";
pub const SAMPLE: &str = "Sample input of the machine";
pub const SAMPLE_MORE: &str = "Choose a state to see what becomes of it there.";
pub const COMES_IN: &str = "What comes in";
pub const VARIABLES: &str = "Variables";
pub const NOT_JSON: &str = "Not JSON yet.";
pub const MOCK_NONE: &str = "what it says, when you try it";
pub const TRY: &str = "Try the state";
pub const CARRY: &str = "Bring the sample here";
pub const CARRY_MORE: &str = "Takes the machine's sample through the states before this one. Calls are not made: what stands in their place is taken.";
pub const NOTHING_TRIED: &str = "Try the state to see every stage of its data, or let a result stand in the place of its call: then the stages follow what you type.";
pub const NOT_ON_THE_WAY: &str = "This sample does not come to this state. States within a Parallel or a Map get theirs from it: write one above.";

pub fn data_through(name: &str) -> String {
    format!("Data through {name}")
}

pub fn stopped(name: &str, why: &str) -> String {
    format!("The sample comes no further than {name}: {why}")
}
