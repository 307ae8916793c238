//! Which steps were passed, and where the learner was last.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::state::prefs;

/// A learner's way through one lesson.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The ids of the steps whose checks have all passed.
    pub passed: BTreeSet<String>,
    /// The step looked at last, counted from 1.
    pub at: usize,
}

/// The lesson that was opened last.
pub fn last_lesson() -> Option<String> {
    prefs::read("last")
}

/// Remembers the lesson as the one to go on with.
pub fn set_last_lesson(id: &str) {
    prefs::write("last", id);
}

impl Progress {
    /// What the browser keeps about the lesson.
    pub fn of(lesson: &str) -> Self {
        let kept = prefs::read(&name(lesson));
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn keep(&self, lesson: &str) {
        if let Ok(text) = serde_json::to_string(self) {
            prefs::write(&name(lesson), &text);
        }
    }

    /// Forgets the way: the lesson starts anew.
    pub fn forget(lesson: &str) {
        prefs::forget(&name(lesson));
    }

    /// Whether the lesson was opened before.
    pub fn begun(&self) -> bool {
        self.at > 0
    }
}

fn name(lesson: &str) -> String {
    format!("progress.{lesson}")
}
