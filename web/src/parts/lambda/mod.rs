//! The Lambda console. Every click is an API call, and shows its twin.

pub mod aliases;
pub mod chart;
pub mod code;
pub mod configuration;
pub mod console;
pub mod create;
pub mod environments;
pub mod event;
pub mod events_card;
pub mod field;
pub mod files;
pub mod list;
pub mod load;
pub mod load_chart;
pub mod mapped;
pub mod monitor;
pub mod new_trigger;
pub mod page;
pub mod pairs;
pub mod result;
pub mod test;
pub mod triggers;
pub mod versions;
pub mod waiting;
