//! What S3 takes of a bucket policy, beyond that it is one.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html>

use std::sync::Arc;

use cloudarium_policy::document::Resources;
use cloudarium_policy::{Kind, Policy, PolicyError, Statement, Template, parse};

use super::model::StoredPolicy;
use super::needs::known_actions;
use super::public::is_public;
use crate::error::Error;
use crate::limits::POLICY_BYTES_MAX;

/// The policy that `text` is for the bucket called `bucket`.
pub fn read(bucket: &str, text: &str) -> Result<StoredPolicy, Error> {
    if normalized(text).len() > POLICY_BYTES_MAX {
        return Err(malformed(format!(
            "Normalized policy document exceeds the maximum allowed size of {POLICY_BYTES_MAX} bytes"
        )));
    }
    let policy = parse(text, Kind::Resource).map_err(malformed)?;
    for statement in &policy.statements {
        check_statement(bucket, statement)?;
    }
    let is_public = is_public(&policy);
    Ok(StoredPolicy { text: Arc::from(text), parsed: Some(Arc::new(policy)), is_public })
}

/// A policy as `GetBucketPolicy` shows it: without the space between its words, and with the version
/// that holds where none was sent.
/// <https://github.com/aws/aws-cli/issues/849>
pub fn shown(text: &str) -> String {
    let text = normalized(text);
    let versioned = serde_json::from_str::<serde_json::Value>(&text)
        .is_ok_and(|policy| policy.get("Version").is_some());
    match text.strip_prefix('{') {
        Some(rest) if !versioned => format!("{{\"Version\":\"2008-10-17\",{rest}"),
        _ => text,
    }
}

/// Without the space between the words of JSON.
fn normalized(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = |character: &char| {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        quoted || !character.is_ascii_whitespace()
    };
    text.chars().filter(kept).collect()
}

fn check_statement(bucket: &str, statement: &Statement) -> Result<(), Error> {
    let actions: Vec<Vec<(&str, bool)>> =
        statement.action.patterns.iter().map(|pattern| matched(pattern)).collect();
    if actions.iter().any(Vec::is_empty) {
        return Err(malformed(PolicyError::Action));
    }
    if !statement.resource.patterns.iter().all(|pattern| is_of(bucket, pattern)) {
        return Err(malformed(PolicyError::Resource));
    }
    let on = Kinds::of(&statement.resource);
    let applies = |matched: &Vec<(&str, bool)>| {
        matched.iter().any(|(_, on_object)| if *on_object { on.objects } else { on.buckets })
    };
    if !statement.action.not && !actions.iter().all(applies) {
        return Err(malformed("Action does not apply to any resource(s) in statement"));
    }
    for condition in &statement.conditions {
        let key = condition.key.to_ascii_lowercase();
        if !is_known_key(&key) {
            return Err(malformed(PolicyError::ConditionKey));
        }
        let fits = |(action, on_object): &(&str, bool)| {
            (if *on_object { on.objects } else { on.buckets }) && key_fits(&key, action)
        };
        if !statement.action.not && !actions.iter().flatten().any(fits) {
            return Err(malformed(
                "Conditions do not apply to combination of actions and resources in statement",
            ));
        }
    }
    Ok(())
}

fn matched(pattern: &str) -> Vec<(&'static str, bool)> {
    known_actions().filter(|(action, _)| cloudarium_policy::action_fits(pattern, action)).collect()
}

/// What a statement's resources can be.
struct Kinds {
    buckets: bool,
    objects: bool,
}

impl Kinds {
    fn of(resources: &Resources) -> Self {
        if resources.not {
            return Self { buckets: true, objects: true };
        }
        let any = |test: fn(&str) -> bool| resources.patterns.iter().any(|it| test(it.source()));
        // A star of the bucket's name reaches over the slash.
        let buckets = any(|pattern| !pattern.contains('/') || before_slash(pattern).ends_with('*'));
        let objects = any(|pattern| pattern.contains('/') || pattern.contains('*'));
        Self { buckets, objects }
    }
}

fn before_slash(pattern: &str) -> &str {
    pattern.split('/').next().unwrap_or_default()
}

/// Whether a resource may be of this bucket: its name, then perhaps a slash and keys.
fn is_of(bucket: &str, pattern: &Template) -> bool {
    let source = pattern.source();
    if source == "*" {
        return true;
    }
    let Some(rest) = source.strip_prefix("arn:aws:s3:::") else { return false };
    let name = before_slash(rest);
    name.contains("${") || cloudarium_policy::action_fits(name, bucket)
}

/// Global keys that a request to S3 may have, in lower case.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[rustfmt::skip]
const GLOBAL_KEYS: &[&str] = &[
    "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:currenttime",
    "aws:ec2instancesourceprivateipv4", "aws:ec2instancesourcevpc", "aws:epochtime",
    "aws:federatedprovider", "aws:multifactorauthage", "aws:multifactorauthpresent",
    "aws:principalaccount", "aws:principalarn", "aws:principalisawsservice", "aws:principalorgid",
    "aws:principalorgpaths", "aws:principalservicename", "aws:principalservicenameslist",
    "aws:principaltype", "aws:referer", "aws:requestedregion", "aws:resourceaccount",
    "aws:resourceorgid", "aws:resourceorgpaths", "aws:securetransport", "aws:sourceaccount",
    "aws:sourcearn", "aws:sourceidentity", "aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths",
    "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:tagkeys",
    "aws:tokenissuetime", "aws:useragent", "aws:userid", "aws:username", "aws:viaawsservice",
    "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths", "aws:vpcsourceip",
];

