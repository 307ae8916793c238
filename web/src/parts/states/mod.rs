//! The Step Functions console: machines, their pictures, and executions as they run. A part of its own
//! (`parts/apart`), with styles of its own.

mod compare;
pub mod console;
mod definition;
mod diagnostics;
mod events;
mod executions;
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
mod start;
mod timeline;
mod versions;
