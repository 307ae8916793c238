//! Cross-origin rules: what S3 takes of them, and what it answers browsers by them.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html>

use cloudarium_service::CrossOrigin;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::limits::{CONFIGURATION_ID_CHARS_MAX, CORS_RULES_MAX};

/// The methods that a rule may name.
const METHODS: [&str; 5] = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/// The headers of a request that an answer depends on.
const VARY: &str = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CorsRule {
    /// Its name.
    #[serde(rename = "ID")]
    pub id: Option<String>,
    /// Headers that a browser may send; each with at most one `*`.
    pub allowed_headers: Option<Vec<String>>,
    /// Methods that a browser may use.
    pub allowed_methods: Vec<String>,
    /// Where pages come from; each with at most one `*`.
    pub allowed_origins: Vec<String>,
    /// Headers that scripts may read.
    pub expose_headers: Option<Vec<String>>,
    /// How long a browser may keep a preflight's answer.
    pub max_age_seconds: Option<i64>,
}

/// The member `CORSConfiguration` of a request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorsConfiguration {
    /// The rules; the first that matches counts.
    #[serde(rename = "CORSRules", default)]
    pub rules: Vec<CorsRule>,
}

/// Whether S3 takes these rules.
pub fn check(rules: &[CorsRule]) -> Result<(), Error> {
    if rules.is_empty() {
        return Err(Error::MalformedXML {});
    }
    if rules.len() > CORS_RULES_MAX {
        // guess: the limit is documented, its words are those of lifecycle rules.
        return Err(Error::request(format!(
            "The number of CORS rules should not exceed allowed limit of {CORS_RULES_MAX} rules."
        )));
    }
    rules.iter().try_for_each(check_rule)
}

fn check_rule(rule: &CorsRule) -> Result<(), Error> {
    if rule.allowed_methods.is_empty() || rule.allowed_origins.is_empty() {
        return Err(Error::MalformedXML {});
    }
    if rule.id.as_ref().is_some_and(|id| id.chars().count() > CONFIGURATION_ID_CHARS_MAX) {
        // guess: the words are those of lifecycle rules.
        let words = "ID length should not exceed allowed limit of 255";
        return Err(Error::argument(words, "ID", rule.id.clone().unwrap_or_default()));
    }
    if let Some(method) = rule.allowed_methods.iter().find(|it| !METHODS.contains(&it.as_str())) {
        return Err(Error::request(format!(
            "Found unsupported HTTP method in CORS config. Unsupported method is {method}"
        )));
    }
    check_wildcards("AllowedOrigin", &rule.allowed_origins)?;
    check_wildcards("AllowedHeader", rule.allowed_headers.as_deref().unwrap_or_default())?;
    let exposed = rule.expose_headers.as_deref().unwrap_or_default();
    if let Some(header) = exposed.iter().find(|it| it.contains('*')) {
        return Err(Error::request(format!(
            "ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard \
             for ExposeHeader."
        )));
    }
    // guess: the schema has a number that is not negative.
    if rule.max_age_seconds.is_some_and(|seconds| seconds < 0) {
        return Err(Error::MalformedXML {});
    }
    Ok(())
}

fn check_wildcards(what: &str, patterns: &[String]) -> Result<(), Error> {
    match patterns.iter().find(|it| it.matches('*').count() > 1) {
        Some(pattern) => Err(Error::request(format!(
            "{what} \"{pattern}\" can not have more than one wildcard."
        ))),
        None => Ok(()),
    }
}

/// The headers by which a browser lets a page have an answer; `None` if no rule matches.
pub fn answer(rules: &[CorsRule], ask: &CrossOrigin<'_>) -> Option<Vec<(String, String)>> {
    rules.iter().find_map(|rule| answer_by(rule, ask))
}

