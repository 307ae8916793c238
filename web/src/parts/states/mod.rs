//! The Step Functions console: machines, their pictures, and executions as they run. A part of its own
//! (`parts/apart`), with styles of its own.

mod compare;
pub mod console;
mod debug;
mod definition;
mod diagnostics;
mod edit_state;
pub mod editor;
mod events;
mod executions;
mod export;
mod fields;
mod head;
mod inspect;
mod machine;
mod machines;
mod new_machine;
mod outline;
mod picture;
mod run_bar;
mod run_page;
mod source;
mod stages;
mod start;
mod state_panel;
mod timeline;
mod try_state;
mod versions;
