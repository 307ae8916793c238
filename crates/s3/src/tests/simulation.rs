//! Random calls against a small reference: lists of versions by key. One seed, one run; whatever the
//! room answers, the reference must have known.
//!
//! A few short runs by `cargo test -p cloudarium-s3 simulation`; all of them by
//! `cargo test --release -p cloudarium-s3 simulation -- --ignored`.

use std::collections::BTreeMap;

use cloudarium_env::{Rng, Timestamp};
use cloudarium_service::{Outcome, Service};
use cloudarium_shape::{Map, Value};

use super::World;
use crate::S3;

const BUCKETS: [&str; 3] = ["plain", "kept", "locked"];
const KEYS: [&str; 5] = ["a", "a/b", "a/c", "b", "é"];
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A version as it should be; without a body it is a delete marker.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    id: String,
    body: Option<String>,
    etag: String,
    until: i64,
    compliance: bool,
    hold: bool,
}

#[derive(Debug, Default)]
struct Rack {
    versioned: bool,
    enabled: bool,
    lock: bool,
    keys: BTreeMap<String, Vec<Kept>>,
}

#[derive(Debug)]
struct Begun {
    bucket: &'static str,
    key: String,
    id: String,
    parts: BTreeMap<i64, (String, String)>,
}

struct Simulation {
    world: World,
    racks: BTreeMap<&'static str, Rack>,
    uploads: Vec<Begun>,
    rng: Rng,
    told: Vec<String>,
}

type Answer = Result<Value, String>;

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

impl Rack {
    fn current(&self, key: &str) -> Option<&Kept> {
        self.keys.get(key)?.first().filter(|kept| kept.body.is_some())
    }

    fn find(&self, key: &str, id: Option<&str>) -> Result<&Kept, &'static str> {
        match id {
            None => self.current(key).ok_or("NoSuchKey"),
            Some(id) => {
                let all = self.keys.get(key).map(Vec::as_slice).unwrap_or_default();
                let found = all.iter().find(|kept| kept.id == id).ok_or("NoSuchVersion")?;
                if found.body.is_some() { Ok(found) } else { Err("MethodNotAllowed") }
            }
        }
    }

    fn write(&mut self, key: &str, kept: Kept) {
        let all = self.keys.entry(key.to_owned()).or_default();
        if !self.versioned {
            all.clear();
        } else if !self.enabled {
            all.retain(|one| one.id != "null");
        }
        all.insert(0, kept);
    }
}

impl Simulation {
    fn new(seed: u64) -> Self {
        let mut simulation = Self {
            world: World::new(),
            racks: BTreeMap::new(),
            uploads: Vec::new(),
            rng: Rng::new(seed, "simulation"),
            told: Vec::new(),
        };
        for name in BUCKETS {
            let mut input = vec![("Bucket", Value::from(name))];
            if name == "locked" {
                input.push(("ObjectLockEnabledForBucket", Value::Bool(true)));
            }
            simulation.call("CreateBucket", input).unwrap();
            let lock = name == "locked";
            let rack = Rack { versioned: lock, enabled: lock, lock, ..Rack::default() };
            simulation.racks.insert(name, rack);
        }
        simulation
    }

    fn call(&mut self, operation: &str, input: Vec<(&str, Value)>) -> Answer {
        self.told.push(format!("{operation} {input:?}"));
        let input: Map = input.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        match self.world.run(operation, Value::Map(input)) {
            Ok(Outcome::Output(output)) => Ok(output),
            Ok(Outcome::Parked) => panic!("it waits"),
            Err(fault) => Err(fault.code),
        }
    }

    fn agree<T: PartialEq + std::fmt::Debug>(&self, what: &str, real: T, wanted: T) {
        let last = self.told.len().saturating_sub(30);
        assert_eq!(real, wanted, "{what}\nafter\n{}", self.told[last..].join("\n"));
    }

    fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.rng.below(below as u64)).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn place(&mut self) -> (&'static str, String) {
        let (bucket, key) = (self.below(BUCKETS.len()), self.below(KEYS.len()));
        (BUCKETS[bucket], KEYS[key].to_owned())
    }

    fn now(&self) -> i64 {
        self.world.now.as_ms()
    }

    /// None, or an id that is or was one of the key's.
    fn version(&mut self, bucket: &str, key: &str) -> Option<String> {
        if self.chance(2) {
            return None;
        }
        let ids: Vec<String> = self.racks[bucket]
            .keys
            .get(key)
            .map(|all| all.iter().map(|kept| kept.id.clone()).collect())
            .unwrap_or_default();
        if ids.is_empty() || self.chance(8) {
            return Some("null".to_owned());
        }
        let at = self.below(ids.len());
        Some(ids[at].clone())
    }

    fn step(&mut self) {
        match self.below(32) {
            0..=8 => self.put(),
            9..=12 => self.get(),
            13..=16 => self.delete(),
            17 | 18 => self.copy(),
            19 => self.begin(),
            20 | 21 => self.part(),
            22 => self.complete(),
            23 => self.abort(),
            24 => self.switch(),
            25 => self.retain(),
            26 => self.hold(),
            27 => self.list_objects(),
            28 | 29 => self.list_versions(),
            30 => self.pass_time(),
            _ => self.sums(),
        }
    }

    /// What was written, once the answer is there.
    fn wrote(&mut self, (bucket, key): (&'static str, &str), body: String, output: &Value) {
        let etag = match output.get("CopyObjectResult") {
            Some(result) => text(result, "ETag"),
            None => text(output, "ETag"),
        };
        let rack = self.racks.get_mut(bucket).unwrap();
        let id = text(output, "VersionId");
        assert_eq!(id.is_empty(), !rack.enabled, "{}", self.told.last().unwrap());
        let id = if id.is_empty() { "null".to_owned() } else { id };
        let body = Some(body);
        rack.write(key, Kept { id, body, etag, until: 0, compliance: false, hold: false });
    }

    /// A condition, and what it must lead to.
    fn condition(
        &mut self,
        bucket: &str,
        key: &str,
    ) -> (Vec<(&'static str, Value)>, Result<(), String>) {
        let current = self.racks[bucket].current(key).map(|kept| kept.etag.clone());
        match (self.below(6), current) {
            (0, Some(_)) => (vec![("IfNoneMatch", "*".into())], Err("PreconditionFailed".into())),
            (0, None) => (vec![("IfNoneMatch", "*".into())], Ok(())),
            (1, Some(etag)) => (vec![("IfMatch", Value::String(etag))], Ok(())),
            (1, None) => (vec![("IfMatch", "x".into())], Err("NoSuchKey".into())),
            (2, Some(_)) => (vec![("IfMatch", "x".into())], Err("PreconditionFailed".into())),
            _ => (vec![], Ok(())),
        }
    }

    fn put(&mut self) {
        let (bucket, key) = self.place();
        let body = format!("{}{}", self.below(4), "x".repeat(self.below(30)));
        let (mut input, wanted) = self.condition(bucket, &key);
        input.push(("Bucket", bucket.into()));
        input.push(("Key", Value::String(key.clone())));
        input.push(("Body", Value::Blob(body.clone().into_bytes().into())));
        let real = self.call("PutObject", input);
        self.agree("put", real.clone().map(|_| ()), wanted);
        if let Ok(output) = real {
            self.wrote((bucket, &key), body, &output);
        }
    }

    fn at(bucket: &str, key: &str, version: Option<&str>) -> Vec<(&'static str, Value)> {
        let mut input = vec![("Bucket", Value::from(bucket)), ("Key", Value::from(key))];
        input.extend(version.map(|id| ("VersionId", Value::from(id))));
        input
    }

    fn get(&mut self) {
        let (bucket, key) = self.place();
        let version = self.version(bucket, &key);
        let real = self.call("GetObject", Self::at(bucket, &key, version.as_deref()));
        let real = real.map(|output| match output.get("Body") {
            Some(Value::Blob(body)) => String::from_utf8(body.to_vec()).unwrap(),
            other => panic!("{other:?}"),
        });
        let found = self.racks[bucket].find(&key, version.as_deref());
        let wanted = found.map(|kept| kept.body.clone().unwrap()).map_err(str::to_owned);
        self.agree("get", real, wanted);
    }

    fn delete(&mut self) {
        let (bucket, key) = self.place();
        let version = self.version(bucket, &key);
        let bypass = bucket == "locked" && self.chance(3);
        let mut input = Self::at(bucket, &key, version.as_deref());
        if bypass {
            input.push(("BypassGovernanceRetention", Value::Bool(true)));
        }
        let real = self.call("DeleteObject", input);
        let now = self.now();
        let rack = &self.racks[bucket];
        let all = rack.keys.get(&key).map(Vec::as_slice).unwrap_or_default();
        let named = all.iter().find(|kept| Some(&kept.id) == version.as_ref());
        let kept =
            named.is_some_and(|kept| kept.hold || kept.until > now && (kept.compliance || !bypass));
        let wanted = if kept { Err("AccessDenied".to_owned()) } else { Ok(()) };
        self.agree("delete", real.clone().map(|_| ()), wanted);
        let Ok(output) = real else { return };
        let rack = self.racks.get_mut(bucket).unwrap();
        match version {
            Some(id) => {
                let all = rack.keys.entry(key.clone()).or_default();
                all.retain(|kept| kept.id != id);
            }
            None if rack.versioned => {
                let (id, etag) = (text(&output, "VersionId"), String::new());
                let (until, compliance, hold) = (0, false, false);
                rack.write(&key, Kept { id, body: None, etag, until, compliance, hold });
            }
            None => {
                rack.keys.remove(&key);
            }
        }
        rack.keys.retain(|_, all| !all.is_empty());
    }

    fn copy(&mut self) {
        let ((from, source), (bucket, key)) = (self.place(), self.place());
        let version = self.version(from, &source);
        let encoded = source.bytes().fold(String::new(), |all, byte| format!("{all}%{byte:02X}"));
        let tail = version.as_ref().map(|id| format!("?versionId={id}")).unwrap_or_default();
        let (mut input, condition) = self.condition(bucket, &key);
        input.push(("Bucket", bucket.into()));
        input.push(("Key", Value::String(key.clone())));
        input.push(("CopySource", Value::String(format!("{from}/{encoded}{tail}"))));
        let real = self.call("CopyObject", input);
        let found = self.racks[from].find(&source, version.as_deref());
        let itself = from == bucket && source == key && version.is_none();
        let wanted = match found {
            Err("MethodNotAllowed") => Err("InvalidRequest".to_owned()),
            Err(code) => Err(code.to_owned()),
            Ok(_) if itself => Err("InvalidRequest".to_owned()),
            Ok(kept) => condition.map(|()| kept.body.clone().unwrap()),
        };
        self.agree("copy", real.clone().map(|_| ()), wanted.clone().map(|_| ()));
        if let (Ok(output), Ok(body)) = (real, wanted) {
            self.wrote((bucket, &key), body, &output);
        }
    }

    fn begin(&mut self) {
        let (bucket, key) = self.place();
        let output = self.call("CreateMultipartUpload", Self::at(bucket, &key, None)).unwrap();
        let id = text(&output, "UploadId");
        self.uploads.push(Begun { bucket, key, id, parts: BTreeMap::new() });
    }

    fn upload(&mut self) -> Option<(usize, Vec<(&'static str, Value)>)> {
        if self.uploads.is_empty() {
            return None;
        }
        let at = self.below(self.uploads.len());
        let begun = &self.uploads[at];
        let mut input = Self::at(begun.bucket, &begun.key, None);
        input.push(("UploadId", Value::String(begun.id.clone())));
        Some((at, input))
    }

    fn part(&mut self) {
        let Some((at, mut input)) = self.upload() else { return };
        let number = i64::try_from(1 + self.below(3)).unwrap();
        let body = format!("part {}", self.below(9));
        input.push(("PartNumber", Value::Int(number)));
        input.push(("Body", Value::Blob(body.clone().into_bytes().into())));
        let output = self.call("UploadPart", input).unwrap();
        self.uploads[at].parts.insert(number, (text(&output, "ETag"), body));
    }

    /// Of one part only: those before the last would have to be large.
    fn complete(&mut self) {
        let Some((at, mut input)) = self.upload() else { return };
        let (bucket, key) = (self.uploads[at].bucket, self.uploads[at].key.clone());
        let (condition, judged) = self.condition(bucket, &key);
        let part = self.uploads[at].parts.last_key_value();
        let part = part.map(|(number, (etag, body))| (*number, etag.clone(), body.clone()));
        let (number, etag, body) = part.unwrap_or((1, "x".to_owned(), String::new()));
        let one = Map::from([
            ("PartNumber".to_owned(), Value::Int(number)),
            ("ETag".to_owned(), Value::String(etag)),
        ]);
        let parts = Map::from([("Parts".to_owned(), Value::List(vec![Value::Map(one)]))]);
        input.push(("MultipartUpload", Value::Map(parts)));
        input.extend(condition);
        let real = self.call("CompleteMultipartUpload", input);
        let wanted = judged
            .and_then(|()| if body.is_empty() { Err("InvalidPart".to_owned()) } else { Ok(()) });
        self.agree("complete", real.clone().map(|_| ()), wanted);
        if let Ok(output) = real {
            self.uploads.remove(at);
            self.wrote((bucket, &key), body, &output);
        }
    }

    fn abort(&mut self) {
        let Some((at, input)) = self.upload() else { return };
        self.call("AbortMultipartUpload", input.clone()).unwrap();
        self.uploads.remove(at);
        let again = self.call("AbortMultipartUpload", input).map(|_| ());
        self.agree("abort", again, Ok(()));
    }

    fn switch(&mut self) {
        let bucket = if self.chance(4) { "locked" } else { "kept" };
        let enabled = self.chance(2);
        let status = if enabled { "Enabled" } else { "Suspended" };
        let configuration = Map::from([("Status".to_owned(), Value::from(status))]);
        let input = vec![
            ("Bucket", Value::from(bucket)),
            ("VersioningConfiguration", Value::Map(configuration)),
        ];
        let real = self.call("PutBucketVersioning", input).map(|_| ());
        let refused = bucket == "locked" && !enabled;
        let wanted = if refused { Err("InvalidBucketState".to_owned()) } else { Ok(()) };
        self.agree("switch", real, wanted);
        if !refused {
            let rack = self.racks.get_mut(bucket).unwrap();
            (rack.versioned, rack.enabled) = (true, enabled);
        }
    }

    /// The version that a lock is for, or why there is none.
    fn lockable(&self, bucket: &str, key: &str, version: Option<&str>) -> Result<Kept, String> {
        let rack = &self.racks[bucket];
        if !rack.lock {
            return Err("InvalidRequest".to_owned());
        }
        rack.find(key, version).cloned().map_err(str::to_owned)
    }

    fn change(&mut self, bucket: &str, key: &str, id: &str, change: impl Fn(&mut Kept)) {
        let all = self.racks.get_mut(bucket).and_then(|rack| rack.keys.get_mut(key));
        all.unwrap().iter_mut().filter(|kept| kept.id == id).for_each(change);
    }

    fn retain(&mut self) {
        let (bucket, key) = self.place();
        let version = self.version(bucket, &key);
        let (compliance, bypass) = (self.chance(4), self.chance(2));
        let days = i64::try_from(1 + self.below(5)).unwrap();
        let until = self.now() + days * DAY_MS;
        let mode = if compliance { "COMPLIANCE" } else { "GOVERNANCE" };
        let retention = Map::from([
            ("Mode".to_owned(), Value::from(mode)),
            ("RetainUntilDate".to_owned(), Value::Timestamp(Timestamp::from_ms(until))),
        ]);
        let mut input = Self::at(bucket, &key, version.as_deref());
        input.push(("Retention", Value::Map(retention)));
        input.push(("BypassGovernanceRetention", Value::Bool(bypass)));
        let real = self.call("PutObjectRetention", input).map(|_| ());
        let found = self.lockable(bucket, &key, version.as_deref());
        let now = self.now();
        let wanted = found.clone().and_then(|kept| {
            let active = kept.until > now;
            let extends = kept.compliance == compliance && until >= kept.until;
            let may = !active || extends || bypass && !kept.compliance;
            if may { Ok(()) } else { Err("AccessDenied".to_owned()) }
        });
        self.agree("retain", real, wanted.clone());
        if let (Ok(kept), Ok(())) = (found, wanted) {
            self.change(bucket, &key, &kept.id, |kept| {
                (kept.until, kept.compliance) = (until, compliance);
            });
        }
    }

    fn hold(&mut self) {
        let (bucket, key) = self.place();
        let version = self.version(bucket, &key);
        let on = self.chance(3);
        let status = Value::from(if on { "ON" } else { "OFF" });
        let mut input = Self::at(bucket, &key, version.as_deref());
        input.push(("LegalHold", Value::Map(Map::from([("Status".to_owned(), status)]))));
        let real = self.call("PutObjectLegalHold", input).map(|_| ());
        let found = self.lockable(bucket, &key, version.as_deref());
        self.agree("hold", real, found.clone().map(|_| ()));
        if let Ok(kept) = found {
            self.change(bucket, &key, &kept.id, |kept| kept.hold = on);
        }
    }

    fn list_objects(&mut self) {
        let bucket = self.place().0;
        let max_keys = 1 + self.below(3);
        let (mut token, mut real) = (None, Vec::new());
        loop {
            let max_keys = Value::Int(i64::try_from(max_keys).unwrap());
            let mut input = vec![("Bucket", Value::from(bucket)), ("MaxKeys", max_keys)];
            input.extend(token.take().map(|token| ("ContinuationToken", token)));
            let page = self.call("ListObjectsV2", input).unwrap();
            let rows = list(&page, "Contents").iter();
            real.extend(rows.map(|row| (text(row, "Key"), text(row, "ETag"))));
            token = page.get("NextContinuationToken").cloned();
            if token.is_none() {
                break;
            }
        }
        let rack = &self.racks[bucket];
        let keys = rack.keys.keys().filter_map(|key| Some((key.clone(), rack.current(key)?)));
        let wanted: Vec<_> = keys.map(|(key, kept)| (key, kept.etag.clone())).collect();
        self.agree("list objects", real, wanted);
    }

    fn list_versions(&mut self) {
        let (bucket, prefix) = (self.place().0, if self.chance(2) { "" } else { "a" });
        let max_keys = Value::Int(i64::try_from(1 + self.below(4)).unwrap());
        let (mut markers, mut real): (Vec<(&str, Value)>, _) = (Vec::new(), Vec::new());
        loop {
            let mut input = vec![
                ("Bucket", Value::from(bucket)),
                ("Prefix", Value::from(prefix)),
                ("MaxKeys", max_keys.clone()),
            ];
            input.append(&mut markers);
            let page = self.call("ListObjectVersions", input).unwrap();
            for (of, marker) in [("Versions", false), ("DeleteMarkers", true)] {
                real.extend(list(&page, of).iter().map(|row| {
                    let latest = row.get("IsLatest") == Some(&Value::Bool(true));
                    (text(row, "Key"), text(row, "VersionId"), marker, latest)
                }));
            }
            let Some(key) = page.get("NextKeyMarker").cloned() else { break };
            markers.push(("KeyMarker", key));
            let id = page.get("NextVersionIdMarker").cloned();
            markers.extend(id.map(|id| ("VersionIdMarker", id)));
        }
        let mut wanted = Vec::new();
        for (key, all) in self.racks[bucket].keys.iter().filter(|it| it.0.starts_with(prefix)) {
            wanted.extend(
                all.iter()
                    .enumerate()
                    .map(|(at, kept)| (key.clone(), kept.id.clone(), kept.body.is_none(), at == 0)),
            );
        }
        real.sort();
        wanted.sort();
        self.agree("list versions", real, wanted);
    }

    fn pass_time(&mut self) {
        let days = i64::try_from(self.below(3)).unwrap();
        self.world.now = Timestamp::from_ms(self.now() + days * DAY_MS + 1000);
    }

    /// What is counted as things come and go is what is there, also after a save.
    fn sums(&mut self) {
        let mut loaded = S3::default();
        loaded.load(&self.world.s3.save()).unwrap();
        assert_eq!(loaded.state.buckets, self.world.s3.state.buckets);
        for (name, rack) in &self.racks {
            let sums = &loaded.state.buckets.get(*name).unwrap().sums;
            let all = || rack.keys.values().flatten();
            let bytes = all().filter_map(|kept| kept.body.as_ref()).map(String::len).sum::<usize>();
            let objects = rack.keys.keys().filter(|key| rack.current(key).is_some()).count();
            self.agree("sums", (sums.bytes, sums.objects), (bytes as u64, objects));
            self.agree("count", sums.versions, all().count());
        }
    }
}

fn run(seed: u64, steps: usize) {
    let mut simulation = Simulation::new(seed);
    for _ in 0..steps {
        simulation.step();
    }
    simulation.sums();
}

#[test]
fn simulation_of_a_few_seeds() {
    for seed in 0..4 {
        run(seed, 1500);
    }
}

#[test]
#[ignore = "it takes its time: 10,000 steps of each of 100 seeds"]
fn simulation_of_many_seeds() {
    for seed in 0..100 {
        run(seed, 10_000);
    }
}