/// S3's own keys that go with every action, in lower case.
#[rustfmt::skip]
const ANY_ACTION_KEYS: &[&str] = &[
    "s3:accessgrantsinstancearn", "s3:accesspointnetworkorigin", "s3:authtype",
    "s3:dataaccesspointaccount", "s3:dataaccesspointarn", "s3:resourceaccount", "s3:signatureage",
    "s3:signatureversion", "s3:tlsversion", "s3:x-amz-content-sha256",
];

const LISTS: &[&str] = &["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];
const ACLS: &[&str] = &[
    "s3:PutObject",
    "s3:PutObjectAcl",
    "s3:PutObjectVersionAcl",
    "s3:PutBucketAcl",
    "s3:CreateBucket",
    "s3:ReplicateObject",
];
const WRITES: &[&str] = &["s3:PutObject", "s3:ReplicateObject"];
const TAGS: &[&str] = &["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"];
const LOCKS: &[&str] =
    &["s3:PutObject", "s3:PutObjectRetention", "s3:PutObjectLegalHold", "s3:ReplicateObject"];
const CONDITIONAL: &[&str] = &["s3:PutObject", "s3:DeleteObject"];
const NEW_BUCKETS: &[&str] = &["s3:CreateBucket", "s3:PutBucketOwnershipControls"];

/// S3's own keys, in lower case, and the actions that they go with.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>
#[rustfmt::skip]
const KEYS: &[(&str, &[&str])] = &[
    ("s3:prefix", LISTS),
    ("s3:delimiter", LISTS),
    ("s3:max-keys", LISTS),
    ("s3:x-amz-acl", ACLS),
    ("s3:x-amz-grant-full-control", ACLS),
    ("s3:x-amz-grant-read", ACLS),
    ("s3:x-amz-grant-read-acp", ACLS),
    ("s3:x-amz-grant-write", ACLS),
    ("s3:x-amz-grant-write-acp", ACLS),
    ("s3:x-amz-copy-source", WRITES),
    ("s3:x-amz-metadata-directive", WRITES),
    ("s3:x-amz-server-side-encryption", WRITES),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", WRITES),
    ("s3:x-amz-server-side-encryption-customer-algorithm", &[]),
    ("s3:x-amz-storage-class", &["s3:PutObject", "s3:ReplicateObject", "s3:PutObjectAcl"]),
    ("s3:x-amz-website-redirect-location", WRITES),
    ("s3:x-amz-object-ownership", NEW_BUCKETS),
    ("s3:locationconstraint", &["s3:CreateBucket"]),
    ("s3:object-lock-mode", LOCKS),
    ("s3:object-lock-retain-until-date", LOCKS),
    ("s3:object-lock-legal-hold", LOCKS),
    ("s3:object-lock-remaining-retention-days", LOCKS),
    ("s3:requestobjecttagkeys", TAGS),
    ("s3:if-match", CONDITIONAL),
    ("s3:if-none-match", CONDITIONAL),
    ("s3:objectcreationoperation", WRITES),
    ("s3:versionid", &[]),
    ("s3:inventoryaccessibleoptionalfields", &["s3:PutInventoryConfiguration"]),
];

fn is_known_key(key: &str) -> bool {
    let tagged = ["aws:principaltag/", "aws:requesttag/", "aws:resourcetag/"];
    let own = ["s3:existingobjecttag/", "s3:requestobjecttag/", "s3:buckettag/"];
    GLOBAL_KEYS.contains(&key)
        || ANY_ACTION_KEYS.contains(&key)
        || KEYS.iter().any(|(known, _)| *known == key)
        || tagged.iter().chain(&own).any(|prefix| key.len() > prefix.len() && key.starts_with(prefix))
        // Those of identity providers.
        || !(key.starts_with("aws:") || key.starts_with("s3:"))
}

/// Whether requests for `action` can have the key.
fn key_fits(key: &str, action: &str) -> bool {
    if key.starts_with("s3:requestobjecttag/") {
        return TAGS.contains(&action);
    }
    if key.starts_with("s3:existingobjecttag/") {
        return action.contains("Object");
    }
    let row = KEYS.iter().find(|(known, _)| *known == key);
    row.is_none_or(|(_, actions)| actions.is_empty() || actions.contains(&action))
}

fn malformed(why: impl ToString) -> Error {
    Error::MalformedPolicy { message: why.to_string() }
}

/// Statements of a policy that let in the public, as a console points at them.
pub fn public_statements(policy: &Policy) -> Vec<&Statement> {
    let statements = policy.statements.iter();
    statements.filter(|statement| super::public::statement_is_public(statement)).collect()
}
