//! What is kept comes back: cut anywhere, damaged anywhere, or with no room left.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use bytes::Bytes;
use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Keeping, MemoryStorage, Storage, StorageError,
    copies, replay_hash, storage,
};
use cloudarium_env::{FarFiles, Timestamp, saved};
use cloudarium_shape::Value;
use proptest::prelude::*;

const REAL: Timestamp = Timestamp::from_ms(1_000);

fn input(members: &[(&str, Value)]) -> Value {
    Value::Map(members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn call<S: Storage>(
    cloud: &mut Durable<S>,
    operation: &str,
    members: &[(&str, Value)],
) -> Result<Value, String> {
    let caller = Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() };
    let at = cloud.cloud().now().plus(std::time::Duration::from_millis(7));
    let call = Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: input(members),
        region: "us-east-1".to_owned(),
        caller,
        at,
    };
    cloud.call(call).map_err(|fault| {
        assert_ne!(fault.status, 500, "{fault:?}");
        fault.code
    })
}

fn put<S: Storage>(cloud: &mut Durable<S>, key: &str, body: &str) -> Result<Value, String> {
    let body = Value::Blob(Bytes::copy_from_slice(body.as_bytes()));
    call(cloud, "PutObject", &[("Bucket", "bucket".into()), ("Key", key.into()), ("Body", body)])
}

fn get<S: Storage>(cloud: &mut Durable<S>, key: &str) -> Result<String, String> {
    let output = call(cloud, "GetObject", &[("Bucket", "bucket".into()), ("Key", key.into())])?;
    match output.get("Body") {
        Some(Value::Blob(bytes)) => Ok(String::from_utf8(bytes.to_vec()).unwrap()),
        other => panic!("no body but {other:?}"),
    }
}

fn open<S: Storage>(storage: S) -> Durable<S> {
    Durable::open(Config::default(), storage, REAL)
}

/// A run of a few writes; also the hash of the state after each of them.
fn run() -> (MemoryStorage, Vec<String>) {
    let mut cloud = open(MemoryStorage::default());
    let mut hashes = vec![cloud.cloud().state_hash()];
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    hashes.push(cloud.cloud().state_hash());
    for round in 0..4 {
        put(&mut cloud, &format!("key-{round}"), &"body ".repeat(round * 9)).unwrap();
        hashes.push(cloud.cloud().state_hash());
    }
    (cloud.into_storage(), hashes)
}

fn files(storage: &MemoryStorage) -> BTreeMap<&'static str, Vec<u8>> {
    let mut copy = storage.clone();
    storage::FILES.iter().map(|name| (*name, copy.read(name).unwrap())).collect()
}

/// The one journal of a run that was never compacted.
fn journal(storage: &MemoryStorage) -> (&'static str, Vec<u8>) {
    let mut journals: Vec<_> =
        files(storage).into_iter().filter(|(name, _)| name.starts_with("journal")).collect();
    journals.sort_by_key(|(_, bytes)| bytes.len());
    journals.pop().unwrap()
}

#[test]
fn all_that_was_answered_comes_back() {
    let (storage, hashes) = run();
    let mut cloud = open(storage);
    assert_eq!(cloud.keeping(), &Keeping::Kept);
    assert!(!cloud.recovery().fresh && cloud.recovery().damage.is_empty());
    assert_eq!(cloud.recovery().replayed, 5);
    assert_eq!(cloud.cloud().state_hash(), *hashes.last().unwrap());
    assert_eq!(cloud.cloud().calls().iter().count(), 5, "the list of calls too");
    assert_eq!(get(&mut cloud, "key-3"), Ok("body ".repeat(27)));
}

