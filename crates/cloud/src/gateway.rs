//! One request on its way: route, credentials, decode, the room, encode, the list of calls.

use cloudarium_env::{ids, place};
use cloudarium_service::{Access, CrossOrigin, Fault, Outcome, Principal, Ticket};
use cloudarium_shape::Value;
use cloudarium_wire::http::{HttpRequest, HttpResponse};

use crate::cloud::{Place, bug};
use crate::credentials::{Ask, Identity, Words};
use crate::desk::Tray;
use crate::log::{CallError, CallRecord, RawResponse, digest};
use crate::server::{self, ResponseIds, Route};
use crate::{Caller, CallerKind, Cloud, Effect, Request, facts, rooms, sessions};

/// A request that waits for its answer.
pub struct Parked {
    /// [`Request::id`]
    id: u64,
    /// [`Request::wall`]: for the answer's date.
    wall: cloudarium_env::Timestamp,
    route: Route,
    ids: ResponseIds,
    /// Its place in the list of calls.
    seq: u64,
}

/// A request after it ran.
pub struct TakenIn {
    /// How it ended.
    pub ended: Served,
    /// Its place in the list of calls.
    pub seq: u64,
    /// Whether the state may have changed.
    changed: bool,
}

/// How a request ended.
pub enum Served {
    /// With an answer, and what that answer says.
    Answered {
        /// As it leaves.
        response: HttpResponse,
        /// In the core's own terms.
        result: Result<Value, Fault>,
    },
    /// It waits.
    Parked {
        /// Stands for its answer.
        ticket: Ticket,
        /// Its way.
        route: Route,
        /// What names its answer.
        ids: ResponseIds,
    },
}

/// How an operation ended, before it is an answer.
enum Ended {
    Output(Value),
    Parked(Ticket),
}

impl Cloud {
    /// Serves one request; its answer goes to `tray`, or waits. Tells whether the state may have
    /// changed.
    pub(crate) fn serve(&mut self, request: Request, tray: &mut Tray) -> bool {
        let Request { id, wall, caller, http, .. } = request;
        let served = self.take_in(&caller, http, wall, tray);
        match served.ended {
            Served::Answered { response, .. } => {
                tray.effects.push(Effect::Respond { id, response });
            }
            Served::Parked { ticket, route, ids } => {
                let parked = Parked { id, wall, route, ids, seq: served.seq };
                self.parked.insert(ticket, parked);
            }
        }
        served.changed
    }

    /// Runs one request up to its answer, or until it waits, and writes it into the list of calls.
    pub(crate) fn take_in(
        &mut self,
        caller: &Caller,
        http: HttpRequest,
        wall: cloudarium_env::Timestamp,
        tray: &mut Tray,
    ) -> TakenIn {
        let route = server::route(&http);
        let service = route.as_ref().map_or("", |route| route.service);
        let ids = self.response_ids(service);
        let mut record = CallRecord {
            time: self.state.now,
            request_id: ids.request_id.clone(),
            ..describe(caller, &http)
        };
        let shared = route.as_ref().map_or_else(|_| Vec::new(), |route| self.shared(route, &http));
        let mut ended = match route {
            Err(rejected) => {
                record.error = Some(note(&rejected.fault));
                let response = dated(server::reject(&rejected, &ids), wall);
                Served::Answered { response, result: Err(rejected.fault) }
            }
            Ok(route) => match self.attend(&route, (caller, &http, wall), tray, &mut record) {
                Ok(Ended::Output(output)) => {
                    let response = dated(encode(&route, &output, &ids, &mut record), wall);
                    Served::Answered { response, result: Ok(output) }
                }
                Err(fault) => {
                    let response = encode_fault(&route, fault.clone(), &ids, &mut record);
                    Served::Answered { response: dated(response, wall), result: Err(fault) }
                }
                Ok(Ended::Parked(ticket)) => Served::Parked { ticket, route, ids },
            },
        };
        if let Served::Answered { response, result } = &mut ended {
            for (name, value) in shared {
                response.headers.set(name, value);
            }
            record.status = response.status;
            record.response = RawResponse::from(&*response);
            self.charge(&record, result.as_ref().ok(), record.response.body_bytes);
        }
        record.changed = !record.read_only && record.error.is_none();
        let changed = record.changed;
        record.request = http.into();
        TakenIn { ended, seq: self.log.push(record), changed }
    }

