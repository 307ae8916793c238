//! What the page knows, and how it asks for it. No part draws here, and nothing here knows a part.

pub mod calls;
pub mod cloud;
pub mod files;
#[allow(dead_code, reason = "the file tree and the editor's tabs are to come")]
pub mod homes;
pub mod lesson;
pub mod listing;
pub mod notices;
pub mod prefs;
pub mod preview;
pub mod progress;
pub mod python;
pub mod sizes;
pub mod time;
pub mod toasts;
pub mod traceback;
pub mod uploads;
