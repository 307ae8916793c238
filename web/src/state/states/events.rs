//! The events of an execution's history, as the cloud tells them to the console.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One of them.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Counts from 1.
    pub id: u64,
    /// The event that led to it; 0 at the start.
    pub previous: u64,
    /// Milliseconds since 1970.
    pub at: f64,
    /// As AWS names it: `TaskStateEntered`.
    pub r#type: String,
    pub details: Map<String, Value>,
}

impl Event {
    /// A text of its details.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.details.get(name).and_then(Value::as_str)
    }

    /// A whole number of its details.
    pub fn int(&self, name: &str) -> Option<u64> {
        self.details.get(name).and_then(Value::as_u64)
    }

    /// Whether something went wrong with it.
    pub fn is_failure(&self) -> bool {
        ["Failed", "TimedOut", "Aborted"].iter().any(|end| self.r#type.ends_with(end))
    }

    /// Its details as JSON, with the texts that are JSON themselves opened.
    pub fn opened(&self) -> Value {
        let open = |(name, value): (&String, &Value)| {
            let read = value.as_str().filter(|text| text.starts_with(['{', '[']));
            let read = read.and_then(|text| serde_json::from_str(text).ok());
            (name.clone(), read.unwrap_or_else(|| value.clone()))
        };
        Value::Object(self.details.iter().map(open).collect())
    }

    /// Whether a text stands somewhere in it.
    pub fn holds(&self, text: &str) -> bool {
        let holds = |within: &str| within.to_lowercase().contains(text);
        holds(&self.r#type)
            || self.id.to_string() == text
            || self.details.values().any(|value| match value {
                Value::String(string) => holds(string),
                other => holds(&other.to_string()),
            })
    }
}
