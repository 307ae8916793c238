//! A cloud as it is written to disk: its canonical state, the list of calls, and what lies beside
//! them (the bill's usage, the clouds that were put aside).

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use cloudarium_env::saved::{self, Format};
use cloudarium_env::{BlobRef, Blobs, Timestamp};
use cloudarium_meter::Usage;
use serde::{Deserialize, Serialize};

use crate::history::Moment;
use crate::state::State;
use crate::timeline::{Kept, Target};
use crate::{CallLog, CallRecord, Cloud, Config};

/// Why saved bytes are no cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// Written by a version that this one does not know.
    Version(u32),
    /// Damaged, or something else altogether; with a reason.
    Corrupt(String),
    /// It names a body that is not there.
    BodyMissing(BlobRef),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Version(version) => write!(f, "saved by an unknown version ({version})"),
            Self::Corrupt(why) => write!(f, "damaged: {why}"),
            Self::BodyMissing(blob) => write!(f, "a body is missing: {}", hex::encode(blob.digest)),
        }
    }
}

impl std::error::Error for LoadError {}

/// Opens every saved cloud; the digit is the version of the format ([`cloudarium_env::saved`]).
const MAGIC: &[u8; 12] = b"cloudarium/3";

/// The version before, written by postcard.
const MAGIC_2: &[u8; 12] = b"cloudarium/2";

/// The one before that: nothing lay beside.
const MAGIC_1: &[u8; 12] = b"cloudarium/1";

/// What lies beside the state and the list of calls.
#[derive(Default, Serialize, Deserialize)]
struct Beside {
    usage: Usage,
    forks: Vec<SavedKept>,
    undone: Vec<SavedKept>,
}

/// [`Kept`] as it is written down, its moments left out.
#[derive(Serialize, Deserialize)]
struct SavedKept {
    state: Bytes,
    usage: Usage,
    at: Timestamp,
    parted: Moment,
    dirty: bool,
    /// Up to here its list of calls is the present's.
    shared_call: u64,
    /// What follows in its own.
    calls: Vec<Arc<CallRecord>>,
}

/// [`Target`] as the journal keeps it.
#[derive(Serialize, Deserialize)]
struct SavedTarget {
    state: Bytes,
    usage: Usage,
    moment: Moment,
    at: Timestamp,
    dirty: bool,
}

impl Cloud {
    /// Everything but bodies and the moments of the past, for disk.
    pub fn save(&self) -> Vec<u8> {
        let beside = Beside {
            usage: self.state.usage.clone(),
            forks: self.timeline.forks.iter().map(|kept| self.save_kept(kept)).collect(),
            undone: self.timeline.undone.iter().map(|kept| self.save_kept(kept)).collect(),
        };
        let whole = (Bytes::from(self.state.save()), &self.log, beside);
        // Serializing into memory cannot fail for what a cloud is made of.
        saved::extend(&whole, MAGIC.to_vec()).unwrap_or_default()
    }

    fn save_kept(&self, kept: &Kept) -> SavedKept {
        let shared_call = kept.log.shared_with(&self.log);
        SavedKept {
            state: kept.state.save().into(),
            usage: kept.state.usage.clone(),
            at: kept.at,
            parted: kept.parted,
            dirty: kept.dirty,
            shared_call,
            calls: kept.log.shared_after(shared_call).cloned().collect(),
        }
    }

