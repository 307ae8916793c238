//! The learner's texts as the page can read them at once, and every key as it was typed: a tab may be killed before it reaches the
//! learner's home (`homes`), which takes a moment. What has not reached it is a draft, and goes there when the files are next opened.

use std::collections::BTreeMap;

use crate::state::prefs;

/// The place of the files outside any lesson.
pub const FREE_PLAY: &str = "play";
/// A larger text is in the home alone.
const MIRRORED_BYTES_MAX: usize = 65_536;

/// What was typed into the file last, if anything was.
pub fn read(lesson: &str, file: &str) -> Option<String> {
    prefs::read(&name(lesson, file))
}

/// Keeps what was typed, as a draft; false when the browser would not.
pub fn write(lesson: &str, file: &str, text: &str) -> bool {
    prefs::write(&draft(lesson, file), "1") && prefs::write(&name(lesson, file), text)
}

/// The home has it now.
pub fn is_home(lesson: &str, file: &str) {
    prefs::forget(&draft(lesson, file));
}

/// Takes a file away.
pub fn forget(lesson: &str, file: &str) {
    prefs::forget(&name(lesson, file));
    is_home(lesson, file);
}

/// All files of a lesson, or of free play, by name.
pub fn all(lesson: &str) -> BTreeMap<String, String> {
    of(&name(lesson, ""), lesson)
}

/// What was typed and has not reached the home.
pub fn drafts(lesson: &str) -> BTreeMap<String, String> {
    of(&draft(lesson, ""), lesson)
}

/// Makes these the files: what the home holds, apart from drafts.
pub fn mirror<'a>(lesson: &str, texts: impl Iterator<Item = (&'a str, &'a str)>) {
    let (mut before, drafts) = (all(lesson), drafts(lesson));
    for (file, text) in texts {
        let same = before.remove(file).is_some_and(|there| there == text);
        if !same && !drafts.contains_key(file) && text.len() <= MIRRORED_BYTES_MAX {
            // A browser that keeps nothing has its files in the home of this tab alone.
            prefs::write(&name(lesson, file), text);
        }
    }
    for gone in before.keys().filter(|file| !drafts.contains_key(*file)) {
        prefs::forget(&name(lesson, gone));
    }
}

fn of(place: &str, lesson: &str) -> BTreeMap<String, String> {
    let files = prefs::names(place).into_iter();
    files.filter_map(|file| Some((file.clone(), read(lesson, &file)?))).collect()
}

fn name(lesson: &str, file: &str) -> String {
    format!("file.{lesson}.{file}")
}

fn draft(lesson: &str, file: &str) -> String {
    format!("draft.{lesson}.{file}")
}
