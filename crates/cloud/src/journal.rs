//! How a host keeps a cloud: every input is written down before its answer is released.
//!
//! Two slots hold one generation each: a snapshot, and the journal of the inputs after it. When a
//! journal has grown, the next generation goes to the other slot, so that what is kept is never
//! overwritten by what is not yet whole, and a damaged snapshot falls back to the one before and
//! both journals. Bodies lie in a file of their own, each once, by content. See [`recovery`] for
//! the way back.

use std::collections::{BTreeMap, BTreeSet};

use cloudarium_env::{BlobRef, ClockControl, FarPlace, Timestamp, saved};
use cloudarium_service::Fault;
use cloudarium_shape::Value;

use crate::copies::files_of;
use crate::record::{self, EntryRef, JOURNAL, JournalHead, Kind, SNAPSHOT, SnapshotHead};
use crate::recovery::{self, Recovery};
use crate::storage::{BLOBS, FILES, JOURNALS, SNAPSHOTS};
use crate::{
    Call, Cloud, Config, Effect, Event, Extra, MemoryStorage, Request, Snapshot, Storage,
    StorageError, frame,
};

/// A journal is compacted when it is longer than this and than [`GROWTH`] snapshots.
const JOURNAL_BYTES_MIN: u64 = 32 * 1024 * 1024;

/// A journal is compacted when it has more records than this, since each takes time to replay.
const RECORDS_MIN: u64 = 20_000;

/// How many times its snapshot a journal may grow.
const GROWTH: u64 = 2;

/// For each record beyond [`RECORDS_MIN`] the snapshot must be smaller than this: a large state
/// takes longer to write than many records take to replay.
const SNAPSHOT_BYTES_PER_RECORD: u64 = 512;

/// Bodies that nothing names are cleared out of their file when they are this many bytes, and more
/// than those that are named.
const DEAD_BYTES_MIN: u64 = 64 * 1024 * 1024;

/// A body that is longer lies in the file of bodies alone, where the host can read it from there.
pub(crate) const FAR_BYTES_MIN: u64 = 1024 * 1024;

/// Bytes of a frame in the file of bodies before the body itself: the frame's head, and the digest.
pub(crate) const BODY_HEAD_BYTES: u64 = frame::HEAD_BYTES as u64 + 32;

/// A cloud whose every input is kept in `storage`, so that it comes back after a crash.
pub struct Durable<S: Storage> {
    pub(crate) cloud: Cloud,
    pub(crate) storage: S,
    pub(crate) clock: ClockControl,
    pub(crate) keeping: Keeping,
    pub(crate) recovery: Recovery,
    pub(crate) place: Writing,
    /// Whether the past is held, to be looked at and gone back to.
    pub(crate) history: bool,
    /// Whether the generation before may still hold a past that is not in memory.
    pub(crate) older: bool,
    /// Reused for every record.
    scratch: Vec<u8>,
}

/// Whether the cloud's state is being kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// Every answered write is on disk.
    Kept,
    /// Storage failed: the cloud goes on in memory, and what changes from here on is lost with it
    /// unless [`Durable::try_again`] succeeds.
    InMemory(StorageError),
}

/// Where the next record goes, and what is known of the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Writing {
    /// Which of the two slots is written to.
    pub slot: usize,
    /// The generation in it.
    pub generation: u64,
    /// The number of the next record.
    pub next_number: u64,
    /// How long the journal is.
    pub journal_bytes: u64,
    /// How many records it has.
    pub records: u64,
    /// How long the snapshot before it is.
    pub snapshot_bytes: u64,
    /// Whether something was written that must be on disk before the next answer.
    pub unflushed: bool,
    /// No compaction before the journal is this long: after one that failed.
    pub compact_after_bytes: u64,
    /// The file that bodies go to.
    pub blob_slot: usize,
    /// The bodies in it, and where each begins.
    pub in_blob_file: BTreeMap<BlobRef, u64>,
    /// How many bytes of bodies are in it.
    pub blob_bytes: u64,
    /// How long it is.
    pub blob_file_bytes: u64,
    /// The generation at which bodies moved to this file; the other is needed by the one before.
    pub blobs_since: u64,
}

