//! `PutBucketAccelerateConfiguration`: turns transfers by edge locations on or off.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html>
//!
//! Stored only: there are no edge locations.

use cloudarium_service::Ctx;
use serde::Deserialize;

use crate::config::input::put_input;
use crate::config::{self, Done};
use crate::error::Error;
use crate::model::State;

/// The member of that name.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AccelerateConfiguration {
    status: Option<String>,
}

put_input!(PutBucketAccelerateConfigurationInput, "AccelerateConfiguration": AccelerateConfiguration);

/// Runs the operation.
pub fn put_bucket_accelerate_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketAccelerateConfigurationInput,
) -> Result<Done, Error> {
    s3.bucket(cx, input.target())?;
    let Some(status @ ("Enabled" | "Suspended")) = input.sent.status.as_deref() else {
        return Err(Error::MalformedXML {});
    };
    if input.bucket.contains('.') {
        return Err(Error::request(
            "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
        ));
    }
    config::change(s3, cx, input.target(), |config| {
        // What was never on need not be suspended.
        if config.accelerate.is_some() || status == "Enabled" {
            config.accelerate = Some(status.to_owned());
        }
    })
}
