//! Lessons: read, set up, checked. The format is `lesson/1`; docs/LESSONS.md tells authors of it.
//!
//! Must never know: files and processes (hosts pass texts in), the page (it gets plain data), HTML,
//! or how the cloud works inside (it is asked as any client asks). Start in [`Lesson::parse`] (texts
//! in, a lesson or all its mistakes out), then [`Lab`] (the lesson while somebody learns), then
//! [`judge`] (when a check passes, fails or waits).

mod call_toml;
pub mod check;
mod check_toml;
mod door;
mod error;
mod facts;
mod figure;
mod front;
pub mod judge;
mod lab;
mod lesson;
mod library;
mod path;
mod pattern;
mod proof;
mod prose;
mod results;
mod run;
mod scan;
mod scope;
mod template;
mod toml_help;
pub mod view;

pub use check::CallSpec;
pub use door::Door;
pub use error::LessonError;
pub use front::{Front, SCHEMA, TRACKS};
pub use judge::{State, Verdict};
pub use lab::{CheckResult, Lab, SetUpError};
pub use lesson::{Clicks, Files, Lesson, Next, Step, Way};
pub use library::{Concept, concepts, mistakes_between};
pub use proof::{ConsoleCall, Link, Proofs, Wrong};
pub use prose::{Block, Inline, plain};
pub use results::{Results, TestResult};
pub use run::Run;
pub use template::Vars;
pub use view::{LessonSummary, LessonView, StateView, summary};
