//! Checks of Choice states.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>

use serde_json::{Map, Value};

use super::{Check, SCHEMA};
use crate::choice::OPERATORS;
use crate::path;
use crate::template::Language;

type Fields = Map<String, Value>;

/// What a rule of JSONPath begins with.
const TESTS: &[&str] = &["And", "Or", "Not", "Variable", "Condition"];

impl Check {
    pub(super) fn choices(
        &mut self,
        state: &Fields,
        place: &str,
        (language, siblings): (Language, Option<&Fields>),
    ) {
        self.require(state, &["Choices"], place);
        if let Some(default) = state.get("Default") {
            self.target(default, "Default", &format!("{place}/Default"), siblings);
        }
        let Some(rules) = state.get("Choices") else { return };
        let location = format!("{place}/Choices");
        let Some(rules) = rules.as_array() else {
            return self.add(SCHEMA, "Expected value of type Array", &location);
        };
        if rules.is_empty() {
            return self.add(SCHEMA, "Value cannot be empty", &location);
        }
        for (at, rule) in rules.iter().enumerate() {
            let location = format!("{location}[{at}]");
            let Some(rule) = rule.as_object() else {
                self.add(SCHEMA, "Expected value of type Object", &location);
                continue;
            };
            self.require(rule, &["Next"], &location);
            if let Some(next) = rule.get("Next") {
                self.target(next, "Next", &format!("{location}/Next"), siblings);
            }
            self.choice(rule, &location, language);
        }
    }

    /// A rule at the top.
    fn choice(&mut self, rule: &Fields, location: &str, language: Language) {
        for field in ["Assign", "Output"] {
            if let Some(value) = rule.get(field) {
                self.template(value, &format!("{location}/{field}"), (language, false));
            }
        }
        if let Some(assign) = rule.get("Assign") {
            self.assign(assign, &format!("{location}/Assign"));
        }
        if language == Language::JsonPath {
            if rule.contains_key("Output") {
                self.other_language(language, "Output", location);
            }
            return self.rule(rule, location, true);
        }
        for field in rule.keys() {
            match field.as_str() {
                "Next" | "Comment" | "Assign" | "Output" | "Condition" => {}
                name if TESTS.contains(&name) || OPERATORS.contains(&name) => {
                    self.other_language(language, name, location);
                }
                name => self.unsupported(name, location),
            }
        }
        self.require(rule, &["Condition"], location);
        if let Some(condition) = rule.get("Condition") {
            self.template(condition, &format!("{location}/Condition"), (language, false));
        }
    }

    /// A rule of JSONPath, or one within it.
    fn rule(&mut self, rule: &Fields, location: &str, at_top: bool) {
        for (field, value) in rule {
            let place = format!("{location}/{field}");
            match (field.as_str(), value) {
                ("And" | "Or", Value::Array(list)) if !list.is_empty() => {
                    for (at, inner) in list.iter().enumerate() {
                        match inner.as_object() {
                            Some(inner) => self.rule(inner, &format!("{place}[{at}]"), false),
                            None => self.add(
                                SCHEMA,
                                "Expected value of type Object",
                                &format!("{place}[{at}]"),
                            ),
                        }
                    }
                }
                ("And" | "Or", _) => self.add(SCHEMA, "Value cannot be empty", &place),
                ("Not", Value::Object(inner)) => self.rule(inner, &place, false),
                ("Not", _) => self.add(SCHEMA, "Expected value of type Object", &place),
                ("Next" | "Assign" | "Output", _) if at_top => {}
                ("Comment", _) => {}
                ("Condition", _) => self.other_language(Language::JsonPath, field, location),
                ("Variable", value) => self.operand(value, &place),
                (name, value) if OPERATORS.contains(&name) => {
                    if name.ends_with("Path") {
                        self.operand(value, &place);
                    }
                }
                (name, _) => self.unsupported(name, location),
            }
        }
        let tests = TESTS.iter().filter(|name| rule.contains_key(**name)).count();
        if tests != 1 {
            let message = format!(
                "The object must have only one of the following fields, [{}]",
                TESTS.join(", ")
            );
            self.add(SCHEMA, message, location);
        } else if rule.contains_key("Variable")
            && OPERATORS.iter().filter(|name| rule.contains_key(**name)).count() != 1
        {
            // guess: that all are named, and in this order.
            self.only_one(&OPERATORS, location);
        }
    }

    /// What a comparison looks up.
    fn operand(&mut self, value: &Value, location: &str) {
        match value.as_str() {
            Some(text) if !text.starts_with('$') => {
                let message = "Value is not a Reference Path: Reference path didn't start with '$'";
                self.add(SCHEMA, message, location);
            }
            text if text.and_then(path::parse).is_none() => {
                self.add(SCHEMA, super::NO_PATH, location);
            }
            _ => {}
        }
    }
}
