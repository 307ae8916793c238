//! `GetBucketIntelligentTieringConfiguration`: a configuration of when `INTELLIGENT_TIERING` archives.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketIntelligentTieringConfiguration.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::input::IdInput;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn get_bucket_intelligent_tiering_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: IdInput,
) -> Result<Value, Error> {
    kept::get(s3, cx, &input, Kind::IntelligentTiering)
}
