//! How a bucket is served as a website.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html>

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::ROUTING_RULES_MAX;

/// The configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Website {
    /// What is shown where an error is.
    pub error_document: Option<ErrorDocument>,
    /// What is shown where a folder is asked for.
    pub index_document: Option<IndexDocument>,
    /// Where everything is, if not here.
    pub redirect_all_requests_to: Option<RedirectAll>,
    /// Redirects; the first that matches counts.
    pub routing_rules: Option<Vec<RoutingRule>>,
}

/// The page of errors of the 4XX class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ErrorDocument {
    /// Its key.
    pub key: String,
}

/// The page of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct IndexDocument {
    /// What follows the folder's name.
    pub suffix: String,
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RedirectAll {
    /// The host.
    pub host_name: String,
    /// `http` or `https`; as the request came if `None`.
    pub protocol: Option<String>,
}

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct RoutingRule {
    /// When; always if `None`.
    pub condition: Option<Condition>,
    /// Where to.
    pub redirect: Redirect,
}

/// When a rule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Condition {
    /// Only where this error would be.
    pub http_error_code_returned_equals: Option<String>,
    /// Only for keys that begin so.
    pub key_prefix_equals: Option<String>,
}

/// Where a rule leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Redirect {
    /// The host, if another.
    pub host_name: Option<String>,
    /// The status, if not 301.
    pub http_redirect_code: Option<String>,
    /// The protocol, if another.
    pub protocol: Option<String>,
    /// What the condition's prefix becomes.
    pub replace_key_prefix_with: Option<String>,
    /// What the whole key becomes.
    pub replace_key_with: Option<String>,
}

impl Website {
    /// Whether S3 takes it.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(all) = &self.redirect_all_requests_to {
            let alone = self.error_document.is_none()
                && self.index_document.is_none()
                && self.routing_rules.is_none();
            if !alone {
                return Err(Error::argument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing \
                     Rules.",
                    "RedirectAllRequestsTo",
                    "not null",
                ));
            }
            return check_protocol(all.protocol.as_deref());
        }
        let Some(index) = &self.index_document else {
            return Err(Error::argument(
                "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is \
                 empty",
                "IndexDocument",
                "null",
            ));
        };
        if index.suffix.is_empty() || index.suffix.contains('/') {
            let words = "The IndexDocument Suffix is not well formed";
            return Err(Error::argument(words, "IndexDocument", index.suffix.clone()));
        }
        if self.error_document.as_ref().is_some_and(|it| it.key.is_empty()) {
            // guess: an empty key is no key, as for index documents.
            let words = "The ErrorDocument Key is not well formed";
            return Err(Error::argument(words, "ErrorDocument", ""));
        }
        let Some(rules) = &self.routing_rules else { return Ok(()) };
        if rules.is_empty() {
            return Err(Error::MalformedXML {});
        }
        if rules.len() > ROUTING_RULES_MAX {
            // guess: the limit is documented, its words are not.
            return Err(Error::request(format!(
                "The number of routing rules must not exceed the allowed limit of \
                 {ROUTING_RULES_MAX} rules."
            )));
        }
        rules.iter().try_for_each(RoutingRule::check)
    }
}

impl RoutingRule {
    fn check(&self) -> Result<(), Error> {
        if let Some(condition) = &self.condition {
            condition.check()?;
        }
        let redirect = &self.redirect;
        check_protocol(redirect.protocol.as_deref())?;
        if redirect.replace_key_with.is_some() && redirect.replace_key_prefix_with.is_some() {
            return Err(Error::request(
                "You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
            ));
        }
        match &redirect.http_redirect_code {
            Some(code) if !is_code(code, &['3']) || code == "300" => Err(Error::request(format!(
                "The provided HTTP redirect code ({code}) is not valid. Valid codes are 3XX \
                 except 300."
            ))),
            _ => Ok(()),
        }
    }
}

impl Condition {
    fn check(&self) -> Result<(), Error> {
        match &self.http_error_code_returned_equals {
            None if self.key_prefix_equals.is_none() => Err(Error::request(
                "Condition cannot be empty. To redirect all requests without a condition, the \
                 condition element shouldn't be present.",
            )),
            Some(code) if !is_code(code, &['4', '5']) => Err(Error::request(format!(
                "The provided HTTP error code ({code}) is not valid. Valid codes are 4XX or 5XX."
            ))),
            _ => Ok(()),
        }
    }
}

fn is_code(text: &str, classes: &[char]) -> bool {
    text.len() == 3 && text.starts_with(classes) && text.bytes().all(|it| it.is_ascii_digit())
}

fn check_protocol(protocol: Option<&str>) -> Result<(), Error> {
    match protocol {
        None | Some("http" | "https") => Ok(()),
        Some(_) => Err(Error::request(
            "Invalid protocol, protocol can be http or https. If not defined the protocol will \
             be selected automatically.",
        )),
    }
}
