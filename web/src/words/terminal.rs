//! The Terminal's words.

use crate::state::sizes::{bytes, counted};

pub const TERMINAL: &str = "Terminal";
pub const CLI_VERSION: &str = "AWS CLI 1.46, the real one";
pub const TERMINAL_LOG: &str = "Commands and what they printed";
pub const COMMAND: &str = "Command";
pub const COMMAND_OUTPUT: &str = "Output";
pub const PAGING: &str = "Paging";
pub const PAGE_LONG_OUTPUT: &str = "Page long output";
pub const COPY_ALL: &str = "Copy all";
pub const CLEAR_TERMINAL: &str = "Clear the terminal";
pub const KEY_INTERRUPT: &str = "Ctrl C";
pub const CLI_COMES: &str = "The AWS CLI is on its way.";
pub const CLI_COMES_MORE: &str = "It runs in this browser; after the first time it starts at once.";
pub const YOUR_COMMAND: &str = "Your command";
pub const TERMINAL_EMPTY: &str = "The real AWS CLI, against your simulated cloud. Type a command, such as aws s3 ls. help tells what else there is.";
pub const TERMINAL_KEYS: &str = "Tab completes; Esc, then Tab leaves";
pub const EXIT_STOPPED: &str = "stopped";
pub const EXIT_LOST: &str = "lost";
pub const TERMINAL_BUSY: &str = "A command is running. Type on: what you send off runs next.";

pub const COMPLETIONS: &str = "Completions";
pub const MENU_TAKE: &str = "take it";
pub const MENU_CHOOSE: &str = "choose";
pub const MENU_LEAVE: &str = "leave";
pub const SEARCH_HISTORY: &str = "Search what you typed";
pub const SEARCH_PROMPT: &str = "search:";
pub const NOT_IN_HISTORY: &str = "Nothing you typed has that.";

pub const PAGER: &str = "Pager";
pub const PAGE_ON: &str = "Next page";
pub const PAGE_BACK: &str = "Back";
pub const PAGE_FIND: &str = "Find";
pub const FIND_IN_OUTPUT: &str = "Find in the output";
pub const NOT_FOUND_BELOW: &str = "not found below";
pub const LEAVE: &str = "Leave";

pub const HOME_FILES: &str = "Files";
pub const BRING_FILES: &str = "Bring a file in";
pub const HOME_NEW_FILE: &str = "New file";
pub const NEW_FILE_NAME: &str = "Name of the new file; for a folder end it by /";
pub const NEW_NAME: &str = "New name";
pub const RENAME: &str = "Rename";
pub const DELETE: &str = "Delete";
pub const CREATE: &str = "Create";

pub fn runs_next(lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("Runs next: {}", lines.join("; ")) }
}

pub fn running(command: &str) -> String {
    format!("Running: {command}")
}

pub fn exit_status(code: i32) -> String {
    format!("exit {code}")
}

pub fn calls_made(count: usize) -> String {
    counted(count, "call", "calls")
}

pub fn calls_made_label(count: usize) -> String {
    format!("{}, open the last in the call list", calls_made(count))
}

pub fn output_left_out(count: usize) -> String {
    format!(
        "… {} more are left out here: write it into a file by > to have all of it.",
        bytes(count as u64)
    )
}

pub fn of_options(shown: usize, total: usize) -> String {
    format!("{shown} of {total}")
}

pub fn lines_of(first: usize, last: usize, total: usize) -> String {
    format!("lines {first} to {last} of {total}")
}

pub fn percent_read(percent: usize) -> String {
    format!("{percent} percent read")
}

pub fn folder_files(count: usize) -> String {
    counted(count, "file", "files")
}

pub fn same_files(total: u64) -> String {
    format!("The same files as in Python. {} in this browser, of 64 MiB.", bytes(total))
}

pub fn delete_home_file(path: &str) -> String {
    format!("Delete {path}? There is no undo for files.")
}

pub fn search_found(line: &str) -> String {
    format!("found: {line}")
}
