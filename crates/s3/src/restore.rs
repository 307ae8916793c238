//! Archived objects, and the copies of them that can be read for a while.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html>

use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use cloudarium_shape::{Value, from_value, to_value};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::events;
use crate::model::{Object, Restore, RestoreTier, State, StorageClass};

const HOUR: Duration = Duration::from_hours(1);
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl RestoreTier {
    /// By AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "Bulk" => Some(Self::Bulk),
            "Standard" => Some(Self::Standard),
            "Expedited" => Some(Self::Expedited),
            _ => None,
        }
    }

    /// How long a restore takes; `None` where the class does not have the tier. Of the times that
    /// AWS gives, the longest.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html>
    pub fn takes(self, class: StorageClass) -> Option<Duration> {
        match (class, self) {
            (StorageClass::Glacier, Self::Expedited) => Some(Duration::from_mins(5)),
            (StorageClass::Glacier, Self::Standard) => Some(HOUR * 5),
            (StorageClass::Glacier, Self::Bulk) | (StorageClass::DeepArchive, Self::Standard) => {
                Some(HOUR * 12)
            }
            (StorageClass::DeepArchive, Self::Bulk) => Some(HOUR * 48),
            _ => None,
        }
    }
}

/// When a copy that is ready at `ready` is gone: after so many days, at the next midnight.
pub fn expiry(ready: Timestamp, days: u32) -> Timestamp {
    let end = ready.as_ms().saturating_add(DAY_MS.saturating_mul(i64::from(days)));
    let midnight = end.div_euclid(DAY_MS).saturating_add(1).saturating_mul(DAY_MS);
    Timestamp::from_ms(midnight)
}

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// The copy can be read.
    Ready,
    /// The copy is gone.
    Expired,
}

/// What a timer brings back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Due {
    restore: Moment,
    bucket: String,
    key: String,
    number: u64,
}

/// Has `moment` told when it comes.
pub fn set_timer(
    cx: &mut Ctx<'_>,
    (bucket, key, _): (&str, &str, Option<&str>),
    number: u64,
    at: Timestamp,
    moment: Moment,
) {
    let (bucket, key) = (bucket.to_owned(), key.to_owned());
    if let Ok(payload) = to_value(&Due { restore: moment, bucket, key, number }) {
        cx.host.set_timer(at, payload);
    }
}

/// A timer is due: tells of it, unless the restore was changed since.
pub fn timer(s3: &mut State, cx: &mut Ctx<'_>, payload: Value) {
    let Ok(due) = from_value::<Due>(payload) else { return };
    let Some(bucket) = s3.buckets.get_mut(&due.bucket) else { return };
    let versioned = bucket.versioning.is_some();
    let version = bucket.keys.get_mut(due.key.as_str()).and_then(|it| it.get_mut(due.number));
    let Some(version) = version else { return };
    let version_id = versioned.then(|| version.shown_id().to_owned());
    let Some(object) = version.object_mut() else { return };
    let Some(restore) = object.extra().restore else { return };
    let name = match due.restore {
        Moment::Ready if restore.ready == cx.now => "ObjectRestore:Completed",
        Moment::Expired if restore.expires == cx.now => {
            object.change(|extra| extra.restore = None);
            "ObjectRestore:Delete"
        }
        _ => return,
    };
    let object = object.clone();
    let about = (due.bucket.as_str(), due.key.as_str(), version_id.as_deref());
    events::object_changed(s3, cx, name, about, Some(&object));
}

/// The member `RestoreStatus` of a listing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RestoreStatus {
    is_restore_in_progress: bool,
    restore_expiry_date: Option<Timestamp>,
}

impl Restore {
    /// Whether it is still being made.
    pub fn is_ongoing(&self, now: Timestamp) -> bool {
        now < self.ready
    }

    /// `x-amz-restore`
    pub fn header(&self, now: Timestamp) -> String {
        if self.is_ongoing(now) {
            return "ongoing-request=\"true\"".to_owned();
        }
        format!("ongoing-request=\"false\", expiry-date=\"{}\"", self.expires.http_date())
    }

    fn status(&self, now: Timestamp) -> RestoreStatus {
        let ongoing = self.is_ongoing(now);
        RestoreStatus {
            is_restore_in_progress: ongoing,
            restore_expiry_date: (!ongoing).then_some(self.expires),
        }
    }
}

/// The restore of an object that goes on, or whose copy can still be read.
pub fn current(object: &Object, now: Timestamp) -> Option<Restore> {
    object.extra().restore.filter(|restore| now < restore.expires)
}

/// What a listing tells, if it was asked for.
pub fn status(object: &Object, now: Timestamp, wanted: bool) -> Option<RestoreStatus> {
    current(object, now).filter(|_| wanted).map(|restore| restore.status(now))
}

/// `OptionalObjectAttributes` of a listing: whether `RestoreStatus` is asked for.
pub fn is_status_wanted(attributes: Option<&[String]>) -> Result<bool, Error> {
    let attributes = attributes.unwrap_or_default();
    match attributes.iter().find(|name| name.as_str() != "RestoreStatus") {
        None => Ok(!attributes.is_empty()),
        Some(other) => Err(Error::argument(
            "Invalid attribute name specified",
            "x-amz-optional-object-attributes",
            other.as_str(),
        )),
    }
}

/// What a read of an archived object is told.
pub const NOT_READABLE: &str = "The operation is not valid for the object's storage class";

/// What a copy of an archived object is told.
pub const NOT_COPIED: &str = "Operation is not valid for the source object's storage class";

/// An archived object is read from a restored copy only; else it is refused in the words `why`.
pub fn check_readable(object: &Object, now: Timestamp, why: &str) -> Result<(), Error> {
    let class = object.storage_class;
    let ready = current(object, now).is_some_and(|restore| !restore.is_ongoing(now));
    if class.is_archived() && !ready {
        let (message, storage_class) = (why.to_owned(), class.name().to_owned());
        return Err(Error::InvalidObjectState { message, storage_class });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_end_at_midnight() {
        let ready = Timestamp::parse_iso("2026-01-01T05:00:00Z").unwrap();
        assert_eq!(expiry(ready, 1).iso_s(), "2026-01-03T00:00:00Z");
        assert_eq!(expiry(ready, 10).iso_s(), "2026-01-12T00:00:00Z");
    }
}
