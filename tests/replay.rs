//! The same inputs give the same cloud: through crashes, compactions, snapshots and copies, through
//! forks and undoing, and in wasm as natively.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail so")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_cloud::{
    Call, Caller, CallerKind, Cloud, Config, Durable, Keeping, MemoryStorage, Snapshot, replay_hash,
};
use cloudarium_env::{Blobs as _, MemoryBlobs, Rng, Timestamp};
use cloudarium_shape::Value;

const STEPS: usize = 5_000;
const REAL: Timestamp = Timestamp::from_ms(0);

/// Buckets, their keys, their bodies.
type Reference = BTreeMap<String, BTreeMap<String, Bytes>>;

/// A kept cloud, what it should hold, and chance.
struct World {
    cloud: Option<Durable<MemoryStorage>>,
    reference: Reference,
    held: Option<(Snapshot, Reference)>,
    /// What was held after the latest calls.
    past: BTreeMap<u64, Rc<Reference>>,
    rng: Rng,
}

impl World {
    fn new(seed: u64) -> Self {
        let config = Config { seed, ..Config::default() };
        Self {
            cloud: Some(Durable::open_with_history(config, MemoryStorage::default(), REAL)),
            reference: Reference::new(),
            held: None,
            past: BTreeMap::from([(0, Rc::default())]),
            rng: Rng::new(seed, "world"),
        }
    }

    fn cloud(&mut self) -> &mut Durable<MemoryStorage> {
        self.cloud.as_mut().unwrap()
    }

    fn below(&mut self, below: u64) -> usize {
        usize::try_from(self.rng.below(below)).unwrap()
    }

    fn call(&mut self, operation: &str, members: &[(&str, Value)]) -> Result<Value, String> {
        let passed = Duration::from_millis(self.rng.below(5_000));
        let named = members.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let input = Value::Map(named.collect());
        let cloud = self.cloud();
        let call = Call {
            service: "s3".to_owned(),
            operation: operation.to_owned(),
            input,
            region: "us-east-1".to_owned(),
            caller: Caller::Trusted {
                kind: CallerKind::Learner,
                account: "123456789012".to_owned(),
            },
            at: cloud.cloud().now().plus(passed),
        };
        cloud.call(call).map_err(|fault| fault.code)
    }

    fn step(&mut self) {
        let bucket = format!("bucket-{}", self.below(3));
        let key = format!("key/{}", self.below(40));
        match self.below(10_000) {
            0..=99 => self.create(&bucket),
            100..=149 => self.delete_bucket(&bucket),
            150..=4_999 => self.put(&bucket, &key),
            5_000..=7_999 => self.get(&bucket, &key),
            8_000..=8_999 => self.delete(&bucket, &key),
            9_000..=9_949 => self.list(&bucket),
            9_950..=9_959 => self.undo(),
            9_960..=9_969 => self.fork(),
            9_970..=9_974 => self.crash(),
            9_975..=9_981 => self.compact(),
            9_982..=9_991 => self.hold(),
            9_992..=9_996 => self.go_back(),
            _ => self.copy_of_itself(),
        }
        let last = self.cloud().cloud().calls().last_seq();
        if self.past.get(&last).is_none_or(|then| **then != self.reference) {
            self.past.insert(last, Rc::new(self.reference.clone()));
        }
        while self.past.len() > 300 {
            self.past.pop_first();
        }
    }

    /// What was held after a call.
    fn then(&self, call: u64) -> Option<Reference> {
        self.past.range(..=call).next_back().map(|(_, then)| (**then).clone())
    }

    /// Undoes the last change, and does it again every other time.
    fn undo(&mut self) {
        let before = (self.cloud().cloud().state_hash(), self.reference.clone());
        let Ok(arrival) = self.cloud().undo(REAL) else { return };
        if self.rng.below(2) == 0 {
            self.cloud().redo(REAL).unwrap();
            assert_eq!(self.cloud().cloud().state_hash(), before.0);
            return;
        }
        if let Some(then) = self.then(arrival.shared_call) {
            self.reference = then;
            self.past.retain(|call, _| *call <= arrival.shared_call);
        } else {
            self.cloud().redo(REAL).unwrap();
        }
    }

