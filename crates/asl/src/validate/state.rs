//! Checks of one state.

use serde_json::{Map, Value};

use super::{Check, NO_PATH, SCHEMA, fields};
use crate::template::{Language, Template};
use crate::{jsonata, path, time};

type Fields = Map<String, Value>;

/// Fields of which a state may have one.
const EXCLUSIVE: &[[&str; 2]] = &[
    ["TimeoutSeconds", "TimeoutSecondsPath"],
    ["HeartbeatSeconds", "HeartbeatSecondsPath"],
    ["MaxConcurrency", "MaxConcurrencyPath"],
    ["ToleratedFailureCount", "ToleratedFailureCountPath"],
    ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"],
    ["Error", "ErrorPath"],
    ["Cause", "CausePath"],
];
/// What a Wait state waits for, as AWS lists it.
const TIMINGS: &[&str] = &["SecondsPath", "Seconds", "TimestampPath", "Timestamp"];

impl Check {
    /// One state. `siblings` are the states that it may lead to; `None`: it stands alone.
    pub(super) fn state(&mut self, state: &Fields, place: &str, siblings: Option<&Fields>) {
        let kind = state.get("Type").and_then(Value::as_str).unwrap_or_default();
        if !state.contains_key("Type") {
            return self.require(state, &["Type"], place);
        }
        if !fields::TYPES.contains(&kind) {
            let message = format!(
                "The field 'Type' should have one of these values: [{}]",
                fields::TYPES.join(", ")
            );
            return self.add(SCHEMA, message, &format!("{place}/Type"));
        }
        let (language, mixed) = self.language(state);
        if mixed {
            let message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole \
                           state machine";
            self.add(SCHEMA, message, place);
        }
        for field in state.keys().filter(|field| !fields::known(kind, language, field)) {
            if !fields::of_other_language(kind, language, field) {
                self.unsupported(field, place);
            } else if !mixed {
                self.other_language(language, field, place);
            }
        }
        self.transitions(kind, state, place, siblings);
        for pair in EXCLUSIVE {
            if pair.iter().all(|field| state.contains_key(*field)) {
                self.only_one(pair, place);
            }
        }
        self.data(kind, state, (place, language));
        self.handlers(state, place, (language, siblings));
        match kind {
            "Task" => self.task(state, place, language),
            "Wait" => self.wait(state, place, language),
            "Choice" => self.choices(state, place, (language, siblings)),
            "Parallel" => self.parallel(state, place),
            "Map" => self.map(state, place),
            _ => {}
        }
        self.check_language(state, place);
    }

    /// A state's language, and whether it must not be so. It is JSONPath only where it is exactly
    /// that; what else is there counts as JSONata, and is told of by itself.
    fn language(&self, state: &Fields) -> (Language, bool) {
        match state.get("QueryLanguage").map(Value::as_str) {
            None => (self.language, false),
            Some(Some("JSONPath")) => (Language::JsonPath, self.language == Language::Jsonata),
            Some(_) => (Language::Jsonata, false),
        }
    }

    fn transitions(&mut self, kind: &str, state: &Fields, place: &str, siblings: Option<&Fields>) {
        if matches!(kind, "Succeed" | "Fail" | "Choice") {
            return;
        }
        if let Some(end) = state.get("End")
            && !end.is_boolean()
        {
            self.add(SCHEMA, "Expected value of type Boolean", &format!("{place}/End"));
        }
        let ends = state.get("End") == Some(&Value::Bool(true));
        match (state.get("Next"), ends) {
            (None, false) => self.missing_one(&["Next", "End"], place),
            (Some(_), true) => self.only_one(&["Next", "End"], place),
            (Some(next), false) => self.target(next, "Next", &format!("{place}/Next"), siblings),
            (None, true) => {}
        }
    }

    /// A state's name, where there are states to look among.
    pub(super) fn target(
        &mut self,
        next: &Value,
        field: &str,
        location: &str,
        siblings: Option<&Fields>,
    ) {
        let Some(name) = next.as_str() else {
            return self.add(SCHEMA, "Expected value of type String", location);
        };
        if siblings.is_some_and(|states| !states.contains_key(name)) {
            let message = format!("Missing '{field}' target: {name}");
            self.add("MISSING_TRANSITION_TARGET", message, location);
        }
    }

