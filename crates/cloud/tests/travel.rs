//! Any moment of the past is what it was: looked at, forked, undone and done again, through crashes,
//! compactions and reloads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, FORKS_MAX, Keeping, Kind, MemoryStorage, Moment,
    TravelError, replay_hash,
};
use cloudarium_env::{Rng, Timestamp};
use cloudarium_shape::Value;

const REAL: Timestamp = Timestamp::from_ms(1_000);
const HOUR: Duration = Duration::from_hours(1);

fn open(storage: MemoryStorage) -> Durable<MemoryStorage> {
    Durable::open_with_history(Config::default(), storage, REAL)
}

fn make(kind: CallerKind, operation: &str, members: &[(&str, Value)], at: Timestamp) -> Call {
    let named = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: Value::Map(named.collect()),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind, account: "123456789012".to_owned() },
        at,
    }
}

fn call(
    cloud: &mut Durable<MemoryStorage>,
    operation: &str,
    members: &[(&str, Value)],
) -> Result<Value, String> {
    let at = cloud.cloud().now().plus(Duration::from_millis(7));
    cloud.call(make(CallerKind::Learner, operation, members, at)).map_err(|fault| fault.code)
}

fn create(cloud: &mut Durable<MemoryStorage>) {
    call(cloud, "CreateBucket", &[("Bucket", "bucket".into())]).unwrap();
}

fn put(cloud: &mut Durable<MemoryStorage>, key: &str, body: &str) {
    let body = Value::Blob(Bytes::copy_from_slice(body.as_bytes()));
    let members = [("Bucket", "bucket".into()), ("Key", key.into()), ("Body", body)];
    call(cloud, "PutObject", &members).unwrap();
}

fn delete(cloud: &mut Durable<MemoryStorage>, key: &str) {
    call(cloud, "DeleteObject", &[("Bucket", "bucket".into()), ("Key", key.into())]).unwrap();
}

/// What an object was after a call: asked without a trace.
fn body_at(cloud: &mut Durable<MemoryStorage>, after: u64, key: &str) -> Result<String, String> {
    let members = [("Bucket", "bucket".into()), ("Key", key.into())];
    let asked = make(CallerKind::Console, "GetObject", &members, Timestamp::default());
    let answer = cloud.peek_at(after, asked).expect("the moment is held");
    answer.map_err(|fault| fault.code).map(|output| match output.get("Body") {
        Some(Value::Blob(bytes)) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => panic!("no body but {other:?}"),
    })
}

fn reload(cloud: Durable<MemoryStorage>) -> Durable<MemoryStorage> {
    let hash = cloud.cloud().state_hash();
    let cloud = open(cloud.into_storage());
    assert_eq!(cloud.keeping(), &Keeping::Kept);
    assert!(cloud.recovery().damage.is_empty(), "{:?}", cloud.recovery());
    assert_eq!(cloud.cloud().state_hash(), hash);
    cloud
}

#[test]
fn the_past_is_seen_as_it_was_and_nothing_changes_by_looking() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    put(&mut cloud, "a", "first");
    put(&mut cloud, "a", "second");
    delete(&mut cloud, "a");
    let (hash, calls) = (cloud.cloud().state_hash(), cloud.cloud().calls().last_seq());
    assert_eq!(body_at(&mut cloud, 1, "a"), Err("NoSuchKey".to_owned()));
    assert_eq!(body_at(&mut cloud, 2, "a"), Ok("first".to_owned()));
    assert_eq!(body_at(&mut cloud, 3, "a"), Ok("second".to_owned()));
    assert_eq!(body_at(&mut cloud, 4, "a"), Err("NoSuchKey".to_owned()));
    let write = make(CallerKind::Console, "DeleteBucket", &[("Bucket", "b".into())], REAL);
    assert_eq!(cloud.peek_at(2, write).unwrap().unwrap_err().code, "InvalidAction");
    assert_eq!(cloud.cloud().state_hash(), hash);
    assert_eq!(cloud.cloud().calls().last_seq(), calls);
    assert!(cloud.peek_at(99, make(CallerKind::Console, "ListBuckets", &[], REAL)).is_some());
}

