//! The way back from what storage holds to the cloud that was: the newest whole snapshot whose
//! bodies are there, and every input after it.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_env::saved::Format;
use cloudarium_env::{ClockControl, Timestamp};

use crate::bodies::{self, Bodies};
use crate::frame::{self, Frame};
use crate::journal::{Durable, Keeping, Writing, name};
use crate::record::{self, Input, JOURNAL, JournalHead, SNAPSHOT, SnapshotHead};
use crate::storage::{BLOBS, JOURNALS, SNAPSHOTS};
use crate::{Cloud, Config, LoadError, MemoryStorage, Storage, StorageError};

/// What [`Durable::open`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recovery {
    /// Whether nothing was kept, and the cloud began anew.
    pub fresh: bool,
    /// How many inputs were replayed.
    pub replayed: u64,
    /// Bytes of a last record that was not whole: an input that was never answered.
    pub torn_bytes: u64,
    /// What was damaged, in words; empty when all was well.
    pub damage: Vec<String>,
    /// Whether nothing of what was kept could be read: by damage, or since another version wrote it. It is left as it is.
    pub unreadable: bool,
}

/// A snapshot that was read, and where it was.
pub(crate) struct Found {
    slot: usize,
    head: SnapshotHead,
    pub(crate) saved: Bytes,
}

/// A journal that was read.
struct Journal {
    slot: usize,
    format: Format,
    records: Vec<(u64, Input)>,
    /// Up to where it is whole.
    whole_bytes: usize,
    torn_bytes: usize,
    /// Whether damage hides records that may have been answered.
    damaged: bool,
    /// Whether a record is whole, and cannot be read: another version wrote it.
    foreign: bool,
}

/// All that storage holds, read and checked.
struct Files {
    snapshots: Vec<Found>,
    journals: BTreeMap<u64, Journal>,
    bodies: Bodies,
    damage: Vec<String>,
    empty: bool,
    /// Whether a snapshot is whole and yet none that this version knows: which generation it is cannot be told.
    foreign: bool,
}

/// [`Durable::open`]
pub fn open<S: Storage>(
    config: Config,
    mut storage: S,
    real: Timestamp,
    history: bool,
) -> Durable<S> {
    let files = match read_files(&mut storage) {
        Ok(files) => files,
        Err(error) => {
            let mut durable = fresh(config, storage, real, history);
            durable.keeping = Keeping::InMemory(error);
            return durable;
        }
    };
    if files.empty {
        let mut durable = fresh(config, storage, real, history);
        durable.try_again();
        return durable;
    }
    recover(config, storage, (real, history), files)
}

fn fresh<S: Storage>(config: Config, storage: S, real: Timestamp, history: bool) -> Durable<S> {
    let clock = ClockControl::new(real, config.start);
    let mut durable = Durable::assemble(Cloud::new(config), storage, clock, history);
    durable.recovery.fresh = true;
    durable
}

fn recover<S: Storage>(
    config: Config,
    storage: S,
    (real, history): (Timestamp, bool),
    mut files: Files,
) -> Durable<S> {
    let mut damage = std::mem::take(&mut files.damage);
    // What another version wrote is not damaged: an older generation in its place would be taken for what was kept, and
    // written over it.
    let snapshots = if files.foreign { &[][..] } else { &files.snapshots };
    for found in snapshots {
        if let Some(words) = foreign_journal(&files, found.head.generation) {
            damage.push(words);
            break;
        }
        let blobs = Box::new(files.bodies.all.clone());
        match Cloud::load(found.head.config.clone(), &found.saved, blobs) {
            Ok(cloud) => {
                let mut durable = Durable::assemble(cloud, storage, found.head.clock, history);
                durable.recovery.damage = damage;
                let (slot, head) = (found.slot, found.head.clone());
                resume(&mut durable, config, (slot, head), files);
                durable.clock = durable.clock.reopened(real, durable.cloud.now());
                return durable;
            }
            Err(error) => {
                damage.push(format!("{}: {error}", name(SNAPSHOTS, found.slot)));
                if !matches!(error, LoadError::BodyMissing(_)) {
                    break;
                }
            }
        }
    }
    // Nothing can be brought back. It is left as it is, until the learner decides.
    let mut durable = fresh(config, storage, real, history);
    let words = format!("what was kept cannot be read ({})", damage.join("; "));
    durable.recovery = Recovery { damage, unreadable: true, ..Recovery::default() };
    durable.keeping = Keeping::InMemory(StorageError::Failed(words));
    durable
}