    /// Goes on from a call of the latest, and returns every other time.
    fn fork(&mut self) {
        let last = self.cloud().cloud().calls().last_seq();
        let call = last - self.rng.below(40).min(last);
        let (Some(then), before) = (self.then(call), self.cloud().cloud().state_hash()) else {
            return;
        };
        if self.cloud().fork(call, REAL).is_err() {
            return;
        }
        if self.rng.below(2) == 0 {
            let put_aside = self.cloud().cloud().outlook().forks.len() - 1;
            self.cloud().return_to(put_aside, REAL).unwrap();
            assert_eq!(self.cloud().cloud().state_hash(), before);
        } else {
            self.reference = then;
            self.past.retain(|known, _| *known <= call);
        }
    }

    fn create(&mut self, bucket: &str) {
        let made = self.call("CreateBucket", &[("Bucket", bucket.into())]);
        assert!(made.is_ok(), "{made:?}");
        self.reference.entry(bucket.to_owned()).or_default();
    }

    fn delete_bucket(&mut self, bucket: &str) {
        let wanted = match self.reference.get(bucket) {
            None => Err("NoSuchBucket".to_owned()),
            Some(keys) if keys.is_empty() => Ok(()),
            Some(_) => Err("BucketNotEmpty".to_owned()),
        };
        let real = self.call("DeleteBucket", &[("Bucket", bucket.into())]).map(drop);
        assert_eq!(real, wanted);
        if wanted.is_ok() {
            self.reference.remove(bucket);
        }
    }

    fn put(&mut self, bucket: &str, key: &str) {
        let length = self.below(200);
        let body = Bytes::from(self.rng.text(b"abcdef \n", length));
        let members =
            [("Bucket", bucket.into()), ("Key", key.into()), ("Body", Value::Blob(body.clone()))];
        let real = self.call("PutObject", &members).map(drop);
        let keys = self.reference.get_mut(bucket);
        let wanted = keys.ok_or_else(|| "NoSuchBucket".to_owned()).map(|keys| {
            keys.insert(key.to_owned(), body);
        });
        assert_eq!(real, wanted);
    }

    fn get(&mut self, bucket: &str, key: &str) {
        let real = self.call("GetObject", &[("Bucket", bucket.into()), ("Key", key.into())]);
        let real = real.map(|output| output.get("Body").cloned());
        let keys = self.reference.get(bucket).ok_or_else(|| "NoSuchBucket".to_owned());
        let wanted = keys.and_then(|keys| {
            let body = keys.get(key).ok_or_else(|| "NoSuchKey".to_owned())?;
            Ok(Some(Value::Blob(body.clone())))
        });
        assert_eq!(real, wanted);
    }

    fn delete(&mut self, bucket: &str, key: &str) {
        let members = [("Bucket", bucket.into()), ("Key", key.into())];
        let real = self.call("DeleteObject", &members).map(drop);
        let keys = self.reference.get_mut(bucket);
        let wanted = keys.ok_or_else(|| "NoSuchBucket".to_owned()).map(|keys| {
            keys.remove(key);
        });
        assert_eq!(real, wanted);
    }

    fn list(&mut self, bucket: &str) {
        let real = self.call("ListObjectsV2", &[("Bucket", bucket.into())]).map(|output| {
            let Some(Value::List(rows)) = output.get("Contents") else { return Vec::new() };
            let keys = rows.iter().filter_map(|row| row.get("Key")?.as_str());
            keys.map(str::to_owned).collect::<Vec<_>>()
        });
        let keys = self.reference.get(bucket).ok_or_else(|| "NoSuchBucket".to_owned());
        assert_eq!(real, keys.map(|keys| keys.keys().cloned().collect::<Vec<_>>()));
    }

