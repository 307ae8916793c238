//! The bill: what the use of the simulated cloud would cost on AWS.
//!
//! Must never know: services (they tell their use by AWS's usage types), requests, storage. Money is
//! whole numbers, so that every machine comes to the same sum. Start in [`usage`] (what is counted),
//! then [`price`] (the tables, each row with its date and source), then [`bill`] (the two together).

pub mod bill;
pub mod price;
pub mod usage;

pub use bill::{Bill, Line, Unit};
pub use price::{FREE_TIER, Price, Source};
pub use usage::{Stored, Usage, Use};
