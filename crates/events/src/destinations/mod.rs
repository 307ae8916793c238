//! API destinations: addresses that events can be sent to.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html>

pub mod deliver;
mod request;

use std::time::Duration;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;

use crate::connections;
use crate::connections::shapes::is_https;
use crate::error::Error;
use crate::limits::INVOCATIONS_PER_SECOND_USUAL;
use crate::model::connections::{ApiDestination, ConnectionState};
use crate::model::{Named, State};
use crate::name;

/// What an API destination's ARN has before its name.
pub const KIND: &str = "api-destination/";
const SECOND: Duration = Duration::from_secs(1);

/// An API destination's ARN.
pub fn arn(key: &Named, destination: &ApiDestination) -> String {
    name::arn_with_id(KIND, key, &destination.id)
}

/// An API destination that is not there. guess: the words.
pub fn missing(verb: &str, name: &str) -> Error {
    let why = format!("An api-destination '{name}' does not exist.");
    Error::ResourceNotFound(refusal(verb, &why))
}

/// Why something cannot be done with an API destination.
pub fn refusal(verb: &str, why: &str) -> String {
    format!("Failed to {verb} the api-destination(s). {why}")
}

/// Whether an address and a connection can be an API destination's. Both words are recorded, but for how the first begin:
/// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-apidestination-endpoint>.
pub fn check(
    state: &State,
    cx: &Ctx<'_>,
    verb: &str,
    (endpoint, connection_arn): (Option<&str>, Option<&str>),
) -> Result<(), Error> {
    if let Some(endpoint) = endpoint.filter(|it| !is_https(it)) {
        let why = format!("Endpoint '{endpoint}' is not valid");
        let why = format!("Parameter InvocationEndpoint is not valid. Reason: {why}");
        return Err(Error::Validation(refusal(verb, &why)));
    }
    let Some(arn) = connection_arn else { return Ok(()) };
    let found = name::with_id_of_arn(arn, connections::KIND)
        .filter(|(key, _)| key.account == cx.caller.account && key.region == cx.region);
    let Some((key, id)) = found else {
        return Err(Error::Validation(format!("Invalid ARN: '{arn}'")));
    };
    match state.connections.get(&key).filter(|it| it.id == id) {
        Some(_) => Ok(()),
        // guess: the words.
        None => Err(connections::missing("describe", &key.name)),
    }
}

impl State {
    /// An API destination; `verb` says what is to be done with it.
    pub fn destination(&self, key: &Named, verb: &str) -> Result<&ApiDestination, Error> {
        self.destinations.get(key).ok_or_else(|| missing(verb, &key.name))
    }

    /// `ACTIVE` where the connection can be used. guess: that it is `INACTIVE` while the connection is being authorized.
    pub fn destination_state(&self, destination: &ApiDestination) -> &'static str {
        let connection = name::with_id_of_arn(&destination.connection_arn, connections::KIND)
            .and_then(|(key, id)| self.connections.get(&key).filter(|it| it.id == id));
        match connection.map(|it| it.state) {
            Some(ConnectionState::Authorized) => "ACTIVE",
            _ => "INACTIVE",
        }
    }
}

impl ApiDestination {
    /// When the next request may be sent: so many in a second, and the others later.
    fn turn(&mut self, now: Timestamp) -> Timestamp {
        let most = self.rate_limit.unwrap_or(INVOCATIONS_PER_SECOND_USUAL);
        if now >= self.second.plus(SECOND) {
            self.second = now;
            self.taken = 0;
        } else if self.taken >= most {
            self.second = self.second.plus(SECOND);
            self.taken = 0;
        }
        self.taken += 1;
        self.second.max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_in_a_second() {
        let at = |ms| Timestamp::from_ms(1_767_225_600_000 + ms);
        let mut destination = ApiDestination {
            id: String::new(),
            description: None,
            connection_arn: String::new(),
            endpoint: String::new(),
            method: String::new(),
            rate_limit: Some(2),
            created: at(0),
            modified: at(0),
            second: at(0),
            taken: 0,
        };
        let mut turns = |now: i64, count: usize| -> Vec<i64> {
            let turn = |_| destination.turn(at(now)).as_ms() - at(0).as_ms();
            (0..count).map(turn).collect()
        };
        assert_eq!(turns(0, 5), [0, 0, 1_000, 1_000, 2_000]);
        assert_eq!(turns(100, 1), [2_000]);
        assert_eq!(turns(2_500, 2), [3_000, 3_000]);
        assert_eq!(turns(9_000, 1), [9_000]);
    }
}