/// Replays what came after the snapshot, and makes the files ready to be written to.
fn resume<S: Storage>(
    durable: &mut Durable<S>,
    config: Config,
    (slot, head): (usize, SnapshotHead),
    files: Files,
) {
    let Files { mut journals, bodies, .. } = files;
    durable.place = writing(slot, &head, &bodies);
    let first = journals.remove(&head.generation);
    let mut must_compact = !durable.cloud.is_configured_by(&config)
        || !durable.recovery.damage.is_empty()
        || first.as_ref().is_none_or(|journal| {
            // What is written next is in the format of now.
            journal.damaged || journal.slot != slot || journal.format != Format::Counted
        });
    if let Some(journal) = first {
        durable.place.journal_bytes = journal.whole_bytes as u64;
        durable.place.records = journal.records.len() as u64;
        durable.recovery.torn_bytes = journal.torn_bytes as u64;
        note_damage(durable, &journal);
        replay(durable, journal.records);
    }
    // The journal of a snapshot that is damaged itself goes on where this one ends.
    if let Some(journal) = journals.remove(&(head.generation + 1)) {
        must_compact = true;
        durable.place.generation = head.generation + 1;
        note_damage(durable, &journal);
        replay(durable, journal.records);
    }
    durable.cloud.set_config(config);
    durable.cloud.watch_bodies();
    durable.older = durable.history && !must_compact;
    let live = durable.cloud.live_bodies();
    durable.lay_far(&live);
    let result = if must_compact { durable.compact() } else { cut(durable, &bodies) };
    if let Err(error) = result {
        durable.keeping = Keeping::InMemory(error);
    }
}

fn writing(slot: usize, head: &SnapshotHead, bodies: &Bodies) -> Writing {
    let blob_slot = usize::from(head.blob_slot.min(1));
    let [first, second] = &bodies.slots;
    let (here, other) = if blob_slot == 0 { (first, second) } else { (second, first) };
    Writing {
        slot,
        generation: head.generation,
        next_number: head.next_number,
        blob_slot,
        in_blob_file: here.bodies.clone(),
        blob_bytes: here.body_bytes,
        blob_file_bytes: here.whole_bytes,
        blobs_since: if other.file_bytes > 0 { head.generation } else { 0 },
        ..Writing::default()
    }
}

fn note_damage<S: Storage>(durable: &mut Durable<S>, journal: &Journal) {
    if journal.damaged {
        let file = name(JOURNALS, journal.slot);
        let kept = journal.records.len();
        durable.recovery.damage.push(format!("{file}: damaged after {kept} records"));
    }
}

fn replay<S: Storage>(durable: &mut Durable<S>, records: Vec<(u64, Input)>) {
    // A way through time may lead to bodies that nothing names just now.
    durable.cloud.keep_all_bodies();
    for (number, input) in records {
        if number != durable.place.next_number {
            durable.recovery.damage.push(format!("a record is missing before number {number}"));
            return;
        }
        durable.place.next_number += 1;
        durable.recovery.replayed += 1;
        match input {
            Input::Request(request) => drop(durable.cloud.handle(request)),
            Input::Event(event) => drop(durable.cloud.resume(event)),
            Input::Advance(to) => drop(durable.cloud.advance(to)),
            Input::Clock(clock) => durable.take_clock(clock),
            Input::Extra(extra) => drop(durable.cloud.extra(extra)),
            Input::Travel(travel, saved) => {
                if let Err(error) = durable.replay_travel(&travel, &saved) {
                    durable.recovery.damage.push(format!("a way through time: {error}"));
                    return;
                }
            }
        }
    }
    // Those who waited are gone with the host that they asked.
    durable.cloud.forget_parked();
}

/// The cloud of the generation before `generation`, with every moment of its past, if storage still
/// holds it whole.
pub fn older(storage: &mut impl Storage, generation: u64) -> Option<Cloud> {
    let files = read_files(storage).ok()?;
    let Files { snapshots, mut journals, bodies, .. } = files;
    let found = snapshots.iter().find(|found| found.head.generation + 1 == generation)?;
    let journal = journals.remove(&found.head.generation).filter(|journal| !journal.damaged)?;
    let blobs = Box::new(bodies.all);
    let cloud = Cloud::load(found.head.config.clone(), &found.saved, blobs).ok()?;
    let mut durable = Durable::assemble(cloud, MemoryStorage::default(), found.head.clock, true);
    durable.place.next_number = found.head.next_number;
    replay(&mut durable, journal.records);
    durable.recovery.damage.is_empty().then_some(durable.cloud)
}

