//! All that a cloud remembers, as one value that is copied for a snapshot and saved for disk.

use std::rc::Rc;

use cloudarium_env::saved::{self, Format};
use cloudarium_env::{Blobs, Rng, Timers, Timestamp};
use cloudarium_meter::Usage;
use cloudarium_service::{HostWork, Service, Ticket};
use cloudarium_shape::Value;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::fetches::Sent;
use crate::saved::LoadError;
use crate::{plain, rooms};

/// All that a cloud remembers but bodies and the list of calls.
pub struct State {
    /// Virtual time.
    pub now: Timestamp,
    /// The services, in the order of [`rooms::registry`].
    pub rooms: Vec<RoomState>,
    /// What the gateway draws request ids from.
    pub rng: Rng,
    /// Timers of every service.
    pub timers: Timers<SetTimer>,
    /// The number of the next ticket.
    pub next_ticket: u64,
    /// Work that the host was asked for and has not ended.
    pub work: OrdMap<Ticket, Rc<PendingWork>>,
    /// Calls that services made and that wait, by the ticket under which they were parked.
    pub calls: OrdMap<Ticket, PendingCall>,
    /// What the bill is made of. Kept beside the canonical bytes: see [`crate::saved`].
    pub usage: Usage,
}

/// A service and its own randomness.
pub struct RoomState {
    /// The service. Moments of the past share it until it is asked for something.
    pub service: Rc<dyn Service>,
    /// Its stream.
    pub rng: Rng,
}

impl RoomState {
    /// The service and its stream, to change them: what the past shares is copied first. There is always one: a copy is
    /// nobody else's.
    pub fn open(&mut self) -> Option<(&mut dyn Service, &mut Rng)> {
        if Rc::get_mut(&mut self.service).is_none() {
            self.service = self.service.fork().into();
        }
        Some((Rc::get_mut(&mut self.service)?, &mut self.rng))
    }

    /// Whether the service is that of the other, asked for nothing since: then there is nothing to compare.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.service, &other.service)
    }
}

/// Where something belongs that outlives its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The service's name.
    pub service: String,
    /// The Region.
    pub region: String,
    /// The account.
    pub account: String,
}

/// A timer that a service set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetTimer {
    /// Whose it is.
    pub origin: Origin,
    /// What to tell the service.
    #[serde(with = "plain")]
    pub payload: Value,
}

/// Work that the host was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingWork {
    /// Whose it is.
    pub origin: Origin,
    /// What kind of work.
    pub kind: String,
    /// Its input.
    #[serde(with = "plain")]
    pub input: Value,
}

/// A call that a service made and that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingCall {
    /// Whose it is.
    pub origin: Origin,
    /// What the service knows it by.
    pub ticket: Ticket,
    /// Its place in the list of calls.
    pub seq: u64,
    /// Of a request to an address: where it was sent.
    #[serde(default)]
    pub sent: Option<Sent>,
}

impl PendingWork {
    /// The work as the host is asked for it.
    pub fn work(&self) -> HostWork {
        HostWork { kind: self.kind.clone(), input: self.input.clone() }
    }
}

/// [`State`] as it is written down.
#[derive(Serialize, Deserialize)]
struct Saved {
    now: Timestamp,
    rooms: Vec<SavedRoom>,
    rng: Rng,
    timers: Timers<SetTimer>,
    next_ticket: u64,
    work: OrdMap<Ticket, Rc<PendingWork>>,
    #[serde(default)]
    calls: OrdMap<Ticket, PendingCall>,
}

/// [`PendingCall`] before services sent requests to addresses.
const UNSENT: saved::Older = &[("PendingCall", "origin", 3)];
/// [`Saved`] before there were calls.
const WITHOUT_CALLS: saved::Older = &[("Saved", "now", 6)];

impl Saved {
    fn read(kept: &[u8]) -> Result<Self, saved::Error> {
        if saved::is_counted(kept) {
            return saved::from_bytes(kept, &[]);
        }
        // Postcard wrote the calls behind the rest, if there were any.
        let (read, rest): (Self, _) = saved::take(kept, Format::Postcard(WITHOUT_CALLS))?;
        let calls = if rest.is_empty() {
            OrdMap::new()
        } else {
            saved::whole(rest, Format::Postcard(UNSENT))?
        };
        Ok(Self { calls, ..read })
    }
}

