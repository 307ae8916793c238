//! `PutBucketNotificationConfiguration`: says who is told of what happens in a bucket.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html>
//!
//! Those who are named are asked first: a queue and a topic get `s3:TestEvent`, a function a dry
//! run. The request waits for their answers.
//! Differences from AWS: who owns the bucket may tell any queue, topic or function of the account;
//! what cannot be told later is not tried again.

use cloudarium_service::{Access, Ctx, Depth, Fault, Operation, Outcome};
use cloudarium_shape::{Map, Value, ValueError, from_value};
use serde::Deserialize;

use crate::config::notification::Notification;
use crate::error::Error;
use crate::model::State;
use crate::notify;
use crate::store::Target;

/// Its row in the table; it is no usual one, since it may wait.
pub const ROW: Operation<State> = Operation {
    name: "PutBucketNotificationConfiguration",
    access: Access::Write,
    depth: Depth::Simulated,
    run,
    members: cloudarium_service::operation::members::<PutBucketNotificationConfigurationInput>,
};

/// That of the older form: the same request with one configuration of each kind.
pub const OLDER_ROW: Operation<State> = Operation { name: "PutBucketNotification", ..ROW };

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PutBucketNotificationConfigurationInput {
    bucket: String,
    notification_configuration: Notification,
    #[serde(default)]
    skip_destination_validation: bool,
    expected_bucket_owner: Option<String>,
}

fn run(s3: &mut State, cx: &mut Ctx<'_>, input: Value) -> Result<Outcome, Fault> {
    let input = from_value(input).map_err(|error| match error {
        ValueError::UnknownMember(member) => Fault::not_implemented(&format!(
            "the member {member} of PutBucketNotificationConfiguration"
        )),
        ValueError::Mismatch(_) => Fault::from(Error::MalformedXML {}),
    })?;
    Ok(put_bucket_notification_configuration(s3, cx, input)?)
}

fn put_bucket_notification_configuration(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: PutBucketNotificationConfigurationInput,
) -> Result<Outcome, Error> {
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let mut configuration = input.notification_configuration;
    configuration.check(&bucket.region)?;
    configuration.complete(|| notify::made_id(cx));
    if !input.skip_destination_validation && notify::ask(s3, cx, &input.bucket, &configuration) {
        return Ok(Outcome::Parked);
    }
    notify::keep(s3, &input.bucket, configuration)?;
    Ok(Outcome::Output(Value::Map(Map::new())))
}