#[test]
fn a_journal_cut_at_any_byte_gives_a_prefix() {
    let (storage, hashes) = run();
    let (name, whole) = journal(&storage);
    let mut seen = 0;
    for cut in 0..=whole.len() {
        let mut storage = storage.clone();
        storage.truncate(name, cut as u64).unwrap();
        let cloud = open(storage);
        let replayed = usize::try_from(cloud.recovery().replayed).unwrap();
        assert_eq!(cloud.keeping(), &Keeping::Kept, "cut at {cut}");
        assert_eq!(cloud.cloud().state_hash(), hashes[replayed], "cut at {cut}");
        assert!(replayed >= seen, "a longer journal gives no less: cut at {cut}");
        seen = replayed;
    }
    assert_eq!(seen, hashes.len() - 1);
}

#[test]
fn after_a_cut_what_is_written_next_is_kept() {
    let (storage, _) = run();
    let (name, whole) = journal(&storage);
    for cut in (0..=whole.len()).step_by(37) {
        let mut storage = storage.clone();
        storage.truncate(name, cut as u64).unwrap();
        let mut cloud = open(storage);
        let _ = call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]);
        put(&mut cloud, "after", "the cut").unwrap();
        let hash = cloud.cloud().state_hash();
        let mut cloud = open(cloud.into_storage());
        assert_eq!(cloud.cloud().state_hash(), hash, "cut at {cut}");
        assert_eq!(get(&mut cloud, "after"), Ok("the cut".to_owned()), "cut at {cut}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_journal_damaged_anywhere_gives_a_prefix(at in any::<prop::sample::Index>(), bit in 0..8) {
        let (mut storage, hashes) = run();
        let (name, mut bytes) = journal(&storage);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        storage.replace(name, &bytes).unwrap();
        let cloud = open(storage);
        let replayed = usize::try_from(cloud.recovery().replayed).unwrap();
        prop_assert_eq!(cloud.cloud().state_hash(), hashes[replayed].clone());
        prop_assert!(replayed < hashes.len() - 1, "the damage was seen");
        // What is left can be built upon.
        let hash = cloud.cloud().state_hash();
        prop_assert_eq!(open(cloud.into_storage()).cloud().state_hash(), hash);
    }

    #[test]
    fn damage_to_any_one_file_after_a_compaction_never_makes_up_a_state(
        file in 0..storage::FILES.len(),
        at in any::<prop::sample::Index>(),
        bit in 0..8,
    ) {
        let (storage, hashes) = run();
        let mut cloud = open(storage);
        cloud.try_again();
        prop_assert_eq!(cloud.keeping(), &Keeping::Kept);
        let mut storage = cloud.into_storage();
        let name = storage::FILES[file];
        let mut bytes = storage.read(name).unwrap();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
            storage.replace(name, &bytes).unwrap();
        }
        let cloud = open(storage);
        if cloud.keeping() == &Keeping::Kept {
            prop_assert!(hashes.contains(&cloud.cloud().state_hash()), "{} damaged", name);
        }
    }
}

#[test]
fn a_damaged_snapshot_falls_back_to_the_one_before_and_loses_nothing() {
    let (storage, _) = run();
    let mut cloud = open(storage);
    cloud.try_again();
    put(&mut cloud, "after", "the snapshot").unwrap();
    let hash = cloud.cloud().state_hash();
    let storage = cloud.into_storage();
    let whole = files(&storage);
    let mut fell_back = 0;
    for name in ["snapshot.0", "snapshot.1"] {
        let mut storage = storage.clone();
        let mut bytes = whole[name].clone();
        bytes[40] ^= 1;
        storage.replace(name, &bytes).unwrap();
        let mut cloud = open(storage);
        assert_eq!(cloud.cloud().state_hash(), hash, "{name}");
        assert_eq!(get(&mut cloud, "after"), Ok("the snapshot".to_owned()), "{name}");
        assert!(!cloud.recovery().damage.is_empty(), "{name}: it is told");
        fell_back += usize::from(cloud.recovery().replayed > 1);
        // Both generations are whole again, and what comes next is kept.
        put(&mut cloud, "next", "one").unwrap();
        let next = cloud.cloud().state_hash();
        let cloud = open(cloud.into_storage());
        assert_eq!(cloud.cloud().state_hash(), next);
        assert!(cloud.recovery().damage.is_empty(), "{:?}", cloud.recovery());
    }
    assert_eq!(fell_back, 1, "one of the two was the newer");
}