#[derive(Serialize, Deserialize)]
struct SavedRoom {
    name: String,
    rng: Rng,
    state: bytes::Bytes,
}

impl State {
    /// The state of an empty cloud.
    pub fn new(seed: u64, start: Timestamp) -> Self {
        let seat = |service: Box<dyn Service>| RoomState {
            rng: Rng::new(seed, service.name()),
            service: service.into(),
        };
        Self {
            now: start,
            rooms: rooms::registry().iter().map(|room| seat(room.build())).collect(),
            rng: Rng::new(seed, "gateway"),
            timers: Timers::default(),
            next_ticket: 0,
            work: OrdMap::new(),
            calls: OrdMap::new(),
            usage: Usage::default(),
        }
    }

    /// A copy that shares memory.
    pub fn fork(&self) -> Self {
        let fork =
            |room: &RoomState| RoomState { service: room.service.clone(), rng: room.rng.clone() };
        Self {
            now: self.now,
            rooms: self.rooms.iter().map(fork).collect(),
            rng: self.rng.clone(),
            timers: self.timers.clone(),
            next_ticket: self.next_ticket,
            work: self.work.clone(),
            calls: self.calls.clone(),
            usage: self.usage.clone(),
        }
    }

    /// The canonical bytes: equal states give equal bytes.
    pub fn save(&self) -> Vec<u8> {
        let save = |(known, room): (&rooms::Room, &RoomState)| SavedRoom {
            name: known.name.to_owned(),
            rng: room.rng.clone(),
            state: known.save(room.service.as_ref()).into(),
        };
        let whole = Saved {
            now: self.now,
            rooms: rooms::registry().iter().zip(&self.rooms).map(save).collect(),
            rng: self.rng.clone(),
            timers: self.timers.clone(),
            next_ticket: self.next_ticket,
            work: self.work.clone(),
            calls: self.calls.clone(),
        };
        // Nothing here can fail to serialize into memory: no unsized sequences, no I/O.
        saved::to_bytes(&whole).unwrap_or_default()
    }

    /// SHA-256, in hexadecimal, over the canonical bytes.
    pub fn hash(&self) -> String {
        use sha2::{Digest, Sha256};
        hex::encode(Sha256::digest(self.save()))
    }

    /// What [`State::save`] gave. A service that is not in it starts empty.
    pub fn load(seed: u64, start: Timestamp, kept: &[u8]) -> Result<Self, LoadError> {
        let corrupt = |error: saved::Error| LoadError::Corrupt(format!("the state: {error}"));
        let saved = Saved::read(kept).map_err(corrupt)?;
        let mut state = Self::new(seed, start);
        for room in saved.rooms {
            let at = rooms::find(&room.name);
            let seat = at.and_then(|at| state.rooms.get_mut(at)).ok_or_else(|| {
                LoadError::Corrupt(format!("a service called {} is not here", room.name))
            })?;
            if !room.state.is_empty() {
                let loaded = seat.open().ok_or_else(|| "it is held elsewhere".to_owned());
                loaded
                    .and_then(|(service, _)| service.load(&room.state))
                    .map_err(|why| LoadError::Corrupt(format!("{}: {why}", room.name)))?;
            }
            seat.rng = room.rng;
        }
        state.now = saved.now;
        state.rng = saved.rng;
        state.timers = saved.timers;
        state.next_ticket = saved.next_ticket;
        state.work = saved.work;
        state.calls = saved.calls;
        Ok(state)
    }

    /// The services that hold something in what [`State::save`] gave; their code need not be here.
    pub fn services_in(kept: &[u8]) -> Option<Vec<String>> {
        let saved = Saved::read(kept).ok()?;
        let full = saved.rooms.into_iter().filter(|room| !room.state.is_empty());
        Some(full.map(|room| room.name).collect())
    }

    /// Every body that the state names.
    pub fn bodies(&self, visit: &mut dyn FnMut(&cloudarium_env::BlobRef)) {
        for room in &self.rooms {
            room.service.blobs(visit);
        }
    }

    /// The first body that the state names and `blobs` does not hold.
    pub fn missing_body(&self, blobs: &dyn Blobs) -> Option<cloudarium_env::BlobRef> {
        let mut missing = None;
        self.bodies(&mut |blob| {
            if missing.is_none() && !blobs.holds(blob) {
                missing = Some(*blob);
            }
        });
        missing
    }
}
