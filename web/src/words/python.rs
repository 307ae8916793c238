//! Words of the Python tab: files, output, the prompt, and what the editor tells.

use crate::state::sizes::{bytes, counted};

pub const FILES: &str = "Files";
pub const ALL_FILES: &str = "All files";
pub const NEW_FILE: &str = "New file";
pub const FILE_NAME: &str = "File name";
pub const NEW_FILE_SAMPLE: &str = "helper.py";
pub const CREATE_FILE: &str = "Create";
pub const RENAME_FILE: &str = "Rename";
pub const FILE_NO_TEXT: &str = "no text";
pub const SAVING: &str = "saving";
pub const PYTHON_VERSIONS: &str = "Python 3.14, boto3 1.44";
pub const STDERR_SAID: &str = "Error output: ";
pub const PROMPT: &str = ">>>";
pub const PROMPT_MORE: &str = "...";
pub const PROMPT_LABEL: &str = "Python prompt: the names of the last run are here. Enter runs, Shift Enter begins a new line, the up arrow brings back what you typed before, Tab completes a name. After Escape, Tab leaves the prompt.";
pub const PROMPT_PLACEHOLDER: &str = "Try a line of Python with the names of the last run";
pub const PROMPT_BUSY: &str = "Python is busy. Stop ends it.";
pub const INPUT_SUBMIT: &str = "Enter";
pub const INPUT_END: &str = "End of input";
pub const INPUT_ASKS: &str = "The script asks for a line.";
pub const NAMES_GONE: &str = "Python was started anew: the names of the last run are gone.";
pub const PROMPT_LEFT: &str = "The prompt begins anew, without names.";
pub const INPUT_ENDED: &str = "(end of input)";

/// What the editor says, by the names that web/editor knows them under.
pub const EDITOR: &[(&str, &str)] = &[
    (
        "label",
        "Editor, {file}. Escape, then Tab leaves the editor. Control I tells what is at the cursor.",
    ),
    ("failed", "The run failed here"),
    ("nothing", "There is nothing to tell of what is here."),
    ("required", "required"),
    ("mustBeGiven", "Must be given:"),
    ("more", "and {n} more that may be given"),
    ("oneOf", "One of"),
    ("notHere", "not here"),
    ("simulated", "Simulated here"),
    ("notSimulated", "Not simulated here: answers NotImplemented"),
];

pub fn input_for(prompt: &str) -> String {
    let prompt = prompt.trim();
    if prompt.is_empty() { INPUT_ASKS.into() } else { prompt.into() }
}

pub fn close_file(file: &str) -> String {
    format!("Close {file}")
}

pub fn rename_file(file: &str) -> String {
    format!("Rename {file}")
}

pub fn delete_file(file: &str) -> String {
    format!("Delete {file}")
}

pub fn run_file(file: &str) -> String {
    format!("Run {file}")
}

pub fn file_count(count: usize) -> String {
    counted(count, "file", "files")
}

pub fn saved(file: &str) -> String {
    format!("{file}, saved")
}

pub fn saving(file: &str) -> String {
    format!("{file}, {SAVING}")
}

pub fn not_saved(file: &str, why: &str) -> String {
    format!("{file}, not saved: {why}")
}

pub fn file_too_large(size: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file has fewer than 2^53 bytes"
    )]
    let size = bytes(size.max(0.0) as u64);
    format!("{size}, too large to edit")
}

pub fn left_out(size: usize) -> String {
    format!("{} of older output are left out above.", bytes(size as u64))
}