fn answer_by(rule: &CorsRule, ask: &CrossOrigin<'_>) -> Option<Vec<(String, String)>> {
    let fits = |pattern: &String| is_like(pattern, ask.origin);
    rule.allowed_origins.iter().any(fits).then_some(())?;
    rule.allowed_methods.iter().any(|method| method == ask.method).then_some(())?;
    let headers = allowed_headers(rule, ask.headers)?;

    let everyone = rule.allowed_origins.iter().any(|pattern| pattern == "*");
    let origin = if everyone { "*" } else { ask.origin };
    let mut fields = vec![
        ("Access-Control-Allow-Origin", origin.to_owned()),
        ("Access-Control-Allow-Methods", rule.allowed_methods.join(", ")),
    ];
    if !headers.is_empty() {
        fields.push(("Access-Control-Allow-Headers", headers.join(", ")));
    }
    if let Some(exposed) = rule.expose_headers.as_ref().filter(|it| !it.is_empty()) {
        fields.push(("Access-Control-Expose-Headers", exposed.join(", ")));
    }
    if let Some(seconds) = rule.max_age_seconds {
        fields.push(("Access-Control-Max-Age", seconds.to_string()));
    }
    if !everyone {
        fields.push(("Access-Control-Allow-Credentials", "true".to_owned()));
    }
    fields.push(("Vary", VARY.to_owned()));
    Some(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The headers that were asked for, in lower case; `None` if the rule does not allow one of them.
fn allowed_headers(rule: &CorsRule, asked: Option<&str>) -> Option<Vec<String>> {
    let allowed = rule.allowed_headers.as_deref().unwrap_or_default();
    let names = asked.unwrap_or_default().split(',').map(str::trim).filter(|it| !it.is_empty());
    names
        .map(str::to_ascii_lowercase)
        .map(|name| {
            let fits = |pattern: &String| is_like(&pattern.to_ascii_lowercase(), &name);
            allowed.iter().any(fits).then_some(name.clone())
        })
        .collect()
}

/// Whether `text` is like `pattern`, in which one `*` stands for anything, or for nothing.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((begin, end)) => {
            text.len() >= begin.len() + end.len() && text.starts_with(begin) && text.ends_with(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(origin: &str, headers: &[&str]) -> CorsRule {
        CorsRule {
            allowed_origins: vec![origin.to_owned()],
            allowed_methods: vec!["GET".to_owned(), "PUT".to_owned()],
            allowed_headers: Some(headers.iter().map(|it| (*it).to_owned()).collect()),
            ..CorsRule::default()
        }
    }

    fn field(rule: CorsRule, origin: &str, headers: Option<&str>, name: &str) -> Option<String> {
        let ask = CrossOrigin { resource: "b", origin, method: "PUT", headers };
        let fields = answer(&[rule], &ask)?;
        fields.into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    #[test]
    fn a_star_stands_for_anything_or_nothing() {
        for origin in ["startend", "start1end", "start12end"] {
            let name = "Access-Control-Allow-Origin";
            assert_eq!(field(rule("start*end", &[]), origin, None, name).as_deref(), Some(origin));
        }
        for origin in ["0start12end", "starten", "start1end0", "stend"] {
            assert_eq!(field(rule("start*end", &[]), origin, None, "Vary"), None, "{origin}");
        }
        assert_eq!(field(rule("ab*ba", &[]), "aba", None, "Vary"), None);
    }

    #[test]
    fn headers_match_without_regard_to_case_and_come_back_in_lower_case() {
        let allowed = || rule("*", &["x-AMZ-*", "Authorization"]);
        let name = "Access-Control-Allow-Headers";
        assert_eq!(
            field(allowed(), "o", Some("X-Amz-Date,authorization"), name).as_deref(),
            Some("x-amz-date, authorization")
        );
        assert_eq!(field(allowed(), "o", Some("x-amz-date, range"), "Vary"), None);
        assert_eq!(field(allowed(), "o", None, name), None);
    }

    #[test]
    fn everyone_comes_without_credentials() {
        let name = "Access-Control-Allow-Credentials";
        assert_eq!(field(rule("*", &[]), "https://a.example", None, name), None);
        let one = field(rule("https://*.example", &[]), "https://a.example", None, name);
        assert_eq!(one.as_deref(), Some("true"));
    }
}