impl<S: Storage> Durable<S> {
    /// Brings back what `storage` holds, or starts afresh by `config` when it holds nothing. The
    /// users, the acceptance of unknown keys and the older S3 are always `config`'s; seed and start are those
    /// that the cloud began with. Never fails: see [`Durable::keeping`] and
    /// [`Durable::recovery`]. `real` is the host's real clock.
    pub fn open(config: Config, storage: S, real: Timestamp) -> Self {
        recovery::open(config, storage, real, false)
    }

    /// [`Durable::open`]; every moment from what is kept on is held too, so that it can be looked at,
    /// forked and undone.
    pub fn open_with_history(config: Config, storage: S, real: Timestamp) -> Self {
        recovery::open(config, storage, real, true)
    }

    pub(crate) fn assemble(
        mut cloud: Cloud,
        storage: S,
        clock: ClockControl,
        history: bool,
    ) -> Self {
        if history {
            cloud.keep_history();
        }
        Self {
            history,
            older: false,
            cloud,
            storage,
            clock,
            keeping: Keeping::Kept,
            recovery: Recovery::default(),
            place: Writing::default(),
            scratch: Vec::new(),
        }
    }

    /// [`Cloud::handle`], kept: a write is on disk when this returns.
    pub fn handle(&mut self, request: Request) -> Vec<Effect> {
        let effects = self.accept(request);
        self.commit();
        effects
    }

    /// [`Cloud::handle`], written down but perhaps not yet on disk: the host releases the effects
    /// after the next [`Durable::commit`], which serves many requests at once.
    pub fn accept(&mut self, request: Request) -> Vec<Effect> {
        self.write(&EntryRef::from(&request), &request.http.body);
        let (effects, changed) = self.cloud.handle_noting(request);
        self.place.unflushed |= changed;
        effects
    }

    /// Puts every write that was accepted on disk; returns at once when there is none. Now and then
    /// it also writes a new snapshot.
    pub fn commit(&mut self) {
        if self.keeping != Keeping::Kept {
            return;
        }
        if self.place.unflushed {
            self.place.unflushed = false;
            let flushed = self.storage.flush(name(JOURNALS, self.place.slot));
            self.note(flushed);
        }
        if self.is_compaction_due() {
            // The journal as it is still keeps everything: if there is no room for a snapshot,
            // that is told only when there is none for the journal either.
            if self.compact().is_err() {
                self.place.compact_after_bytes =
                    self.place.journal_bytes.saturating_add(JOURNAL_BYTES_MIN);
            }
        }
    }

    /// [`Cloud::resume`], kept.
    pub fn resume(&mut self, event: Event) -> Vec<Effect> {
        self.write(&EntryRef::from(&event), &[]);
        let effects = self.cloud.resume(event);
        self.place.unflushed = true;
        self.commit();
        effects
    }

    /// [`Cloud::advance`], kept. Hosts call it when [`Cloud::next_timer`] is due and after a jump,
    /// not at every tick: each call is a record.
    pub fn advance(&mut self, to: Timestamp) -> Vec<Effect> {
        if to <= self.cloud.now() {
            return Vec::new();
        }
        self.write(&EntryRef::Advance(to), &[]);
        self.place.unflushed |= self.cloud.next_timer().is_some_and(|due| due <= to);
        let effects = self.cloud.advance(to);
        self.commit();
        effects
    }

    /// [`Cloud::call`], kept. Other effects than its answer wait in [`Durable::take_effects`].
    pub fn call(&mut self, call: Call) -> Result<Value, Fault> {
        let request = call.request()?;
        let effects = self.handle(request);
        self.cloud.answer_of(&call, effects)
    }

    /// [`Cloud::extra`], kept. Effects wait in [`Durable::take_effects`].
    pub fn extra(&mut self, extra: Extra) -> Result<Value, Fault> {
        self.write(&EntryRef::Extra(&extra), &[]);
        self.place.unflushed = true;
        let (result, effects) = self.cloud.extra(extra);
        self.cloud.keep_effects(effects);
        self.commit();
        result
    }

    /// [`Cloud::probe`]: nothing to keep.
    pub fn probe(&mut self, call: Call) -> Result<Value, Fault> {
        self.cloud.probe(call)
    }

    /// [`Cloud::peek`]: nothing to keep.
    pub fn peek(&mut self, call: Call) -> Result<Value, Fault> {
        self.cloud.peek(call)
    }

    /// [`Cloud::view`]: nothing to keep.
    pub fn view(
        &mut self,
        service: &str,
        name: &str,
        region: &str,
        params: &Value,
    ) -> Option<Value> {
        self.cloud.view(service, name, region, params)
    }

