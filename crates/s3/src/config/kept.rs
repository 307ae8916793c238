//! Configurations of which a bucket has many, each with an id: they are kept and shown, and have no
//! effect here.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/analytics-storage-class.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-configurations.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-intelligent-tiering.html>

use std::ops::Bound;

use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value};
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::input::{IdInput, ListInput};
use super::{Done, change};
use crate::error::Error;
use crate::limits::{CONFIGURATIONS_MAX, KEPT_ID_CHARS_MAX, LIST_CONFIGURATIONS_MAX};
use crate::model::State;
use crate::store::Target;

/// What a configuration is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Which objects would be cheaper in another class.
    Analytics,
    /// Lists of all objects.
    Inventory,
    /// Request metrics.
    Metrics,
    /// When `INTELLIGENT_TIERING` archives.
    IntelligentTiering,
}

/// All of them, by kind and id.
pub type Kept = OrdMap<(Kind, String), Value>;

/// What an inventory may list beside.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html>
const OPTIONAL_FIELDS: [&str; 19] = [
    "BucketKeyStatus",
    "ChecksumAlgorithm",
    "ETag",
    "EncryptionStatus",
    "IntelligentTieringAccessTier",
    "IntelligentTieringReferenceDate",
    "IsMultipartUploaded",
    "LastModifiedDate",
    "LifecycleExpirationDate",
    "ObjectAccessControlList",
    "ObjectLockEventHoldDuration",
    "ObjectLockEventHoldStatus",
    "ObjectLockLegalHoldStatus",
    "ObjectLockMode",
    "ObjectLockRetainUntilDate",
    "ObjectOwner",
    "ReplicationStatus",
    "Size",
    "StorageClass",
];

impl Kind {
    /// The member that holds one.
    fn member(self) -> &'static str {
        match self {
            Self::Analytics => "AnalyticsConfiguration",
            Self::Inventory => "InventoryConfiguration",
            Self::Metrics => "MetricsConfiguration",
            Self::IntelligentTiering => "IntelligentTieringConfiguration",
        }
    }
}

/// Adds a configuration, or replaces the one with its id.
pub fn put(
    s3: &mut State,
    cx: &Ctx<'_>,
    target: Target<'_>,
    (kind, id, sent): (Kind, &str, &Value),
) -> Result<Done, Error> {
    let kept = &s3.bucket(cx, target)?.config.kept;
    if sent.get("Id").and_then(Value::as_str) != Some(id) {
        // guess: AWS refuses it, its words are not documented.
        let words = "The id of the request and that of the configuration must be the same";
        return Err(Error::argument(words, "id", id));
    }
    if id.chars().count() > KEPT_ID_CHARS_MAX {
        // guess: the limit is documented, its words are not.
        let words = format!("ID length should not exceed allowed limit of {KEPT_ID_CHARS_MAX}");
        return Err(Error::argument(&words, "id", id));
    }
    check(kind, sent)?;
    let place = (kind, id.to_owned());
    let taken = kept.keys().filter(|(other, _)| *other == kind).count();
    if taken >= CONFIGURATIONS_MAX && !kept.contains_key(&place) {
        return Err(Error::TooManyConfigurations {});
    }
    change(s3, cx, target, |config| {
        config.kept.insert(place, sent.clone());
    })
}

