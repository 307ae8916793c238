//! Amazon States Language: reads and checks definitions, and runs them one step at a time.
//!
//! Must never know: any service, HTTP, the real clock, randomness of its own. What a task is to do
//! leaves as data ([`exec::Out`]) and comes back as data; between any two steps an
//! [`exec::Execution`] can be stored and brought back.
//! Start in [`machine`] (a definition, ready to be run), then [`exec`] (running it), then
//! [`validate`] (what AWS refuses).

pub mod choice;
pub mod doc;
pub mod event;
pub mod exec;
pub mod fail;
pub mod hash;
pub mod intrinsic;
pub mod jsonata;
pub mod machine;
pub mod path;
pub mod template;
pub mod time;
pub mod validate;
pub mod view;

pub use doc::Doc;
pub use event::{Event, EventKind};
pub use exec::{Cx, Execution, Identity, Out};
pub use fail::Failure;
pub use machine::Machine;
