//! One instant of virtual time, and the ways in which AWS writes it.

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

    /// An instant `seconds` (with a fraction) after the Unix epoch: how the JSON protocols write
    /// instants. `None` if it is no finite number or beyond the calendar.
    pub fn from_epoch_s(seconds: f64) -> Option<Self> {
        let milliseconds = (seconds * 1000.0).round();
        let fits = (-CALENDAR_MS_MAX..=CALENDAR_MS_MAX).contains(&milliseconds);
        // Within ±2^53, so that the cast is exact.
        #[expect(clippy::cast_possible_truncation, reason = "checked to be in range above")]
        fits.then_some(Self(milliseconds as i64))
    }

    /// Whole seconds since the Unix epoch, and the milliseconds beyond.
    pub const fn as_epoch_s(self) -> (i64, u16) {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 999")]
        (self.0.div_euclid(1000), self.0.rem_euclid(1000) as u16)
    }

    /// `2026-01-05T09:00:00.250Z`
    pub fn iso_ms(self) -> String {
        format!("{}.{:03}Z", self.strftime("%Y-%m-%dT%H:%M:%S"), self.as_epoch_s().1)
    }

    /// `2026-01-05T09:00:00Z`
    pub fn iso_s(self) -> String {
        self.strftime("%Y-%m-%dT%H:%M:%SZ")
    }

    /// `Mon, 05 Jan 2026 09:00:00 GMT`: how HTTP writes instants.
    pub fn http_date(self) -> String {
        self.strftime("%a, %d %b %Y %H:%M:%S GMT")
    }

    /// `05/Jan/2026:09:00:00 +0000`: how logs of web servers write instants.
    pub fn log_date(self) -> String {
        self.strftime("%d/%b/%Y:%H:%M:%S +0000")
    }

    /// `20260105T090000Z`: how a signature writes its instant.
    pub fn amz_date(self) -> String {
        self.strftime("%Y%m%dT%H%M%SZ")
    }

    /// Reads ISO 8601 with `Z` or an offset, and any fraction (kept to the millisecond).
    pub fn parse_iso(text: &str) -> Option<Self> {
        let instant: jiff::Timestamp = text.parse().ok()?;
        Some(Self(instant.as_millisecond()))
    }

    /// Reads `Mon, 05 Jan 2026 09:00:00 GMT` (the form that HTTP prefers of its three).
    pub fn parse_http_date(text: &str) -> Option<Self> {
        Self::parse_civil("%a, %d %b %Y %H:%M:%S GMT", text)
    }

    /// Reads `20260105T090000Z`.
    pub fn parse_amz_date(text: &str) -> Option<Self> {
        (text.len() == 16).then(|| Self::parse_civil("%Y%m%dT%H%M%SZ", text)).flatten()
    }

    fn parse_civil(format: &str, text: &str) -> Option<Self> {
        let civil = jiff::civil::DateTime::strptime(format, text).ok()?;
        let instant = jiff::tz::Offset::UTC.to_timestamp(civil).ok()?;
        Some(Self(instant.as_millisecond()))
    }

    /// Instants beyond the calendar's years (±9999) are written as its first or last.
    fn strftime(self, format: &str) -> String {
        let instant = jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        });
        let civil = jiff::tz::Offset::UTC.to_datetime(instant);
        jiff::fmt::strtime::format(format, civil).unwrap_or_default()
    }
}

/// Year 9999, in round figures and exactly representable: what [`Timestamp::from_epoch_s`] takes.
const CALENDAR_MS_MAX: f64 = 253_402_300_799_999.0;

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iso_ms())
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

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: Timestamp = Timestamp::from_ms(1_767_603_600_250);

    #[test]
    fn an_instant_is_written_in_each_of_the_ways_of_aws() {
        assert_eq!(NINE.iso_ms(), "2026-01-05T09:00:00.250Z");
        assert_eq!(NINE.iso_s(), "2026-01-05T09:00:00Z");
        assert_eq!(NINE.http_date(), "Mon, 05 Jan 2026 09:00:00 GMT");
        assert_eq!(NINE.amz_date(), "20260105T090000Z");
        assert_eq!(NINE.as_epoch_s(), (1_767_603_600, 250));
        assert_eq!(Timestamp::from_ms(-1).as_epoch_s(), (-1, 999));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let whole = Timestamp::from_ms(1_767_603_600_000);
        assert_eq!(Timestamp::parse_iso(&NINE.iso_ms()), Some(NINE));
        assert_eq!(Timestamp::parse_iso("2026-01-05T10:00:00.250999+01:00"), Some(NINE));
        assert_eq!(Timestamp::parse_http_date(&NINE.http_date()), Some(whole));
        assert_eq!(Timestamp::parse_amz_date(&NINE.amz_date()), Some(whole));
        assert_eq!(Timestamp::from_epoch_s(1_767_603_600.25), Some(NINE));
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-01-05", "2026-01-05T09:00:00"] {
            assert_eq!(Timestamp::parse_iso(text), None, "{text}");
        }
        for text in ["", "20260105", "20260105T090000", "20260105T090000Z ", "20261305T090000Z"] {
            assert_eq!(Timestamp::parse_amz_date(text), None, "{text}");
        }
        assert_eq!(Timestamp::parse_http_date("Monday, 05-Jan-26 09:00:00 GMT"), None);
        for seconds in [f64::NAN, f64::INFINITY, 1e300, -1e300] {
            assert_eq!(Timestamp::from_epoch_s(seconds), None);
        }
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        let end = Timestamp::from_ms(i64::MAX);
        assert_eq!(end.plus(Duration::MAX), end);
        assert_eq!(Timestamp::from_ms(i64::MIN).since(end), Duration::ZERO);
        assert!(end.iso_s().starts_with("9999-12-3"));
        assert!(Timestamp::from_ms(i64::MIN).iso_s().starts_with("-9999-"));
    }
}
