//! `ListBucketIntelligentTieringConfigurations`: the configurations of when `INTELLIGENT_TIERING` archives.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBucketIntelligentTieringConfigurations.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::input::ListInput;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn list_bucket_intelligent_tiering_configurations(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ListInput,
) -> Result<Value, Error> {
    kept::list(s3, cx, &input, Kind::IntelligentTiering)
}
