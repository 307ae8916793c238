//! The words of the command palette and of the list of shortcuts.

use crate::state::sizes::grouped;

pub const PALETTE: &str = "Search or run";
pub const PALETTE_BUTTON: &str = "Search or run…";
pub const PALETTE_KEYS: &str = "Ctrl K";
pub const PALETTE_LIST: &str = "Results";
pub const PALETTE_KINDS: &str = "Show";
pub const PALETTE_NOTHING: &str =
    "Nothing by that name. Try a lesson, a bucket, an operation such as put_object, or an action.";
pub const KIND_ALL: &str = "All";
pub const KIND_ACTIONS: &str = "Actions";
pub const KIND_LESSONS: &str = "Lessons";
pub const KIND_RESOURCES: &str = "Resources";
pub const KIND_CALLS: &str = "Calls";
pub const KIND_DOCS: &str = "Docs";
pub const OF_ACTION: &str = "action";
pub const OF_LESSON: &str = "lesson";
pub const OF_RESOURCE: &str = "resource";
pub const OF_CALL: &str = "call";
pub const OF_BOTO3: &str = "boto3";
pub const DOES_CHOOSE: &str = "choose";
pub const DOES_IT: &str = "do it";
pub const ALL_SHORTCUTS: &str = "All shortcuts";

pub const DO_HOME: &str = "All lessons";
pub const DO_PLAY: &str = "Free play";
pub const DO_EMPTY: &str = "Free play with an empty cloud";
pub const DO_SAMPLE: &str = "Free play with sample data";
pub const DO_PYTHON: &str = "Go to Python";
pub const DO_TERMINAL: &str = "Go to the Terminal";
pub const DO_S3: &str = "Go to the S3 console";
pub const DO_STOP: &str = "Stop the script";
pub const DO_DRAWER: &str = "Open or close Under the hood";
pub const DO_COMPARE: &str = "Compare with the solution";
pub const DO_LIGHT: &str = "Light theme";
pub const DO_DARK: &str = "Dark theme";
pub const DO_SYSTEM: &str = "Theme of the system";
pub const DO_HOUR: &str = "Move the clock on by an hour";
pub const DO_DAY: &str = "Move the clock on by a day";
pub const DO_NEXT_EVENT: &str = "Move the clock to the next event";

pub fn do_run(file: &str) -> String {
    format!("Run {file}")
}

pub fn do_region(region: &str) -> String {
    format!("Switch to {region}")
}

pub fn found_bucket(region: &str, objects: usize) -> String {
    let objects = crate::state::sizes::counted(objects, "object", "objects");
    format!("bucket in {region}, {objects}")
}

pub fn found_call(number: u64, service: &str, operation: &str) -> String {
    format!("Call {}, {service}:{operation}", grouped(number))
}

pub fn found_call_more(source: Option<&str>, status: u16) -> String {
    source.map_or_else(|| status.to_string(), |source| format!("{source}, {status}"))
}

/// `Bucket, Key, Body and 38 more`
pub fn some_of(names: &[String]) -> String {
    let (first, rest) = names.split_at(names.len().min(3));
    let first = first.join(", ");
    if rest.is_empty() { first } else { format!("{first} and {} more", rest.len()) }
}

pub fn shown_of(shown: usize, all: usize) -> String {
    if shown == all { all.to_string() } else { format!("{shown} of {}", grouped(all as u64)) }
}

pub fn results(count: usize) -> String {
    match count {
        0 => PALETTE_NOTHING.into(),
        1 => "1 result".into(),
        _ => format!("{} results", grouped(count as u64)),
    }
}

// ---- shortcuts
pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const SHORTCUTS_LIST: &str = "Shortcuts";
pub const SINGLE_KEYS: &str = "Single keys work outside of text";
pub const ON_A_MAC: (&str, &str) = ("On a Mac, ", " stands for Ctrl");
pub const THEN_KEY: &str = "then";

/// A shortcut: what it does, and its keys; `then` stands between keys pressed one after the other.
pub type Shortcut = (&'static str, &'static [&'static str]);

/// All of them, by where they work.
pub const SHORTCUT_GROUPS: [(&str, &[Shortcut]); 6] = [
    (
        "Everywhere",
        &[
            ("Search or run", &["Ctrl", "K"]),
            ("This list", &["?"]),
            ("Close what is open", &["Esc"]),
            ("Next region", &["F6"]),
            ("Lesson, stage, drawer", &["Alt", "1", "2", "3"]),
            ("Python, Terminal, S3, Step Functions", &["G", "then", "P", "T", "S", "F"]),
        ],
    ),
    (
        "Code",
        &[
            ("Run", &["Ctrl", "Enter"]),
            ("Stop", &["Ctrl", "."]),
            ("Complete", &["Ctrl", "Space"]),
            ("Leave the editor with Tab", &["Esc", "then", "Tab"]),
            ("Go to the failed line", &["F8"]),
            ("Complete a name at Python's prompt", &["Tab"]),
        ],
    ),
    (
        "Terminal",
        &[
            ("Complete the line", &["Tab"]),
            ("What was typed before", &["↑", "↓"]),
            ("Search it", &["Ctrl", "R"]),
            ("Stop the command", &["Ctrl", "C"]),
            ("Empty the screen", &["Ctrl", "L"]),
            ("Leave the line with Tab", &["Esc", "then", "Tab"]),
        ],
    ),
    (
        "Lesson and time",
        &[
            ("Compare with the solution", &["D"]),
            ("Pause time, go on", &["P"]),
            ("Next event", &["N"]),
        ],
    ),
    (
        "Step Functions",
        &[
            ("From state to state in the picture", &["↑", "↓", "←", "→"]),
            ("Breakpoint at a state", &["B"]),
        ],
    ),
    ("Lists and tabs", &[("Choose", &["↑", "↓"]), ("Another tab", &["←", "→"])]),
];
