//! The parts of requests to addresses ([`crate::HttpCall`]), and of their answers.

use cloudarium_shape::Value;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as a part of a path or a query.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// Names and values as a form or a query.
pub fn form(fields: &[(String, String)]) -> String {
    let fields = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    fields.collect::<Vec<_>>().join("&")
}

/// An address with more in its query, and without what follows a `#`, which is never sent.
pub fn with_query(address: &str, query: &[(String, String)]) -> String {
    let address = address.split('#').next().unwrap_or_default();
    if query.is_empty() {
        return address.to_owned();
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}", form(query))
}

/// Gives a name another value, or the first.
pub fn set(fields: &mut Vec<(String, String)>, name: &str, value: String) {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value));
}

/// The same with names that compare without case.
pub fn set_header(headers: &mut Vec<(String, String)>, name: &str, value: String) {
    headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value));
}

/// The status of an answer; 0 where there is none.
pub fn status(answer: &Value) -> u16 {
    match answer.get("StatusCode") {
        Some(Value::Int(status)) => u16::try_from(*status).unwrap_or(0),
        _ => 0,
    }
}

/// A header of an answer.
pub fn header<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    let Some(Value::List(headers)) = answer.get("Headers") else { return None };
    headers.iter().find_map(|pair| {
        let Value::List(pair) = pair else { return None };
        let known = pair.first().and_then(Value::as_str)?;
        known.eq_ignore_ascii_case(name).then(|| pair.get(1)?.as_str()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_joined() {
        let query = [("a b".to_owned(), "1&2".to_owned()), ("c".to_owned(), String::new())];
        assert_eq!(with_query("https://x/", &query), "https://x/?a%20b=1%262&c=");
        assert_eq!(with_query("https://x/?d=1", &query[1..]), "https://x/?d=1&c=");
        assert_eq!(with_query("https://x/", &[]), "https://x/");
        assert_eq!(with_query("https://x/#d", &query[1..]), "https://x/?c=");
    }

    #[test]
    fn headers_compare_without_case() {
        let pair = |name: &str, value: &str| Value::List(vec![name.into(), value.into()]);
        let headers = Value::List(vec![pair("content-type", "a"), pair("retry-after", "7")]);
        let answer = Value::Map([("Headers".to_owned(), headers)].into_iter().collect());
        assert_eq!(header(&answer, "Retry-After"), Some("7"));
        assert_eq!(header(&answer, "ETag"), None);
        assert_eq!(status(&answer), 0);
    }
}
