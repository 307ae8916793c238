//! `PutBucketInventoryConfiguration`: keeps a configuration of lists of all objects.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketInventoryConfiguration.html>
//!
//! Stored only: it has no effect.

use cloudarium_service::Ctx;

use crate::config::Done;
use crate::config::input::put_id_input;
use crate::config::kept::{self, Kind};
use crate::error::Error;
use crate::model::State;

put_id_input!(PutBucketInventoryConfigurationInput, "InventoryConfiguration");

/// Runs the operation.
pub fn put_bucket_inventory_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketInventoryConfigurationInput,
) -> Result<Done, Error> {
    kept::put(s3, cx, input.target(), (Kind::Inventory, &input.id, &input.sent))
}
