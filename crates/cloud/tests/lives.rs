//! The life of a resource: who made it, changed it and took it away, and when.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_cloud::{
    Call, Caller, CallerKind, Config, Durable, Kind, MOMENTS_MAX, MemoryStorage, Moment, Turn,
};
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;

const REAL: Timestamp = Timestamp::from_ms(1_000);
const DAY: Duration = Duration::from_hours(24);

fn open() -> Durable<MemoryStorage> {
    Durable::open_with_history(Config::default(), MemoryStorage::default(), REAL)
}

fn map<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Map(members.map(|(name, value)| (name.to_owned(), value)).into())
}

fn call<const N: usize>(
    cloud: &mut Durable<MemoryStorage>,
    operation: &str,
    members: [(&str, Value); N],
) {
    let call = Call {
        service: "s3".to_owned(),
        operation: operation.to_owned(),
        input: map(members),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted { kind: CallerKind::Learner, account: "123456789012".to_owned() },
        at: cloud.cloud().now().plus(Duration::from_millis(7)),
    };
    cloud.call(call).unwrap();
}

fn put(cloud: &mut Durable<MemoryStorage>, key: &str, body: &'static str) {
    let body = Value::Blob(Bytes::from_static(body.as_bytes()));
    call(cloud, "PutObject", [("Bucket", "bucket".into()), ("Key", key.into()), ("Body", body)]);
}

fn life(cloud: &mut Durable<MemoryStorage>, key: &str) -> Vec<Turn> {
    let path = vec!["bucket".to_owned(), key.to_owned()];
    let mut lives = cloud.lives("s3", &BTreeSet::from([path.clone()]));
    assert!(lives.keys().all(|it| *it == path), "of nothing else");
    lives.remove(&path).unwrap_or_default()
}

fn shown(turns: &[Turn]) -> Vec<(u64, u32, bool, Kind)> {
    let one = |turn: &Turn| (turn.moment.call, turn.moment.jump, turn.by_call, turn.kind);
    turns.iter().map(one).collect()
}

#[test]
fn calls_make_change_and_end_it() {
    let mut cloud = open();
    call(&mut cloud, "CreateBucket", [("Bucket", "bucket".into())]);
    put(&mut cloud, "a", "first");
    put(&mut cloud, "b", "another");
    put(&mut cloud, "a", "first");
    put(&mut cloud, "a", "second, longer");
    call(&mut cloud, "DeleteObject", [("Bucket", "bucket".into()), ("Key", "a".into())]);
    let turns = life(&mut cloud, "a");
    let (added, changed, removed) = (Kind::Added, Kind::Changed, Kind::Removed);
    // What is put again as it was, within the same second, is no turn: nothing of it can be told apart.
    assert_eq!(shown(&turns), [(2, 0, true, added), (5, 0, true, changed), (6, 0, true, removed)]);
    assert_eq!(turns[0].after.as_ref().unwrap().get("Size"), Some(&Value::Int(5)));
    assert_eq!(turns[1].after.as_ref().unwrap().get("Size"), Some(&Value::Int(14)));
    assert_eq!(turns[2].after, None);
    assert!(turns[0].at < turns[1].at && turns[1].at < turns[2].at);
    assert_eq!(shown(&life(&mut cloud, "b")), [(3, 0, true, added)]);
    assert_eq!(life(&mut cloud, "never"), []);
}

#[test]
fn time_ends_it_too() {
    let mut cloud = open();
    call(&mut cloud, "CreateBucket", [("Bucket", "bucket".into())]);
    put(&mut cloud, "a", "soon gone");
    let rule = map([
        ("ID", "soon".into()),
        ("Status", "Enabled".into()),
        ("Filter", map([("Prefix", "".into())])),
        ("Expiration", map([("Days", Value::Int(1))])),
    ]);
    let rules = map([("Rules", Value::List(vec![rule]))]);
    let bucket = ("Bucket", "bucket".into());
    let members = [bucket, ("LifecycleConfiguration", rules)];
    call(&mut cloud, "PutBucketLifecycleConfiguration", members);
    // A timer that fires between two calls belongs to time, and not to the call after it.
    let to = cloud.cloud().now().plus(DAY * 3);
    cloud.advance(to);
    put(&mut cloud, "b", "later");
    let turns = life(&mut cloud, "a");
    assert_eq!(shown(&turns)[0], (2, 0, true, Kind::Added));
    let last = turns.last().unwrap();
    assert_eq!((last.by_call, last.kind), (false, Kind::Removed));
    assert!(last.at > turns[0].at.plus(DAY));
    assert_eq!(shown(&life(&mut cloud, "b")), [(4, 0, true, Kind::Added)]);
}

#[test]
fn an_undone_turn_never_was() {
    let mut cloud = open();
    call(&mut cloud, "CreateBucket", [("Bucket", "bucket".into())]);
    put(&mut cloud, "a", "first");
    put(&mut cloud, "a", "second, longer");
    assert_eq!(life(&mut cloud, "a").len(), 2);
    cloud.undo(REAL).unwrap();
    let turns = life(&mut cloud, "a");
    assert_eq!(shown(&turns), [(2, 0, true, Kind::Added)]);
    assert_eq!(turns[0].moment, Moment::after(2));
    // Another way from there, by calls of the same numbers.
    put(&mut cloud, "b", "first");
    assert_eq!(shown(&life(&mut cloud, "a")), [(2, 0, true, Kind::Added)]);
    assert_eq!(shown(&life(&mut cloud, "b")), [(3, 0, true, Kind::Added)]);
    put(&mut cloud, "a", "third");
    assert_eq!(life(&mut cloud, "a").len(), 2);
}

#[test]
fn what_is_no_longer_held_is_not_told() {
    let mut cloud = open();
    call(&mut cloud, "CreateBucket", [("Bucket", "bucket".into())]);
    put(&mut cloud, "a", "first");
    assert_eq!(life(&mut cloud, "a").len(), 1);
    for _ in 0..MOMENTS_MAX {
        call(&mut cloud, "HeadBucket", [("Bucket", "bucket".into())]);
    }
    assert_eq!(life(&mut cloud, "a"), []);
    put(&mut cloud, "a", "second, longer");
    let kinds: Vec<Kind> = life(&mut cloud, "a").iter().map(|turn| turn.kind).collect();
    assert_eq!(kinds, [Kind::Changed]);
}