#[test]
fn what_a_call_changed_is_told_by_resource_and_member() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    put(&mut cloud, "a", "hello");
    put(&mut cloud, "a", "hello, world");
    call(&mut cloud, "ListObjectsV2", &[("Bucket", "bucket".into())]).unwrap();
    delete(&mut cloud, "a");
    let added = cloud.what_changed(2).unwrap();
    let paths: Vec<_> = added.resources.iter().map(|r| (r.path.join("/"), r.kind)).collect();
    assert_eq!(paths, [("bucket".to_owned(), Kind::Changed), ("bucket/a".to_owned(), Kind::Added)]);
    let objects = &added.resources[0].members[1];
    assert_eq!(objects.path, ["Objects"]);
    assert_eq!(
        (objects.before.clone(), objects.after.clone()),
        (Some(Value::Int(0)), Some(Value::Int(1)))
    );
    assert_eq!(added.charges.len(), 1);
    assert_eq!(added.charges[0].pico_usd, 5_000_000);
    let grown = cloud.what_changed(3).unwrap();
    let object = grown.resources.iter().find(|r| r.path.len() == 2).unwrap();
    assert_eq!(object.kind, Kind::Changed);
    assert!(object.members.iter().any(|m| m.path == ["Size"] && m.after == Some(Value::Int(12))));
    let read = cloud.what_changed(4).unwrap();
    assert_eq!(read.resources, []);
    assert_eq!(read.charges[0].verb, "LIST");
    assert_eq!(cloud.what_changed(5).unwrap().resources[1].kind, Kind::Removed);
    assert_eq!(cloud.what_changed(6), None);
}

#[test]
fn undo_and_redo_go_to_and_fro_through_reloads() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    let mut hashes = vec![cloud.cloud().state_hash()];
    for round in 0..4 {
        put(&mut cloud, &format!("key-{round}"), &"x".repeat(round + 1));
        hashes.push(cloud.cloud().state_hash());
        // Reads are no changes.
        call(&mut cloud, "ListBuckets", &[]).unwrap();
    }
    hashes[4] = cloud.cloud().state_hash();
    for back in (1..4_u64).rev() {
        let arrival = cloud.undo(REAL).unwrap();
        assert_eq!(arrival.shared_call, cloud.cloud().calls().last_seq());
        assert_eq!(cloud.cloud().calls().last_seq(), 1 + 2 * back);
        cloud = reload(cloud);
    }
    let undone_to = cloud.cloud().state_hash();
    assert_eq!(cloud.cloud().outlook().redo, Some(Moment::after(4)));
    cloud.redo(REAL).unwrap();
    cloud = reload(cloud);
    cloud.redo(REAL).unwrap();
    let arrival = cloud.redo(REAL).unwrap();
    assert_eq!(arrival.shared_call, 7);
    assert_eq!(cloud.cloud().state_hash(), hashes[4]);
    assert_eq!(cloud.redo(REAL), Err(TravelError::NothingToRedo));
    for _ in 0..3 {
        cloud.undo(REAL).unwrap();
    }
    assert_eq!(cloud.cloud().state_hash(), undone_to);
    put(&mut cloud, "other", "way");
    assert_eq!(cloud.redo(REAL), Err(TravelError::NothingToRedo), "a change ends what was undone");
    let hash = cloud.cloud().state_hash();
    assert_eq!(replay_hash(&cloud.export().unwrap()), Ok(hash), "a replay needs no history");
}

