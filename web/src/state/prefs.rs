//! What the learner chose, kept by the browser: theme, Region, which regions are open.

use gloo::utils::{document, window};
use web_sys::Storage;

/// Light, dark, or what the system says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The three, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As it is kept, and as the style sheet knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What was chosen last.
    pub fn kept() -> Self {
        match read("theme").as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Shows it, and keeps it.
    pub fn apply(self) {
        write("theme", self.name());
        if let Some(root) = document().document_element() {
            let done = match self {
                Self::System => root.remove_attribute("data-theme"),
                _ => root.set_attribute("data-theme", self.name()),
            };
            debug_assert!(done.is_ok(), "an attribute of the root can be set");
        }
    }
}

/// A value kept under the project's own prefix.
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok().flatten()
}

/// Keeps a value. Says whether the browser took it: storage may be off or full.
pub fn write(name: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&key(name), value).is_ok())
}

/// Forgets a value.
pub fn forget(name: &str) {
    if let Some(storage) = storage() {
        // Removing fails only where reading would too.
        let _ = storage.remove_item(&key(name));
    }
}

/// What stands after `prefix` in the names of the values that begin with it.
pub fn names(prefix: &str) -> Vec<String> {
    let Some(storage) = storage() else { return vec![] };
    let prefix = key(prefix);
    let count = storage.length().unwrap_or_default();
    let all = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    all.filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)).collect()
}

/// Under which name the Region is kept that was picked in a lesson, or in free play.
pub fn region_name(lesson: Option<&str>) -> String {
    lesson.map_or_else(|| "region".into(), |id| format!("region.{id}"))
}

/// Under which name it is kept as whom a lesson is set up, where that is not this browser's own learner.
pub fn learner_name(lesson: &str) -> String {
    format!("learner.{lesson}")
}

fn key(name: &str) -> String {
    format!("cloudarium.{name}")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
