//! Where access logs go: kept and shown; no logs are written here.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// What S3 keeps of `BucketLoggingStatus`, if it takes it: `LoggingEnabled`, or nothing.
pub fn check(
    s3: &State,
    cx: &Ctx<'_>,
    target: Target<'_>,
    sent: &Value,
) -> Result<Option<Value>, Error> {
    let bucket = s3.bucket(cx, target)?;
    let Some(enabled) = sent.get("LoggingEnabled") else { return Ok(None) };
    let name = enabled.get("TargetBucket").and_then(Value::as_str).unwrap_or_default();
    let refused = |message: &str| Error::InvalidTargetBucketForLogging {
        message: message.to_owned(),
        target: name.to_owned(),
    };
    let Some(other) = s3.buckets.get(name) else {
        return Err(refused("The target bucket for logging does not exist"));
    };
    if other.owner != bucket.owner {
        return Err(refused(
            "The owner for the bucket to be logged and the target bucket must be the same.",
        ));
    }
    if other.region != bucket.region {
        return Err(Error::CrossLocationLoggingProhibitted {
            source: bucket.region.clone(),
            target: other.region.clone(),
        });
    }
    Ok(Some(enabled.clone()))
}
