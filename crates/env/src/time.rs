//! One instant of virtual time.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, virtual unless a name says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

/// The serde newtype name under which a [`Timestamp`] travels, so that `shape::Value` can tell an
/// instant from a number.
pub const TIMESTAMP_TOKEN: &str = "$cloudarium::Timestamp";

impl Timestamp {
    /// An instant `milliseconds` after the Unix epoch.
    pub const fn from_ms(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// This instant plus `duration`; stays at the far end instead of overflowing.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)))
    }

    /// Time from `earlier` to here; zero if `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TIMESTAMP_TOKEN, &self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Timestamp;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("milliseconds since 1970")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Timestamp, D::Error> {
                i64::deserialize(deserializer).map(Timestamp)
            }
            fn visit_i64<E>(self, value: i64) -> Result<Timestamp, E> {
                Ok(Timestamp(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Timestamp, E> {
                Ok(Timestamp(i64::try_from(value).unwrap_or(i64::MAX)))
            }
        }
        deserializer.deserialize_newtype_struct(TIMESTAMP_TOKEN, Visitor)
    }
}