    /// [`Cloud::take_effects`]
    pub fn take_effects(&mut self) -> Vec<Effect> {
        self.cloud.take_effects()
    }

    /// The cloud, to look at.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The clock.
    pub fn clock(&self) -> ClockControl {
        self.clock
    }

    /// Changes the clock (speed, jump), kept. Follow it by [`Durable::advance`].
    pub fn set_clock(&mut self, clock: ClockControl) {
        self.take_clock(clock);
        self.write(&EntryRef::Clock(clock), &[]);
        self.place.unflushed = true;
        self.commit();
    }

    /// The clock from here on.
    pub(crate) fn take_clock(&mut self, clock: ClockControl) {
        if let Some(before) = clock.leap_from(&self.clock) {
            self.cloud.before_leap(before);
        }
        self.clock = clock;
    }

    /// [`Cloud::snapshot`]
    pub fn snapshot(&self) -> Snapshot {
        self.cloud.snapshot()
    }

    /// [`Cloud::restore`], kept: what is on disk goes back too.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        self.cloud.restore(snapshot);
        self.try_again();
    }

    /// Whether state is being kept.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// What [`Durable::open`] found.
    pub fn recovery(&self) -> &Recovery {
        &self.recovery
    }

    /// The host learnt (later, from a store that answers late) that a write failed.
    pub fn storage_failed(&mut self, error: StorageError) {
        self.keeping = Keeping::InMemory(error);
    }

    /// Writes a new snapshot now: after a failure of storage, in the hope that there is room again,
    /// or before a host ends. Never over what could not be read: that waits for [`Durable::reset`].
    pub fn try_again(&mut self) -> &Keeping {
        if self.recovery.unreadable {
            return &self.keeping;
        }
        self.keeping = match self.compact() {
            Ok(()) => Keeping::Kept,
            Err(error) => Keeping::InMemory(error),
        };
        &self.keeping
    }

    /// [`Cloud::refuses_ahead`]
    pub fn refuses_ahead(&mut self, request: Request) -> bool {
        self.cloud.refuses_ahead(request)
    }

    /// Empties the cloud and what is kept of it; it begins anew by `config`.
    pub fn reset(&mut self, config: Config, real: Timestamp) {
        self.clock = ClockControl::new(real, config.start);
        self.cloud = Cloud::new(config);
        self.older = false;
        self.recovery.unreadable = false;
        if self.history {
            self.cloud.keep_history();
        }
        let emptied = FILES.iter().try_for_each(|file| self.storage.replace(file, &[]));
        self.place = Writing { generation: self.place.generation, ..Writing::default() };
        self.note(emptied);
        self.try_again();
    }

    /// Everything that is kept, in one piece: what a learner takes away or hands in, and what
    /// [`replay_hash`] reads.
    pub fn export(&mut self) -> Result<Vec<u8>, StorageError> {
        // What cannot be read is taken away as it is: another version may read it.
        if self.keeping == Keeping::Kept || self.recovery.unreadable {
            return pack(&mut self.storage);
        }
        // Storage is behind: a snapshot of what is in memory tells the whole.
        pack(&mut self.in_memory()?)
    }

    /// The files of a cloud that has no history: a snapshot, and the bodies it names.
    pub(crate) fn in_memory(&self) -> Result<MemoryStorage, StorageError> {
        let mut memory = MemoryStorage::default();
        let snapshot = self.snapshot_frame(1, 0)?;
        memory.replace(name(SNAPSHOTS, 0), &snapshot)?;
        for blob in self.cloud.live_bodies() {
            append_body(&mut memory, name(BLOBS, self.place.blob_slot), &self.cloud, &blob)?;
        }
        Ok(memory)
    }

    /// The storage back, when the cloud is closed.
    pub fn into_storage(self) -> S {
        self.storage
    }

    /// Appends one record. Failing that, the cloud goes on in memory.
    pub(crate) fn write(&mut self, entry: &EntryRef<'_>, body: &[u8]) {
        if self.keeping != Keeping::Kept {
            return;
        }
        let written = self.append(entry, body);
        if written.is_err() {
            // What was written of it is no whole frame, and ends what can be read: cut it off.
            let file = name(JOURNALS, self.place.slot);
            let _ = self.storage.truncate(file, self.place.journal_bytes);
        }
        self.note(written);
    }

    fn append(&mut self, entry: &EntryRef<'_>, body: &[u8]) -> Result<(), StorageError> {
        let number = self.place.next_number;
        let head = record::write_record(&mut self.scratch, number, entry)
            .and_then(|()| frame::head(&[&self.scratch, body]))
            .ok_or_else(|| StorageError::Failed("a record is too long".to_owned()))?;
        let file = name(JOURNALS, self.place.slot);
        self.storage.append(file, &[&head, &self.scratch, body])?;
        self.place.next_number += 1;
        self.place.records += 1;
        self.place.journal_bytes += (head.len() + self.scratch.len() + body.len()) as u64;
        Ok(())
    }

    fn note(&mut self, result: Result<(), StorageError>) {
        if let Err(error) = result {
            self.keeping = Keeping::InMemory(error);
        }
    }

    fn is_compaction_due(&self) -> bool {
        let place = &self.place;
        if place.journal_bytes < place.compact_after_bytes {
            return false;
        }
        let bytes_max = JOURNAL_BYTES_MIN.max(GROWTH * place.snapshot_bytes);
        let records_max = RECORDS_MIN.max(place.snapshot_bytes / SNAPSHOT_BYTES_PER_RECORD);
        place.journal_bytes > bytes_max || place.records > records_max
    }

    /// Writes the next generation into the other slot: bodies, then the snapshot that names them,
    /// then the empty journal that goes on from it.
    pub(crate) fn compact(&mut self) -> Result<(), StorageError> {
        let slot = 1 - self.place.slot;
        let generation = self.place.generation + 1;
        let live = self.cloud.live_bodies();
        self.keep_bodies(&live, generation)?;
        let snapshot = self.snapshot_frame(generation, self.place.next_number)?;
        self.storage.replace(name(SNAPSHOTS, slot), &snapshot)?;
        let journal = framed(&JOURNAL, &JournalHead { generation }, &[])?;
        self.storage.replace(name(JOURNALS, slot), &journal)?;
        if generation == self.place.blobs_since + 1 {
            // Both generations have their bodies in the new file now.
            self.empty_other_bodies()?;
        }
        self.place.slot = slot;
        self.place.generation = generation;
        self.place.journal_bytes = journal.len() as u64;
        self.place.snapshot_bytes = snapshot.len() as u64;
        self.place.records = 0;
        self.place.unflushed = false;
        self.place.compact_after_bytes = 0;
        // What the generation before held is overwritten now; since then all is in memory.
        self.older = false;
        self.cloud.forget_bodies();
        self.lay_far(&live);
        Ok(())
    }

    /// Large bodies that are in the file of bodies need no place in memory, where the host reads them from there.
    pub(crate) fn lay_far(&mut self, live: &BTreeSet<BlobRef>) {
        let Some(files) = self.storage.far() else { return };
        self.cloud.blobs.read_far_by(files);
        let file = name(BLOBS, self.place.blob_slot);
        for blob in live.iter().filter(|blob| blob.length >= FAR_BYTES_MIN) {
            if let Some(start) = self.place.in_blob_file.get(blob) {
                self.cloud.blobs.lay_far(blob, FarPlace { file, start: *start });
            }
        }
    }

    /// Empties the file of bodies that is not written to; what the past still names in it comes back into memory.
    fn empty_other_bodies(&mut self) -> Result<(), StorageError> {
        let file = name(BLOBS, 1 - self.place.blob_slot);
        self.cloud.blobs.take_back(file);
        self.storage.replace(file, &[])
    }

    /// Sees that every body in `live` is in the file of bodies; moves to the other file when most
    /// of this one is dead and the generation before needs the other no more.
    fn keep_bodies(
        &mut self,
        live: &BTreeSet<BlobRef>,
        generation: u64,
    ) -> Result<(), StorageError> {
        let live_bytes: u64 = live.iter().map(|blob| blob.length).sum();
        let dead_bytes = self.place.blob_bytes.saturating_sub(live_bytes);
        let may_move = generation > self.place.blobs_since + 1;
        if dead_bytes > DEAD_BYTES_MIN.max(live_bytes) && may_move {
            self.empty_other_bodies()?;
            let place = &mut self.place;
            place.blob_slot = 1 - place.blob_slot;
            place.in_blob_file = BTreeMap::new();
            place.blob_bytes = 0;
            place.blob_file_bytes = 0;
            place.blobs_since = generation;
        }
        for blob in live {
            if !self.place.in_blob_file.contains_key(blob) {
                self.keep_body(blob)?;
            }
        }
        self.storage.flush(name(BLOBS, self.place.blob_slot))
    }

    /// Sees that these bodies are in the file of bodies, before a record that needs them.
    pub(crate) fn keep_named(&mut self, named: &BTreeSet<BlobRef>) {
        if self.keeping != Keeping::Kept {
            return;
        }
        let missing: Vec<BlobRef> = named
            .iter()
            .filter(|blob| !self.place.in_blob_file.contains_key(blob))
            .copied()
            .collect();
        let kept = missing.iter().try_for_each(|blob| self.keep_body(blob));
        let flushed = kept.and_then(|()| self.storage.flush(name(BLOBS, self.place.blob_slot)));
        self.note(flushed);
    }

    fn keep_body(&mut self, blob: &BlobRef) -> Result<(), StorageError> {
        let file = name(BLOBS, self.place.blob_slot);
        match append_body(&mut self.storage, file, &self.cloud, blob) {
            Ok(bytes) => {
                let start = self.place.blob_file_bytes + BODY_HEAD_BYTES;
                self.place.in_blob_file.insert(*blob, start);
                self.place.blob_bytes += blob.length;
                self.place.blob_file_bytes += bytes;
                Ok(())
            }
            Err(error) => {
                // Half a frame would hide those that are appended after it.
                self.storage.truncate(file, self.place.blob_file_bytes)?;
                Err(error)
            }
        }
    }

    fn snapshot_frame(&self, generation: u64, next_number: u64) -> Result<Vec<u8>, StorageError> {
        let head = SnapshotHead {
            generation,
            next_number,
            config: self.cloud.config().clone(),
            clock: self.clock,
            blob_slot: u8::try_from(self.place.blob_slot).unwrap_or(0),
        };
        framed(&SNAPSHOT, &head, &self.cloud.save())
    }
}

