//! The Context object, and the variables that a frame sees.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html>

use serde_json::{Map, Value, json};

use super::Execution;
use super::frame::Frame;
use crate::machine::Machine;
use crate::time;

impl Execution {
    /// The Context object as a frame sees it.
    pub(super) fn context(&self, machine: &Machine, frame: &Frame) -> Value {
        if let Some(given) = self.stages.as_ref().and_then(|stages| stages.setup.context.clone()) {
            return given.into_value();
        }
        let mut context = Map::new();
        if let Some(lane) = self.lane(frame.lane) {
            let who = &lane.identity;
            let mut execution = json!({
                "Id": who.arn,
                "Input": lane.input.value(),
                "Name": who.name,
                "StartTime": time::format(who.started_ms),
            });
            if let Some(map) = execution.as_object_mut().filter(|_| !who.role_arn.is_empty()) {
                map.insert("RoleArn".to_owned(), who.role_arn.as_str().into());
            }
            // TestState tells of no redrives.
            if self.stages.is_none()
                && let Some(map) = execution.as_object_mut()
            {
                map.insert("RedriveCount".to_owned(), who.redrive_count.into());
                if let Some(at) = who.redriven_ms {
                    map.insert("RedriveTime".to_owned(), time::format(at).into());
                }
            }
            context.insert("Execution".to_owned(), execution);
            let machine = json!({"Id": who.machine_arn, "Name": who.machine_name});
            context.insert("StateMachine".to_owned(), machine);
        }
        let name = machine.state(frame.state).map_or("", |state| &state.name);
        let state = json!({
            "EnteredTime": time::format(frame.entered_ms),
            "Name": name,
            "RetryCount": frame.retry_count(),
        });
        context.insert("State".to_owned(), state);
        if let Some(token) = &frame.token {
            context.insert("Task".to_owned(), json!({"Token": token}));
        }
        if let Some(item) = self.item_of(frame) {
            context.insert("Map".to_owned(), json!({"Item": item}));
        }
        Value::Object(context)
    }

    /// The item of the innermost iteration that a frame stands in.
    fn item_of(&self, frame: &Frame) -> Option<Value> {
        let mut at = frame;
        loop {
            if let Some(item) = &at.item {
                let mut map = Map::new();
                map.insert("Index".to_owned(), item.index.into());
                map.insert("Value".to_owned(), item.in_context());
                if let Some(key) = &item.key {
                    map.insert("Key".to_owned(), key.as_str().into());
                }
                map.insert("Source".to_owned(), item.source.as_str().into());
                return Some(Value::Object(map));
            }
            at = self.frames.get(&at.parent?.frame)?;
        }
    }

    /// A variable that a frame sees: its own scope's, or one around it.
    pub(super) fn variable(&self, frame: &Frame, name: &str) -> Option<Value> {
        let mut at = frame;
        loop {
            if let Some(value) = at.variables.get(name) {
                return Some(value.value().clone());
            }
            let outer = self.frames.get(&at.parent?.frame)?;
            // The children of a distributed Map are executions of their own.
            if outer.lane != at.lane {
                return None;
            }
            at = outer;
        }
    }
}
