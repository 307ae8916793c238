//! The words of sharing, of saving everything, and of bringing it back.

use crate::state::sizes::{bytes, counted, grouped};

pub const SHARE: &str = "Share";
pub const SHARE_TITLE: &str = "Share a link";
pub const SHARE_MORE: &str = "The link itself holds what you share. Nothing is sent to a server, and nobody sees it but those whom you give the link.";
pub const SHARE_PLACE_PLAY: &str = "Free play";
pub const SHARE_FILES: &str = "Your files";
pub const SHARE_CLOUD: &str = "Your cloud";
pub const SHARE_CLOUD_MORE: &str = "Buckets and objects as they are now";
pub const SHARE_LINK: &str = "Link";
pub const SHARE_MAKING: &str = "Making the link.";
/// Most places take a link of this length; some chats cut longer ones.
pub const LINK_LONG: usize = 8_000;
/// Browsers and mail programs cut what is longer.
pub const LINK_MAX: usize = 60_000;

pub const SHARED_TITLE: &str = "Somebody shared their work with you";
pub const SHARED_MORE: &str = "Nothing has run and nothing has changed. Look at it, then open it.";
pub const SHARED_READING: &str = "Reading the link.";
pub const SHARED_HOLDS: &str = "What the link holds";
pub const SHARED_OPEN: &str = "Open it";
pub const SHARED_NOT: &str = "Not now";
pub const SHARED_FILE_SAME: &str = "the same as yours";
pub const SHARED_FILE_NEW: &str = "new";
pub const SHARED_FILE_OVER: &str = "takes the place of yours";
pub const SHARED_CLOUD_NEW: &str = "you have none there yet";
pub const SHARED_UNDO: &str = "Until you reload or close this page you can take it back.";
pub const SHARED_DAMAGED: &str = "This link is damaged";
pub const SHARED_DAMAGED_MORE: &str = "A part of it is missing or was changed on the way: chats and mails sometimes cut long links. Ask for it again, as a whole. Nothing has changed here.";
pub const SHARED_NEWER: &str = "This link was made by a newer Cloudarium";
pub const SHARED_NEWER_MORE: &str = "Reload the page to get the newest version, then open the link again. Nothing has changed here.";
pub const SHARED_ELSEWHERE: &str = "This link leads to a lesson that is not here";
pub const SHARED_ELSEWHERE_MORE: &str = "It may come from another Cloudarium, or from a newer one. Reload the page and open the link again. Nothing has changed here.";
pub const OPENED_SHARED: &str = "You have opened shared work.";
pub const OPENED_SHARED_MORE: &str = "Read the script before you run it.";
pub const TAKE_BACK: &str = "Take it back";

pub const EVERYTHING: &str = "Everything you did here";
pub const EVERYTHING_MORE: &str =
    "It stays in this browser. A copy as one file takes it to another, or keeps it safe.";
pub const SAVE_ALL: &str = "Save a copy";
pub const BRING_BACK: &str = "Bring one back";
pub const SAVE_ALL_LONG: &str = "Save a copy of everything";
pub const BRING_BACK_LONG: &str = "Bring everything back from a file";
pub const CHOOSE_COPY: &str = "Choose the file";
pub const SAVING_ALL: &str = "Putting the file together.";
pub const IMPORT_TITLE: &str = "Bring everything back";
pub const IMPORT_READING: &str = "Reading the file.";
pub const IMPORT_ASK: &str =
    "It takes the place of all that is here: clouds, files, progress, preferences.";
pub const IMPORT_YES: &str = "Bring it back";
pub const IMPORT_SAVE_FIRST: &str = "Save what is here first";
pub const IMPORTED: &str = "Everything was brought back.";
pub const FILE_FOREIGN: &str = "This is no copy that Cloudarium made. Such a file ends in .cloudarium. Nothing has changed here.";
pub const FILE_NEWER: &str = "This copy was made by another version of Cloudarium. Reload the page to get the newest, then try again. Nothing has changed here.";
pub const FILE_DAMAGED: &str = "This copy is damaged: it is not what was saved. Take another copy, or save it anew where it was made. Nothing has changed here.";
pub const FILE_TOO_LARGE: &str = "This file is larger than 512 MB, more than the tab can hold. Nothing has changed here. Delete large objects where it was made, and save a copy there again.";

pub fn link_length(length: usize) -> String {
    format!("{} characters", grouped(length as u64))
}

pub fn link_long(length: usize) -> String {
    format!(
        "{}. Some chats cut links as long as this: send it by mail, or in a file.",
        link_length(length)
    )
}

pub fn link_too_long(length: usize) -> String {
    format!(
        "This would be a link of {}; at most {} pass everywhere. Leave the cloud out, or save a copy of everything as a file.",
        link_length(length),
        grouped(LINK_MAX as u64)
    )
}

pub fn files_too_long(length: usize) -> String {
    format!(
        "This would be a link of {}; at most {} pass everywhere. Your files are too large for a link: save a copy of everything as a file.",
        link_length(length),
        grouped(LINK_MAX as u64)
    )
}

pub fn shared_place(lesson: Option<&str>) -> String {
    lesson.map_or_else(|| SHARE_PLACE_PLAY.into(), |title| format!("Lesson: {title}"))
}

pub fn shared_file(name: &str, count: usize) -> String {
    format!("{name}, {}", bytes(count as u64))
}

pub fn shared_cloud(buckets: usize) -> String {
    format!("A cloud with {}", counted(buckets, "bucket", "buckets"))
}

pub fn shared_cloud_over(buckets: usize) -> String {
    format!("takes the place of yours, with {}", counted(buckets, "bucket", "buckets"))
}

pub fn not_opened(why: &str) -> String {
    format!("It was not opened, and nothing has changed: {}.", why.trim_end_matches('.'))
}

pub fn not_saved_all(why: &str) -> String {
    format!("The file could not be made: {}.", why.trim_end_matches('.'))
}

pub fn import_holds(lessons: usize, clouds: usize, size: u64) -> String {
    format!(
        "The file holds {}, your way through {}, and your preferences: {}.",
        counted(clouds, "cloud", "clouds"),
        counted(lessons, "lesson", "lessons"),
        bytes(size)
    )
}

pub fn file_content(why: &str) -> String {
    format!(
        "This copy cannot be brought back: {}. Nothing has changed here.",
        why.trim_end_matches('.')
    )
}

// ---- free play from a lesson, and from the start
pub const BEGIN: &str = "Begin free play";
pub const BEGIN_ADD: &str = "Add the sample data";
pub const BEGIN_EMPTY: &str = "Empty it";
pub const BEGIN_EMPTY_ADD: &str = "Empty it, then add";
pub const BEGIN_AS_IS: &str = "Leave it as it is";
pub const BEGIN_SAMPLE_MORE: &str =
    "The sample data comes by ordinary API calls: two buckets with some texts, tables and logs.";
pub const PLAY_ON: &str = "Go on in free play";
pub const PLAY_ON_YES: &str = "Take this cloud there";
pub const PLAY_ON_NO: &str = "Keep free play's";
pub const PLAYS_ON: &str = "This is the lesson's cloud, in free play.";
pub const PLAYS_ON_MORE: &str =
    "What was here before can be brought back until the page is reloaded.";

pub fn play_holds(buckets: usize) -> String {
    format!("Free play holds {} now.", counted(buckets, "bucket", "buckets"))
}

pub fn play_on_ask(buckets: usize) -> String {
    format!("{} The lesson's cloud and your file take their place.", play_holds(buckets))
}
