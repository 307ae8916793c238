//! `GetWebsitePage`: what the website endpoint answers: pages, redirects, and pages of errors.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html>
//!
//! It is not signed: everybody must be let to read what it shows.
//! Differences from AWS: a bucket of any Region is found by any website endpoint.

use std::collections::BTreeMap;

use cloudarium_service::Ctx;
use cloudarium_shape::{Map, Value, from_value, to_value};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::get_object::get_object;
use crate::access;
use crate::config::website::{RoutingRule, Website};
use crate::error::Error;
use crate::model::State;

/// What a path keeps as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// What the request says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetWebsitePageInput {
    bucket: String,
    key: String,
    method: String,
    base: String,
    #[expect(dead_code, reason = "S3 takes it and does nothing with it")]
    query: Option<String>,
    host: Option<String>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    if_modified_since: Option<String>,
    if_unmodified_since: Option<String>,
    range: Option<String>,
}

/// The answer: what `GetObject` answers, or headers alone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetWebsitePageOutput {
    status_code: i64,
    headers: BTreeMap<&'static str, String>,
    object: Option<Value>,
}

/// Runs the operation.
pub fn get_website_page(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetWebsitePageInput,
) -> Result<GetWebsitePageOutput, Error> {
    if !matches!(input.method.as_str(), "GET" | "HEAD") {
        return Err(Error::NotAllowedHere { method: input.method, resource: "OBJECT".to_owned() });
    }
    let no_bucket = || Error::NoSuchBucket { bucket: input.bucket.clone() };
    let bucket = s3.buckets.get(&input.bucket).ok_or_else(no_bucket)?;
    let Some(website) = bucket.config.website.clone() else {
        return Err(Error::NoSuchWebsiteConfiguration { bucket: input.bucket });
    };
    if let Some(all) = &website.redirect_all_requests_to {
        let protocol = all.protocol.as_deref().unwrap_or("http");
        let to = format!("{protocol}://{}/{}", all.host_name, encoded(&input.key));
        return Ok(redirect(301, to));
    }
    let rules = website.routing_rules.as_deref().unwrap_or_default();
    if let Some(found) = rules.iter().find(|rule| rule.fits(&input.key, None)) {
        return Ok(input.follow(found));
    }
    let region = bucket.region.clone();
    let mut cx = Ctx { region: &region, ..reborrowed(cx) };
    match input.show(s3, &mut cx, &website) {
        Err(error) if error.is_refusal() => input.fail(s3, &mut cx, (&website, error)),
        shown => shown,
    }
}

/// The same context, to be changed in part.
fn reborrowed<'a>(cx: &'a mut Ctx<'_>) -> Ctx<'a> {
    Ctx {
        now: cx.now,
        region: cx.region,
        caller: cx.caller,
        facts: cx.facts,
        request_id: cx.request_id,
        accounts: cx.accounts,
        rng: cx.rng,
        blobs: cx.blobs,
        host: cx.host,
    }
}

impl GetWebsitePageInput {
    /// The page, or a folder's index.
    fn show(
        &self,
        s3: &mut State,
        cx: &mut Ctx<'_>,
        website: &Website,
    ) -> Result<GetWebsitePageOutput, Error> {
        let suffix = website.index_document.as_ref().map_or("", |index| index.suffix.as_str());
        let folder = self.key.is_empty() || self.key.ends_with('/');
        let key = if folder { format!("{}{suffix}", self.key) } else { self.key.clone() };
        // Who may not list the bucket is told of no key that is missing, and led to its folder all the same.
        let is_missing =
            s3.buckets.get(&self.bucket).is_some_and(|bucket| bucket.current(&key).is_none());
        let missing = match self.object(s3, cx, (&key, true)) {
            Err(error) if is_missing && !folder => error,
            found => return Ok(self.page(found?)),
        };
        let index = format!("{}/{suffix}", self.key);
        match self.object(s3, cx, (&index, false)) {
            Ok(_) => Ok(redirect(302, format!("{}/{}/", self.base, encoded(&self.key)))),
            Err(_) => Err(missing),
        }
    }

    fn page(&self, object: Value) -> GetWebsitePageOutput {
        let to = object.get("WebsiteRedirectLocation").and_then(Value::as_str);
        match to {
            Some(path) if path.starts_with('/') => redirect(301, format!("{}{path}", self.base)),
            Some(address) => redirect(301, address.to_owned()),
            None => GetWebsitePageOutput {
                status_code: 200,
                headers: BTreeMap::new(),
                object: Some(object),
            },
        }
    }