    /// Paths, templates and expressions.
    fn data(&mut self, kind: &str, state: &Fields, (place, language): (&str, Language)) {
        let jsonata = language == Language::Jsonata;
        for (field, value) in state.iter().filter(|(field, _)| fields::known(kind, language, field))
        {
            let location = format!("{place}/{field}");
            match (field.as_str(), value) {
                ("ResultPath" | "ItemsPath", value) => self.reference_path(value, &location),
                ("InputPath" | "OutputPath", Value::Null) => {}
                (name, value) if name.ends_with("Path") => {
                    if value.as_str().and_then(Template::query).is_none() {
                        self.add(SCHEMA, NO_PATH, &location);
                    }
                }
                (
                    "Parameters" | "ResultSelector" | "ItemSelector" | "Assign" | "Arguments"
                    | "Output" | "Items" | "Credentials",
                    value,
                ) => self.template(value, &location, (language, false)),
                ("Result", value) if kind == "Pass" && dynamic_key(value) => {
                    self.warn(
                        "PASS_RESULT_IS_STATIC",
                        "The 'Result' field of a Pass state is not evaluated",
                        &location,
                    );
                }
                ("Error" | "Cause", Value::String(text)) if jsonata => {
                    self.expression(text, &location, false);
                }
                (name, value) => self.setting(name, value, (&location, jsonata)),
            }
        }
        self.parts(state, (place, language));
        if let Some(assign) = state.get("Assign") {
            self.assign(assign, &format!("{place}/Assign"));
        }
    }

    /// Templates within a Map's parts.
    fn parts(&mut self, state: &Fields, (place, language): (&str, Language)) {
        for (part, fields) in [
            ("ItemReader", &["Parameters", "Arguments"][..]),
            ("ItemBatcher", &["BatchInput"]),
            ("ResultWriter", &["Parameters", "Arguments"]),
        ] {
            for field in fields {
                if let Some(value) = state.get(part).and_then(|part| part.get(*field)) {
                    let location = format!("{place}/{part}/{field}");
                    self.template(value, &location, (language, false));
                }
            }
        }
    }

    /// A number that a state is set to.
    fn setting(&mut self, field: &str, value: &Value, (location, jsonata): (&str, bool)) {
        let range = match field {
            "TimeoutSeconds" | "HeartbeatSeconds" => (1, 99_999_999),
            "Seconds" => (0, 99_999_999),
            "MaxConcurrency" | "ToleratedFailureCount" => (0, i64::MAX),
            "ToleratedFailurePercentage" => {
                return self.percentage(value, (location, jsonata));
            }
            _ => return,
        };
        match value {
            Value::String(text) if jsonata && text.starts_with("{%") => {
                self.expression(text, location, false);
            }
            value => self.whole(value, range, location),
        }
    }

    /// `ToleratedFailurePercentage`, which need not be whole.
    fn percentage(&mut self, value: &Value, (location, jsonata): (&str, bool)) {
        match value {
            Value::String(text) if jsonata && text.starts_with("{%") => {
                self.expression(text, location, false);
            }
            value => match value.as_f64() {
                None => self.add(SCHEMA, "Expected value of type Integer", location),
                Some(number) if number < 0.0 => self.add(SCHEMA, "Minimum value is 0", location),
                Some(number) if number > 100.0 => {
                    self.add(SCHEMA, "Maximum value is 100", location);
                }
                Some(_) => {}
            },
        }
    }

    /// A path to one place, or `null`.
    pub(super) fn reference_path(&mut self, value: &Value, location: &str) {
        if value.is_null() {
            return;
        }
        match value.as_str().and_then(path::parse) {
            None => self.add(SCHEMA, NO_PATH, location),
            Some(path)
                if !path.is_reference()
                    || (location.ends_with("/ResultPath") && path.root != path::Root::Input) =>
            {
                let message = "Value is not a Reference Path: Reference Paths must not contain \
                               operators";
                self.add(SCHEMA, message, location);
            }
            Some(_) => {}
        }
    }

    fn wait(&mut self, state: &Fields, place: &str, language: Language) {
        match TIMINGS.iter().filter(|name| state.contains_key(**name)).count() {
            // guess: the words, after those for Next and End.
            0 => return self.missing_one(TIMINGS, place),
            1 => {}
            _ => return self.only_one(TIMINGS, place),
        }
        let Some(value) = state.get("Timestamp") else { return };
        let location = format!("{place}/Timestamp");
        match value.as_str() {
            Some(text) if language == Language::Jsonata && jsonata::inner(text).is_some() => {
                self.expression(text, &location, false);
            }
            text if text.and_then(time::parse).is_none() => {
                self.add(SCHEMA, "String does not match RFC3339 timestamp", &location);
            }
            _ => {}
        }
    }
}

fn dynamic_key(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.iter().any(|(key, value)| key.ends_with(".$") || dynamic_key(value))
        }
        Value::Array(list) => list.iter().any(dynamic_key),
        _ => false,
    }
}