    /// What [`Cloud::save`] gave; `blobs` must hold the bodies.
    pub fn load(config: Config, saved: &[u8], blobs: Box<dyn Blobs>) -> Result<Self, LoadError> {
        let (state, log, beside) = parts(saved)?;
        let load = |state: &[u8], usage| {
            let loaded = State::load(config.seed, config.start, state)?;
            let state = State { usage, ..loaded };
            match state.missing_body(blobs.as_ref()) {
                Some(blob) => Err(LoadError::BodyMissing(blob)),
                None => Ok(state),
            }
        };
        let present = load(&state, beside.usage)?;
        let kept = |saved: Vec<SavedKept>| -> Result<Vec<Kept>, LoadError> {
            let kept = saved.into_iter().map(|saved| {
                Ok(Kept {
                    state: load(&saved.state, saved.usage)?,
                    log: log.parted(saved.shared_call, saved.calls),
                    history: crate::history::History::default(),
                    at: saved.at,
                    parted: saved.parted,
                    dirty: saved.dirty,
                })
            });
            kept.collect()
        };
        let (forks, undone) = (kept(beside.forks)?, kept(beside.undone)?);
        let mut cloud = Self::assemble(config, blobs, present, log);
        cloud.timeline.forks = forks;
        cloud.timeline.undone = undone;
        Ok(cloud)
    }

    /// The services that hold something in what [`Cloud::save`] gave, in the present or in what was put aside.
    pub(crate) fn services_in(saved: &[u8]) -> Option<BTreeSet<String>> {
        let (state, _, beside) = parts(saved).ok()?;
        let mut all = BTreeSet::from_iter(State::services_in(&state)?);
        for kept in beside.forks.iter().chain(&beside.undone) {
            all.extend(State::services_in(&kept.state)?);
        }
        Some(all)
    }

    /// The same of what [`Cloud::save_target`] gave.
    pub(crate) fn services_in_target(kept: &[u8]) -> Option<Vec<String>> {
        if kept.is_empty() {
            return Some(Vec::new());
        }
        State::services_in(&saved::from_bytes::<SavedTarget>(kept, &[]).ok()?.state)
    }

    /// A target for the journal: all that a replay needs but the bodies.
    pub(crate) fn save_target(target: &Target) -> Vec<u8> {
        let saved = SavedTarget {
            state: target.state.save().into(),
            usage: target.state.usage.clone(),
            moment: target.moment,
            at: target.at,
            dirty: target.dirty,
        };
        saved::to_bytes(&saved).unwrap_or_default()
    }

    /// What [`Cloud::save_target`] gave; its bodies must be here.
    pub(crate) fn load_target(&self, kept: &[u8]) -> Result<Target, LoadError> {
        let saved: SavedTarget = saved::from_bytes(kept, &[]).map_err(corrupt)?;
        let loaded = State::load(self.config.seed, self.config.start, &saved.state)?;
        let state = State { usage: saved.usage, ..loaded };
        if let Some(blob) = state.missing_body(self.blobs.as_ref()) {
            return Err(LoadError::BodyMissing(blob));
        }
        Ok(Target { state, moment: saved.moment, at: saved.at, dirty: saved.dirty })
    }
}

/// The state, the list of calls and what lies beside in what [`Cloud::save`] gave.
fn parts(kept: &[u8]) -> Result<(Bytes, CallLog, Beside), LoadError> {
    if let Some(kept) = kept.strip_prefix(MAGIC.as_slice()) {
        return saved::whole(kept, Format::Counted).map_err(corrupt);
    }
    let postcard = Format::Postcard(&[]);
    if let Some(kept) = kept.strip_prefix(MAGIC_2.as_slice()) {
        return saved::whole(kept, postcard).map_err(corrupt);
    }
    let Some(kept) = kept.strip_prefix(MAGIC_1.as_slice()) else { return Err(unknown(kept)) };
    let (state, log) = saved::whole(kept, postcard).map_err(corrupt)?;
    Ok((state, log, Beside::default()))
}

fn corrupt(error: saved::Error) -> LoadError {
    LoadError::Corrupt(error.to_string())
}

/// What bytes are that do not begin as a saved cloud does.
fn unknown(saved: &[u8]) -> LoadError {
    let version = saved
        .strip_prefix(b"cloudarium/".as_slice())
        .and_then(|rest| rest.first())
        .filter(|digit| digit.is_ascii_digit())
        .map(|digit| u32::from(digit - b'0'));
    version.map_or_else(|| LoadError::Corrupt("no saved cloud".to_owned()), LoadError::Version)
}