    /// What `GetObject` answers of `key`; with the request's conditions, if it is the one meant.
    fn object(
        &self,
        s3: &mut State,
        cx: &mut Ctx<'_>,
        (key, conditional): (&str, bool),
    ) -> Result<Value, Error> {
        let mut members = Map::from([
            ("Bucket".to_owned(), Value::from(self.bucket.as_str())),
            ("Key".to_owned(), Value::from(key)),
        ]);
        let texts = [
            ("IfMatch", &self.if_match),
            ("IfNoneMatch", &self.if_none_match),
            ("Range", &self.range),
        ];
        let instants = [
            ("IfModifiedSince", &self.if_modified_since),
            ("IfUnmodifiedSince", &self.if_unmodified_since),
        ];
        let texts = texts
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), Value::from(value.as_deref()?))));
        let instants = instants.iter().filter_map(|(name, value)| {
            let at = cloudarium_env::Timestamp::parse_http_date(value.as_deref()?)?;
            Some(((*name).to_owned(), Value::Timestamp(at)))
        });
        if conditional {
            members.extend(texts.chain(instants));
        }
        let members = Value::Map(members);
        access::check(s3, cx, "GetObject", &members)?;
        let read = from_value(members.clone()).map_err(|_| Error::InternalError {})?;
        let output = get_object(s3, cx, read);
        let output = output.map_err(|it| access::conceal(s3, cx, ("GetObject", &members), it))?;
        to_value(&output).map_err(|_| Error::InternalError {})
    }

    /// The way out of an error: a rule for it, the error document, or the error itself.
    fn fail(
        &self,
        s3: &mut State,
        cx: &mut Ctx<'_>,
        (website, error): (&Website, Error),
    ) -> Result<GetWebsitePageOutput, Error> {
        let status = error.status();
        let rules = website.routing_rules.as_deref().unwrap_or_default();
        if let Some(found) = rules.iter().find(|rule| rule.fits(&self.key, Some(status))) {
            return Ok(self.follow(found));
        }
        let Some(document) = &website.error_document else { return Err(error) };
        match self.object(s3, cx, (&document.key, false)) {
            Ok(object) => Ok(GetWebsitePageOutput {
                status_code: i64::from(status),
                headers: BTreeMap::from([
                    ("x-amz-error-code", error.code().to_owned()),
                    ("x-amz-error-message", error.message()),
                ]),
                object: Some(object),
            }),
            Err(second) => Err(Error::WithoutDocument {
                first: Box::new(error),
                second: Box::new(second),
                document: document.key.clone(),
            }),
        }
    }

    fn follow(&self, rule: &RoutingRule) -> GetWebsitePageOutput {
        let to = &rule.redirect;
        let prefix = rule.condition.as_ref().and_then(|it| it.key_prefix_equals.as_deref());
        let key = match (&to.replace_key_with, &to.replace_key_prefix_with) {
            (Some(key), _) => key.clone(),
            (None, Some(begin)) => {
                let rest = self.key.strip_prefix(prefix.unwrap_or_default());
                format!("{begin}{}", rest.unwrap_or(&self.key))
            }
            (None, None) => self.key.clone(),
        };
        let protocol = to.protocol.as_deref().unwrap_or("http");
        let host = match &to.host_name {
            Some(host) => host.clone(),
            None => format!("{}{}", self.host.as_deref().unwrap_or_default(), self.base),
        };
        let code = to.http_redirect_code.as_deref().and_then(|code| code.parse().ok());
        redirect(code.unwrap_or(301), format!("{protocol}://{host}/{}", encoded(&key)))
    }
}

impl RoutingRule {
    /// Whether it holds for a key: before it is looked up, or once that ended in `error`.
    fn fits(&self, key: &str, error: Option<u16>) -> bool {
        let Some(condition) = &self.condition else { return error.is_none() };
        let code = condition.http_error_code_returned_equals.as_deref();
        let is_time = match (code, error) {
            (None, None) => true,
            (Some(code), Some(error)) => code == error.to_string(),
            _ => false,
        };
        is_time && condition.key_prefix_equals.as_deref().is_none_or(|it| key.starts_with(it))
    }
}

fn redirect(status: i64, to: String) -> GetWebsitePageOutput {
    let headers = BTreeMap::from([("Location", to)]);
    GetWebsitePageOutput { status_code: status, headers, object: None }
}

fn encoded(key: &str) -> String {
    utf8_percent_encode(key, PATH).to_string()
}
