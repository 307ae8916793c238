//! `GetBucketNotificationConfiguration`: who is told of what happens in a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>

use cloudarium_service::Ctx;

use crate::config::BucketInput;
use crate::config::notification::Notification;
use crate::error::Error;
use crate::model::State;

/// Runs the operation.
pub fn get_bucket_notification_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: BucketInput,
) -> Result<Notification, Error> {
    let config = &input.find(s3, cx)?.config;
    Ok(config.notification.clone().unwrap_or_default())
}
