//! The list of API calls, as the drawer shows it.

use serde::Deserialize;
use serde_json::Value;

/// So much of a body is kept.
const BODY_BYTES_MAX: u64 = 16 * 1024;

/// One line of the list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Call {
    pub seq: u64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub time: f64,
    pub who: Who,
    pub source: Option<String>,
    pub service: String,
    pub operation: String,
    pub status: u16,
    pub error: Option<CallError>,
    pub changed: bool,
    pub read_only: bool,
    pub region: String,
    pub ms: Option<f64>,
}

/// On whose behalf a call was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    #[default]
    #[serde(alias = "client", alias = "Learner")]
    Learner,
    #[serde(alias = "Console")]
    Console,
    #[serde(alias = "Function")]
    Function,
    #[serde(alias = "Execution")]
    Execution,
    #[serde(alias = "Job")]
    Job,
    #[serde(alias = "Lesson")]
    Lesson,
    #[serde(alias = "Check")]
    Check,
    #[serde(alias = "Service")]
    Service,
}

/// Why a call was refused.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CallError {
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
}

/// One call in full.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CallDetail {
    #[serde(flatten)]
    pub call: Call,
    pub input: Value,
    pub request: Raw,
    pub response: Raw,
}

/// A request or an answer as it went over the wire; its body clipped.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Raw {
    pub method: String,
    pub target: String,
    pub status: Option<u16>,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub body_bytes: u64,
}

impl Raw {
    /// Whether the worker kept only the beginning of the body, or none of it.
    pub fn clipped(&self) -> bool {
        self.body_bytes > 0 && (self.body.is_empty() || self.body_bytes > BODY_BYTES_MAX)
    }
}

impl Call {
    /// `s3:PutObject`, or what is known of it.
    pub fn name(&self) -> String {
        match (self.service.as_str(), self.operation.as_str()) {
            ("", "") => "?".into(),
            (service, operation) => format!("{service}:{operation}"),
        }
    }

    /// Whether AWS's answer was an error.
    pub fn failed(&self) -> bool {
        self.error.is_some() || self.status >= 400
    }

    /// `200`, or `404 NoSuchKey`.
    pub fn answer(&self) -> String {
        match &self.error {
            Some(error) => format!("{} {}", self.status, error.code),
            None => self.status.to_string(),
        }
    }

    /// Whether a person (or their code) made it, and not the lesson or a check.
    pub fn is_learners(&self) -> bool {
        !matches!(self.who, Who::Lesson | Who::Check)
    }
}
