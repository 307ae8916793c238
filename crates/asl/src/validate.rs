//! What AWS refuses in a definition, in its codes, words and places.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html>
//! The words come from recorded refusals; where none was found, they are ours and say so.

mod choice;
mod fields;
mod handlers;
mod map;
mod state;
mod task;
mod template;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::doc;
use crate::template::Language;

/// The most bytes of a definition.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>
pub const DEFINITION_BYTES_MAX: usize = 1_048_576;

/// Something that is wrong, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it is only a warning.
    pub warning: bool,
    /// `SCHEMA_VALIDATION_FAILED`
    pub code: &'static str,
    /// AWS's words.
    pub message: String,
    /// Where: a JSON pointer.
    pub location: String,
}

/// AWS's code for most mistakes.
pub(crate) const SCHEMA: &str = "SCHEMA_VALIDATION_FAILED";

/// What is no path.
pub(crate) const NO_PATH: &str = "Value must be a valid JSONPath.";

/// What is checked, and where things are found.
pub(crate) struct Check {
    pub found: Vec<Diagnostic>,
    /// Whether the machine is an Express one.
    pub express: bool,
    /// The machine's own language.
    pub language: Language,
    /// The labels of Map states so far.
    pub labels: BTreeSet<String>,
    /// Whether a service that is called by its SDK has an action.
    pub knows: fn(&str, &str) -> bool,
    names: BTreeSet<String>,
}

/// Checks a definition's text; gives the definition if it is JSON.
pub fn validate(text: &str, express: bool) -> (Option<Value>, Vec<Diagnostic>) {
    validate_for(text, express, |_, _| true)
}

/// Checks a definition's text. `knows`: whether a service that is called by its SDK has an action.
pub fn validate_for(
    text: &str,
    express: bool,
    knows: fn(&str, &str) -> bool,
) -> (Option<Value>, Vec<Diagnostic>) {
    let mut check = Check { knows, ..Check::new(express) };
    let parsed = doc::parse(text);
    let value = match parsed {
        Ok(value) => value,
        Err(error) => {
            check.found.push(Diagnostic {
                warning: false,
                code: "INVALID_JSON_DESCRIPTION",
                message: format!("Unexpected JSON: {error}"),
                location: String::new(),
            });
            return (None, check.found);
        }
    };
    check.machine(&value);
    (Some(value), check.found)
}

/// Checks one state by itself, as `TestState` takes it.
pub fn validate_state(state: &Value) -> Vec<Diagnostic> {
    let mut check = Check::new(false);
    let Some(fields) = state.as_object() else {
        check.add(SCHEMA, "Expected value of type Object", "/");
        return check.found;
    };
    check.state(fields, "/States/StateName", None);
    check.found
}

/// The errors as `CreateStateMachine` tells of them.
pub fn refusal(found: &[Diagnostic]) -> Option<String> {
    let errors: Vec<String> = found
        .iter()
        .filter(|diagnostic| !diagnostic.warning)
        .map(|diagnostic| {
            let Diagnostic { code, message, location, .. } = diagnostic;
            if location.is_empty() {
                format!("{code}: {message}")
            } else {
                format!("{code}: {message} at {location}")
            }
        })
        .collect();
    (!errors.is_empty())
        .then(|| format!("Invalid State Machine Definition: '{}'", errors.join(", ")))
}

impl Check {
    fn new(express: bool) -> Self {
        Self {
            found: Vec::new(),
            express,
            language: Language::JsonPath,
            labels: BTreeSet::new(),
            knows: |_, _| true,
            names: BTreeSet::new(),
        }
    }

    pub(crate) fn add(&mut self, code: &'static str, message: impl Into<String>, location: &str) {
        let (message, location) = (message.into(), location.to_owned());
        self.found.push(Diagnostic { warning: false, code, message, location });
    }

    pub(crate) fn warn(&mut self, code: &'static str, message: impl Into<String>, location: &str) {
        let (message, location) = (message.into(), location.to_owned());
        self.found.push(Diagnostic { warning: true, code, message, location });
    }

    fn machine(&mut self, value: &Value) {
        let Some(fields) = value.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", "/");
        };
        // What is not exactly JSONPath counts as JSONata, and is told of by itself.
        if fields.get("QueryLanguage").is_some_and(|said| said != "JSONPath") {
            self.language = Language::Jsonata;
        }
        self.require(fields, &["States", "StartAt"], "/");
        for name in fields.keys() {
            const KNOWN: &[&str] =
                &["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];
            if !KNOWN.contains(&name.as_str()) {
                self.unsupported(name, "/");
            }
        }
        if let Some(seconds) = fields.get("TimeoutSeconds") {
            self.whole(seconds, (0, 99_999_999), "/TimeoutSeconds");
        }
        if let Some(version) = fields.get("Version") {
            self.one_of(version, &["1.0"], "/Version");
        }
        self.scope(fields, "");
        self.check_language(fields, "");
        if self.found.iter().all(|one| one.warning) {
            self.terminal(fields);
        }
    }

    /// Whether the machine can end at all.
    fn terminal(&mut self, fields: &Map<String, Value>) {
        let ends = |state: &Value| {
            state.get("End") == Some(&Value::Bool(true))
                || matches!(state.get("Type").and_then(Value::as_str), Some("Succeed" | "Fail"))
        };
        let states = fields.get("States").and_then(Value::as_object);
        if states.is_some_and(|states| !states.values().any(ends)) {
            self.add("MISSING_END_STATE", "Workflow has no terminal state", "");
        }
    }

