//! `PutBucketMetricsConfiguration`: keeps a configuration of request metrics.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html>
//!
//! Stored only: it has no effect.

use cloudarium_service::Ctx;

use crate::config::Done;
use crate::config::input::put_id_input;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

put_id_input!(PutBucketMetricsConfigurationInput, "MetricsConfiguration");

/// Runs the operation.
pub fn put_bucket_metrics_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketMetricsConfigurationInput,
) -> Result<Done, Error> {
    kept::put(s3, cx, input.target(), (Kind::Metrics, &input.id, &input.sent))
}
