//! What a function wrote piece by piece, as the HTTP answer of an address whose answers are streamed.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html>
//!
//! Differences from AWS: the pieces leave together when the function has ended; one that fails after its first piece is
//! answered with what it had written, where AWS breaks the connection off.

use bytes::Bytes;
use cloudarium_shape::Value;
use serde_json::Value as Json;

use super::answer::{self, Headers};
use crate::finish::{Result, Streamed};

/// What begins with its status, headers and cookies, as JSON and so many zeros.
const HTTP: &str = "application/vnd.awslambda.http-integration-response";
const ZEROS: [u8; 8] = [0; 8];

/// The answer.
pub fn answer(result: &Result, more: Headers) -> Value {
    let (status, headers, body) = match &result.streamed {
        Some(streamed) if !(result.failed && streamed.pieces.is_empty()) => {
            interpreted(streamed).unwrap_or_else(answer::broken)
        }
        _ if result.failed => answer::broken(),
        // guess: what does not stream leaves as it was returned; nothing in it is interpreted.
        _ => (200, vec![answer::json_type()], result.payload.clone()),
    };
    answer::output(status, answer::settled(headers, more), body)
}

/// `None`: it begins as if it told its status, and does not.
fn interpreted(streamed: &Streamed) -> Option<(u16, Headers, Bytes)> {
    let whole = streamed.pieces.concat();
    let kind = |name: &str| ("content-type".to_owned(), name.to_owned());
    let said = streamed.content_type.as_deref();
    if said != Some(HTTP) {
        let headers = vec![kind(said.unwrap_or("application/octet-stream"))];
        return Some((200, headers, whole.into()));
    }
    if whole.is_empty() {
        // Nothing was written, and so not even that.
        return Some((200, vec![kind("application/octet-stream")], Bytes::new()));
    }
    let at = whole.windows(ZEROS.len()).position(|window| window == ZEROS)?;
    let (prelude, rest) = whole.split_at(at);
    let Ok(Json::Object(prelude)) = serde_json::from_slice(prelude) else { return None };
    let status = prelude.get("statusCode").map_or(Some(200), answer::status_of)?;
    let headers = answer::headers(&prelude)?;
    let headers = answer::with_type(headers, kind("application/octet-stream"));
    Some((status, headers, Bytes::copy_from_slice(rest.get(ZEROS.len()..)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(content_type: Option<&str>, pieces: &[&str]) -> Option<(u16, Headers, Bytes)> {
        let pieces = pieces.iter().map(|piece| Bytes::from((*piece).to_owned())).collect();
        interpreted(&Streamed { pieces, content_type: content_type.map(str::to_owned) })
    }

    #[test]
    fn what_tells_its_status_is_interpreted() {
        let zeros = "\0\0\0\0\0\0\0\0";
        let prelude = r#"{"statusCode": 201, "headers": {"Content-Type": "text/html", "X-A": "b"}, "cookies": ["c=1"]}"#;
        let (status, headers, body) =
            told(Some(HTTP), &[prelude, zeros, "<p>", "\0\0\0\0\0\0\0\0"]).expect("an answer");
        let headers: Vec<String> = headers.iter().map(|(n, v)| format!("{n}: {v}")).collect();
        assert_eq!(headers, ["content-type: text/html", "x-a: b", "set-cookie: c=1"]);
        assert_eq!((status, body.as_ref()), (201, format!("<p>{zeros}").as_bytes()));
        assert_eq!(told(Some(HTTP), &["{}", zeros]).map(|it| it.0), Some(200));
        assert_eq!(told(Some(HTTP), &[r#"{"statusCode": 7}"#, zeros]), None);
        assert_eq!(told(Some(HTTP), &["no zeros"]), None);
        assert_eq!(told(Some(HTTP), &[]).map(|it| it.0), Some(200));
    }

    #[test]
    fn what_does_not_is_sent_as_it_is() {
        let (status, headers, body) = told(None, &["{\"statusCode\": 404}"]).expect("an answer");
        assert_eq!(headers, [("content-type".to_owned(), "application/octet-stream".to_owned())]);
        assert_eq!((status, body.as_ref()), (200, b"{\"statusCode\": 404}".as_ref()));
        let (_, headers, _) = told(Some("text/plain"), &["a", "b"]).expect("an answer");
        assert_eq!(headers, [("content-type".to_owned(), "text/plain".to_owned())]);
    }
}
