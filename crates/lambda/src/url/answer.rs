//! What a function returned, as an HTTP answer.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_shape::{Map, Value};
use serde_json::{Map as JsonMap, Value as Json};

/// Names and values.
pub type Headers = Vec<(String, String)>;

/// The answer to what a function returned, or to its failure.
pub fn answer(payload: &Bytes, failed: bool, more: Headers) -> Value {
    let (status, headers, body) =
        if failed { broken() } else { interpreted(payload).unwrap_or_else(broken) };
    output(status, settled(headers, more), body)
}

/// An answer in plain members.
pub fn output(status: u16, headers: Headers, body: Bytes) -> Value {
    let pair = |(name, value)| Value::List(vec![Value::String(name), Value::String(value)]);
    Value::Map(Map::from([
        ("StatusCode".to_owned(), Value::Int(status.into())),
        ("Headers".to_owned(), Value::List(headers.into_iter().map(pair).collect())),
        ("Body".to_owned(), Value::Blob(body)),
    ]))
}

/// A function that failed, or returned what is no answer, is a bad gateway to who called.
/// (guess: the status is documented under the metric `Url5xxCount`; these are the words that callers tell of.)
pub fn broken() -> (u16, Headers, Bytes) {
    (502, vec![json_type()], Bytes::from_static(b"Internal Server Error"))
}

pub fn json_type() -> (String, String) {
    ("content-type".to_owned(), "application/json".to_owned())
}

/// `None`: it says that it is an answer, and is none.
fn interpreted(payload: &Bytes) -> Option<(u16, Headers, Bytes)> {
    let whole = || Some((200, vec![json_type()], payload.clone()));
    let Ok(Json::Object(answer)) = serde_json::from_slice(payload) else { return whole() };
    let Some(status) = answer.get("statusCode") else { return whole() };
    let status = status_of(status)?;
    let headers = with_type(headers(&answer)?, json_type());
    Some((status, headers, body(&answer)?))
}

/// A status that an answer may have.
pub fn status_of(status: &Json) -> Option<u16> {
    let number = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
    u16::try_from(number).ok().filter(|status| (100..=599).contains(status))
}

/// The headers with a content type, if they have none.
pub fn with_type(mut headers: Headers, usual: (String, String)) -> Headers {
    if !headers.iter().any(|(name, _)| name == "content-type") {
        headers.push(usual);
    }
    headers
}

/// The settings of the address stand above what the function says of other pages.
pub fn settled(mut headers: Headers, more: Headers) -> Headers {
    headers.retain(|(name, _)| !more.iter().any(|(other, _)| name.eq_ignore_ascii_case(other)));
    headers.extend(more);
    headers
}

/// The headers and cookies that an answer names; `None`: they are none.
pub fn headers(answer: &JsonMap<String, Json>) -> Option<Headers> {
    let mut headers = Headers::new();
    let named = match answer.get("headers") {
        None | Some(Json::Null) => None,
        Some(Json::Object(named)) => Some(named),
        Some(_) => return None,
    };
    for (name, value) in named.into_iter().flatten() {
        let value = line(&scalar(value)?)?;
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_name) {
            return None;
        }
        let name = name.to_ascii_lowercase();
        // The length is that of the body that leaves.
        if name != "content-length" {
            headers.push((name, value));
        }
    }
    let cookies = answer.get("cookies").and_then(Json::as_array);
    for cookie in cookies.into_iter().flatten() {
        headers.push(("set-cookie".to_owned(), line(cookie.as_str()?)?));
    }
    Some(headers)
}

/// A header's value holds no line end.
fn line(text: &str) -> Option<String> {
    (!text.contains(['\r', '\n', '\0'])).then(|| text.to_owned())
}

fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn body(answer: &JsonMap<String, Json>) -> Option<Bytes> {
    let is_base64 = answer.get("isBase64Encoded").and_then(Json::as_bool).unwrap_or_default();
    match answer.get("body") {
        None | Some(Json::Null) => Some(Bytes::new()),
        Some(Json::String(text)) if is_base64 => STANDARD.decode(text).ok().map(Bytes::from),
        Some(Json::String(text)) => Some(Bytes::from(text.clone())),
        // guess: what is no text goes out as the JSON that it is.
        Some(other) => Some(Bytes::from(other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(payload: &str) -> (u16, Vec<String>, String) {
        let (status, headers, body) =
            interpreted(&Bytes::from(payload.to_owned())).unwrap_or_else(broken);
        let headers = headers.into_iter().map(|(name, value)| format!("{name}: {value}"));
        (status, headers.collect(), String::from_utf8_lossy(&body).into_owned())
    }

    // The three examples of AWS's page.
    #[test]
    fn what_is_returned_is_interpreted() {
        let json = || vec!["content-type: application/json".to_owned()];
        assert_eq!(told("\"Hello, world!\""), (200, json(), "\"Hello, world!\"".to_owned()));
        let message = "{\"message\": \"Hello, world!\"}";
        assert_eq!(told(message), (200, json(), message.to_owned()));
        let custom = r#"{"statusCode": 201, "headers": {"Content-Type": "text/plain", "My-Custom-Header": 7},
            "body": "aGk=", "isBase64Encoded": true, "cookies": ["a=1", "b=2"]}"#;
        let headers = [
            "content-type: text/plain",
            "my-custom-header: 7",
            "set-cookie: a=1",
            "set-cookie: b=2",
        ];
        assert_eq!(told(custom), (201, headers.map(str::to_owned).to_vec(), "hi".to_owned()));
        assert_eq!(told(r#"{"statusCode": 204}"#), (204, json(), String::new()));
    }

    #[test]
    fn what_is_no_answer_is_a_bad_gateway() {
        for payload in [
            r#"{"statusCode": "x"}"#,
            r#"{"statusCode": 99}"#,
            r#"{"statusCode": 70000}"#,
            r#"{"statusCode": 200, "headers": {"a": []}}"#,
            r#"{"statusCode": 200, "headers": {"a": "b\r\nc: d"}}"#,
            r#"{"statusCode": 200, "headers": {"a b": "c"}}"#,
            r#"{"statusCode": 200, "body": "?", "isBase64Encoded": true}"#,
            r#"{"statusCode": 200, "cookies": [1]}"#,
        ] {
            assert_eq!(told(payload).0, 502, "{payload}");
        }
    }
}