    /// The process ends without a word, and another opens what is kept.
    fn crash(&mut self) {
        let before = self.cloud().cloud().state_hash();
        let storage = self.cloud.take().unwrap().into_storage();
        let cloud = Durable::open_with_history(Config::default(), storage, REAL);
        assert_eq!(cloud.keeping(), &Keeping::Kept);
        assert!(cloud.recovery().damage.is_empty(), "{:?}", cloud.recovery());
        assert_eq!(cloud.cloud().state_hash(), before);
        self.cloud = Some(cloud);
        self.held = None;
    }

    fn compact(&mut self) {
        let before = self.cloud().cloud().state_hash();
        assert_eq!(self.cloud().try_again(), &Keeping::Kept);
        assert_eq!(self.cloud().cloud().state_hash(), before);
    }

    fn hold(&mut self) {
        self.held = Some((self.cloud().snapshot(), self.reference.clone()));
    }

    fn go_back(&mut self) {
        if let Some((snapshot, reference)) = self.held.take() {
            self.cloud().restore(&snapshot);
            self.reference = reference;
            self.past.clear();
        }
    }

    /// What is saved and loaded is the same, and so is what an export replays to.
    fn copy_of_itself(&mut self) {
        let cloud = self.cloud();
        let mut blobs = MemoryBlobs::default();
        for blob in cloud.cloud().live_bodies() {
            blobs.put_named(blob, cloud.cloud().body(&blob).unwrap());
        }
        let saved = cloud.cloud().save();
        let config = cloud.cloud().config().clone();
        let copy = Cloud::load(config, &saved, Box::new(blobs)).unwrap();
        let hash = cloud.cloud().state_hash();
        assert_eq!(copy.state_hash(), hash);
        assert_eq!(copy.save(), saved, "canonical, the list of calls included");
        assert_eq!(replay_hash(&cloud.export().unwrap()), Ok(hash));
    }
}

fn run(seed: u64, steps: usize) -> World {
    let mut world = World::new(seed);
    for _ in 0..steps {
        world.step();
    }
    world
}

#[test]
fn random_steps_agree_with_the_reference() {
    run(1, STEPS);
}

#[test]
fn the_same_seed_gives_the_same_cloud() {
    let hash = |seed| run(seed, 500).cloud().cloud().state_hash();
    assert_eq!(hash(5), hash(5));
    assert_ne!(hash(5), hash(6));
}

#[test]
#[ignore = "needs the built site; `cargo xtask test` builds it and runs this"]
fn wasm_replays_to_the_same_state() {
    let site = site();
    let mut world = run(3, 1_500);
    let hash = world.cloud().cloud().state_hash();
    let export = std::env::temp_dir().join(format!("cloudarium-replay-{}", std::process::id()));
    std::fs::write(&export, world.cloud().export().unwrap()).unwrap();
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", REPLAY])
        .arg(site.join("cloud.js"))
        .arg(site.join("cloud_bg.wasm"))
        .arg(&export)
        .output()
        .unwrap();
    std::fs::remove_file(&export).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), hash);
}

/// `dist/`, or what `CLOUDARIUM_SITE` names.
fn site() -> PathBuf {
    let named = std::env::var_os("CLOUDARIUM_SITE").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"))
}

/// Loads the cloud's wasm and prints what the export replays to.
const REPLAY: &str = r"
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [glue, wasm, exported] = process.argv.slice(-3);
// Node fetches no files.
globalThis.fetch = async (url) =>
  new Response(readFileSync(new URL(url)), { headers: { 'content-type': 'application/wasm' } });
const { default: init, fetchRooms, readModelsBy, replayHash } = await import(pathToFileURL(glue).href);
await init({ module_or_path: readFileSync(wasm) });
readModelsBy((service) => readFileSync(new URL(`models/${service}.json`, pathToFileURL(glue)), 'utf8'));
await fetchRooms();
process.stdout.write(replayHash(readFileSync(exported)));
";
