//! `PutSubscriptionFilter`: has the events of a group that match a pattern sent to a function.
//!
//! Differences from AWS: functions alone can be subscribers. Their events come of one stream each, whatever the
//! distribution is, which matters for other destinations.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html>

use cloudarium_env::place::Arn;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Value, ValueError, from_value};
use serde::Deserialize;

use crate::error::Error;
use crate::filter::Filter;
use crate::model::{State, Subscription, Trial};
use crate::{store, subscription};

/// How events are told apart for a stream, where none is said.
const DISTRIBUTION: &str = "ByLogStream";

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutSubscriptionFilterInput {
    log_group_name: String,
    filter_name: String,
    filter_pattern: String,
    destination_arn: String,
    role_arn: Option<String>,
    distribution: Option<String>,
    apply_on_transformed_logs: Option<bool>,
}

/// Runs the operation.
pub fn run(logs: &mut State, cx: &mut Ctx<'_>, input: Value) -> Result<Outcome, Fault> {
    let input: PutSubscriptionFilterInput = from_value(input).map_err(|error| match error {
        ValueError::UnknownMember(member) => {
            Fault::not_implemented(&format!("the member {member} of PutSubscriptionFilter"))
        }
        ValueError::Mismatch(why) => Fault::new("InternalFailure", 500, why),
    })?;
    check(logs, cx, &input)?;
    let group = store::key(cx, &input.log_group_name);
    let there = logs.groups.get(&group);
    let there = there.and_then(|group| group.subscriptions.get(&input.filter_name));
    let subscription = Subscription {
        pattern: input.filter_pattern,
        destination_arn: input.destination_arn,
        distribution: input.distribution.unwrap_or_else(|| DISTRIBUTION.to_owned()),
        // guess: what is put again keeps its date.
        created: there.map_or(cx.now, |there| there.created),
    };
    let request = cx.host.park();
    let trial = Trial { request, group, name: input.filter_name, subscription };
    subscription::attempt(logs, cx, trial);
    Ok(Outcome::Parked)
}

fn check(logs: &State, cx: &Ctx<'_>, input: &PutSubscriptionFilterInput) -> Result<(), Error> {
    let group = logs.group(cx, &input.log_group_name)?;
    Filter::parse(&input.filter_pattern)?;
    if input.apply_on_transformed_logs == Some(true) {
        return Err(Error::NotSimulated("applyOnTransformedLogs".to_owned()));
    }
    check_destination(input)?;
    subscription::check_room(group, &input.filter_name)
}

/// The words about destinations and roles are recorded:
/// <https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/logs>, `pf-logs-subscription-destination-vendor`,
/// `pf-logs-subscription-lambda-no-role` and `pf-logs-subscription-firehose-role`.
fn check_destination(input: &PutSubscriptionFilterInput) -> Result<(), Error> {
    let Some(arn) = Arn::parse(&input.destination_arn) else {
        // guess: the words.
        return Err(Error::parameter(format!("Invalid destinationArn: {}", input.destination_arn)));
    };
    let vendor = arn.service;
    match (vendor, input.role_arn.is_some()) {
        ("lambda", true) => {
            let words = "destinationArn for vendor lambda cannot be used with roleArn";
            Err(Error::parameter(words))
        }
        ("lambda", false) => check_function(arn, &input.log_group_name),
        ("kinesis" | "firehose", false) => Err(Error::parameter(format!(
            "destinationArn for vendor {vendor} cannot be used without roleArn"
        ))),
        ("kinesis" | "firehose" | "logs", _) => {
            Err(Error::NotSimulated(format!("a subscription filter's destination in {vendor}")))
        }
        _ => Err(Error::parameter(format!(
            "PutSubscriptionFilter operation cannot work with destinationArn for vendor {vendor}"
        ))),
    }
}

/// A function that got what it writes itself would write for ever.
fn check_function(arn: Arn<'_>, group: &str) -> Result<(), Error> {
    let function = arn.resource.strip_prefix("function:").unwrap_or_default();
    let name = function.split(':').next().unwrap_or_default();
    if group.strip_prefix("/aws/lambda/") == Some(name) {
        return Err(Error::parameter(
            "The log group provided is reserved for the function logs of the destination function.",
        ));
    }
    Ok(())
}
