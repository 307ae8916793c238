//! Events on their way to API destinations.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html#eb-api-destination-error-codes>
//!
//! Differences from AWS: an answer that comes too late is waited for before the event is sent again; and an event goes on
//! whether or not the target's role may send it (`events:InvokeApiDestination`).

use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::{Ctx, Fault, HttpCall, http};
use cloudarium_shape::Value;

use super::request;
use crate::connections::{credentials, token};
use crate::limits::ANSWER_S_MAX;
use crate::model::connections::ApiDestination;
use crate::model::{Delivery, Named, Stage, State};
use crate::send::{self, Failure};
use crate::{name, route};

/// How all words begin that tell why a request failed, as seen in dead letters with both words below.
const UNABLE: &str = "Unable to invoke ApiDestination endpoint:";
/// Seen with this code.
const NOT_REACHED: &str = "API destination endpoint cannot be reached.";
const SDK_CLIENT_ERROR: &str = "SDK_CLIENT_ERROR";
/// Seen with this code.
const TOO_LATE: &str = "Timeout calling endpoint for API Destination: socket closed.";
const UNKNOWN: &str = "UNKNOWN";

/// Whether a target is an API destination.
pub fn is_destination(target_arn: &str) -> bool {
    name::with_id_of_arn(target_arn, super::KIND).is_some()
}

/// The API destination that a delivery goes to.
fn find<'s>(state: &'s State, delivery: &Delivery) -> Option<(Named, &'s ApiDestination)> {
    let (key, id) = name::with_id_of_arn(&delivery.target.arn, super::KIND)?;
    let found = state.destinations.get(&key).filter(|it| it.id == id)?;
    Some((key, found))
}

/// Sends an event, as soon as it is its turn.
pub fn begin(state: &mut State, cx: &mut Ctx<'_>, mut delivery: Delivery) {
    let Some((key, _)) = find(state, &delivery) else {
        // guess: the words.
        let words = format!("{UNABLE} API destination does not exist.");
        return send::give_up(state, cx, delivery, ("NO_RESOURCE", &words, None));
    };
    if delivery.stage == Stage::Turn {
        delivery.stage = Stage::Target;
    } else if let Some(destination) = state.destinations.get_mut(&key) {
        let turn = destination.turn(cx.now);
        if turn > cx.now {
            delivery.stage = Stage::Turn;
            return send::later(state, cx, delivery, turn);
        }
    }
    match call_of(state, &delivery) {
        Ok(call) => {
            let ticket = cx.host.fetch(call);
            state.sent.insert(ticket, cx.now);
            state.calls.insert(ticket, delivery);
        }
        Err(failure) => send::failed(state, cx, delivery, failure),
    }
}

fn call_of(state: &State, delivery: &Delivery) -> Result<HttpCall, Failure> {
    // guess: the words and the code of all of these.
    let failure = |words: &str, passes| failure(SDK_CLIENT_ERROR, words, passes);
    let (_, destination) =
        find(state, delivery).ok_or_else(|| failure("API destination does not exist.", false))?;
    let (_, given) = credentials::of(state, &destination.connection_arn).map_err(|fault| {
        let passes = fault.code == credentials::IN_PROGRESS;
        failure(&fault.message, passes)
    })?;
    let http = delivery.target.http.as_ref();
    let http = http.map(|it| request::for_event(it, &delivery.event.json()));
    let told = (route::text(delivery), format!("rule {}", delivery.rule.name));
    request::of(destination, http.as_ref(), &given, told).map_err(|why| failure(&why, false))
}

fn failure(code: &'static str, words: &str, passes: bool) -> Failure {
    Failure { code, words: format!("{UNABLE} {words}"), passes, wait: None }
}

/// An API destination has answered.
pub fn answered(
    state: &mut State,
    cx: &mut Ctx<'_>,
    delivery: Delivery,
    (sent, result): (Timestamp, Result<Value, Fault>),
) {
    let Ok(answer) = result else {
        return send::failed(state, cx, delivery, failure(SDK_CLIENT_ERROR, NOT_REACHED, true));
    };
    if cx.now.since(sent) > Duration::from_secs(ANSWER_S_MAX) {
        return send::failed(state, cx, delivery, failure(UNKNOWN, TOO_LATE, true));
    }
    let status = http::status(&answer);
    if (200..300).contains(&status) {
        return send::taken(state, &delivery);
    }
    if matches!(status, 401 | 407)
        && let Some((_, destination)) = find(state, &delivery)
    {
        let connection_arn = destination.connection_arn.clone();
        token::refused(state, cx, &connection_arn);
    }
    let wait = http::header(&answer, "Retry-After").and_then(|told| Wait::read(told, cx.now));
    let passes = matches!(status, 401 | 407 | 409 | 429 | 500..) && wait != Some(Wait::Never);
    let code = if status == 429 { "THROTTLING" } else { SDK_CLIENT_ERROR };
    // guess: the words.
    let words = format!("The request failed with the HTTP status code {status}.");
    let wait = match wait {
        Some(Wait::For(wait)) => Some(wait),
        _ => None,
    };
    send::failed(state, cx, delivery, Failure { wait, ..failure(code, &words, passes) });
}

/// What a header `Retry-After` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// "If `Retry-After` value is negative, EventBridge stops retrying delivery for that event."
    Never,
    /// So long.
    For(Duration),
}

impl Wait {
    fn read(told: &str, now: Timestamp) -> Option<Self> {
        let told = told.trim();
        if let Ok(seconds) = told.parse::<i64>() {
            return Some(
                u64::try_from(seconds).map_or(Self::Never, |it| Self::For(Duration::from_secs(it))),
            );
        }
        Timestamp::parse_http_date(told).map(|at| Self::For(at.since(now)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read() {
        let now = Timestamp::from_ms(1_767_225_600_000);
        let wait = |told| Wait::read(told, now);
        assert_eq!(wait("-1"), Some(Wait::Never));
        assert_eq!(wait(" 90"), Some(Wait::For(Duration::from_secs(90))));
        let date = "Thu, 01 Jan 2026 00:01:00 GMT";
        assert_eq!(wait(date), Some(Wait::For(Duration::from_mins(1))));
        assert_eq!(wait("soon"), None);
    }
}
