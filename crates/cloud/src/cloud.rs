//! [`Cloud`]: the one door, and what happens behind it between requests.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use cloudarium_env::{BlobRef, Blobs, MemoryBlobs, Timestamp};
use cloudarium_service::{
    Access, BusEvent, Ctx, Facts, Fault, OperationInfo, Outcome, Principal, Service, Ticket,
};
use cloudarium_shape::Value;
use cloudarium_wire::http::HttpRequest;

use crate::billing::{self, is_unbilled};
use crate::credentials::Identities;
use crate::desk::{Asked, Desk, Tray};
use crate::gateway::Parked;
use crate::state::{Origin, State};
use crate::timeline::{Reviving, Timeline};
use crate::{CallLog, Config, Effect, Event, Extra, Request, rooms, server};

/// Events and answers that one request may set off in a row. Only a room's mistake can reach it.
const DELIVERIES_MAX: usize = 100_000;

/// Timers that may fire in one advance without virtual time moving. As above.
const TIMERS_AT_ONCE_MAX: usize = 100_000;

/// Bodies that nothing names any more are let go when this many bytes came in since the last time.
const FORGET_AFTER_BYTES: u64 = 64 * 1024 * 1024;

/// The whole simulated cloud.
pub struct Cloud {
    pub(crate) config: Config,
    pub(crate) identities: Identities,
    pub(crate) state: State,
    pub(crate) blobs: Box<dyn Blobs>,
    pub(crate) log: CallLog,
    /// Requests that wait for their answer. Not state: it names requests of the running host.
    pub(crate) parked: BTreeMap<Ticket, Parked>,
    /// What is known of the past. No part of the canonical state.
    pub(crate) timeline: Timeline,
    outbox: Vec<Effect>,
    /// Counts the snapshots that are held somewhere, by its references.
    snapshots: Rc<()>,
    /// Bytes of bodies at which those that nothing names are looked for.
    forget_at_bytes: u64,
}

/// A cloud's state at one moment, sharing memory with the cloud it was taken from.
pub struct Snapshot {
    state: State,
    log: CallLog,
    _held: Rc<()>,
}

impl Cloud {
    /// An empty cloud, bodies in memory.
    pub fn new(config: Config) -> Self {
        Self::with_blobs(config, Box::new(MemoryBlobs::default()))
    }

    /// An empty cloud that keeps bodies in `blobs`.
    pub fn with_blobs(config: Config, blobs: Box<dyn Blobs>) -> Self {
        let state = State::new(config.seed, config.start);
        Self::assemble(config, blobs, state, CallLog::default())
    }

    pub(crate) fn assemble(
        config: Config,
        blobs: Box<dyn Blobs>,
        state: State,
        log: CallLog,
    ) -> Self {
        Self {
            identities: Identities::new(&config),
            forget_at_bytes: blobs.bytes().saturating_add(FORGET_AFTER_BYTES),
            config,
            state,
            blobs,
            log,
            parked: BTreeMap::new(),
            timeline: Timeline::default(),
            outbox: Vec::new(),
            snapshots: Rc::new(()),
        }
    }

    /// A request at the door. Advances to [`Request::at`] first.
    pub fn handle(&mut self, request: Request) -> Vec<Effect> {
        self.handle_noting(request).0
    }

    /// [`Cloud::handle`]; also tells whether the state may have changed.
    pub(crate) fn handle_noting(&mut self, request: Request) -> (Vec<Effect>, bool) {
        let timers_due = self.next_timer().is_some_and(|due| due <= request.at);
        let mut tray = Tray { effects: self.advance(request.at), ..Tray::default() };
        tray.unbilled = is_unbilled(&request.caller);
        let before = self.before_call();
        let changed = self.serve(request, &mut tray);
        self.settle(&mut tray);
        if changed {
            self.measure();
        }
        self.note_call(before, changed);
        if self.blobs.bytes() > self.forget_at_bytes {
            self.forget_bodies();
        }
        (tray.effects, changed || timers_due)
    }

    /// The host tells that something ended. What was not asked for, or ended before, is ignored.
    pub fn resume(&mut self, event: Event) -> Vec<Effect> {
        let Event::WorkDone { ticket, result } = event;
        let mut tray = Tray::default();
        if let Some(work) = self.state.work.remove(&ticket) {
            self.timeline.stir();
            self.visit(&work.origin, &mut tray, |service, cx| {
                service.work_done(cx, ticket, result);
            });
        }
        self.settle(&mut tray);
        self.measure();
        tray.effects
    }