#[test]
fn everything_can_be_undone_down_to_the_set_up_and_no_further() {
    let mut cloud = open(MemoryStorage::default());
    let at = cloud.cloud().now();
    cloud
        .call(make(CallerKind::Lesson, "CreateBucket", &[("Bucket", "bucket".into())], at))
        .unwrap();
    put(&mut cloud, "a", "x");
    cloud.undo(REAL).unwrap();
    assert_eq!(cloud.undo(REAL), Err(TravelError::NothingToUndo));
    assert_eq!(cloud.fork(0, REAL), Err(TravelError::NoSuchCall { call: 0, first: 1, last: 1 }));
    assert_eq!(cloud.fork(9, REAL), Err(TravelError::NoSuchCall { call: 9, first: 1, last: 1 }));
}

#[test]
fn a_jump_in_time_is_undone_with_the_clock() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    put(&mut cloud, "a", "x");
    let later = REAL.plus(Duration::from_secs(30));
    let before = cloud.clock().now(later);
    let mut clock = cloud.clock();
    clock.jump(later, 24 * HOUR);
    cloud.set_clock(clock);
    cloud.advance(clock.now(later));
    assert_eq!(cloud.cloud().outlook().undo, Some(Moment { call: 2, jump: 1 }));
    cloud = reload(cloud);
    let jumped = cloud.cloud().now();
    let arrival = cloud.undo(later).unwrap();
    assert_eq!((arrival.at, cloud.clock().now(later)), (before, before));
    assert_eq!(cloud.cloud().calls().last_seq(), 2, "no call was undone");
    cloud.redo(later).unwrap();
    assert_eq!(cloud.cloud().now(), jumped);
    assert!(cloud.clock().now(later) >= jumped);
    cloud.undo(later).unwrap();
    cloud.undo(later).unwrap();
    assert_eq!(cloud.cloud().calls().last_seq(), 1);
}

#[test]
fn a_fork_keeps_the_present_and_both_can_be_returned_to() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    put(&mut cloud, "a", "x");
    put(&mut cloud, "b", "only a dead body names this");
    delete(&mut cloud, "b");
    let present = cloud.cloud().state_hash();
    let arrival = cloud.fork(3, REAL).unwrap();
    assert_eq!(arrival.shared_call, 3);
    put(&mut cloud, "c", "in the fork");
    let forked = cloud.cloud().state_hash();
    assert_eq!(cloud.cloud().calls().last_seq(), 4);
    for round in 0..3 {
        if round == 1 {
            assert_eq!(cloud.try_again(), &Keeping::Kept, "compacted");
        }
        cloud = reload(cloud);
        assert_eq!(cloud.cloud().outlook().forks.len(), 1);
        assert_eq!(body_at(&mut cloud, 4, "b"), Ok("only a dead body names this".to_owned()));
        let back = cloud.return_to(0, REAL).unwrap();
        assert_eq!(back.shared_call, 3);
        assert_eq!(cloud.cloud().state_hash(), present);
        cloud = reload(cloud);
        cloud.return_to(0, REAL).unwrap();
        assert_eq!(cloud.cloud().state_hash(), forked);
    }
    assert_eq!(cloud.return_to(1, REAL), Err(TravelError::NoSuchFork(1)));
    for _ in 0..FORKS_MAX + 2 {
        cloud.fork(2, REAL).unwrap();
    }
    assert_eq!(cloud.cloud().outlook().forks.len(), FORKS_MAX);
    let hash = cloud.cloud().state_hash();
    assert_eq!(replay_hash(&cloud.export().unwrap()), Ok(hash));
}

