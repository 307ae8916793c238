//! `PutBucketLifecycleConfiguration`: replaces the rules by which what a bucket holds goes in time.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html>
//!
//! `PutBucketLifecycle`, the older form, is the same request with rules of the older form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::config;
use crate::config::lifecycle::{ALL_128K, BY_CLASS, Lifecycle, LifecycleConfiguration, check};
use crate::error::Error;
use crate::model::State;
use crate::store::Target;
use crate::sweep;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutBucketLifecycleConfigurationInput {
    bucket: String,
    lifecycle_configuration: Option<LifecycleConfiguration>,
    transition_default_minimum_object_size: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    #[serde(rename = "ContentMD5")]
    content_md5: Option<String>,
    #[expect(dead_code, reason = "the body was verified by it before it came here")]
    checksum_algorithm: Option<String>,
    expected_bucket_owner: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PutBucketLifecycleConfigurationOutput {
    transition_default_minimum_object_size: String,
}

/// Runs the operation.
pub fn put_bucket_lifecycle_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketLifecycleConfigurationInput,
) -> Result<PutBucketLifecycleConfigurationOutput, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let target = Target { bucket: &input.bucket, expected_owner };
    s3.bucket(cx, target)?;
    // <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html#lifecycle-configuration-constraints>
    let usual = if cx.accounts.s3_legacy { BY_CLASS } else { ALL_128K };
    let size = input.transition_default_minimum_object_size.as_deref().unwrap_or(usual);
    if !matches!(size, ALL_128K | BY_CLASS) {
        return Err(Error::request(format!(
            "Invalid TransitionDefaultMinimumObjectSize found: {size}"
        )));
    }
    let mut rules = input.lifecycle_configuration.unwrap_or_default().rules;
    check(&rules)?;
    for rule in &mut rules {
        // S3's own ids are such texts in base64.
        rule.id.get_or_insert_with(|| STANDARD.encode(cx.rng.uuid()));
    }
    let minimum_size = size.to_owned();
    config::change(s3, cx, target, |config| {
        config.lifecycle = Some(Lifecycle { rules, minimum_size });
    })?;
    sweep::arm(s3, cx, &input.bucket);
    Ok(PutBucketLifecycleConfigurationOutput {
        transition_default_minimum_object_size: size.to_owned(),
    })
}