    /// The headers by which a page of another origin may have the answer.
    fn shared(&self, route: &Route, http: &HttpRequest) -> Vec<(String, String)> {
        let header = |name: &str| http.headers.get(name);
        let (Some(origin), Some(resource)) = (header("origin"), route.shared_by()) else {
            return Vec::new();
        };
        let ask = CrossOrigin {
            resource,
            origin,
            method: header("access-control-request-method").unwrap_or(&http.method),
            headers: header("access-control-request-headers"),
        };
        let room = rooms::find(route.service).and_then(|room| self.state.rooms.get(room));
        room.map_or_else(Vec::new, |room| room.service.cross_origin(&ask))
    }

    /// Credentials, decode, the room.
    fn attend(
        &mut self,
        route: &Route,
        (caller, http, wall): (&Caller, &HttpRequest, cloudarium_env::Timestamp),
        tray: &mut Tray,
        record: &mut CallRecord,
    ) -> Result<Ended, Fault> {
        route.service.clone_into(&mut record.service);
        route.operation.clone_into(&mut record.operation);
        record.read_only = rooms::access(route.service, route.operation) == Access::Read;
        let host_bucket = route.host_bucket();
        let words = words(route);
        let ask = Ask { caller, http, host_bucket, wall, words };
        let (identity, read) = self.identify(route, &ask)?;
        let region = region(&identity, route);
        record.region.clone_from(&region);
        sign_record(record, &identity.principal);
        let input = match read {
            Some(input) => input,
            None => server::decode(route, http, identity.proof.as_ref())?,
        };
        record.input = Some(digest(&input));
        let Some(room) = rooms::find(route.service) else {
            let what = format!("{}:{}", route.service, route.operation);
            return Err(Fault::not_implemented(&what));
        };
        let place = Place {
            room,
            region: &region,
            principal: &identity.principal,
            facts: &facts::of(caller, http, identity.signature.clone()),
            request_id: &record.request_id,
        };
        match self.run(&place, route.operation, input, tray)? {
            Outcome::Output(output) => Ok(Ended::Output(output)),
            Outcome::Parked => {
                let ticket = tray.parked.take().ok_or_else(|| bug("it waits for nothing"))?;
                Ok(Ended::Parked(ticket))
            }
        }
    }

    /// Who asks; and the input, where that had to be read to tell.
    fn identify(&self, route: &Route, ask: &Ask<'_>) -> Result<(Identity, Option<Value>), Fault> {
        if route.is_beside() {
            let input = server::decode(route, ask.http, None)?;
            let claim = server::form_claim(route, &input)?;
            return Ok((self.identities.identify_form(claim.as_ref(), ask)?, Some(input)));
        }
        if route.is_for_function() {
            let mut input = server::decode(route, ask.http, None)?;
            let (identity, refused) = self.identities.identify_visitor(ask);
            if let (Some(refused), Value::Map(members)) = (refused, &mut input) {
                members.insert("Refused".to_owned(), Value::String(refused.code));
                members.insert("RefusedWords".to_owned(), Value::String(refused.message));
            }
            return Ok((identity, Some(input)));
        }
        if route.is_for_code() {
            let input = server::decode(route, ask.http, None)?;
            return Ok((Identity::unsigned(Principal::anonymous()), Some(input)));
        }
        Ok((self.identities.identify(ask)?, None))
    }