    /// Moves virtual time on, running due timers in (time, sequence) order. An instant that is
    /// already past changes nothing.
    pub fn advance(&mut self, to: Timestamp) -> Vec<Effect> {
        let mut tray = Tray::default();
        let mut at_once = 0;
        while let Some((id, timer)) = self.state.timers.pop_due(to) {
            self.timeline.stir();
            at_once = if id.due > self.state.now { 0 } else { at_once + 1 };
            if at_once > TIMERS_AT_ONCE_MAX {
                break;
            }
            self.state.now = self.state.now.max(id.due);
            self.visit(&timer.origin, &mut tray, |service, cx| service.timer(cx, timer.payload));
            self.settle(&mut tray);
            self.measure();
        }
        self.state.now = self.state.now.max(to);
        self.after_leap();
        tray.effects
    }

    /// Something of ours that AWS has no operation for. Advances to [`Extra::at`] first. It is no call:
    /// neither listed nor billed, and undone together with the call before it.
    pub fn extra(&mut self, extra: Extra) -> (Result<Value, Fault>, Vec<Effect>) {
        let Extra { service, region, name, params, at } = extra;
        let mut tray = Tray { effects: self.advance(at), ..Tray::default() };
        let Some(room) = rooms::find(&service) else {
            return (Err(Fault::not_implemented(&service)), tray.effects);
        };
        self.timeline.stir();
        let principal = self.identities.guest().clone();
        let facts = Facts::default();
        let place =
            Place { room, region: &region, principal: &principal, facts: &facts, request_id: "" };
        let done = self.enter(&place, &mut tray, |service, cx| service.extra(cx, &name, &params));
        self.settle(&mut tray);
        self.measure();
        (done.unwrap_or_else(|| Err(bug("the room is not there"))), tray.effects)
    }

    /// Virtual time.
    pub fn now(&self) -> Timestamp {
        self.state.now
    }

    /// When the next timer is due.
    pub fn next_timer(&self) -> Option<Timestamp> {
        self.state.timers.next_due()
    }

    /// What the cloud was made with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Work that the host was asked for and has not ended: what a host starts again after a crash.
    pub fn outstanding_work(&self) -> Vec<Effect> {
        let ask = |(ticket, work): (&Ticket, &Rc<crate::state::PendingWork>)| Effect::Work {
            ticket: *ticket,
            work: work.work(),
        };
        self.state.work.iter().map(ask).collect()
    }

