//! The Python tab: editor, run bar, output.

pub mod editor;
pub mod loading;
pub mod note;
pub mod output;
pub mod status;
pub mod tab;
pub mod toolbar;
pub mod unsupported;
