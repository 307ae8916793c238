//! The Python tab: files, editor, run bar, output, prompt.

pub mod editor;
pub mod file_forms;
pub mod files;
pub mod inputs;
pub mod loading;
pub mod note;
pub mod opening;
pub mod output;
pub mod prompt;
pub mod status;
pub mod suggesting;
pub mod tab;
pub mod toolbar;
pub mod unsupported;
