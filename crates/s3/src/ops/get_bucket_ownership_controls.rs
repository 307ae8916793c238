//! `GetBucketOwnershipControls`: who owns what others upload.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketOwnershipControlsOutput {
    ownership_controls: OwnershipControls,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct OwnershipControls {
    rules: [Rule; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rule {
    object_ownership: &'static str,
}

/// Runs the operation.
pub fn get_bucket_ownership_controls(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketOwnershipControlsOutput, Error> {
    let Some(ownership) = input.find(s3, cx)?.access.ownership else {
        return Err(Error::OwnershipControlsNotFoundError { bucket: input.bucket });
    };
    let rules = [Rule { object_ownership: ownership.name() }];
    Ok(GetBucketOwnershipControlsOutput { ownership_controls: OwnershipControls { rules } })
}
