//! The lines that were typed into the Terminal, kept by the browser.

use crate::state::prefs;

const NAME: &str = "terminal.history";
const LINES_MAX: usize = 500;

/// All of them, the oldest first.
pub fn read() -> Vec<String> {
    prefs::read(NAME).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Adds a line, unless it is the last one again. Gives all.
pub fn keep(line: &str) -> Vec<String> {
    let mut lines = read();
    if !line.trim().is_empty() && lines.last().is_none_or(|last| last != line) {
        lines.push(line.to_owned());
        let over = lines.len().saturating_sub(LINES_MAX);
        lines.drain(..over);
        if let Ok(text) = serde_json::to_string(&lines) {
            // Where storage is off or full, this line is known until the next one.
            prefs::write(NAME, &text);
        }
    }
    lines
}
