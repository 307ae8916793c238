//! `CreateBucket`: makes a bucket, whose name no account has yet.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
//!
//! Differences from AWS: directory buckets, object lock, tags, account-regional names and ownership
//! other than `BucketOwnerEnforced` are refused by name.

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::BUCKETS_MAX;
use crate::model::{Bucket, State};
use crate::store::to_second;
use crate::{name, region};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateBucketInput {
    bucket: String,
    create_bucket_configuration: Option<CreateBucketConfiguration>,
    #[serde(rename = "ACL")]
    acl: Option<String>,
    object_ownership: Option<String>,
    bucket_namespace: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CreateBucketConfiguration {
    location_constraint: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CreateBucketOutput {
    location: String,
    bucket_arn: String,
}

/// Runs the operation.
pub fn create_bucket(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateBucketInput,
) -> Result<CreateBucketOutput, Error> {
    if cx.caller.account.is_empty() {
        return Err(Error::AccessDenied {});
    }
    name::check_new_bucket(&input.bucket)?;
    check_options(&input)?;
    let constraint = input
        .create_bucket_configuration
        .as_ref()
        .and_then(|configuration| configuration.location_constraint.as_deref())
        .filter(|constraint| !constraint.is_empty());
    let region = region::of_new_bucket(cx.region, constraint)?;

    if let Some(existing) = s3.buckets.get(&input.bucket) {
        check_recreated(cx, &input.bucket, existing, &region)?;
    } else {
        let owned = s3.buckets.values().filter(|it| it.owner == cx.caller.account).count();
        if owned >= BUCKETS_MAX {
            return Err(Error::TooManyBuckets {});
        }
        let mut bucket = Bucket::new(cx.caller.account.clone(), region, to_second(cx.now));
        bucket.location_constraint = constraint.map(str::to_owned);
        s3.buckets.insert(input.bucket.clone(), bucket);
    }
    let location = match constraint {
        None => format!("/{}", input.bucket),
        Some(_) => format!("http://{}.s3.amazonaws.com/", input.bucket),
    };
    Ok(CreateBucketOutput { location, bucket_arn: format!("arn:aws:s3:::{}", input.bucket) })
}

/// In us-east-1 an owner may make a bucket again, to no effect; elsewhere that is a conflict.
fn check_recreated(cx: &Ctx<'_>, name: &str, existing: &Bucket, region: &str) -> Result<(), Error> {
    if existing.owner != cx.caller.account {
        return Err(Error::BucketAlreadyExists { bucket: name.to_owned() });
    }
    if existing.region == region::HOME && region == region::HOME {
        return Ok(());
    }
    Err(Error::BucketAlreadyOwnedByYou { bucket: name.to_owned() })
}

fn check_options(input: &CreateBucketInput) -> Result<(), Error> {
    match input.acl.as_deref() {
        None | Some("private") => {}
        Some("public-read" | "public-read-write" | "authenticated-read") => {
            return Err(Error::InvalidBucketAclWithObjectOwnership {});
        }
        Some(other) => return Err(Error::argument("", "x-amz-acl", other)),
    }
    match input.object_ownership.as_deref() {
        None | Some("BucketOwnerEnforced") => {}
        Some(other @ ("BucketOwnerPreferred" | "ObjectWriter")) => {
            return Err(Error::not_simulated("ObjectOwnership", other));
        }
        Some(other) => {
            let message = "Invalid x-amz-object-ownership header";
            return Err(Error::argument(message, "x-amz-object-ownership", other));
        }
    }
    match input.bucket_namespace.as_deref() {
        None | Some("global") => Ok(()),
        Some(other) => Err(Error::not_simulated("BucketNamespace", other)),
    }
}
