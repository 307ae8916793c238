//! The learner's files of a lesson, kept by the browser as they are typed.

use crate::state::prefs;

/// The place of the files outside any lesson.
pub const FREE_PLAY: &str = "play";

/// What was typed into the file last, if anything was.
pub fn read(lesson: &str, file: &str) -> Option<String> {
    prefs::read(&name(lesson, file))
}

/// Keeps what was typed; false when the browser would not.
pub fn write(lesson: &str, file: &str, text: &str) -> bool {
    prefs::write(&name(lesson, file), text)
}

fn name(lesson: &str, file: &str) -> String {
    format!("file.{lesson}.{file}")
}