#[test]
fn when_nothing_can_be_read_nothing_is_overwritten() {
    let (mut storage, _) = run();
    for name in storage::FILES {
        let mut bytes = storage.read(name).unwrap();
        for byte in &mut bytes {
            *byte ^= 0x55;
        }
        storage.replace(name, &bytes).unwrap();
    }
    nothing_is_overwritten(storage);
}

/// A cloud as another version would have written it: whole, and not to be read here.
#[test]
fn what_another_version_wrote_is_told_and_left_as_it_is() {
    let (mut storage, _) = run();
    let mut seen = 0;
    for name in ["snapshot.0", "snapshot.1"] {
        let mut bytes = storage.read(name).unwrap();
        let Some(at) = bytes.windows(11).position(|window| window == b"cloudarium/") else {
            continue;
        };
        seen += 1;
        bytes[at + 11] = b'9';
        // The frame's checksum is that of its length and its payload.
        let mut crc = crc32fast::Hasher::new();
        crc.update(&bytes[..4]);
        crc.update(&bytes[8..]);
        bytes[4..8].copy_from_slice(&crc.finalize().to_le_bytes());
        storage.replace(name, &bytes).unwrap();
    }
    assert!(seen > 0);
    let cloud = nothing_is_overwritten(storage);
    let words = cloud.recovery().damage.join(" ");
    assert!(words.contains("unknown version (9)"), "{words}");
}

/// Neither by opening it, nor by trying again: only when it is emptied on purpose.
fn nothing_is_overwritten(storage: MemoryStorage) -> Durable<MemoryStorage> {
    let before = files(&storage);
    let mut cloud = open(storage.clone());
    assert!(cloud.recovery().unreadable);
    assert!(matches!(cloud.try_again(), Keeping::InMemory(StorageError::Failed(_))));
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    assert!(matches!(cloud.try_again(), Keeping::InMemory(_)));
    assert_eq!(files(&cloud.into_storage()), before);
    let mut emptied = open(storage.clone());
    emptied.reset(Config::default(), REAL);
    assert_eq!(emptied.keeping(), &Keeping::Kept);
    call(&mut emptied, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    assert!(!open(emptied.into_storage()).recovery().unreadable);
    open(storage)
}

/// Storage with so much room and no more: a write that does not fit is cut short, as disks do it.
struct Small {
    inner: MemoryStorage,
    room_bytes: usize,
}

impl Small {
    fn take<'a>(&mut self, bytes: &'a [u8]) -> (&'a [u8], Result<(), StorageError>) {
        let fits = bytes.len().min(self.room_bytes);
        self.room_bytes -= fits;
        let result = if fits == bytes.len() { Ok(()) } else { Err(StorageError::Full) };
        (&bytes[..fits], result)
    }
}

impl Storage for Small {
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError> {
        for part in parts {
            let (fits, result) = self.take(part);
            self.inner.append(name, &[fits])?;
            result?;
        }
        Ok(())
    }
    fn flush(&mut self, name: &str) -> Result<(), StorageError> {
        self.inner.flush(name)
    }
    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        self.inner.read(name)
    }
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let (fits, result) = self.take(bytes);
        self.inner.replace(name, fits)?;
        result
    }
    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError> {
        self.inner.truncate(name, length)
    }
}

