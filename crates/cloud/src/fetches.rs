//! Requests that services send to addresses by [`cloudarium_service::ctx::Host::fetch`]: they come to the door as a
//! stranger's would. Nothing outside of the cloud is ever reached.

use cloudarium_service::{Fault, HttpCall, Ticket, effect};
use cloudarium_shape::{Map, Value};
use cloudarium_wire::http::{self, HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::desk::Tray;
use crate::gateway::Served;
use crate::server::{self, ResponseIds};
use crate::service_calls::kind_of;
use crate::state::{Origin, PendingCall};
use crate::{Caller, Cloud};

/// What tells to whom a request was sent that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    method: String,
    target: String,
    host: String,
    request_id: String,
}

impl Cloud {
    /// Sends a request for a service; its answer goes to `tray`, or waits.
    pub(crate) fn serve_fetch(
        &mut self,
        origin: Origin,
        ticket: Ticket,
        call: HttpCall,
        tray: &mut Tray,
    ) {
        let http = match request(call) {
            Ok(http) => http,
            Err(fault) => return tray.returns.push_back((origin, ticket, Err(fault))),
        };
        let caller = Caller::Stranger { kind: kind_of(&origin.service) };
        let (method, target) = (http.method.clone(), http.target.clone());
        let host = http.headers.get("host").unwrap_or_default().to_owned();
        let served = self.take_in(&caller, http, self.state.now, tray);
        match served.ended {
            Served::Answered { response, .. } => {
                tray.returns.push_back((origin, ticket, Ok(answer(&response))));
            }
            Served::Parked { ticket: parked, ids, .. } => {
                let sent = Some(Sent { method, target, host, request_id: ids.request_id });
                let pending = PendingCall { origin, ticket, seq: served.seq, sent };
                self.state.calls.insert(parked, pending);
            }
        }
    }
}

impl Sent {
    /// The answer that was waited for, as it comes over the wire.
    pub fn answered(&self, result: Result<Value, Fault>) -> Value {
        let mut http = HttpRequest {
            method: self.method.clone(),
            target: self.target.clone(),
            ..HttpRequest::default()
        };
        http.headers.set("Host", self.host.clone());
        let ids = ResponseIds { request_id: self.request_id.clone(), host_id: None };
        let response = match (server::route(&http), result) {
            (Ok(route), Ok(output)) => server::encode(&route, &output, &ids),
            (Ok(route), Err(fault)) => server::encode_fault(&route, fault, &ids),
            (Err(rejected), _) => server::reject(&rejected, &ids),
        };
        answer(&response)
    }
}

/// The request, if its address is one of this cloud's.
fn request(call: HttpCall) -> Result<HttpRequest, Fault> {
    let unreachable = |why: String| Fault::new(effect::UNREACHABLE, 0, why);
    let HttpCall { method, url, headers, body, source } = call;
    let Some(rest) = url.strip_prefix("https://") else {
        return Err(unreachable(format!("{url} does not begin with https://")));
    };
    let rest = rest.split('#').next().unwrap_or_default();
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, target) = rest.split_at(end);
    if !server::is_here(host) {
        let why =
            "Cloudarium reaches nothing outside of itself, and simulates nothing at that address";
        return Err(unreachable(format!("{host} cannot be reached: {why}")));
    }
    let slash = if target.starts_with('/') { "" } else { "/" };
    let target = format!("{slash}{target}");
    let length = body.len();
    let mut http = HttpRequest { method, target, headers: headers.into_iter().collect(), body };
    http.headers.set("Host", host);
    if length > 0 {
        http.headers.set("Content-Length", length.to_string());
    }
    if let Some(source) = source {
        http.headers.set("x-cloudarium-source", source);
    }
    Ok(http)
}

fn answer(response: &HttpResponse) -> Value {
    let pair = |(name, value): (&str, &str)| Value::List(vec![name.into(), value.into()]);
    Value::Map(Map::from([
        ("StatusCode".to_owned(), Value::Int(response.status.into())),
        ("StatusText".to_owned(), Value::from(http::reason(response.status))),
        ("Headers".to_owned(), Value::List(response.headers.iter().map(pair).collect())),
        ("Body".to_owned(), Value::Blob(response.body.clone())),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    fn fetch(url: &str) -> Result<Value, Fault> {
        let mut cloud = Cloud::new(Config::default());
        let mut tray = Tray::default();
        let call = HttpCall {
            method: "GET".to_owned(),
            url: url.to_owned(),
            headers: vec![("Host".to_owned(), "elsewhere".to_owned())],
            body: bytes::Bytes::new(),
            source: Some("machine:run:Call".to_owned()),
        };
        let origin = Origin {
            service: "stepfunctions".to_owned(),
            region: "eu-west-1".to_owned(),
            account: "123456789012".to_owned(),
        };
        cloud.serve_fetch(origin, Ticket(7), call, &mut tray);
        let (_, ticket, result) = tray.returns.pop_front().expect("it was answered");
        assert_eq!(ticket, Ticket(7));
        if result.is_ok() {
            let record = cloud.calls().get(1).expect("it is in the list");
            assert_eq!((record.who, record.arn.as_str()), (crate::CallerKind::Execution, ""));
            assert_eq!(record.source.as_deref(), Some("machine:run:Call"));
        }
        result
    }

    #[test]
    fn an_address_of_this_cloud_answers_as_it_answers_strangers() {
        let output = fetch("https://no-such-bucket.s3.us-east-1.amazonaws.com/key?x=1#part")
            .expect("it is reached");
        assert_eq!(output.get("StatusCode"), Some(&Value::Int(404)));
        let Some(Value::Blob(body)) = output.get("Body") else { panic!("it has a body") };
        assert!(String::from_utf8_lossy(body).contains("NoSuchBucket"));
        let output = fetch("https://abcdef.lambda-url.us-east-1.on.aws").expect("it is reached");
        assert_eq!(output.get("StatusCode"), Some(&Value::Int(403)));
    }

    #[test]
    fn nothing_else_is_reached() {
        for url in ["https://example.com/", "http://b.s3.amazonaws.com/", "https://", "ftp://x", ""]
        {
            let fault = fetch(url).expect_err(url);
            assert_eq!(fault.code, effect::UNREACHABLE);
        }
    }

    #[test]
    fn an_answer_that_was_waited_for_is_encoded_by_its_address() {
        let sent = Sent {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            host: "abcdef.lambda-url.us-east-1.on.aws".to_owned(),
            request_id: "id".to_owned(),
        };
        let output = Map::from([
            ("StatusCode".to_owned(), Value::Int(201)),
            ("Body".to_owned(), Value::Blob("made".into())),
        ]);
        let told = sent.answered(Ok(Value::Map(output)));
        assert_eq!(told.get("StatusCode"), Some(&Value::Int(201)));
        assert_eq!(told.get("Body"), Some(&Value::Blob("made".into())));
        let told = sent.answered(Err(Fault::new("TooManyRequestsException", 429, "Later.")));
        assert_eq!(told.get("StatusCode"), Some(&Value::Int(429)));
        assert_eq!(told.get("StatusText"), Some(&Value::from("Too Many Requests")));
    }
}
