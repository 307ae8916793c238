//! The S3 console. Every click is an API call, and shows its twin.

pub mod actions;
pub mod attempt;
pub mod browser;
pub mod bucket;
pub mod buckets;
pub mod class;
pub mod console;
pub mod delete;
pub mod details;
pub mod drop;
pub mod fields;
pub mod find;
pub mod life;
pub mod link;
pub mod metadata;
pub mod new_bucket;
pub mod no_buckets;
pub mod overview;
pub mod parted;
pub mod place;
pub mod preview;
pub mod row;
pub mod rows;
pub mod transfer;
pub mod write;