/// The hash of the state that an export ([`Durable::export`]) replays to: the same natively and in
/// wasm. An error tells why it is no export.
pub fn replay_hash(export: &[u8]) -> Result<String, StorageError> {
    replay(export).map(|durable| durable.cloud().state_hash())
}

/// The cloud that an export ([`Durable::export`]) replays to, in memory.
pub fn replay(export: &[u8]) -> Result<Durable<MemoryStorage>, StorageError> {
    let mut storage = MemoryStorage::default();
    for (name, bytes) in files_of(export)? {
        storage.replace(&name, &bytes)?;
    }
    let durable = Durable::open(Config::default(), storage, Timestamp::default());
    match durable.keeping() {
        Keeping::Kept if !durable.recovery().fresh => Ok(durable),
        Keeping::Kept => Err(StorageError::Failed("the export holds no cloud".to_owned())),
        Keeping::InMemory(error) => Err(error.clone()),
    }
}

/// All files of a cloud in one piece: what [`files_of`] takes apart.
pub(crate) fn pack(storage: &mut impl Storage) -> Result<Vec<u8>, StorageError> {
    let mut files: Vec<(&str, bytes::Bytes)> = Vec::new();
    for file in FILES {
        files.push((file, storage.read(file)?.into()));
    }
    saved::extend(&files, Vec::new()).map_err(|error| StorageError::Failed(error.to_string()))
}

fn append_body(
    storage: &mut impl Storage,
    file: &str,
    cloud: &Cloud,
    blob: &BlobRef,
) -> Result<u64, StorageError> {
    // A body that is not there can be kept no more than it could be read.
    let Some(body) = cloud.body(blob) else { return Ok(0) };
    let head = frame::head(&[&blob.digest, &body])
        .ok_or_else(|| StorageError::Failed("a body is too long".to_owned()))?;
    storage.append(file, &[&head, &blob.digest, &body])?;
    Ok((head.len() + blob.digest.len() + body.len()) as u64)
}

fn framed<T: serde::Serialize>(
    kind: &Kind,
    head: &T,
    tail: &[u8],
) -> Result<Vec<u8>, StorageError> {
    record::framed(kind, head, tail)
        .ok_or_else(|| StorageError::Failed("a snapshot is too long".to_owned()))
}

/// The file of a slot.
pub(crate) fn name(files: [&'static str; 2], slot: usize) -> &'static str {
    let [first, second] = files;
    if slot == 0 { first } else { second }
}
