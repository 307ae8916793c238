//! `GetBucketReplication`: where objects would be copied to.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;
use serde::Serialize;

use crate::config::BucketInput;
use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetBucketReplicationOutput {
    replication_configuration: Value,
}

/// Runs the operation.
pub fn get_bucket_replication(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<GetBucketReplicationOutput, Error> {
    let config = &input.find(s3, cx)?.config;
    match config.replication.clone() {
        Some(replication_configuration) => {
            Ok(GetBucketReplicationOutput { replication_configuration })
        }
        None => Err(Error::ReplicationConfigurationNotFoundError { bucket: input.bucket }),
    }
}
