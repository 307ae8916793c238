//! What the journal's frames hold: inputs, snapshots, bodies.

use bytes::Bytes;
use cloudarium_env::saved::{self, Format};
use cloudarium_env::{BlobRef, ClockControl, Timestamp};
use cloudarium_service::Ticket;
use cloudarium_shape::Value;
use cloudarium_wire::http::{Headers, HttpRequest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::time_travel::Travel;
use crate::{Caller, Config, Event, Extra, LoadError, Request, frame, plain};

/// What a file of the journal is: its frames begin with seven letters, and the version of the format.
pub struct Kind {
    letters: &'static [u8; 7],
    name: &'static str,
}

/// Begins every journal.
pub const JOURNAL: Kind = Kind { letters: b"cljrnal", name: "a journal" };
/// Begins every snapshot.
pub const SNAPSHOT: Kind = Kind { letters: b"clsnaps", name: "a snapshot" };

/// The version of now: [`Format::Counted`].
const VERSION: u8 = b'2';
/// The one before, written by postcard.
const VERSION_1: u8 = b'1';

impl Kind {
    /// A head in the format of now.
    fn head<T: Serialize>(&self, head: &T, start: Vec<u8>) -> Option<Vec<u8>> {
        let mut out = start;
        out.extend_from_slice(self.letters);
        out.push(VERSION);
        saved::extend(head, out).ok()
    }

    /// The head that a frame begins with, the format of what follows, and that.
    pub fn read<'a, T: DeserializeOwned>(
        &self,
        frame: &'a [u8],
    ) -> Result<(T, Format, &'a [u8]), LoadError> {
        let none = || LoadError::Corrupt(format!("not {}", self.name));
        let rest = frame.strip_prefix(self.letters.as_slice()).ok_or_else(none)?;
        let (version, rest) = rest.split_first().ok_or_else(none)?;
        let format = match *version {
            VERSION => Format::Counted,
            VERSION_1 => Format::Postcard(&[]),
            other => return Err(LoadError::Version(u32::from(other.wrapping_sub(b'0')))),
        };
        let read = saved::take(rest, format);
        let (head, rest) = read.map_err(|error| LoadError::Corrupt(error.to_string()))?;
        Ok((head, format, rest))
    }
}

/// The first frame of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    /// Which snapshot it goes on from.
    pub generation: u64,
}

/// What stands before the saved cloud in the one frame of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotHead {
    /// Counts snapshots.
    pub generation: u64,
    /// The number of the first record after it.
    pub next_number: u64,
    /// What the cloud was made with.
    pub config: Config,
    /// The clock at that moment.
    pub clock: ClockControl,
    /// In which of the two files of bodies its bodies are.
    pub blob_slot: u8,
}

/// One input, but for a request's body, which follows it in the frame.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Entry {
    /// [`crate::Cloud::handle`]
    Request {
        /// [`Request::id`]
        id: u64,
        /// [`Request::at`]
        at: Timestamp,
        /// [`Request::wall`]
        wall: Timestamp,
        /// [`Request::caller`]
        caller: Caller,
        /// The request line's method.
        method: String,
        /// The request line's target.
        target: String,
        /// All headers.
        headers: Headers,
    },
    /// [`crate::Cloud::resume`]
    WorkDone {
        /// Which work.
        ticket: Ticket,
        /// How it ended.
        #[serde(with = "plain")]
        result: Value,
    },
    /// [`crate::Cloud::advance`]
    Advance(Timestamp),
    /// The clock was changed.
    Clock(ClockControl),
    /// A way through time; the state that it leads to follows in the frame.
    Travel(Travel),
    /// [`crate::Cloud::extra`]
    Extra(Extra),
}

