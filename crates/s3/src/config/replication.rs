//! Where objects would be copied to: kept and shown; nothing is copied here.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html>

use std::collections::BTreeSet;

use cloudarium_service::Ctx;
use cloudarium_shape::Value;

use crate::error::Error;
use crate::limits::{CONFIGURATION_ID_CHARS_MAX, REPLICATION_RULES_MAX};
use crate::model::{Bucket, State, Versioning};
use crate::store::Target;

/// Whether S3 takes a configuration.
pub fn check(s3: &State, cx: &Ctx<'_>, target: Target<'_>, sent: &Value) -> Result<(), Error> {
    let bucket = s3.bucket(cx, target)?;
    if !keeps_versions(bucket) {
        return Err(Error::request(
            "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
        ));
    }
    let role = text(sent, "Role").unwrap_or_default();
    if !role.starts_with("arn:") || !role.contains(":role/") {
        let words = "Invalid Role specified in replication configuration";
        return Err(Error::argument(words, "Role", role));
    }
    let Some(Value::List(rules)) = sent.get("Rules") else { return Err(Error::MalformedXML {}) };
    if rules.is_empty() || rules.len() > REPLICATION_RULES_MAX {
        return Err(Error::MalformedXML {});
    }
    let (mut ids, mut priorities) = (BTreeSet::new(), BTreeSet::new());
    for rule in rules {
        check_rule(s3, rule)?;
        if text(rule, "ID").is_some_and(|id| !ids.insert(id.to_owned())) {
            // guess: the words are those of lifecycle rules.
            let words = "Rule ID must be unique. Found same ID for more than one rule";
            return Err(Error::argument(words, "ID", text(rule, "ID").unwrap_or_default()));
        }
        if let Some(Value::Int(priority)) = rule.get("Priority")
            && !priorities.insert(*priority)
        {
            return Err(Error::request(format!("Found duplicate priority {priority}")));
        }
    }
    Ok(())
}

fn check_rule(s3: &State, rule: &Value) -> Result<(), Error> {
    if !matches!(text(rule, "Status"), Some("Enabled" | "Disabled")) {
        return Err(Error::MalformedXML {});
    }
    if text(rule, "ID").is_some_and(|id| id.chars().count() > CONFIGURATION_ID_CHARS_MAX) {
        let words = "ID length should not exceed allowed limit of 255";
        return Err(Error::argument(words, "ID", text(rule, "ID").unwrap_or_default()));
    }
    let schema = |member: &str| {
        Err(Error::request(format!(
            "{member} must be specified for this version of Cross Region Replication \
             configuration schema. Please refer to S3 Developer Guide for more information."
        )))
    };
    if rule.get("Filter").is_some() {
        if rule.get("Priority").is_none() {
            return schema("Priority");
        }
        if rule.get("DeleteMarkerReplication").is_none() {
            return schema("DeleteMarkerReplication");
        }
    }
    let to = rule.get("Destination").and_then(|it| text(it, "Bucket")).unwrap_or_default();
    let Some(name) = to.strip_prefix("arn:aws:s3:::") else {
        return Err(Error::argument("Invalid bucket ARN.", "Bucket", to));
    };
    match s3.buckets.get(name) {
        None => Err(Error::request("Destination bucket must exist.")),
        Some(bucket) if !keeps_versions(bucket) => {
            Err(Error::request("Destination bucket must have versioning enabled."))
        }
        Some(_) => Ok(()),
    }
}

fn keeps_versions(bucket: &Bucket) -> bool {
    bucket.versioning == Some(Versioning::Enabled)
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
