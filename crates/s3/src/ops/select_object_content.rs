//! `SelectObjectContent`: which AWS gives to no new customer, and so to nobody here.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_SelectObjectContent.html>,
//! <https://aws.amazon.com/blogs/storage/how-to-optimize-querying-your-data-in-amazon-s3/>

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::config::Done;
use crate::error::Error;
use crate::model::State;
use crate::store::Target;

/// Runs the operation.
pub fn select_object_content(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: Value,
) -> Result<Done, Error> {
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    let expected_owner = text("ExpectedBucketOwner");
    s3.bucket(cx, Target { bucket: text("Bucket").unwrap_or_default(), expected_owner })?;
    Err(Error::NotAllowedHere { method: "POST".to_owned(), resource: "OBJECT".to_owned() })
}
