//! What the learner has written of a function and not deployed, and the test events: kept by the browser.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::state::prefs;

/// The texts of a package, by path.
pub type Files = BTreeMap<String, Rc<str>>;

/// The name under which something of a function is kept: each lesson has its own cloud, and free play.
fn name(what: &str, home: &str, region: &str, function: &str) -> String {
    format!("lambda-{what}.{home}.{region}.{function}")
}

/// The texts that are not deployed yet.
pub fn read(home: &str, region: &str, function: &str) -> Option<Files> {
    serde_json::from_str(&prefs::read(&name("draft", home, region, function))?).ok()
}

/// Keeps them, or forgets what was kept.
pub fn keep(home: &str, region: &str, function: &str, files: Option<&Files>) {
    let name = name("draft", home, region, function);
    match files.and_then(|files| serde_json::to_string(files).ok()) {
        // A store that is full keeps what it has: the page holds the text as long as it is open.
        Some(text) => drop(prefs::write(&name, &text)),
        None => prefs::forget(&name),
    }
}

/// A function's test events: the one that is chosen, and what was changed, by the sample's id.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tests {
    pub chosen: String,
    pub texts: BTreeMap<String, String>,
}

impl Tests {
    /// As they were left.
    pub fn read(home: &str, region: &str, function: &str) -> Self {
        let kept = prefs::read(&name("tests", home, region, function));
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps them.
    pub fn keep(&self, home: &str, region: &str, function: &str) {
        if let Ok(text) = serde_json::to_string(self) {
            prefs::write(&name("tests", home, region, function), &text);
        }
    }
}
