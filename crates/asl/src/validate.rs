//! What AWS refuses in a definition, in its codes, words and places.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html>
//! The words come from recorded refusals; where none was found, they are ours and say so.

mod fields;
mod state;

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

/// What is checked, and where things are found.
pub(crate) struct Check {
    pub found: Vec<Diagnostic>,
    /// Whether the machine is an Express one.
    pub express: bool,
    /// The machine's own language.
    pub language: Language,
    /// Whether the machine itself says so.
    pub said: bool,
    names: BTreeSet<String>,
}

/// Checks a definition's text; gives the definition if it is JSON.
pub fn validate(text: &str, express: bool) -> (Option<Value>, Vec<Diagnostic>) {
    let mut check = Check::new(express);
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
    check.state("StateName", fields, "/States/StateName", None);
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
            said: false,
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
        match fields.get("QueryLanguage").map(Value::as_str) {
            Some(Some("JSONata")) => (self.language, self.said) = (Language::Jsonata, true),
            None => {}
            Some(Some("JSONPath")) => self.said = true,
            Some(_) => self.add(
                SCHEMA,
                "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]",
                "/QueryLanguage",
            ),
        }
        self.require(fields, &["States", "StartAt"], "/");
        for name in fields.keys() {
            const KNOWN: &[&str] =
                &["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];
            if !KNOWN.contains(&name.as_str()) {
                self.add(SCHEMA, "Field is not supported", &format!("/{name}"));
            }
        }
        if let Some(seconds) = fields.get("TimeoutSeconds") {
            self.whole(seconds, (1, 99_999_999), "/TimeoutSeconds");
        }
        self.scope(fields, "");
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
            if name.is_empty() || name.chars().count() > 80 {
                let message = "State name must be 1 to 80 characters long";
                self.add("INVALID_STATE_NAME", message, &location);
            }
            if !self.names.insert(name.clone()) {
                let message = format!("Duplicate state name: {name}");
                self.add("DUPLICATE_STATE_NAME", message, &location);
            }
            match value.as_object() {
                Some(fields) => self.state(name, fields, &location, Some(states)),
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
            Some(number) if !(least..=most).contains(&number) => {
                self.add(
                    SCHEMA,
                    format!("Value is not in the range from {least} to {most}"),
                    location,
                );
            }
            Some(_) => {}
        }
    }
}
