//! `PutBucketAnalyticsConfiguration`: keeps a configuration of which objects would be cheaper in another class.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAnalyticsConfiguration.html>
//!
//! Stored only: it has no effect.

use cloudarium_service::Ctx;

use crate::config::Done;
use crate::config::input::put_id_input;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

put_id_input!(PutBucketAnalyticsConfigurationInput, "AnalyticsConfiguration");

/// Runs the operation.
pub fn put_bucket_analytics_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketAnalyticsConfigurationInput,
) -> Result<Done, Error> {
    kept::put(s3, cx, input.target(), (Kind::Analytics, &input.id, &input.sent))
}
