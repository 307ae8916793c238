//! The SQS console. Every click is an API call, and shows its twin.

pub mod configuration;
pub mod console;
pub mod create;
pub mod dead_letters;
pub mod fields;
pub mod list;
pub mod lying;
pub mod messages;
pub mod page;
pub mod policy;
pub mod receive;
pub mod redrive;
pub mod send;
pub mod settings;
pub mod triggers;
