//! Addresses of functions: checked, kept and shown; and what comes to them ([`Visit`]), as the function's event
//! (`event.rs`), with its answer (`answer.rs`, `stream.rs`), from pages of other origins (`cors.rs`).
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>

pub mod answer;
pub mod cors;
pub mod event;
pub mod stream;

use cloudarium_service::Ctx;
use cloudarium_shape::Blob;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{FunctionUrl, Key, LATEST, State};
use crate::name::{Target, qualified};

pub use crate::model::Cors;

/// What such an address begins with is made of these.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A request to an address, as `wire` reads it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Visit {
    /// What the host name begins with.
    pub url_id: String,
    /// The host name.
    pub domain: String,
    /// `GET`
    pub method: String,
    /// As it was sent.
    pub path: String,
    /// As it was sent, without its question mark.
    pub query: String,
    /// Names and values of the query, decoded.
    pub parameters: Vec<(String, String)>,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Blob,
    /// The error's code, where the request is signed and its signature does not hold.
    pub refused: Option<String>,
    /// The error's words.
    pub refused_words: Option<String>,
}

impl Visit {
    /// The first value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Whose address it is in this Region, and what is known of it.
pub fn of_id(lambda: &State, region: &str, id: &str) -> Option<(Target, FunctionUrl)> {
    let prefix = format!("https://{id}.");
    let here = lambda.functions.iter().filter(|(key, _)| key.region == region);
    let mut urls = here.flat_map(|(key, function)| {
        function.urls.iter().map(move |(qualifier, url)| (key, qualifier, url))
    });
    let (key, qualifier, url) = urls.find(|(.., url)| url.url.starts_with(&prefix))?;
    Some((target(key, qualifier), url.clone()))
}

fn target(key: &Key, qualifier: &str) -> Target {
    let qualifier = Some(qualifier.to_owned()).filter(|it| !it.is_empty());
    Target { key: key.clone(), qualifier }
}

/// As AWS shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UrlConfig {
    function_url: String,
    function_arn: String,
    auth_type: String,
    cors: Option<Cors>,
    creation_time: String,
    last_modified_time: String,
    invoke_mode: String,
}

/// Whether what is named can have one: the function, or an alias.
pub fn check(lambda: &State, target: &Target) -> Result<(), Error> {
    lambda.named(target)?;
    let version = |name: &str| name == LATEST || name.bytes().all(|byte| byte.is_ascii_digit());
    if target.qualifier.as_deref().is_some_and(version) {
        // guess: the documentation says that versions cannot have one, and no words.
        return Err(Error::parameter("A function URL can be created for a function or an alias."));
    }
    Ok(())
}

/// A new one.
pub fn new(
    cx: &mut Ctx<'_>,
    auth_type: String,
    cors: Option<Cors>,
    invoke_mode: Option<String>,
) -> FunctionUrl {
    let id = cx.rng.text(LETTERS, 32);
    FunctionUrl {
        url: format!("https://{id}.lambda-url.{}.on.aws/", cx.region),
        auth_type,
        cors,
        invoke_mode: invoke_mode.unwrap_or_else(|| "BUFFERED".to_owned()),
        created: cx.now,
        modified: cx.now,
    }
}

/// There is one already.
pub fn exists(target: &Target) -> Error {
    Error::Conflict(format!(
        "Failed to create function url config for [functionArn = {}]. Error message:  \
         FunctionUrlConfig exists for this Lambda function",
        qualified(&target.key, target.qualifier.as_deref())
    ))
}

/// The one of what is named.
pub fn find_mut<'a>(lambda: &'a mut State, target: &Target) -> Result<&'a mut FunctionUrl, Error> {
    let qualifier = target.qualifier.as_deref().unwrap_or_default();
    lambda.function_mut(target)?.urls.get_mut(qualifier).ok_or_else(Error::no_resource)
}

/// As AWS shows it.
pub fn shown(target: &Target, url: &FunctionUrl) -> UrlConfig {
    let instant = |at: cloudarium_env::Timestamp| at.iso_ms();
    UrlConfig {
        function_url: url.url.clone(),
        function_arn: qualified(&target.key, target.qualifier.as_deref()),
        auth_type: url.auth_type.clone(),
        cors: url.cors.clone(),
        creation_time: instant(url.created),
        last_modified_time: instant(url.modified),
        invoke_mode: url.invoke_mode.clone(),
    }
}