#[test]
fn set_up_and_checks_are_on_no_bill() {
    let mut cloud = open(MemoryStorage::default());
    let at = cloud.cloud().now();
    for kind in [CallerKind::Lesson, CallerKind::Check] {
        cloud.call(make(kind, "CreateBucket", &[("Bucket", "bucket".into())], at)).unwrap();
    }
    assert_eq!(cloud.cloud().bill().pico_usd, 0);
    put(&mut cloud, "a", "x");
    call(&mut cloud, "GetObject", &[("Bucket", "bucket".into()), ("Key", "no".into())])
        .unwrap_err();
    call(&mut cloud, "ListObjectsV2", &[("Bucket", "bucket".into())]).unwrap();
    assert_eq!(cloud.cloud().bill().pico_usd / 1_000, 10_400, "refusals are paid for too");
    let bill = cloud.cloud().bill();
    cloud = reload(cloud);
    assert_eq!(cloud.cloud().bill(), bill);
    cloud.try_again();
    cloud = reload(cloud);
    assert_eq!(cloud.cloud().bill(), bill, "through a compaction");
    assert_eq!(cloud.bill_at(3).unwrap().pico_usd / 1_000, 5_000);
    cloud.undo(REAL).unwrap();
    assert_eq!(cloud.cloud().bill().pico_usd, 0, "what never was costs nothing");
}

#[test]
fn a_gigabyte_that_lies_for_a_month_is_paid_by_virtual_time() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    put(&mut cloud, "a", &"x".repeat(1 << 20));
    let before = cloud.cloud().bill().pico_usd;
    let later = cloud.cloud().now().plus(730 * HOUR);
    cloud.advance(later);
    let month = cloud.cloud().bill();
    // A mebibyte is a 1024th of the gigabyte that costs $0.023.
    assert_eq!((month.pico_usd - before) / 1_000, 23_000_000 / 1024);
    delete(&mut cloud, "a");
    let after = cloud.cloud().bill().pico_usd;
    cloud.advance(later.plus(730 * HOUR));
    assert_eq!(cloud.cloud().bill().pico_usd, after, "what is deleted costs nothing more");
}

/// The hash of the state after each call of the branch that is the present one.
struct World {
    cloud: Option<Durable<MemoryStorage>>,
    hashes: BTreeMap<u64, String>,
    forks: Vec<BTreeMap<u64, String>>,
    undone: Vec<BTreeMap<u64, String>>,
    rng: Rng,
    told: Vec<String>,
}

impl World {
    fn new(seed: u64) -> Self {
        let cloud = open(MemoryStorage::default());
        let hashes = BTreeMap::from([(0, cloud.cloud().state_hash())]);
        let rng = Rng::new(seed, "world");
        Self {
            cloud: Some(cloud),
            hashes,
            forks: Vec::new(),
            undone: Vec::new(),
            rng,
            told: Vec::new(),
        }
    }

    fn cloud(&mut self) -> &mut Durable<MemoryStorage> {
        self.cloud.as_mut().unwrap()
    }

    fn step(&mut self) {
        let key = format!("key-{}", self.rng.below(12));
        let bucket = [("Bucket", Value::from("bucket"))];
        let named = [bucket[0].clone(), ("Key", key.as_str().into())];
        let what = self.rng.below(100);
        let last = self.cloud().cloud().calls().last_seq();
        self.told.push(format!("{what} after call {last}"));
        match what {
            0..=4 => self.record("CreateBucket", &bucket),
            5..=44 => {
                let length = usize::try_from(self.rng.below(50)).unwrap();
                let body = Value::Blob(self.rng.text(b"abc", length).into());
                self.record("PutObject", &[named[0].clone(), named[1].clone(), ("Body", body)]);
            }
            45..=64 => self.record("DeleteObject", &named),
            65..=79 => self.record("GetObject", &named),
            80..=83 => self.undo(),
            84..=87 => self.redo(),
            88..=90 => self.fork(),
            91..=92 => self.return_to(),
            93..=94 => self.look_anywhere(),
            95..=97 => self.cloud = self.cloud.take().map(reload),
            _ => assert_eq!(self.cloud().try_again(), &Keeping::Kept),
        }
    }

    fn record(&mut self, operation: &str, members: &[(&str, Value)]) {
        let answer = call(self.cloud(), operation, members);
        let (seq, hash) =
            (self.cloud().cloud().calls().last_seq(), self.cloud().cloud().state_hash());
        self.hashes.insert(seq, hash);
        if answer.is_ok() && operation != "GetObject" {
            self.undone.clear();
        }
    }

