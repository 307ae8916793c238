//! Typed structs to [`Value`] and back, by serde.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Value;

/// Why a [`Value`] did not fit a typed struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueError {
    /// The struct (with `deny_unknown_fields`) has no such member: it is not simulated.
    UnknownMember(String),
    /// Anything else that serde says.
    Mismatch(String),
}

/// The typed form of `value`.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, ValueError> {
    let _ = value;
    Err(ValueError::Mismatch("not built".to_owned()))
}

/// `typed` as a [`Value`]; members that are `None` are left out.
pub fn to_value<T: Serialize>(typed: &T) -> Result<Value, ValueError> {
    let _ = typed;
    Err(ValueError::Mismatch("not built".to_owned()))
}

/// The member names (as serde knows them) of a struct that derives `Deserialize`.
pub fn member_names<T: DeserializeOwned>() -> Vec<&'static str> {
    Vec::new()
}
