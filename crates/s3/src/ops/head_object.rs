//! `HeadObject`: all that is known of an object, without its bytes.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>
//!
//! A refusal has no body, so clients see no more than its status.

use cloudarium_service::Ctx;

use crate::error::Error;
use crate::model::State;
use crate::read::{ReadInput, ReadOutput, find};

/// Runs the operation.
pub fn head_object(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: ReadInput,
) -> Result<ReadOutput, Error> {
    find(s3, cx, &input).map(|(_, _, output)| output)
}