    /// `QueryLanguage`, where there is one.
    pub(crate) fn check_language(&mut self, fields: &Map<String, Value>, place: &str) {
        let location = format!("{place}/QueryLanguage");
        match fields.get("QueryLanguage") {
            None => {}
            Some(said) if !said.is_string() => {
                self.add(SCHEMA, "Expected value of type [STRING]", &location);
            }
            Some(said) => self.one_of(said, &["JSONPath", "JSONata"], &location),
        }
    }

    /// A value that must be one of some.
    pub(crate) fn one_of(&mut self, value: &Value, values: &[&str], location: &str) {
        if !value.as_str().is_some_and(|value| values.contains(&value)) {
            let message = format!("Value should be one of the following: [{}]", values.join(", "));
            self.add(SCHEMA, message, location);
        }
    }

    /// A field that is not there for an object. `place` is the object's.
    pub(crate) fn unsupported(&mut self, field: &str, place: &str) {
        self.add(SCHEMA, format!("Field '{field}' is not supported"), place);
    }

    /// A field of the language that an object is not written in. `place` is the object's.
    pub(crate) fn other_language(&mut self, language: Language, field: &str, place: &str) {
        let (own, other) = match language {
            Language::JsonPath => ("JSONPath", "JSONata"),
            Language::Jsonata => ("JSONata", "JSONPath"),
        };
        let message = format!(
            "The QueryLanguage is set to '{own}', but field '{field}' is only supported for the \
             '{other}' QueryLanguage"
        );
        self.add(SCHEMA, message, place);
    }

    /// More than one of some fields are there.
    pub(crate) fn only_one(&mut self, fields: &[&str], place: &str) {
        let message =
            format!("There should only be one of the following fields: [{}]", fields.join(", "));
        self.add(SCHEMA, message, place);
    }

    /// None of some fields is there.
    pub(crate) fn missing_one(&mut self, fields: &[&str], place: &str) {
        let message = format!(
            "This object should have only one of the following fields: [{}]",
            fields.join(", ")
        );
        self.add(SCHEMA, message, place);
    }

    /// Tells which of `names` are missing, in one diagnostic as AWS does.
    pub(crate) fn require(&mut self, fields: &Map<String, Value>, names: &[&str], location: &str) {
        let missing: Vec<&str> =
            names.iter().copied().filter(|name| !fields.contains_key(*name)).collect();
        if !missing.is_empty() {
            let message = format!("These fields are required: [{}]", missing.join(", "));
            self.add(SCHEMA, message, location);
        }
    }

    /// A `States` map and its `StartAt`. `place` is where it stands, without the last slash.
    pub(crate) fn scope(&mut self, fields: &Map<String, Value>, place: &str) {
        let Some(states) = fields.get("States") else { return };
        let Some(states) = states.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", &format!("{place}/States"));
        };
        if states.is_empty() {
            return self.add(SCHEMA, "Value cannot be empty", &format!("{place}/States"));
        }
        let start = fields.get("StartAt").map(|start| (start, start.as_str()));
        if let Some((_, None)) = start {
            self.add(SCHEMA, "Expected value of type String", &format!("{place}/StartAt"));
        }
        let before = self.found.len();
        for (name, value) in states {
            let location = format!("{place}/States/{name}");
            if name.is_empty() {
                // guess: the words.
                let message = "Invalid State name: State name cannot be empty";
                self.add("INVALID_STATE_NAME", message, &location);
            } else if name.chars().count() > 80 {
                let message = "Invalid State name: State exceeds the 80-character limit allowed \
                               by the service";
                self.add("INVALID_STATE_NAME", message, &location);
            }
            if !self.names.insert(name.clone()) {
                let message = format!("Duplicate State name: {name}");
                self.add("DUPLICATE_STATE_NAME", message, &location);
            }
            match value.as_object() {
                Some(fields) => self.state(fields, &location, Some(states)),
                None => self.add(SCHEMA, "Expected value of type Object", &location),
            }
        }
        let Some((_, Some(start))) = start else { return };
        if !states.contains_key(start) {
            let message = format!("Missing 'StartAt' target: {start}");
            return self.add("MISSING_TRANSITION_TARGET", message, &format!("{place}/StartAt"));
        }
        if self.found.len() == before {
            self.reach(states, start, place);
        }
    }

    /// States that nothing leads to.
    fn reach(&mut self, states: &Map<String, Value>, start: &str, place: &str) {
        let mut seen = BTreeSet::from([start]);
        let mut pending = vec![start];
        while let Some(name) = pending.pop() {
            let Some(state) = states.get(name) else { continue };
            let lists =
                ["Choices", "Catch"].into_iter().filter_map(|list| state.get(list)?.as_array());
            let rules = lists.flatten().filter_map(|rule| rule.get("Next"));
            let own = ["Next", "Default"].into_iter().filter_map(|field| state.get(field));
            for next in own.chain(rules).filter_map(Value::as_str) {
                if seen.insert(next) {
                    pending.push(next);
                }
            }
        }
        for name in states.keys().filter(|name| !seen.contains(name.as_str())) {
            let message = format!("State \"{name}\" is not reachable.");
            self.add("MISSING_TRANSITION_TARGET", message, &format!("{place}/States/{name}"));
        }
    }

    /// A whole number in a range.
    pub(crate) fn whole(&mut self, value: &Value, (least, most): (i64, i64), location: &str) {
        match value.as_i64() {
            None => self.add(SCHEMA, "Expected value of type Integer", location),
            Some(number) if number < least => {
                self.add(SCHEMA, format!("Minimum value is {least}"), location);
            }
            Some(number) if number > most => {
                self.add(SCHEMA, format!("Maximum value is {most}"), location);
            }
            Some(_) => {}
        }
    }
}
