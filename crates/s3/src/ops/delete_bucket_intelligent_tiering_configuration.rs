//! `DeleteBucketIntelligentTieringConfiguration`: takes a configuration of when `INTELLIGENT_TIERING` archives away.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketIntelligentTieringConfiguration.html>

use cloudarium_service::Ctx;

use crate::config::Done;
use crate::config::input::IdInput;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn delete_bucket_intelligent_tiering_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: IdInput,
) -> Result<Done, Error> {
    kept::delete(s3, cx, &input, Kind::IntelligentTiering)
}
