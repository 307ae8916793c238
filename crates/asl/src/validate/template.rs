//! Checks of payload templates, of expressions and of what is assigned.

use serde_json::{Map, Value};

use super::{Check, SCHEMA};
use crate::jsonata::{self, Expression};
use crate::path;
use crate::template::{Language, Template};

/// What an expression reads, by how AWS refuses it where it cannot be read.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>
const UNSUPPORTED: &str = "UNSUPPORTED_JSONATA_EXPRESSION";

impl Check {
    /// `Assign`: what the names of variables may be.
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
    pub(super) fn assign(&mut self, assign: &Value, location: &str) {
        let Some(names) = assign.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", location);
        };
        for name in names.keys() {
            let plain = name.strip_suffix(".$").unwrap_or(name);
            let location = format!("{location}/{name}");
            if plain == "states" {
                let message = "Cannot assign to reserved variable '$states'.";
                self.add("RESERVED_VARIABLE_NAME", message, &location);
            } else if !path::is_variable_name(plain) {
                let message = format!(
                    "Invalid variable name '{plain}': the variable name contains invalid characters."
                );
                self.add("INVALID_VARIABLE_NAME", message, &location);
            } else if plain.chars().count() > 80 {
                // guess: the words, after those for characters.
                let message = format!(
                    "Invalid variable name '{plain}': the variable name exceeds the 80-character limit."
                );
                self.add("INVALID_VARIABLE_NAME", message, &location);
            }
        }
    }

    /// A payload template. `caught`: it stands in a Catcher.
    pub(super) fn template(
        &mut self,
        value: &Value,
        location: &str,
        (language, caught): (Language, bool),
    ) {
        match value {
            Value::Object(map) if language == Language::JsonPath => self.members(map, location),
            Value::Object(map) => {
                for (key, value) in map {
                    self.template(value, &format!("{location}/{key}"), (language, caught));
                }
            }
            Value::Array(list) => {
                for (at, item) in list.iter().enumerate() {
                    self.template(item, &format!("{location}[{at}]"), (language, caught));
                }
            }
            Value::String(text) if language == Language::Jsonata => {
                self.expression(text, location, caught);
            }
            _ => {}
        }
    }

    /// The members of a template of JSONPath.
    fn members(&mut self, map: &Map<String, Value>, location: &str) {
        for (key, value) in map {
            if key.ends_with(".$") {
                if value.as_str().and_then(Template::query).is_none() {
                    let message = format!(
                        "The value for the field '{key}' must be a valid JSONPath or a valid \
                         intrinsic function call"
                    );
                    self.add(SCHEMA, message, location);
                }
                continue;
            }
            let location = format!("{location}/{key}");
            if value.as_str().is_some_and(|text| text.starts_with("$.")) {
                let message = format!(
                    "The name of the field '{key}' does not end with '.$', so its value is not evaluated"
                );
                self.warn("NO_DOLLAR", message, &location);
            }
            self.template(value, &location, (Language::JsonPath, false));
        }
    }

    /// A string that may be an expression. `caught`: it stands in a Catcher.
    pub(super) fn expression(&mut self, text: &str, location: &str, caught: bool) {
        let Some(inner) = jsonata::inner(text) else {
            if text.starts_with("{%") {
                let message = "JSONata string must start with {% and end with %}";
                self.add(SCHEMA, message, location);
            }
            return;
        };
        let expression = match Expression::compile(inner) {
            Ok(expression) => expression,
            Err(error) => {
                let message = jsonata::without_code(&error.0);
                return self.add("INVALID_JSONATA_EXPRESSION", message, location);
            }
        };
        let found = expression.references();
        for name in &found.top_level {
            let message = if name == "$$" {
                format!("Reference to '{name}' is not supported.")
            } else {
                format!("Reference to '{name}' at the top level is not supported.")
            };
            self.add(UNSUPPORTED, message, location);
        }
        if found.error_output && !caught {
            let message = "Field '$states.errorOutput' does not exist.";
            self.add(UNSUPPORTED, message, location);
        }
    }
}
