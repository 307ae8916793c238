//! What an API destination is sent.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html#eb-api-destination-headers>

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_service::{HttpCall, http};
use serde_json::Value as Json;

use crate::connections::credentials;
use crate::input;
use crate::limits::USER_AGENT;
use crate::model::connections::{ApiDestination, HttpParameters, TargetHttp};

/// What is said by a request that says nothing of it.
const CONTENT_TYPE: (&str, &str) = ("Content-Type", "application/json; charset=utf-8");
/// What every request says, whatever else it is to say.
const ALWAYS: [(&str, &str); 4] = [
    ("User-Agent", USER_AGENT),
    ("Range", "bytes=0-1048575"),
    ("Accept-Encoding", "gzip,deflate"),
    ("Connection", "close"),
];
/// What follows from the rest of a request.
const FOLLOW: [&str; 2] = ["host", "content-length"];

/// What a target adds to the request of this event: a value that is a path as a whole is what stands there in the event.
/// guess: that nothing there is an empty text.
///
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#targets-dynamic-parameters>
pub fn for_event(target: &TargetHttp, event: &Json) -> TargetHttp {
    let value = |text: &String| match text.strip_prefix("$.").filter(|_| input::is_path(text)) {
        None => text.clone(),
        Some(_) => match input::at(text, event) {
            None => String::new(),
            Some(Json::String(text)) => text,
            Some(other) => other.to_string(),
        },
    };
    let map = |map: &BTreeMap<String, String>| {
        map.iter().map(|(name, text)| (name.clone(), value(text))).collect()
    };
    TargetHttp {
        path: target.path.as_ref().map(|values| values.iter().map(value).collect()),
        headers: target.headers.as_ref().map(map),
        query: target.query.as_ref().map(map),
    }
}

/// A request; or why there can be none. guess: an event is sent as the body whatever the method.
pub fn of(
    destination: &ApiDestination,
    target: Option<&TargetHttp>,
    given: &HttpParameters,
    (text, source): (String, String),
) -> Result<HttpCall, String> {
    let fields = |map: Option<&BTreeMap<String, String>>| -> Vec<_> {
        let pairs = map.into_iter().flatten();
        pairs.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    let mut query = fields(target.and_then(|it| it.query.as_ref()));
    credentials::over(&mut query, &given.query);
    let mut headers = fields(target.and_then(|it| it.headers.as_ref()));
    for it in &given.headers {
        http::set_header(&mut headers, &it.key, it.value.clone());
    }
    headers.retain(|(name, _)| !FOLLOW.contains(&name.to_ascii_lowercase().as_str()));
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.0)) {
        headers.push((CONTENT_TYPE.0.to_owned(), CONTENT_TYPE.1.to_owned()));
    }
    for (name, value) in ALWAYS {
        http::set_header(&mut headers, name, value.to_owned());
    }
    let values = target.and_then(|it| it.path.as_deref()).unwrap_or_default();
    Ok(HttpCall {
        method: destination.method.clone(),
        url: http::with_query(&filled(&destination.endpoint, values), &query),
        headers,
        body: body(text, given)?,
        source: Some(source),
    })
}

/// An address with values in place of its `*`, as far as there are some.
fn filled(endpoint: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let mut parts = endpoint.split('*');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match values.next() {
            Some(value) => filled.push_str(&http::encoded(value)),
            None => filled.push('*'),
        }
        filled.push_str(part);
    }
    filled
}

/// The event, with what the connection puts into it.
fn body(text: String, given: &HttpParameters) -> Result<Bytes, String> {
    if given.body.is_empty() {
        return Ok(text.into());
    }
    let Ok(Json::Object(mut members)) = serde_json::from_str(&text) else {
        // guess: the words.
        return Err(
            "The body parameters of the connection need an input that is a JSON object.".to_owned()
        );
    };
    for it in &given.body {
        members.insert(it.key.clone(), Json::String(it.value.clone()));
    }
    Ok(Json::Object(members).to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_a_path_is_what_stands_there() {
        let map = |value: &str| Some(BTreeMap::from([("name".to_owned(), value.to_owned())]));
        let values = ["$.detail.n", "n $.detail.n", "$.", "$1", "$.none", "$.detail.list[1]"];
        let target = TargetHttp {
            path: Some(values.map(str::to_owned).to_vec()),
            headers: map("$.source"),
            query: map("$.detail"),
        };
        let event = serde_json::json!({"source": "shop", "detail": {"n": 7, "list": [1, true]}});
        let filled = for_event(&target, &event);
        let path = filled.path.unwrap_or_default();
        assert_eq!(path, ["7", "n $.detail.n", "$.", "$1", "", "true"]);
        assert_eq!(filled.headers, map("shop"));
        assert_eq!(filled.query, map(&event["detail"].to_string()));
    }

    #[test]
    fn stars_are_filled() {
        let values = ["a/b".to_owned(), "c".to_owned()];
        assert_eq!(filled("https://x/*/y/*", &values), "https://x/a%2Fb/y/c");
        assert_eq!(filled("https://x/*/y/*", &values[1..]), "https://x/c/y/*");
        assert_eq!(filled("https://x/", &values), "https://x/");
    }
}
