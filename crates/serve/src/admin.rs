//! What the host answers itself, under `/_cloudarium/`: a bucket cannot be called that, as bucket
//! names begin with a letter or digit.

use std::time::Duration;

use cloudarium_cloud::{Cloud, StorageError};
use cloudarium_env::{ClockControl, Timestamp};
use cloudarium_service::Access;
use cloudarium_wire::http::{Headers, HttpRequest, HttpResponse};
use cloudarium_wire::route::route;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::keeper::Keeper;

/// Where the host's own paths begin.
pub const PREFIX: &str = "/_cloudarium/";

/// What can be asked of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admin {
    /// `GET /_cloudarium/health`
    Health,
    /// `POST /_cloudarium/reset`
    Reset,
    /// A new cloud with its clock paused: for tests, not to be had over HTTP.
    Renew {
        /// Where its clock stands.
        start: Timestamp,
        /// Where its ids come from.
        seed: u64,
    },
    /// `POST /_cloudarium/clock`
    Clock(ClockChange),
    /// `GET /_cloudarium/calls?after=12`
    Calls {
        /// Only calls with a greater number.
        after: u64,
    },
}

/// How virtual time is changed; `{}` asks what time it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockChange {
    /// Moves virtual time ahead.
    #[serde(default)]
    advance_ms: u64,
    /// Virtual seconds in a real one; 0 pauses.
    speed: Option<u32>,
}

impl ClockChange {
    /// Ahead by `by`.
    pub fn ahead(by: Duration) -> Self {
        Self { advance_ms: u64::try_from(by.as_millis()).unwrap_or(u64::MAX), speed: None }
    }

    /// The clock with the change made.
    pub fn apply(&self, mut clock: ClockControl, real: Timestamp) -> ClockControl {
        if let Some(speed) = self.speed {
            clock.set_speed(real, speed);
        }
        if self.advance_ms > 0 {
            clock.jump(real, Duration::from_millis(self.advance_ms));
        }
        clock
    }
}

/// Reads a request for the host itself; an answer instead, when it is none.
pub fn parse(request: &HttpRequest) -> Result<Admin, HttpResponse> {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let name = path.strip_prefix(PREFIX).unwrap_or_default();
    if request.headers.get("origin").is_some() {
        // Browsers name the page that asks; no page, wherever it comes from, may empty this cloud.
        return Err(answer(403, &json!({ "error": "web pages are not answered here" })));
    }
    match (request.method.as_str(), name) {
        ("GET" | "HEAD", "health") => Ok(Admin::Health),
        ("GET", "calls") => calls_after(query),
        ("POST", "reset") => Ok(Admin::Reset),
        ("POST", "clock") => {
            let body: &[u8] = if request.body.is_empty() { b"{}" } else { &request.body };
            let change = serde_json::from_slice(body).map_err(|error| {
                let words = format!("{error}; send {{\"advance_ms\": 1000}} or {{\"speed\": 60}}");
                answer(400, &json!({ "error": words }))
            })?;
            Ok(Admin::Clock(change))
        }
        (_, "health" | "calls" | "reset" | "clock") => {
            let words = "GET health and calls, POST reset and clock";
            Err(answer(405, &json!({ "error": words })))
        }
        _ => {
            let words =
                format!("there is no {PREFIX}{name}; there are health, calls, reset and clock");
            Err(answer(404, &json!({ "error": words })))
        }
    }
}

fn calls_after(query: &str) -> Result<Admin, HttpResponse> {
    let after = match query.strip_prefix("after=") {
        Some(number) => number.parse().ok(),
        None => query.is_empty().then_some(0),
    };
    match after {
        Some(after) => Ok(Admin::Calls { after }),
        None => Err(answer(400, &json!({ "error": "calls takes after=NUMBER and nothing else" }))),
    }
}

/// `status` is `ok`, or `failing` while nothing can be kept.
pub fn health(keeper: &Keeper, real: Timestamp) -> HttpResponse {
    let failure = keeper.failure();
    let storage = match (keeper, &failure) {
        (Keeper::Memory { .. }, _) => json!({ "kind": "memory" }),
        (Keeper::Folder(_), None) => json!({ "kind": "folder" }),
        (Keeper::Folder(_), Some(error)) => json!({ "kind": "folder", "error": error.to_string() }),
    };
    let body = json!({
        "status": if failure.is_some() { "failing" } else { "ok" },
        "version": env!("CARGO_PKG_VERSION"),
        "storage": storage,
        "now": keeper.clock().now(real).iso_ms(),
    });
    answer(if failure.is_some() { 503 } else { 200 }, &body)
}

