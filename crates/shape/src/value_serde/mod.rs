//! Typed structs to [`Value`] and back, by serde.
//!
//! A [`Blob`](crate::Blob) moves in and out without a copy of its bytes, a
//! [`Timestamp`](cloudarium_env::Timestamp) stays an instant, and a [`Value`] member is kept as it
//! is. Start in [`from_value`]; `handoff` tells how the bytes get through serde.

mod de;
mod handoff;
mod names;
mod plain;
mod ser;
#[cfg(test)]
mod tests;

use std::fmt;

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

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMember(name) => write!(f, "unknown member {name}"),
            Self::Mismatch(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ValueError {}

impl serde::de::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Mismatch(message.to_string())
    }

    fn unknown_field(field: &str, _expected: &'static [&'static str]) -> Self {
        Self::UnknownMember(field.to_owned())
    }
}

impl serde::ser::Error for ValueError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Mismatch(message.to_string())
    }
}

/// The typed form of `value`.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, ValueError> {
    T::deserialize(de::ValueDeserializer(value))
}

/// `typed` as a [`Value`]; members that are `None` are left out.
pub fn to_value<T: Serialize + ?Sized>(typed: &T) -> Result<Value, ValueError> {
    typed.serialize(ser::ValueSerializer).map(Option::unwrap_or_default)
}

/// The member names (as serde knows them) of a struct that derives `Deserialize`; none for
/// anything that is not a struct.
pub fn member_names<T: DeserializeOwned>() -> Vec<&'static str> {
    names::of::<T>()
}