    /// The state at this moment; cheap.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            state: self.state.fork(),
            log: self.log.clone(),
            _held: Rc::clone(&self.snapshots),
        }
    }

    /// Goes back to `snapshot`; the list of calls goes back with it. Requests that wait are refused
    /// (see [`Cloud::take_effects`]), since what they wait for may never have been.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.state = snapshot.state.fork();
        self.log = snapshot.log.clone();
        self.timeline.undone.clear();
        self.begin_history();
        self.refuse_all_parked();
    }

    /// Refuses requests that wait for what may never have been.
    pub(crate) fn refuse_all_parked(&mut self) {
        let mut tray = Tray::default();
        for (_, parked) in std::mem::take(&mut self.parked) {
            self.refuse_parked(parked, &mut tray);
        }
        self.outbox.append(&mut tray.effects);
    }

    /// SHA-256, in hexadecimal, over the canonical bytes of all state but the list of calls.
    pub fn state_hash(&self) -> String {
        self.state.hash()
    }

    /// A read-only picture for the console: neither logged nor billed. `None`: no such view.
    pub fn view(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &Value,
    ) -> Option<Value> {
        if (service, name) == ("meter", "prices") {
            return billing::prices(region, params);
        }
        let room = rooms::find(service)?;
        let principal = self.identities.guest().clone();
        // On a copy of the randomness, and with nowhere to leave anything.
        let kept = self.state.rooms.get(room)?.rng.clone();
        let facts = Facts::default();
        let place = Place { room, region, principal: &principal, facts: &facts, request_id: "" };
        let picture =
            self.enter(&place, &mut Tray::default(), |service, cx| service.view(cx, name, params));
        self.state.rooms.get_mut(room)?.rng = kept;
        picture.flatten()
    }

    /// Effects that came up where they could not be returned (in [`Cloud::call`] and
    /// [`Cloud::restore`]).
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.outbox)
    }

    /// Forgets requests that wait: those who asked are gone.
    pub(crate) fn forget_parked(&mut self) {
        self.parked.clear();
    }

    /// Other users and another S3 from here on; seed and start stay those that the cloud began with.
    pub(crate) fn set_config(&mut self, config: Config) {
        let Config { seed, start, .. } = self.config;
        self.config = Config { seed, start, ..config };
        self.identities = Identities::new(&self.config);
    }

    /// Whether [`Cloud::set_config`] would change nothing.
    pub(crate) fn is_configured_by(&self, config: &Config) -> bool {
        self.config.users == config.users
            && self.config.accept_unknown_keys == config.accept_unknown_keys
            && self.config.s3_legacy == config.s3_legacy
    }

    pub(crate) fn keep_effects(&mut self, effects: impl IntoIterator<Item = Effect>) {
        self.outbox.extend(effects);
    }

    /// The list of calls.
    pub fn calls(&self) -> &CallLog {
        &self.log
    }

    /// Whether `operation` of `service` may change state.
    pub fn access(service: &str, operation: &str) -> Access {
        rooms::access(service, operation)
    }

    /// Whether the code of all that an operation reaches is here. Natively it always is; see `fetch_rooms`, which is there in wasm.
    pub fn has(service: &str, operation: &str) -> bool {
        rooms::has(service, operation)
    }

    /// [`Cloud::has`] for a request, whatever its operation is.
    pub fn has_what_it_reaches(http: &HttpRequest) -> bool {
        // So that hardly any request is looked at twice.
        rooms::are_all_here()
            || server::route(http).map_or(true, |route| rooms::has(route.service, route.operation))
    }

    /// All that is simulated, a service at a time.
    pub fn coverage() -> Vec<(&'static str, Vec<OperationInfo>)> {
        let list = |room: &rooms::Room| {
            let operations = room.operations().into_iter().flat_map(|all| all.values());
            (room.name, operations.cloned().collect())
        };
        rooms::registry().iter().map(list).collect()
    }

    /// Every body that the state names, or that of a cloud that was put aside.
    pub fn live_bodies(&self) -> BTreeSet<BlobRef> {
        let mut live = BTreeSet::new();
        let states = self.timeline.kept().map(|kept| &kept.state);
        for state in states.chain(std::iter::once(&self.state)) {
            state.bodies(&mut |blob| {
                live.insert(*blob);
            });
        }
        live
    }

    /// A body.
    pub fn body(&self, blob: &BlobRef) -> Option<bytes::Bytes> {
        self.blobs.get(blob, 0..blob.length)
    }

    /// Lets go of bodies that nothing names, unless a snapshot is held that may name them.
    pub fn forget_bodies(&mut self) {
        if Rc::strong_count(&self.snapshots) == 1 {
            let live = self.live_bodies();
            if self.timeline.on {
                self.forget_past_bodies(&live);
            } else {
                self.blobs.retain(&|blob| live.contains(blob));
            }
        }
        let bytes = self.blobs.bytes();
        self.forget_at_bytes = bytes.saturating_mul(2).saturating_add(FORGET_AFTER_BYTES);
    }

    /// Lets go of no body until [`Cloud::watch_bodies`].
    pub(crate) fn keep_all_bodies(&mut self) {
        self.forget_at_bytes = u64::MAX;
    }

    /// Lets go of bodies again when many have come in.
    pub(crate) fn watch_bodies(&mut self) {
        self.forget_at_bytes = self.blobs.bytes().saturating_add(FORGET_AFTER_BYTES);
    }

    /// Runs `act` on a copy of the state, and keeps of it no more than the list of calls.
    pub(crate) fn on_a_copy<R>(&mut self, act: impl FnOnce(&mut Self) -> R) -> R {
        let fork = self.state.fork();
        let kept = std::mem::replace(&mut self.state, fork);
        let parked = std::mem::take(&mut self.parked);
        let outbox = std::mem::take(&mut self.outbox);
        // A copy has no past, and leaves none.
        let timeline = std::mem::take(&mut self.timeline);
        let result = act(self);
        self.timeline = timeline;
        self.state = kept;
        self.parked = parked;
        self.outbox = outbox;
        result
    }

    /// Whether a request would be refused whatever its body is: its head alone is looked at, and
    /// nothing changes. Who waits for `100 Continue` is to hear of that before the body is sent.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html> (`Expect`)
    pub fn refuses_ahead(&mut self, mut request: Request) -> bool {
        request.http.body = bytes::Bytes::new();
        let log = self.log.clone();
        let effects = self.on_a_copy(|cloud| cloud.handle(request));
        self.log = log;
        effects.iter().any(|effect| match effect {
            Effect::Respond { response, .. } => matches!(response.status, 403..=405),
            Effect::Work { .. } => false,
        })
    }

    /// Runs one operation in its room.
    pub(crate) fn run(
        &mut self,
        place: &Place<'_>,
        operation: &str,
        input: Value,
        tray: &mut Tray,
    ) -> Result<Outcome, Fault> {
        self.enter(place, tray, |service, cx| service.call(cx, operation, input))
            .unwrap_or_else(|| Err(bug("the room is not there")))
    }

    /// Calls a service outside of any request: for a timer, an event, the end of work.
    pub(crate) fn visit(
        &mut self,
        origin: &Origin,
        tray: &mut Tray,
        act: impl FnOnce(&mut dyn Service, &mut Ctx<'_>),
    ) {
        let Some(room) = rooms::find(&origin.service) else { return };
        let principal = Principal {
            account: origin.account.clone(),
            arn: String::new(),
            user_id: String::new(),
            access_key_id: String::new(),
        };
        let place = Place {
            room,
            region: &origin.region,
            principal: &principal,
            facts: &Facts::default(),
            request_id: "",
        };
        self.enter(&place, tray, act);
    }

    fn enter<R>(
        &mut self,
        place: &Place<'_>,
        tray: &mut Tray,
        act: impl FnOnce(&mut dyn Service, &mut Ctx<'_>) -> R,
    ) -> Option<R> {
        let State { now, rooms, timers, next_ticket, work, usage, .. } = &mut self.state;
        let (service, rng) = rooms.get_mut(place.room)?.open()?;
        let mut desk = Desk {
            service: service.name(),
            region: place.region,
            account: &place.principal.account,
            timers,
            next_ticket,
            work,
            usage,
            seed: self.config.seed,
            tray,
        };
        let mut blobs = Reviving { blobs: self.blobs.as_mut(), timeline: &mut self.timeline };
        let mut cx = Ctx {
            now: *now,
            region: place.region,
            caller: place.principal,
            facts: place.facts,
            request_id: place.request_id,
            accounts: self.identities.accounts(),
            rng,
            blobs: &mut blobs,
            host: &mut desk,
        };
        Some(act(service, &mut cx))
    }

    /// Delivers events, makes the calls of services, and answers parked requests, until none is left.
    fn settle(&mut self, tray: &mut Tray) {
        for _ in 0..DELIVERIES_MAX {
            if let Some(event) = tray.events.pop_front() {
                self.deliver(&event, tray);
            } else if let Some((origin, ticket, result)) = tray.returns.pop_front() {
                self.visit(&origin, tray, |service, cx| service.call_done(cx, ticket, result));
            } else if let Some((origin, ticket, asked)) = tray.calls.pop_front() {
                match asked {
                    Asked::Call(call, stands) => {
                        self.serve_call((origin, ticket, (call, stands)), tray);
                    }
                    Asked::Internal(call) => self.serve_internal(origin, ticket, call, tray),
                    Asked::Fetch(call) => self.serve_fetch(origin, ticket, call, tray),
                }
            } else if let Some((ticket, result)) = tray.answers.pop_front() {
                self.answer_parked(ticket, result, tray);
            } else if let Some(ticket) = tray.hurries.pop_front() {
                self.hurry_call(ticket, tray);
            } else {
                return;
            }
        }
        tray.events.clear();
    }

    fn deliver(&mut self, event: &BusEvent, tray: &mut Tray) {
        for room in rooms::registry() {
            let origin = Origin {
                service: room.name.to_owned(),
                region: event.region.clone(),
                account: event.account.clone(),
            };
            self.visit(&origin, tray, |service, cx| service.notice(cx, event));
        }
    }
}

/// Where one operation runs, and for whom.
pub struct Place<'a> {
    /// The place of its service in [`rooms::registry`].
    pub room: usize,
    /// The Region.
    pub region: &'a str,
    /// Who asks.
    pub principal: &'a Principal,
    /// How the request came.
    pub facts: &'a Facts,
    /// Of the answer; empty outside of requests.
    pub request_id: &'a str,
}

/// What a caller sees of a mistake of ours.
pub fn bug(why: &str) -> Fault {
    Fault::new(
        "InternalFailure",
        500,
        "The request processing has failed because of an unknown error, exception or failure.",
    )
    .hint(format!("This is a mistake in Cloudarium, not in your code: {why}."))
}
