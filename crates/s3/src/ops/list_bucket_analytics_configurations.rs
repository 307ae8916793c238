//! `ListBucketAnalyticsConfigurations`: the configurations of which objects would be cheaper in another class.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketAnalyticsConfigurations.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::input::ListInput;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn list_bucket_analytics_configurations(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListInput,
) -> Result<Value, Error> {
    kept::list(s3, cx, &input, Kind::Analytics)
}