/// What time it is in the cloud.
pub fn clock(keeper: &Keeper, real: Timestamp) -> HttpResponse {
    let now = keeper.clock().now(real).max(keeper.cloud().now());
    let body =
        json!({ "now": now.iso_ms(), "now_ms": now.as_ms(), "speed": keeper.clock().speed() });
    answer(200, &body)
}

/// The calls after number `after`, oldest first.
pub fn calls(keeper: &Keeper, after: u64) -> HttpResponse {
    let calls: Vec<Json> = keeper
        .cloud()
        .calls()
        .after(after)
        .map(|call| {
            json!({
                "seq": call.seq,
                "time": call.time.iso_ms(),
                "who": call.who,
                "source": call.source,
                "service": call.service,
                "operation": call.operation,
                "region": call.region,
                "account": call.account,
                "status": call.status,
                "error": call.error.as_ref().map(|error| &error.code),
                // As CloudTrail names them.
                "parameters": call.cloud_trail().get("requestParameters"),
            })
        })
        .collect();
    answer(200, &json!({ "calls": calls }))
}

/// What came of `what`.
pub fn outcome(outcome: Result<(), StorageError>, what: &str) -> HttpResponse {
    match outcome {
        Ok(()) => answer(200, &json!({ "status": what })),
        Err(error) => answer(503, &json!({ "error": error.to_string() })),
    }
}

/// Whether a request could change the cloud.
pub fn may_write(request: &HttpRequest) -> bool {
    // What is no request of any service changes nothing.
    route(request).is_ok_and(|route| {
        Cloud::access(&route.service.name, &route.operation.name) == Access::Write
    })
}

fn answer(status: u16, body: &Json) -> HttpResponse {
    let mut headers = Headers::default();
    headers.append("Content-Type", "application/json");
    HttpResponse { status, headers, body: format!("{body}\n").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, target: &str, body: &'static str) -> Result<Admin, u16> {
        let request = HttpRequest {
            method: method.to_owned(),
            target: target.to_owned(),
            body: body.into(),
            ..HttpRequest::default()
        };
        parse(&request).map_err(|response| response.status)
    }

    #[test]
    fn each_path_has_its_method() {
        assert_eq!(asked("GET", "/_cloudarium/health", ""), Ok(Admin::Health));
        assert_eq!(asked("POST", "/_cloudarium/reset", ""), Ok(Admin::Reset));
        assert_eq!(asked("GET", "/_cloudarium/calls?after=7", ""), Ok(Admin::Calls { after: 7 }));
        assert_eq!(asked("GET", "/_cloudarium/calls?after=x", ""), Err(400));
        assert_eq!(asked("GET", "/_cloudarium/calls?seq=1", ""), Err(400));
        assert_eq!(asked("GET", "/_cloudarium/reset", ""), Err(405));
        assert_eq!(asked("GET", "/_cloudarium/", ""), Err(404));
    }

    #[test]
    fn a_clock_change_is_what_it_says_and_nothing_else() {
        let clock = |body| asked("POST", "/_cloudarium/clock", body);
        let change = ClockChange { advance_ms: 5, speed: Some(0) };
        assert_eq!(clock("{\"advance_ms\":5,\"speed\":0}"), Ok(Admin::Clock(change)));
        assert_eq!(clock(""), Ok(Admin::Clock(ClockChange::default())));
        for body in ["{\"advance\":5}", "{\"advance_ms\":-5}", "{", "[1,2,3]x"] {
            assert_eq!(clock(body), Err(400), "{body}");
        }
    }

    #[test]
    fn a_jump_moves_a_paused_clock() {
        let real = Timestamp::from_ms(1000);
        let change = ClockChange { advance_ms: 90, speed: Some(0) };
        let clock = change.apply(ClockControl::new(real, Timestamp::from_ms(5)), real);
        assert_eq!(clock.now(Timestamp::from_ms(9999)), Timestamp::from_ms(95));
    }
}