#[test]
fn a_disk_that_is_full_at_any_byte_is_told_and_keeps_what_it_has() {
    let (whole, hashes) = run();
    let bytes_max: usize = files(&whole).values().map(Vec::len).sum();
    for room_bytes in (0..bytes_max).step_by(11) {
        let mut cloud = open(Small { inner: MemoryStorage::default(), room_bytes });
        call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
        let mut kept = usize::from(cloud.keeping() == &Keeping::Kept);
        for round in 0..4 {
            let key = format!("key-{round}");
            put(&mut cloud, &key, &"body ".repeat(round * 9)).unwrap();
            kept += usize::from(cloud.keeping() == &Keeping::Kept);
        }
        assert_eq!(cloud.keeping(), &Keeping::InMemory(StorageError::Full), "room {room_bytes}");
        assert_eq!(cloud.cloud().state_hash(), *hashes.last().unwrap(), "it goes on in memory");
        let hash = cloud.cloud().state_hash();
        assert_eq!(replay_hash(&cloud.export().unwrap()), Ok(hash), "and can be taken away");
        let after = open(cloud.into_storage().inner);
        // Without room for even the first snapshot it begins anew, or says that it cannot.
        assert_eq!(after.recovery().replayed, kept as u64, "room {room_bytes}");
        assert_eq!(after.cloud().state_hash(), hashes[kept], "room {room_bytes}");
    }
}

#[test]
fn when_there_is_room_again_everything_is_kept() {
    let (whole, hashes) = run();
    let room_bytes = files(&whole).values().map(Vec::len).sum::<usize>() / 2;
    let mut cloud = open(Small { inner: MemoryStorage::default(), room_bytes });
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    for round in 0..4 {
        put(&mut cloud, &format!("key-{round}"), &"body ".repeat(round * 9)).unwrap();
    }
    assert_ne!(cloud.keeping(), &Keeping::Kept);
    let mut storage = cloud.into_storage();
    storage.room_bytes = 1_000_000;
    let mut cloud = open(storage);
    for round in 0..4 {
        let _ = call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]);
        put(&mut cloud, &format!("key-{round}"), &"body ".repeat(round * 9)).unwrap();
    }
    assert_eq!(cloud.try_again(), &Keeping::Kept);
    let hash = cloud.cloud().state_hash();
    assert_ne!(hash, hashes[0]);
    assert_eq!(open(cloud.into_storage()).cloud().state_hash(), hash);
}

#[test]
fn bodies_that_nothing_names_leave_the_file_of_bodies() {
    let mut cloud = open(MemoryStorage::default());
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    let megabytes = |letter: &str| letter.repeat(24 * 1024 * 1024);
    for letter in ["a", "b", "c", "d", "e", "f"] {
        put(&mut cloud, "large", &megabytes(letter)).unwrap();
        assert_eq!(cloud.try_again(), &Keeping::Kept);
    }
    put(&mut cloud, "small", "one").unwrap();
    assert_eq!(cloud.try_again(), &Keeping::Kept);
    assert_eq!(cloud.try_again(), &Keeping::Kept);
    let hash = cloud.cloud().state_hash();
    let storage = cloud.into_storage();
    let bodies: usize = files(&storage)
        .iter()
        .filter(|(name, _)| name.starts_with("blobs"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert!(bodies < 100 * 1024 * 1024, "{bodies} bytes of 144 MB that were written");
    let mut cloud = open(storage);
    assert_eq!(cloud.cloud().state_hash(), hash);
    assert_eq!(get(&mut cloud, "large"), Ok(megabytes("f")));
    assert_eq!(get(&mut cloud, "small"), Ok("one".to_owned()));
}

#[test]
fn a_snapshot_goes_back_on_disk_too() {
    let (storage, hashes) = run();
    let mut cloud = open(storage);
    let snapshot = cloud.snapshot();
    put(&mut cloud, "later", "gone").unwrap();
    cloud.restore(&snapshot);
    assert_eq!(cloud.cloud().state_hash(), *hashes.last().unwrap());
    let mut cloud = open(cloud.into_storage());
    assert_eq!(cloud.cloud().state_hash(), *hashes.last().unwrap());
    assert_eq!(get(&mut cloud, "later"), Err("NoSuchKey".to_owned()));
}

#[test]
fn reset_empties_what_is_kept() {
    let (storage, hashes) = run();
    let mut cloud = open(storage);
    cloud.reset(Config::default(), REAL);
    assert_eq!(cloud.cloud().state_hash(), hashes[0]);
    let cloud = open(cloud.into_storage());
    assert_eq!(cloud.cloud().state_hash(), hashes[0]);
    assert_eq!(cloud.cloud().calls().iter().count(), 0);
}

#[test]
fn the_clock_comes_back() {
    let mut cloud = open(MemoryStorage::default());
    let mut clock = cloud.clock();
    clock.set_speed(REAL, 0);
    clock.jump(REAL, std::time::Duration::from_hours(24 * 90));
    cloud.set_clock(clock);
    cloud.advance(clock.now(REAL));
    let now = cloud.cloud().now();
    let later = REAL.plus(std::time::Duration::from_hours(5));
    let cloud = Durable::open(Config::default(), cloud.into_storage(), later);
    assert_eq!(cloud.clock().speed(), 0);
    assert_eq!(cloud.clock().now(later), now);
    assert_eq!(cloud.cloud().now(), now);
}

#[test]
fn a_probe_leaves_no_trace_in_the_state() {
    let (storage, _) = run();
    let mut cloud = open(storage);
    let hash = cloud.cloud().state_hash();
    let probe = |operation: &str, at| Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: input(&[("Bucket", "bucket".into())]),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Check, account: "123456789012".to_owned() },
        at,
    };
    let at = cloud.cloud().now().plus(std::time::Duration::from_hours(1));
    let listed = cloud.probe(probe("ListObjectsV2", at)).unwrap();
    assert!(matches!(listed.get("Contents"), Some(Value::List(items)) if items.len() == 4));
    assert!(cloud.probe(probe("DeleteBucket", at)).is_err());
    assert_eq!(cloud.cloud().state_hash(), hash);
    let last = cloud.cloud().calls().iter().next_back().unwrap();
    assert_eq!((last.who, last.operation.as_str()), (CallerKind::Check, "ListObjectsV2"));
}

