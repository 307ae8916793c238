//! `PutBucketReplication`: says where objects are copied to.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html>
//!
//! Stored only: nothing is copied.

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::input::put_input;
use crate::config::replication;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketReplicationInput, "ReplicationConfiguration": Value);

/// Runs the operation.
pub fn put_bucket_replication(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketReplicationInput,
) -> Result<Done, Error> {
    replication::check(s3, cx, input.target(), &input.sent)?;
    config::change(s3, cx, input.target(), |config| {
        config.replication = Some(input.sent.clone());
    })
}