/// [`Entry`] as it is written: nothing is copied. Its variants stand in the same order.
#[derive(Serialize)]
pub enum EntryRef<'a> {
    /// [`Entry::Request`]
    Request {
        /// [`Request::id`]
        id: u64,
        /// [`Request::at`]
        at: Timestamp,
        /// [`Request::wall`]
        wall: Timestamp,
        /// [`Request::caller`]
        caller: &'a Caller,
        /// The request line's method.
        method: &'a str,
        /// The request line's target.
        target: &'a str,
        /// All headers.
        headers: &'a Headers,
    },
    /// [`Entry::WorkDone`]
    WorkDone {
        /// Which work.
        ticket: Ticket,
        /// How it ended.
        #[serde(with = "plain")]
        result: &'a Value,
    },
    /// [`Entry::Advance`]
    Advance(Timestamp),
    /// [`Entry::Clock`]
    Clock(ClockControl),
    /// [`Entry::Travel`]
    Travel(Travel),
    /// [`Entry::Extra`]
    Extra(&'a Extra),
}

impl<'a> From<&'a Request> for EntryRef<'a> {
    fn from(request: &'a Request) -> Self {
        Self::Request {
            id: request.id,
            at: request.at,
            wall: request.wall,
            caller: &request.caller,
            method: &request.http.method,
            target: &request.http.target,
            headers: &request.http.headers,
        }
    }
}

impl<'a> From<&'a Event> for EntryRef<'a> {
    fn from(event: &'a Event) -> Self {
        let Event::WorkDone { ticket, result } = event;
        Self::WorkDone { ticket: *ticket, result }
    }
}

/// An input as it is replayed.
pub enum Input {
    /// [`crate::Cloud::handle`]
    Request(Request),
    /// [`crate::Cloud::resume`]
    Event(Event),
    /// [`crate::Cloud::advance`]
    Advance(Timestamp),
    /// The clock was changed.
    Clock(ClockControl),
    /// A way through time, and the saved state that it leads to.
    Travel(Travel, Bytes),
    /// [`crate::Cloud::extra`]
    Extra(Extra),
}

/// The bytes of a record but for the request's body.
pub fn write_record(out: &mut Vec<u8>, number: u64, entry: &EntryRef<'_>) -> Option<()> {
    out.clear();
    *out = saved::extend(&(number, entry), std::mem::take(out)).ok()?;
    Some(())
}

/// A record's number and input; `None` if the payload is none in this format: another version wrote it.
pub fn read_record(payload: &Bytes, format: Format) -> Option<(u64, Input)> {
    let ((number, entry), rest) = saved::take::<(u64, Entry)>(payload, format).ok()?;
    let input = match entry {
        Entry::Request { id, at, wall, caller, method, target, headers } => {
            let body = payload.slice_ref(rest);
            let http = HttpRequest { method, target, headers, body };
            Input::Request(Request { id, at, wall, caller, http })
        }
        Entry::WorkDone { ticket, result } => Input::Event(Event::WorkDone { ticket, result }),
        Entry::Advance(to) => Input::Advance(to),
        Entry::Clock(clock) => Input::Clock(clock),
        Entry::Travel(travel) => Input::Travel(travel, payload.slice_ref(rest)),
        Entry::Extra(extra) => Input::Extra(extra),
    };
    Some((number, input))
}

/// The frame of `head` followed by `tail`, in one piece.
pub fn framed<T: Serialize>(kind: &Kind, head: &T, tail: &[u8]) -> Option<Vec<u8>> {
    let mut out = kind.head(head, vec![0; frame::HEAD_BYTES])?;
    out.extend_from_slice(tail);
    let (space, payload) = out.split_first_chunk_mut::<{ frame::HEAD_BYTES }>()?;
    *space = frame::head(&[payload])?;
    Some(out)
}

/// The body in a frame of a file of bodies; `None` if it is not what its digest says.
pub fn read_blob(payload: &Bytes) -> Option<(BlobRef, Bytes)> {
    let digest: [u8; 32] = *payload.first_chunk()?;
    let body = payload.slice(32..);
    let length = body.len() as u64;
    Some((BlobRef { digest, length }, body))
}
