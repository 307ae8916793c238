//! The command palette, and the list of shortcuts.

pub mod gather;
pub mod keys;
pub mod list;
pub mod obey;
