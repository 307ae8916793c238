//! What a form's policy lets its visitors upload.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudarium_env::Timestamp;
use serde_json::Value as Json;

use crate::error::Error;

/// Fields that no condition need name. guess: checksums are among them, as they let nothing in that
/// would not be let in without them.
const UNCONDITIONED: [&str; 5] =
    ["awsaccesskeyid", "signature", "policy", "x-amz-signature", "file"];
const UNCONDITIONED_BEGIN: [&str; 2] = ["x-ignore-", "x-amz-checksum-"];

/// A form, as far as its policy speaks of it.
pub struct Form<'a> {
    /// Where it was sent.
    pub bucket: &'a str,
    /// By their names in lower case, the file's name in its place in `key`.
    pub fields: &'a BTreeMap<String, String>,
    /// How long the file is.
    pub file_bytes: u64,
}

/// Whether the policy of a form, if it has one, lets it in. Until when it holds was looked at where
/// its signature was.
pub fn check(form: &Form<'_>) -> Result<(), Error> {
    let Some(policy) = form.fields.get("policy") else { return Ok(()) };
    let policy = read(policy)?;
    check_expiration(&policy)?;
    let Some(conditions) = policy.get("conditions") else {
        return Err(invalid("Policy missing conditions."));
    };
    let Json::Array(conditions) = conditions else {
        return Err(invalid("Invalid 'conditions' value: must be a List."));
    };
    let mut named = BTreeSet::new();
    for condition in conditions {
        match condition {
            Json::Array(parts) => check_list(form, parts, &mut named)?,
            Json::Object(pairs) => {
                let mut pairs = pairs.iter();
                let (Some((name, value)), None) = (pairs.next(), pairs.next()) else {
                    return Err(invalid(
                        "Invalid Simple-Condition: Simple-Conditions must have exactly one \
                         property specified.",
                    ));
                };
                let value = value
                    .as_str()
                    .ok_or_else(|| invalid("Invalid Simple-Condition: value must be a string."))?;
                check_field(form, Test::Equals, (name, value), &mut named)?;
            }
            other => return Err(invalid(&format!("Invalid condition: {other}"))),
        }
    }
    check_extra(form, &named)
}

fn read(policy: &str) -> Result<Json, Error> {
    // Line breaks stand in policies that were encoded by hand.
    let text: String = policy.split_whitespace().collect();
    let bytes = STANDARD.decode(text).map_err(|_| invalid("Invalid Policy encoding."))?;
    let json: Json = serde_json::from_slice(&bytes).map_err(|_| invalid("Invalid JSON."))?;
    if json.is_object() { Ok(json) } else { Err(invalid("Invalid JSON.")) }
}

