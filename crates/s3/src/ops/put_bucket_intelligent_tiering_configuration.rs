//! `PutBucketIntelligentTieringConfiguration`: keeps a configuration of when `INTELLIGENT_TIERING` archives.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketIntelligentTieringConfiguration.html>
//!
//! Stored only: it has no effect.

use cloudarium_service::Ctx;

use crate::config::Done;
use crate::config::input::put_id_input;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

put_id_input!(PutBucketIntelligentTieringConfigurationInput, "IntelligentTieringConfiguration");

/// Runs the operation.
pub fn put_bucket_intelligent_tiering_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketIntelligentTieringConfigurationInput,
) -> Result<Done, Error> {
    kept::put(s3, cx, input.target(), (Kind::IntelligentTiering, &input.id, &input.sent))
}
