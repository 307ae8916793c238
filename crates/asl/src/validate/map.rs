//! Checks of Parallel and Map states, and of what is run within them.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html>

use serde_json::{Map, Value};

use super::{Check, SCHEMA};

type Fields = Map<String, Value>;

impl Check {
    pub(super) fn parallel(&mut self, state: &Fields, place: &str) {
        self.require(state, &["Branches"], place);
        let Some(branches) = state.get("Branches") else { return };
        let location = format!("{place}/Branches");
        match branches.as_array() {
            None => self.add(SCHEMA, "Expected value of type Array", &location),
            Some(list) if list.is_empty() => self.add(SCHEMA, "Value cannot be empty", &location),
            Some(list) => {
                for (at, branch) in list.iter().enumerate() {
                    self.inner(branch, &format!("{location}[{at}]"), false);
                }
            }
        }
    }

    pub(super) fn map(&mut self, state: &Fields, place: &str) {
        const EITHER: &[&str] = &["ItemProcessor", "Iterator"];
        match (state.contains_key("ItemProcessor"), state.contains_key("Iterator")) {
            (true, true) => self.only_one(EITHER, place),
            (false, false) => self.missing_one(EITHER, place),
            _ => {}
        }
        if let Some(label) = state.get("Label") {
            self.label(label, &format!("{place}/Label"));
        }
        if let Some(reader) = state.get("ItemReader") {
            self.reader(reader, &format!("{place}/ItemReader"));
        }
        for field in EITHER {
            let Some(processor) = state.get(*field) else { continue };
            let location = format!("{place}/{field}");
            if let Some(Value::Object(config)) = processor.get("ProcessorConfig") {
                self.processor_config(config, &format!("{location}/ProcessorConfig"));
            }
            self.inner(processor, &location, true);
        }
    }

    fn processor_config(&mut self, config: &Fields, location: &str) {
        let mode = config.get("Mode").and_then(Value::as_str);
        if let Some(mode) = config.get("Mode") {
            self.one_of(mode, &["INLINE", "DISTRIBUTED"], &format!("{location}/Mode"));
        }
        if let Some(kind) = config.get("ExecutionType") {
            if mode == Some("INLINE") {
                self.unsupported("ExecutionType", location);
            } else {
                let location = format!("{location}/ExecutionType");
                self.one_of(kind, &["STANDARD", "EXPRESS"], &location);
            }
        }
        if mode == Some("DISTRIBUTED") {
            if self.express {
                let message = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside \
                               'EXPRESS' state machines";
                self.add(SCHEMA, message, &format!("{location}/Mode"));
            }
            self.require(config, &["ExecutionType"], location);
        }
    }

    fn label(&mut self, label: &Value, location: &str) {
        const CHARACTERS_MAX: usize = 40;
        let Some(label) = label.as_str() else {
            return self.add(SCHEMA, "Expected value of type String", location);
        };
        if label.chars().count() > CHARACTERS_MAX {
            // guess: what stands before "exceeds", after a state's name.
            let message = "Invalid Label name: Label exceeds the 40-character limit allowed by \
                           the service";
            self.add("INVALID_LABEL_NAME", message, location);
        }
        if !self.labels.insert(label.to_owned()) {
            let message = format!("Duplicate Label name: {label}");
            self.add("DUPLICATE_LABEL_NAME", message, location);
        }
    }

    /// `ItemReader`
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html>
    fn reader(&mut self, reader: &Value, location: &str) {
        let resource = reader.get("Resource").and_then(Value::as_str);
        let known = |arn: &str| {
            let action = arn.strip_prefix("arn:").and_then(|rest| rest.split_once(':'));
            let action = action.and_then(|(_, rest)| rest.strip_prefix("states:::s3:"));
            matches!(action, Some("getObject" | "listObjectsV2"))
        };
        if resource.is_some_and(|arn| !known(arn)) {
            let message = "The field 'Resource' does not match any of the allowed values";
            self.add(SCHEMA, message, &format!("{location}/Resource"));
        }
        let Some(Value::Object(config)) = reader.get("ReaderConfig") else { return };
        let location = format!("{location}/ReaderConfig");
        let has = |field: &str| config.contains_key(field);
        match config.get("InputType").and_then(Value::as_str) {
            Some("CSV") if !has("CSVHeaderLocation") => {
                self.add(SCHEMA, "The field 'CSVHeaderLocation' is required", &location);
            }
            Some("JSON") if has("CSVHeaderLocation") => {
                self.unsupported("CSVHeaderLocation", &location);
            }
            _ => {}
        }
        if config.get("CSVHeaderLocation").and_then(Value::as_str) == Some("GIVEN") {
            self.require(config, &["CSVHeaders"], &location);
        }
    }

    /// A branch or an item processor. `Version` and `TimeoutSeconds` are let through: it is not
    /// known that they are refused.
    fn inner(&mut self, scope: &Value, location: &str, processes_items: bool) {
        const KNOWN: &[&str] = &["Comment", "StartAt", "States", "Version", "TimeoutSeconds"];
        let Some(fields) = scope.as_object() else {
            return self.add(SCHEMA, "Expected value of type Object", location);
        };
        for name in fields.keys() {
            let known = KNOWN.contains(&name.as_str());
            if !known && (name != "ProcessorConfig" || !processes_items) {
                self.unsupported(name, location);
            }
        }
        self.require(fields, &["States", "StartAt"], location);
        self.scope(fields, location);
    }
}
