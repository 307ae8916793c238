//! What the page knows, and how it asks for it. No part draws here, and nothing here knows a part.

pub mod calls;
pub mod cloud;
pub mod diff;
pub mod files;
pub mod filter;
#[allow(dead_code, reason = "the file tree is to come")]
pub mod homes;
pub mod keep;
pub mod lesson;
pub mod listing;
pub mod notices;
pub mod output;
pub mod palette;
pub mod prefs;
pub mod preview;
pub mod progress;
pub mod python;
pub mod sample;
pub mod sizes;
pub mod time;
pub mod toasts;
pub mod traceback;
pub mod travel;
pub mod uploads;
pub mod workspace;
