//! Under the hood: every API call, what went over the wire, and the clock. Always night.

pub mod calls;
pub mod clock;
pub mod detail;
pub mod drawer;
pub mod error;
pub mod head;
pub mod http;
