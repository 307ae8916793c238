//! `PutBucketTagging`: replaces all tags of a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html>

use cloudarium_service::Ctx;

use crate::config::input::put_input;
use crate::config::tagging::{Tagged, Tagging, check};
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

put_input!(PutBucketTaggingInput, "Tagging": Tagging);

/// Runs the operation.
pub fn put_bucket_tagging(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketTaggingInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let tags = &input.sent.tag_set;
    check(tags, Tagged::Bucket)?;
    // An empty set is no set: it is read as `NoSuchTagSet`.
    config::change(s3, cx, input.target(), |config| {
        config.tagging = (!tags.is_empty()).then(|| tags.clone());
    })
}