#[test]
fn an_export_of_anything_else_is_refused() {
    assert!(replay_hash(b"").is_err());
    assert!(replay_hash(b"hello").is_err());
    let empty: Vec<(String, Bytes)> = Vec::new();
    assert!(replay_hash(&saved::extend(&empty, Vec::new()).unwrap()).is_err());
}

#[test]
fn a_copy_without_history_comes_back_as_it_was() {
    let (storage, hashes) = run();
    let cloud = open(storage);
    let copy = cloud.export_without_history().unwrap();
    let back = copies::open(&copies::files_of(&copy).unwrap()).unwrap();
    assert_eq!(back.cloud().state_hash(), *hashes.last().unwrap());
    assert!(!back.recovery().fresh && back.recovery().replayed == 0);
}

#[test]
fn a_copy_is_looked_at_before_it_is_brought_back() {
    assert!(copies::files_of(b"hello").is_err());
    let stray = [("elsewhere".to_owned(), Bytes::from_static(b"x"))];
    assert!(copies::open(&stray).is_err());
    let fresh = copies::open(&[]).unwrap();
    assert!(fresh.recovery().fresh);
    let (storage, _) = run();
    let copy = open(storage).export_without_history().unwrap();
    let mut files = copies::files_of(&copy).unwrap();
    let snapshot = files.iter_mut().find(|(name, _)| name == "snapshot.0").unwrap();
    let mut spoiled = snapshot.1.to_vec();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    snapshot.1 = spoiled.into();
    assert!(copies::open(&files).is_err(), "one changed bit is seen");
}

/// Files whose parts can be read at once, as those of the browser's file system.
#[derive(Clone, Default)]
struct FarStorage(Rc<RefCell<MemoryStorage>>);

impl FarStorage {
    fn bytes(&self, file: &str) -> Vec<u8> {
        self.0.borrow_mut().read(file).unwrap()
    }
}

impl Storage for FarStorage {
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError> {
        self.0.borrow_mut().append(name, parts)
    }
    fn flush(&mut self, name: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().flush(name)
    }
    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        assert!(!name.starts_with("blobs"), "bodies are read in pieces");
        self.0.borrow_mut().read(name)
    }
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.0.borrow_mut().replace(name, bytes)
    }
    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError> {
        self.0.borrow_mut().truncate(name, length)
    }
    fn far(&self) -> Option<Rc<dyn FarFiles>> {
        Some(Rc::new(self.clone()))
    }
}