/// What S3 checks of each kind.
fn check(kind: Kind, sent: &Value) -> Result<(), Error> {
    match kind {
        Kind::Analytics => check_analytics(sent),
        Kind::Inventory => check_inventory(sent),
        Kind::Metrics => Ok(()),
        Kind::IntelligentTiering => check_tiering(sent),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_StorageClassAnalysis.html>
fn check_analytics(sent: &Value) -> Result<(), Error> {
    let analysis = sent.get("StorageClassAnalysis").ok_or(Error::MalformedXML {})?;
    let Some(export) = analysis.get("DataExport") else { return Ok(()) };
    one_of(export, "OutputSchemaVersion", &["V_1"])?;
    check_destination(export, &["CSV"])
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryConfiguration.html>
fn check_inventory(sent: &Value) -> Result<(), Error> {
    if !matches!(sent.get("IsEnabled"), Some(Value::Bool(_))) {
        return Err(Error::MalformedXML {});
    }
    one_of(sent, "IncludedObjectVersions", &["All", "Current"])?;
    let schedule = sent.get("Schedule").ok_or(Error::MalformedXML {})?;
    one_of(schedule, "Frequency", &["Daily", "Weekly"])?;
    if let Some(Value::List(fields)) = sent.get("OptionalFields") {
        let known = |field: &Value| field.as_str().is_some_and(|it| OPTIONAL_FIELDS.contains(&it));
        if !fields.iter().all(known) {
            return Err(Error::MalformedXML {});
        }
    }
    check_destination(sent, &["CSV", "ORC", "Parquet"])
}

/// A destination is a bucket, and named by its ARN.
fn check_destination(sent: &Value, formats: &[&str]) -> Result<(), Error> {
    let to = sent.get("Destination").and_then(|it| it.get("S3BucketDestination"));
    let to = to.ok_or(Error::MalformedXML {})?;
    one_of(to, "Format", formats)?;
    match to.get("Bucket").and_then(Value::as_str) {
        Some(arn) if arn.starts_with("arn:aws:s3:::") => Ok(()),
        // guess: the words are those of replications.
        Some(other) => Err(Error::argument("Invalid bucket ARN.", "Bucket", other)),
        None => Err(Error::MalformedXML {}),
    }
}

/// The member is there, and one of these.
fn one_of(sent: &Value, member: &str, known: &[&str]) -> Result<(), Error> {
    let value = sent.get(member).and_then(Value::as_str);
    if value.is_some_and(|value| known.contains(&value)) {
        Ok(())
    } else {
        Err(Error::MalformedXML {})
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_IntelligentTieringConfiguration.html>
fn check_tiering(sent: &Value) -> Result<(), Error> {
    one_of(sent, "Status", &["Enabled", "Disabled"])?;
    let Some(Value::List(tierings)) = sent.get("Tierings") else {
        return Err(Error::MalformedXML {});
    };
    if tierings.is_empty() {
        return Err(Error::MalformedXML {});
    }
    for tiering in tierings {
        let least = match tiering.get("AccessTier").and_then(Value::as_str) {
            Some("ARCHIVE_ACCESS") => 90,
            Some("DEEP_ARCHIVE_ACCESS") => 180,
            _ => return Err(Error::MalformedXML {}),
        };
        match tiering.get("Days") {
            Some(Value::Int(days)) if (least..=730).contains(days) => {}
            Some(Value::Int(days)) => {
                // guess: the bounds are documented
                // (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html), the words not.
                let words = format!("'Days' should be between {least} and 730");
                return Err(Error::argument(&words, "Days", days.to_string()));
            }
            _ => return Err(Error::MalformedXML {}),
        }
    }
    Ok(())
}

/// One configuration.
pub fn get(s3: &State, cx: &Ctx<'_>, input: &IdInput, kind: Kind) -> Result<Value, Error> {
    let kept = &input.find(s3, cx)?.config.kept;
    let found = kept.get(&(kind, input.id.clone())).ok_or(Error::NoSuchConfiguration {})?;
    Ok(Value::Map(Map::from([(kind.member().to_owned(), found.clone())])))
}

/// Takes one configuration away.
pub fn delete(s3: &mut State, cx: &Ctx<'_>, input: &IdInput, kind: Kind) -> Result<Done, Error> {
    let place = (kind, input.id.clone());
    if !input.find(s3, cx)?.config.kept.contains_key(&place) {
        return Err(Error::NoSuchConfiguration {});
    }
    change(s3, cx, input.target(), |config| {
        config.kept.remove(&place);
    })
}

/// A page of configurations, in the order of their ids. The token is the last one's id.
pub fn list(s3: &State, cx: &Ctx<'_>, input: &ListInput, kind: Kind) -> Result<Value, Error> {
    let kept = &input.find(s3, cx)?.config.kept;
    let token = input.continuation_token.as_deref();
    let begin = (kind, token.unwrap_or_default().to_owned());
    let begin = if token.is_some() { Bound::Excluded(begin) } else { Bound::Included(begin) };
    let all = kept.range((begin, Bound::Unbounded)).take_while(|((other, _), _)| *other == kind);
    let mut page: Vec<(&str, &Value)> = all
        .take(LIST_CONFIGURATIONS_MAX + 1)
        .map(|((_, id), value)| (id.as_str(), value))
        .collect();
    let truncated = page.len() > LIST_CONFIGURATIONS_MAX;
    page.truncate(LIST_CONFIGURATIONS_MAX);
    let last = page.last().map(|(id, _)| *id).filter(|_| truncated);
    let shown = page.iter().map(|(_, value)| (*value).clone()).collect();
    let mut output = Map::from([
        ("IsTruncated".to_owned(), Value::Bool(truncated)),
        (format!("{}List", kind.member()), Value::List(shown)),
    ]);
    let tokens = [("ContinuationToken", token), ("NextContinuationToken", last)];
    output.extend(
        tokens.into_iter().filter_map(|(name, token)| Some((name.to_owned(), Value::from(token?)))),
    );
    Ok(Value::Map(output))
}