    /// Answers a request that waited. A ticket that names none (its host is gone) is ignored.
    pub(crate) fn answer_parked(
        &mut self,
        ticket: Ticket,
        result: Result<Value, Fault>,
        tray: &mut Tray,
    ) {
        if let Some(call) = self.state.calls.remove(&ticket) {
            return self.return_call(call, result, tray);
        }
        let Some(parked) = self.parked.remove(&ticket) else { return };
        self.finish(parked, result, tray);
    }

    /// Refuses a request that waits for something that will not come.
    pub(crate) fn refuse_parked(&mut self, parked: Parked, tray: &mut Tray) {
        let gone = "The cloud went back to an earlier moment while this request waited.";
        self.finish(parked, Err(Fault::new("ServiceUnavailable", 503, gone)), tray);
    }

    /// Answers a request that waited, and completes its record.
    fn finish(&mut self, parked: Parked, result: Result<Value, Fault>, tray: &mut Tray) {
        let mut done = CallRecord::default();
        let response = match result {
            Ok(output) => encode(&parked.route, &output, &parked.ids, &mut done),
            Err(fault) => encode_fault(&parked.route, fault, &parked.ids, &mut done),
        };
        let response = dated(response, parked.wall);
        self.log.complete(parked.seq, |record| {
            record.status = response.status;
            record.response = RawResponse::from(&response);
            record.error = done.error;
            record.output = done.output;
        });
        tray.effects.push(Effect::Respond { id: parked.id, response });
    }

    /// S3's ids look unlike those of all other services.
    fn response_ids(&mut self, service: &str) -> ResponseIds {
        let rng = &mut self.state.rng;
        if matches!(service, "s3" | "") {
            let request_id = ids::s3_request_id(rng);
            ResponseIds { request_id, host_id: Some(ids::s3_host_id(rng)) }
        } else {
            ResponseIds { request_id: rng.uuid(), host_id: None }
        }
    }
}

/// What is known of a call before anything is checked.
fn describe(caller: &Caller, http: &HttpRequest) -> CallRecord {
    let who = match caller {
        Caller::Client => CallerKind::Learner,
        Caller::Trusted { kind, .. } | Caller::Role { kind, .. } | Caller::Stranger { kind } => {
            *kind
        }
    };
    CallRecord {
        who,
        source: http.headers.get("x-cloudarium-source").map(str::to_owned),
        read_only: true,
        ..CallRecord::default()
    }
}

fn sign_record(record: &mut CallRecord, principal: &Principal) {
    // Temporary credentials are those of a function's code.
    if record.who == CallerKind::Learner && principal.access_key_id.starts_with(sessions::PREFIX) {
        record.who = CallerKind::Function;
    }
    record.account.clone_from(&principal.account);
    record.arn.clone_from(&principal.arn);
    record.user_id.clone_from(&principal.user_id);
    record.access_key_id.clone_from(&principal.access_key_id);
}

/// Where the request was sent: by its signature, else by its host, else where AWS's own tools send
/// what names no Region.
fn region(identity: &Identity, route: &Route) -> String {
    let region = identity.region.as_deref().or(route.region.as_deref());
    region.unwrap_or(place::DEFAULT_REGION).to_owned()
}

fn words(route: &Route) -> Words {
    route.words()
}

fn encode(
    route: &Route,
    output: &Value,
    ids: &ResponseIds,
    record: &mut CallRecord,
) -> HttpResponse {
    if !record.read_only {
        record.output = Some(digest(output));
    }
    server::encode(route, output, ids)
}

fn encode_fault(
    route: &Route,
    fault: Fault,
    ids: &ResponseIds,
    record: &mut CallRecord,
) -> HttpResponse {
    record.error = Some(note(&fault));
    server::encode_fault(route, fault, ids)
}

pub fn note(fault: &Fault) -> CallError {
    CallError { code: fault.code.clone(), message: fault.message.clone(), hint: fault.hint.clone() }
}

/// Adds the date. It is the client's own clock, as some clients correct theirs by it.
fn dated(mut response: HttpResponse, wall: cloudarium_env::Timestamp) -> HttpResponse {
    response.headers.set("Date", wall.http_date());
    response
}
