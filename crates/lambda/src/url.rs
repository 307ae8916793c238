//! Addresses of functions: checked, kept and shown.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>

use cloudarium_service::Ctx;
use serde::Serialize;

use crate::error::Error;
use crate::model::{FunctionUrl, LATEST, State};
use crate::name::{Target, qualified};

pub use crate::model::Cors;

/// What such an address begins with is made of these.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567";

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
