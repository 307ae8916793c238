//! The services whose models are known. Each model is read when its service is first asked for.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::Service;

/// What routing needs of a service without reading its model, and the model's text where it is on board.
struct Entry {
    name: &'static str,
    endpoint: &'static str,
    target_prefix: &'static str,
    form_version: &'static str,
    json: Option<&'static str>,
    service: OnceLock<Service>,
    /// The same as it is spoken to in `query`, if it spoke that before it spoke JSON.
    in_query: OnceLock<Service>,
}

/// Natively the models are part of the program. In a browser all of them would be most of what is downloaded, and a
/// learner meets a few: there the host reads one when it is first asked for.
#[cfg(not(target_family = "wasm"))]
macro_rules! on_board {
    ($name:literal) => {
        Some(include_str!(concat!("../../models/", $name, ".json")))
    };
}
#[cfg(target_family = "wasm")]
macro_rules! on_board {
    ($name:literal) => {
        None
    };
}

macro_rules! catalog {
    ($($name:literal $endpoint:literal $target:literal $version:literal),* $(,)?) => {
        /// The services' names, as botocore's folders say.
        pub const NAMES: &[&str] = &[$($name),*];

        static CATALOG: [Entry; NAMES.len()] = [$(Entry {
            name: $name,
            endpoint: $endpoint,
            target_prefix: $target,
            form_version: $version,
            json: on_board!($name),
            service: OnceLock::new(),
            in_query: OnceLock::new(),
        }),*];
    };
}

// Name, first part of the host name, first part of X-Amz-Target, version in a form (`query`, `ec2`). A test holds them
// to the models.
catalog! {
    "dynamodb" "dynamodb" "DynamoDB_20120810" "",
    "ec2" "ec2" "" "2016-11-15",
    "events" "events" "AWSEvents" "",
    "glue" "glue" "AWSGlue" "",
    "iam" "iam" "" "2010-05-08",
    "lambda" "lambda" "" "",
    "logs" "logs" "Logs_20140328" "",
    "s3" "s3" "" "",
    "sns" "sns" "" "2010-03-31",
    "sqs" "sqs" "AmazonSQS" "2012-11-05",
    "stepfunctions" "states" "AWSStepFunctions" "",
    "sts" "sts" "" "2011-06-15",
}

/// The service that signs, routes and refuses in a way of its own.
const S3_STYLE: &str = "s3";

/// How a host reads the model of the service with this name; nothing when it cannot.
pub type Reader = fn(&str) -> Option<String>;

static READER: OnceLock<Reader> = OnceLock::new();

/// Says how models that are not on board are read. The first to say so counts.
pub fn read_by(reader: Reader) {
    READER.get_or_init(|| reader);
}

fn text(entry: &Entry) -> Option<Cow<'static, str>> {
    let read = || READER.get().and_then(|read| read(entry.name));
    entry.json.map(Cow::Borrowed).or_else(|| read().map(Cow::Owned))
}

/// What could not be read is tried again the next time.
fn read(entry: &'static Entry) -> Option<&'static Service> {
    if let Some(service) = entry.service.get() {
        return Some(service);
    }
    let service = Service::read(entry.name, &text(entry)?).ok()?;
    Some(entry.service.get_or_init(|| service))
}

fn find(is_it: impl Fn(&Entry) -> bool) -> Option<&'static Service> {
    CATALOG.iter().find(|entry| is_it(entry)).and_then(read)
}

/// The service called `name`.
pub fn service(name: &str) -> Option<&'static Service> {
    find(|entry| entry.name == name)
}

/// The service called `name` as it is spoken to in `query`, which it spoke before it spoke JSON; `None` of others.
pub fn in_query(name: &str) -> Option<&'static Service> {
    let entry = CATALOG.iter().find(|entry| entry.name == name)?;
    if let Some(service) = entry.in_query.get() {
        return Some(service);
    }
    let service = Service::read(entry.name, &text(entry)?).ok()?.in_query()?;
    Some(entry.in_query.get_or_init(|| service))
}

/// The service with this first part of a host name, or this name in a credential's scope.
pub fn by_endpoint(endpoint: &str) -> Option<&'static Service> {
    find(|entry| entry.endpoint == endpoint)
}

/// Whether [`by_endpoint`] knows it; no model is read.
pub fn is_endpoint(endpoint: &str) -> bool {
    CATALOG.iter().any(|entry| entry.endpoint == endpoint)
}

/// The service with this first part of `X-Amz-Target`.
pub fn by_target_prefix(prefix: &str) -> Option<&'static Service> {
    find(|entry| !prefix.is_empty() && entry.target_prefix == prefix)
}

/// The service whose forms say this version.
pub fn by_form_version(version: &str) -> Option<&'static Service> {
    find(|entry| !version.is_empty() && entry.form_version == version)
}

/// The service of requests that name none: see [`Service::s3_style`].
pub fn s3_style() -> Option<&'static Service> {
    service(S3_STYLE)
}

/// All services, read.
pub fn services() -> impl Iterator<Item = &'static Service> {
    CATALOG.iter().filter_map(read)
}