fn check_expiration(policy: &Json) -> Result<(), Error> {
    let Some(value) = policy.get("expiration") else {
        return Err(invalid("Policy missing expiration."));
    };
    let text = value.as_str().unwrap_or_default();
    let formed = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
    match Timestamp::parse_iso(text) {
        Some(_) if formed => Ok(()),
        _ => Err(invalid(&format!("Invalid 'expiration' value: '{text}'"))),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Equals,
    StartsWith,
}

fn check_list(form: &Form<'_>, parts: &[Json], named: &mut BTreeSet<String>) -> Result<(), Error> {
    let operator = parts.first().and_then(Json::as_str).unwrap_or_default();
    let test = match operator.to_ascii_lowercase().as_str() {
        "eq" => Test::Equals,
        "starts-with" => Test::StartsWith,
        "content-length-range" => return check_length(form, parts),
        _ => return Err(invalid(&format!("Invalid condition operator: {operator}"))),
    };
    let [_, Json::String(name), Json::String(value)] = parts else {
        return Err(invalid("Invalid Condition: it must hold an operator, a field and a value."));
    };
    let Some(name) = name.strip_prefix('$') else {
        return Err(invalid(&format!("Invalid Condition: the field {name} must begin with $.")));
    };
    check_field(form, test, (name, value), named)
}

fn check_field(
    form: &Form<'_>,
    test: Test,
    (name, value): (&str, &str),
    named: &mut BTreeSet<String>,
) -> Result<(), Error> {
    let field = name.to_ascii_lowercase();
    let sent = match field.as_str() {
        "bucket" => Some(form.bucket),
        field => form.fields.get(field).map(String::as_str),
    };
    let holds = match (test, sent) {
        (Test::Equals, Some(sent)) => sent == value,
        // A list of types fits if each of them does.
        (Test::StartsWith, Some(sent)) if field == "content-type" => {
            sent.split(',').all(|one| one.trim_start().starts_with(value))
        }
        (Test::StartsWith, Some(sent)) => sent.starts_with(value),
        // Any value fits, so none does as well.
        (Test::StartsWith, None) => value.is_empty(),
        (Test::Equals, None) => false,
    };
    if holds {
        named.insert(field);
        return Ok(());
    }
    let operator = if test == Test::Equals { "eq" } else { "starts-with" };
    Err(denied(&format!("Policy Condition failed: [\"{operator}\", \"${name}\", \"{value}\"]")))
}

fn check_length(form: &Form<'_>, parts: &[Json]) -> Result<(), Error> {
    let number =
        |part: &Json| part.as_u64().or_else(|| part.as_str().and_then(|text| text.parse().ok()));
    let (minimum, maximum) = match parts {
        [_, minimum, maximum] => (number(minimum), number(maximum)),
        _ => (None, None),
    };
    let Some((minimum, maximum)) = minimum.zip(maximum) else {
        return Err(invalid("Invalid Content-Length-Range: it must hold two whole numbers."));
    };
    let proposed = form.file_bytes;
    if proposed < minimum {
        return Err(Error::EntityTooSmall {
            proposed: proposed.to_string(),
            minimum: minimum.to_string(),
            part_number: String::new(),
            etag: String::new(),
        });
    }
    if proposed > maximum {
        return Err(Error::EntityTooLarge {
            proposed: proposed.to_string(),
            maximum: maximum.to_string(),
        });
    }
    Ok(())
}

/// Every field must be named by a condition.
fn check_extra(form: &Form<'_>, named: &BTreeSet<String>) -> Result<(), Error> {
    let is_free = |field: &str| {
        UNCONDITIONED.contains(&field)
            || UNCONDITIONED_BEGIN.iter().any(|begin| field.starts_with(begin))
    };
    let fields = form.fields.keys().map(String::as_str).chain(std::iter::once("bucket"));
    let extra: BTreeSet<&str> =
        fields.filter(|field| !is_free(field) && !named.contains(*field)).collect();
    if extra.is_empty() {
        return Ok(());
    }
    let extra: Vec<&str> = extra.into_iter().collect();
    Err(denied(&format!("Extra input fields: {}", extra.join(", "))))
}

fn invalid(why: &str) -> Error {
    Error::InvalidPolicyDocument { message: format!("Invalid Policy: {why}") }
}

fn denied(why: &str) -> Error {
    Error::Denied { message: format!("Invalid according to Policy: {why}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(policy: &str, fields: &[(&str, &str)], file_bytes: u64) -> Result<(), String> {
        let mut fields: BTreeMap<String, String> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        fields.insert("policy".to_owned(), STANDARD.encode(policy));
        let form = Form { bucket: "b", fields: &fields, file_bytes };
        check(&form).map_err(|error| format!("{} {}", error.code(), error.message()))
    }

    fn with(conditions: &str) -> String {
        format!(r#"{{"expiration": "2026-01-02T00:00:00Z", "conditions": {conditions}}}"#)
    }

    #[test]
    fn a_form_that_the_policy_describes() {
        let policy = with(
            r#"[{"bUcKeT": "b"}, ["StArTs-WiTh", "$KeY", "user/"], {"acl": "private"},
                ["starts-with", "$Content-Type", "image/"], ["content-length-range", 1, 10]]"#,
        );
        let fields = [
            ("key", "user/a"),
            ("acl", "private"),
            ("content-type", "image/png"),
            ("x-ignore-this", "1"),
            ("signature", "s"),
        ];
        assert_eq!(judged(&policy, &fields, 10), Ok(()));
        let refused = judged(&policy, &fields, 11).unwrap_err();
        assert!(refused.starts_with("EntityTooLarge"), "{refused}");
        let refused = judged(&policy, &fields, 0).unwrap_err();
        assert!(refused.starts_with("EntityTooSmall"), "{refused}");
    }

    #[test]
    fn a_condition_that_does_not_hold() {
        let policy = with(r#"[{"bucket": "b"}, ["eq", "$key", "k"]]"#);
        assert_eq!(
            judged(&policy, &[("key", "other")], 1).unwrap_err(),
            "AccessDenied Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"k\"]"
        );
        assert_eq!(
            judged(&policy, &[("key", "k"), ("acl", "private")], 1).unwrap_err(),
            "AccessDenied Invalid according to Policy: Extra input fields: acl"
        );
        let without_bucket = with(r#"[["eq", "$key", "k"]]"#);
        assert_eq!(
            judged(&without_bucket, &[("key", "k")], 1).unwrap_err(),
            "AccessDenied Invalid according to Policy: Extra input fields: bucket"
        );
    }

    #[test]
    fn what_is_no_policy() {
        let invalid = |policy: &str| judged(policy, &[("key", "k")], 1).unwrap_err();
        assert!(invalid("{").ends_with("Invalid Policy: Invalid JSON."));
        assert!(invalid("[]").ends_with("Invalid Policy: Invalid JSON."));
        assert!(invalid(r#"{"conditions": []}"#).ends_with("Policy missing expiration."));
        let no_conditions = r#"{"expiration": "2026-01-02T00:00:00Z"}"#;
        assert!(invalid(no_conditions).ends_with("Policy missing conditions."));
        let date = r#"{"expiration": "2026-01-02 00:00:00+00:00", "conditions": []}"#;
        assert!(invalid(date).contains("Invalid 'expiration' value"));
        assert!(invalid(&with("[{}]")).contains("exactly one property"));
        assert!(
            invalid(&with(r#"[["content-length-range", 1]]"#)).contains("Content-Length-Range")
        );
        assert!(invalid(&with(r#"[["content-length-range", -1, 0]]"#)).contains("Content-Length"));
    }
}