    fn undo(&mut self) {
        let before = self.hashes.clone();
        let Ok(arrival) = self.cloud().undo(REAL) else { return };
        self.hashes.retain(|call, _| *call <= arrival.shared_call);
        self.undone.push(before);
    }

    fn redo(&mut self) {
        let redone = self.cloud().redo(REAL).is_ok();
        assert_eq!(redone, !self.undone.is_empty());
        self.hashes = self.undone.pop().unwrap_or_else(|| self.hashes.clone());
    }

    fn fork(&mut self) {
        let last = self.cloud().cloud().calls().last_seq();
        let call = self.rng.below(last + 1);
        let before = self.hashes.clone();
        self.told.push(format!("fork at {call}"));
        if self.cloud().fork(call, REAL).is_err() {
            return;
        }
        self.hashes.retain(|known, _| *known <= call);
        self.undone.clear();
        self.forks.push(before);
        if self.forks.len() > FORKS_MAX {
            self.forks.remove(0);
        }
    }

    fn return_to(&mut self) {
        if self.forks.is_empty() {
            return;
        }
        let at = usize::try_from(self.rng.below(self.forks.len() as u64)).unwrap();
        self.told.push(format!("return to {at}"));
        self.cloud().return_to(at, REAL).unwrap();
        std::mem::swap(&mut self.hashes, &mut self.forks[at]);
        self.undone.clear();
    }

    /// Every moment that is held is what it was; also what lies on disk only.
    fn look_anywhere(&mut self) {
        let last = self.cloud().cloud().calls().last_seq();
        let call = self.rng.below(last + 1);
        self.cloud().reach(call);
        let first = self.cloud().cloud().outlook().first_call;
        for call in first..=last {
            let then = self.cloud().cloud().state_hash_at(call);
            assert_eq!(
                then.as_ref(),
                self.hashes.get(&call),
                "call {call} of {first} to {last}\n{}",
                self.told.join("\n")
            );
        }
    }
}

fn run(seed: u64, steps: usize) -> World {
    let mut world = World::new(seed);
    for _ in 0..steps {
        world.step();
        let hash = world.cloud().cloud().state_hash();
        let last = world.cloud().cloud().calls().last_seq();
        assert_eq!(world.hashes.get(&last), Some(&hash), "{}", world.told.join("\n"));
    }
    world.look_anywhere();
    world
}

#[test]
fn random_ways_through_time_agree_with_the_reference() {
    for seed in 0..8 {
        let mut world = run(seed, 400);
        let hash = world.cloud().cloud().state_hash();
        assert_eq!(replay_hash(&world.cloud().export().unwrap()), Ok(hash), "seed {seed}");
    }
}

#[test]
fn what_was_before_a_compaction_is_found_on_disk() {
    let mut cloud = open(MemoryStorage::default());
    create(&mut cloud);
    let mut hashes = vec![String::new(), cloud.cloud().state_hash()];
    for round in 0..20 {
        put(&mut cloud, &format!("key-{}", round % 3), &"x".repeat(round));
        hashes.push(cloud.cloud().state_hash());
        if round == 10 {
            cloud.try_again();
        }
    }
    cloud = reload(cloud);
    assert_eq!(cloud.cloud().outlook().first_call, 12, "memory begins at the snapshot");
    assert!(cloud.may_reach_further());
    assert_eq!(body_at(&mut cloud, 3, "key-1"), Ok("x".to_owned()));
    assert!(!cloud.may_reach_further());
    for (call, hash) in hashes.iter().enumerate().skip(1) {
        assert_eq!(cloud.cloud().state_hash_at(call as u64).as_ref(), Some(hash), "call {call}");
    }
    cloud.fork(3, REAL).unwrap();
    cloud = reload(cloud);
    assert_eq!(cloud.cloud().state_hash(), hashes[3]);
    assert_eq!(body_at(&mut cloud, 3, "key-1"), Ok("x".to_owned()));
}
