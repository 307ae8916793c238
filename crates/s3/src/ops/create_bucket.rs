//! `CreateBucket`: makes a bucket, whose name no account has yet.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
//!
//! Differences from AWS: directory buckets are refused by name.

use std::sync::Arc;

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::access::acl::{self, Of};
use crate::access::model::{BucketAccess, Ownership, is_public, owners_alone};
use crate::config::Config;
use crate::config::encryption::Encryption;
use crate::config::tagging::{self, TagSet, Tagged};
use crate::error::Error;
use crate::limits::BUCKETS_MAX;
use crate::model::{Bucket, ObjectLock, State, Versioning};
use crate::name::Namespace;
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
    grant_full_control: Option<String>,
    grant_read: Option<String>,
    #[serde(rename = "GrantReadACP")]
    grant_read_acp: Option<String>,
    grant_write: Option<String>,
    #[serde(rename = "GrantWriteACP")]
    grant_write_acp: Option<String>,
    object_ownership: Option<String>,
    bucket_namespace: Option<String>,
    object_lock_enabled_for_bucket: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CreateBucketConfiguration {
    location_constraint: Option<String>,
    #[serde(default)]
    tags: TagSet,
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
    let namespace = input.namespace()?;
    name::check_new_bucket(&input.bucket, namespace)?;
    let access = input.access(&cx.caller.account, cx.accounts.s3_legacy)?;
    let constraint = input
        .create_bucket_configuration
        .as_ref()
        .and_then(|configuration| configuration.location_constraint.as_deref());
    let region = region::of_new_bucket(cx.region, constraint)?;
    if namespace == Namespace::AccountRegional {
        name::check_account_regional(&input.bucket, &cx.caller.account, &region)?;
    }
    let config = input.config(cx.accounts.s3_legacy)?;

    if let Some(existing) = s3.buckets.get(&input.bucket) {
        check_recreated(cx, &input.bucket, existing, &region)?;
        // To make a bucket again resets its ACL.
        if let Some(existing) = s3.buckets.get_mut(&input.bucket) {
            Arc::make_mut(&mut existing.access).acl = access.acl;
        }
    } else {
        let owned = s3.buckets.values().filter(|it| it.owner == cx.caller.account).count();
        if owned >= BUCKETS_MAX {
            return Err(Error::TooManyBuckets {});
        }
        let mut bucket = Bucket::new(cx.caller.account.clone(), region, to_second(cx.now));
        bucket.location_constraint = constraint.map(str::to_owned);
        bucket.access = Arc::new(access);
        bucket.config = Arc::new(config);
        if input.object_lock_enabled_for_bucket == Some(true) {
            bucket.versioning = Some(Versioning::Enabled);
            bucket.object_lock = Some(ObjectLock::default());
        }
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

impl CreateBucketInput {
    fn namespace(&self) -> Result<Namespace, Error> {
        match self.bucket_namespace.as_deref() {
            None => Ok(Namespace::Unsaid),
            Some("global") => Ok(Namespace::Global),
            Some("account-regional") => Ok(Namespace::AccountRegional),
            // guess: the words.
            Some(other) => Err(Error::argument(
                "Invalid x-amz-bucket-namespace header",
                "x-amz-bucket-namespace",
                other,
            )),
        }
    }

    /// What the new bucket is configured with. Nobody may bring keys of their own (SSE-C) along into
    /// buckets that were made since April 2026.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html>
    fn config(&self, legacy: bool) -> Result<Config, Error> {
        let tags = self.create_bucket_configuration.as_ref().map(|it| it.tags.clone());
        let tags = tags.filter(|tags| !tags.is_empty());
        tagging::check(tags.as_deref().unwrap_or_default(), Tagged::Bucket)?;
        let encryption = (!legacy).then(Encryption::of_new_bucket);
        Ok(Config { tagging: tags, encryption, ..Config::default() })
    }

    /// Who may do what in the new bucket. New buckets keep the public out and have ACLs off, unless
    /// the request asks for ACLs.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html>
    fn access(&self, owner: &str, legacy: bool) -> Result<BucketAccess, Error> {
        let access = if legacy {
            BucketAccess::of_legacy_bucket(owner)
        } else {
            BucketAccess::of_new_bucket(owner)
        };
        let ownership = match self.object_ownership.as_deref() {
            None => access.ownership,
            Some(sent) => Some(Ownership::parse(sent).ok_or_else(|| {
                let message = "Invalid x-amz-object-ownership header";
                Error::argument(message, "x-amz-object-ownership", sent)
            })?),
        };
        let acl = self.acl().acl(Of::Bucket(owner))?;
        if ownership == Some(Ownership::BucketOwnerEnforced) && acl != owners_alone(owner) {
            return Err(Error::InvalidBucketAclWithObjectOwnership {});
        }
        if is_public(&acl) && access.block().block_public_acls {
            return Err(Error::InvalidBucketAclWithBlockPublicAccessError {});
        }
        Ok(BucketAccess { acl, ownership, ..access })
    }

    fn acl(&self) -> acl::Sent<'_> {
        acl::Sent {
            acl: self.acl.as_deref(),
            full_control: self.grant_full_control.as_deref(),
            read: self.grant_read.as_deref(),
            read_acp: self.grant_read_acp.as_deref(),
            write: self.grant_write.as_deref(),
            write_acp: self.grant_write_acp.as_deref(),
        }
    }
}
