//! The Logs tab: groups, streams, and what was written.

pub mod console;
pub mod events;
pub mod group;
pub mod line;
pub mod side;
