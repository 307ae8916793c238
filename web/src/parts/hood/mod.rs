//! Under the hood: every API call as code, on the wire and by what it changed; clock, bill, time travel. Always night.

pub mod bill;
pub mod calls;
pub mod changed;
pub mod clock;
pub mod code;
pub mod detail;
pub mod drawer;
pub mod error;
pub mod filter;
pub mod head;
pub mod http;
pub mod past_bar;
pub mod row;
pub mod scrub;
pub mod track;
