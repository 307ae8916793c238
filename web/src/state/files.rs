//! The learner's files of a lesson, kept by the browser as they are typed.

use std::collections::BTreeMap;

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

/// Takes a file away.
pub fn forget(lesson: &str, file: &str) {
    prefs::forget(&name(lesson, file));
}

/// All files of a lesson, or of free play, by name.
pub fn all(lesson: &str) -> BTreeMap<String, String> {
    let place = name(lesson, "");
    let files = prefs::names(&place).into_iter();
    files.filter_map(|file| Some((file.clone(), read(lesson, &file)?))).collect()
}

fn name(lesson: &str, file: &str) -> String {
    format!("file.{lesson}.{file}")
}