impl FarFiles for FarStorage {
    fn length(&self, file: &str) -> Option<u64> {
        Some(self.bytes(file).len() as u64)
    }
    fn read(&self, file: &str, range: Range<u64>) -> Option<Bytes> {
        let bytes = Bytes::from(self.bytes(file));
        let (start, end) = (usize::try_from(range.start).ok()?, usize::try_from(range.end).ok()?);
        (start <= end && end <= bytes.len()).then(|| bytes.slice(start..end))
    }
}

/// A body of 3 MiB that is no other's.
fn large(number: u8) -> String {
    format!("{number:03}").repeat(1024 * 1024)
}

/// The byte at which a body stands in a file of bodies, if it does.
fn place_of(storage: &FarStorage, file: &str, body: &str) -> Option<usize> {
    let bytes = storage.bytes(file);
    bytes.windows(60).position(|window| window == &body.as_bytes()[..60])
}

#[test]
fn a_large_body_lies_in_its_file_alone_and_comes_back() {
    let storage = FarStorage::default();
    let mut cloud = open(storage.clone());
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    put(&mut cloud, "large", &large(1)).unwrap();
    put(&mut cloud, "small", "body").unwrap();
    assert_eq!(cloud.try_again(), &Keeping::Kept);
    assert_eq!(get(&mut cloud, "large"), Ok(large(1)));
    // What is read comes from the file: another body of the same length stands there now.
    let file = ["blobs.0", "blobs.1"]
        .into_iter()
        .find(|file| place_of(&storage, file, &large(1)).is_some())
        .unwrap();
    let kept = storage.bytes(file);
    let at = place_of(&storage, file, &large(1)).unwrap();
    let mut spoilt = kept.clone();
    spoilt[at] = b'X';
    storage.clone().replace(file, &spoilt).unwrap();
    assert!(get(&mut cloud, "large").unwrap().starts_with("X01"));
    storage.clone().replace(file, &kept).unwrap();
    let hash = cloud.cloud().state_hash();
    drop(cloud);
    let mut cloud = open(storage.clone());
    assert_eq!((cloud.cloud().state_hash(), cloud.keeping()), (hash, &Keeping::Kept));
    assert_eq!(get(&mut cloud, "large"), Ok(large(1)));
    assert_eq!(get(&mut cloud, "small"), Ok("body".to_owned()));
    drop(cloud);
    // Damage is found although nothing of it is taken into memory.
    storage.clone().replace(file, &spoilt).unwrap();
    let cloud = open(storage);
    assert!(!cloud.recovery().damage.is_empty(), "{:?}", cloud.recovery());
}

#[test]
fn large_bodies_move_with_their_file_and_go_with_their_objects() {
    let storage = FarStorage::default();
    let mut cloud = Durable::open_with_history(Config::default(), storage.clone(), REAL);
    call(&mut cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
    put(&mut cloud, "stays", &large(0)).unwrap();
    // Each is written anew: most of the file is of nobody in the end, and the living move to the other.
    for number in 1..40 {
        put(&mut cloud, "changes", &large(number)).unwrap();
        cloud.try_again();
        assert_eq!(get(&mut cloud, "stays"), Ok(large(0)), "after {number}");
    }
    let total: usize = ["blobs.0", "blobs.1"].map(|file| storage.bytes(file).len()).iter().sum();
    assert!(total < 39 * large(0).len(), "dead bodies are cleared out: {total}");
    assert_eq!(get(&mut cloud, "changes"), Ok(large(39)));
    drop(cloud);
    let mut cloud = open(storage);
    assert_eq!(get(&mut cloud, "stays"), Ok(large(0)));
    assert_eq!(get(&mut cloud, "changes"), Ok(large(39)));
}