/// Cuts off what is torn, so that what is appended next can be read.
fn cut<S: Storage>(durable: &mut Durable<S>, bodies: &Bodies) -> Result<(), StorageError> {
    let place = &durable.place;
    if durable.recovery.torn_bytes > 0 {
        durable.storage.truncate(name(JOURNALS, place.slot), place.journal_bytes)?;
    }
    for (slot, file) in bodies.slots.iter().enumerate() {
        if file.file_bytes > file.whole_bytes {
            durable.storage.truncate(name(BLOBS, slot), file.whole_bytes)?;
        }
    }
    Ok(())
}

fn read_files(storage: &mut impl Storage) -> Result<Files, StorageError> {
    let mut read = |[first, second]: [&str; 2]| {
        Ok::<_, StorageError>([
            Bytes::from(storage.read(first)?),
            Bytes::from(storage.read(second)?),
        ])
    };
    let (journals, snapshots) = (read(JOURNALS)?, read(SNAPSHOTS)?);
    let mut damage = Vec::new();
    let bodies = bodies::read(storage, &mut damage)?;
    let nothing = journals.iter().chain(&snapshots).all(Bytes::is_empty);
    let empty = nothing && bodies.slots.iter().all(|file| file.file_bytes == 0);
    let (snapshots, foreign) = read_snapshots(&snapshots, &mut damage);
    Ok(Files { foreign, snapshots, journals: read_journals(&journals), bodies, damage, empty })
}

/// The whole snapshots, newest first; and whether there is one that is whole and yet none.
fn read_snapshots(files: &[Bytes; 2], damage: &mut Vec<String>) -> (Vec<Found>, bool) {
    let (mut snapshots, mut foreign) = (Vec::new(), false);
    for (slot, file) in files.iter().enumerate() {
        match (frame::read(file, 0), name(SNAPSHOTS, slot)) {
            (Frame::Whole { payload, .. }, name) => match snapshot_in(slot, &payload) {
                Ok(found) => snapshots.push(found),
                Err(error) => {
                    foreign = true;
                    damage.push(format!("{name}: {error}"));
                }
            },
            // The first slot to be written is 1; until then 0 is empty.
            _ if file.is_empty() => {}
            (_, name) => damage.push(format!("{name}: not whole")),
        }
    }
    snapshots.sort_by_key(|found| std::cmp::Reverse(found.head.generation));
    (snapshots, foreign)
}

fn snapshot_in(slot: usize, payload: &Bytes) -> Result<Found, LoadError> {
    let (head, _, rest) = SNAPSHOT.read(payload)?;
    let saved = payload.slice_ref(rest);
    Ok(Found { slot, head, saved })
}

/// The snapshot in a file, if it is one.
pub(crate) fn read_snapshot(slot: usize, file: &Bytes) -> Option<Found> {
    let Frame::Whole { payload, .. } = frame::read(file, 0) else { return None };
    snapshot_in(slot, &payload).ok()
}

/// What stands in the way of going on from a generation: a record after it that another version wrote.
fn foreign_journal(files: &Files, generation: u64) -> Option<String> {
    let after = [generation, generation + 1];
    let journals = after.into_iter().filter_map(|generation| files.journals.get(&generation));
    let foreign = journals.into_iter().find(|journal| journal.foreign)?;
    let words = "a record cannot be read by this version";
    Some(format!("{}: {words}", name(JOURNALS, foreign.slot)))
}

/// The journals by their generation.
fn read_journals(files: &[Bytes; 2]) -> BTreeMap<u64, Journal> {
    let read = files.iter().enumerate().filter_map(|(slot, file)| read_journal(slot, file));
    read.collect()
}

fn read_journal(slot: usize, file: &Bytes) -> Option<(u64, Journal)> {
    let Frame::Whole { payload, next } = frame::read(file, 0) else { return None };
    let (head, format, _) = JOURNAL.read::<JournalHead>(&payload).ok()?;
    let mut journal = Journal {
        slot,
        format,
        records: Vec::new(),
        whole_bytes: next,
        torn_bytes: 0,
        damaged: false,
        foreign: false,
    };
    loop {
        match frame::read(file, journal.whole_bytes) {
            Frame::Whole { payload, next } => {
                let Some(record) = record::read_record(&payload, format) else {
                    journal.damaged = true;
                    // A head amid records is no record of any version: a block of the file that came back.
                    journal.foreign = JOURNAL.read::<JournalHead>(&payload).is_err();
                    break;
                };
                journal.records.push(record);
                journal.whole_bytes = next;
            }
            Frame::Damaged { next } => {
                // A last frame of the right length may be one that a crash left half written.
                journal.damaged = next < file.len();
                break;
            }
            Frame::Torn | Frame::End => break,
        }
    }
    journal.torn_bytes = file.len() - journal.whole_bytes;
    Some((head.generation, journal))
}
