//! What there is of a bucket beside its objects: versions, settings, who may, and what goes on by itself.

pub mod access;
pub mod block;
pub mod document;
pub mod head;
pub mod lifecycle;
pub mod page;
pub mod public;
pub mod rule;
pub mod settings;
pub mod storage;
pub mod upload;
pub mod uploads;
pub mod versioning;
pub mod versions;
pub mod website;
