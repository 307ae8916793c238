//! The pages.

pub mod bench;
pub mod home;
pub mod missing;
pub mod shared;
