//! The services whose models are on board. Each is read when it is first asked for.

use std::sync::OnceLock;

use super::Service;

struct Entry {
    name: &'static str,
    endpoint: &'static str,
    target_prefix: &'static str,
    json: &'static str,
    service: OnceLock<Option<Service>>,
}

macro_rules! catalog {
    ($($name:literal $endpoint:literal $target:literal),* $(,)?) => {
        /// The services' names, as botocore's folders say.
        pub const NAMES: &[&str] = &[$($name),*];

        static CATALOG: [Entry; NAMES.len()] = [$(Entry {
            name: $name,
            endpoint: $endpoint,
            target_prefix: $target,
            json: include_str!(concat!("../../models/", $name, ".json")),
            service: OnceLock::new(),
        }),*];
    };
}

// Name, first part of the host name, first part of X-Amz-Target: what routing needs without
// reading a model. A test holds them to the models.
catalog! {
    "dynamodb" "dynamodb" "DynamoDB_20120810",
    "ec2" "ec2" "",
    "events" "events" "AWSEvents",
    "glue" "glue" "AWSGlue",
    "iam" "iam" "",
    "lambda" "lambda" "",
    "logs" "logs" "Logs_20140328",
    "s3" "s3" "",
    "sns" "sns" "",
    "sqs" "sqs" "AmazonSQS",
    "stepfunctions" "states" "AWSStepFunctions",
    "sts" "sts" "",
}

fn read(entry: &'static Entry) -> Option<&'static Service> {
    entry.service.get_or_init(|| Service::read(entry.name, entry.json).ok()).as_ref()
}

/// The service called `name`.
pub fn service(name: &str) -> Option<&'static Service> {
    CATALOG.iter().find(|entry| entry.name == name).and_then(read)
}

/// The service with this first part of a host name, or this name in a credential's scope.
pub fn by_endpoint(endpoint: &str) -> Option<&'static Service> {
    CATALOG.iter().find(|entry| entry.endpoint == endpoint).and_then(read)
}

/// The service with this first part of `X-Amz-Target`.
pub fn by_target_prefix(prefix: &str) -> Option<&'static Service> {
    let has = |entry: &&'static Entry| !prefix.is_empty() && entry.target_prefix == prefix;
    CATALOG.iter().find(has).and_then(read)
}

/// All services, read.
pub fn services() -> impl Iterator<Item = &'static Service> {
    CATALOG.iter().filter_map(read)
}
