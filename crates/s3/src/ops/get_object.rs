//! `GetObject`: reads an object, or a range of its bytes.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>

use cloudarium_service::Ctx;
use cloudarium_shape::Blob;

use crate::error::Error;
use crate::model::State;
use crate::read::{ReadInput, ReadOutput, find};
use crate::restore::{NOT_READABLE, check_readable};
use crate::store;

/// Runs the operation.
pub fn get_object(s3: &mut State, cx: &mut Ctx<'_>, input: ReadInput) -> Result<ReadOutput, Error> {
    let (object, slice, mut output) = find(s3, cx, &input)?;
    check_readable(object, cx.now, NOT_READABLE)?;
    output.body = Some(Blob(store::read(cx.blobs, &object.body, slice.bytes)?));
    Ok(output)
}
