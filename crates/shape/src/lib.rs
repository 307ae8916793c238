//! The AWS service models as data, and the values that flow by them.
//!
//! Must never know: HTTP, XML, JSON on the wire (that is `wire`), or what any operation does.
//! Start in [`value`]: every request becomes a [`Value`], every answer is made from one. Then [`model`]:
//! what a service's requests and answers look like.

pub mod model;
pub mod value;
pub mod value_serde;

pub use value::{Blob, Map, Value};
pub use value_serde::{ValueError, from_value, member_names, to_value};
