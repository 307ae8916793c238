//! Random requests against a reference model: a map of buckets to maps of keys. One seed, one run;
//! whatever the cloud answers, the model must have known.
//!
//! `CLOUDARIUM_SEED=7 cargo test -p cloudarium-tests --test simulation` runs one seed.
#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use cloudarium_env::Rng;
use cloudarium_tests::case::stage::{ACCOUNT, InProcess, Made, REGION, Runner};
use serde_json::{Value as Json, json};

const STEPS: usize = 400;
const BUCKETS: [&str; 3] = ["ant-bucket", "bee-bucket", "cat-bucket"];
const PIECES: [&str; 6] = ["a", "b/", "é", " ", "+", "c"];

/// What the cloud should hold.
#[derive(Default)]
struct Reference {
    buckets: BTreeMap<String, BTreeMap<String, String>>,
}

/// The cloud, the reference, and chance.
struct Simulation {
    cloud: InProcess,
    reference: Reference,
    rng: Rng,
    told: Vec<String>,
}

/// A refusal's code, or the output.
type Answer = Result<Json, String>;

impl Simulation {
    fn new(seed: u64, signs: bool) -> Self {
        Self {
            cloud: InProcess::plain(signs),
            reference: Reference::default(),
            rng: Rng::new(seed, "simulation"),
            told: Vec::new(),
        }
    }

    fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.rng.below(below as u64)).unwrap_or(0)
    }

    fn bucket(&mut self) -> String {
        let index = self.below(BUCKETS.len());
        BUCKETS[index].to_owned()
    }

    fn key(&mut self) -> String {
        let pieces = 1 + self.below(3);
        (0..pieces).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    fn call(&mut self, operation: &str, input: &Json) -> Answer {
        self.told.push(format!("{operation} {input}"));
        let made = Made { service: "s3", operation, input, account: ACCOUNT, region: REGION };
        let answer = self.cloud.call(made);
        answer.unwrap_or_else(|words| panic!("{words}")).map_err(|refusal| refusal.code)
    }

    fn agree(&self, what: &str, real: &Answer, wanted: &Answer) {
        assert_eq!(real, wanted, "{what}\nafter\n{}", self.told.join("\n"));
    }

    fn step(&mut self) {
        let bucket = self.bucket();
        match self.below(20) {
            0 | 1 => self.create(&bucket),
            2 => self.delete_bucket(&bucket),
            3..=8 => self.put(&bucket),
            9..=12 => self.get(&bucket),
            13..=15 => self.delete(&bucket),
            16 => self.copy(&bucket),
            _ => self.list(&bucket),
        }
    }

    fn create(&mut self, bucket: &str) {
        let real = self.call("CreateBucket", &json!({"Bucket": bucket})).map(|_| Json::Null);
        self.agree("create", &real, &Ok(Json::Null));
        self.reference.buckets.entry(bucket.to_owned()).or_default();
    }

    fn delete_bucket(&mut self, bucket: &str) {
        let wanted = match self.reference.buckets.get(bucket) {
            None => Err("NoSuchBucket".to_owned()),
            Some(keys) if !keys.is_empty() => Err("BucketNotEmpty".to_owned()),
            Some(_) => Ok(Json::Null),
        };
        let real = self.call("DeleteBucket", &json!({"Bucket": bucket})).map(|_| Json::Null);
        self.agree("delete bucket", &real, &wanted);
        if wanted.is_ok() {
            self.reference.buckets.remove(bucket);
        }
    }

    fn put(&mut self, bucket: &str) {
        let key = self.key();
        let body = "x".repeat(self.below(40));
        let input = json!({"Bucket": bucket, "Key": key, "Body": body});
        let real = self.call("PutObject", &input).map(|_| Json::Null);
        let keys = self.reference.buckets.get_mut(bucket);
        let wanted = keys.ok_or_else(|| "NoSuchBucket".to_owned()).map(|keys| {
            keys.insert(key, body);
            Json::Null
        });
        self.agree("put", &real, &wanted);
    }

    fn found(&self, bucket: &str, key: &str) -> Result<String, String> {
        let keys = self.reference.buckets.get(bucket).ok_or_else(|| "NoSuchBucket".to_owned())?;
        keys.get(key).cloned().ok_or_else(|| "NoSuchKey".to_owned())
    }

    fn get(&mut self, bucket: &str) {
        let key = self.key();
        let real = self.call("GetObject", &json!({"Bucket": bucket, "Key": key}));
        let real = real.map(|output| output["Body"].clone());
        let wanted = self.found(bucket, &key).map(Json::String);
        self.agree("get", &real, &wanted);
    }

    fn delete(&mut self, bucket: &str) {
        let key = self.key();
        let real = self.call("DeleteObject", &json!({"Bucket": bucket, "Key": key}));
        let keys = self.reference.buckets.get_mut(bucket);
        let wanted = keys.ok_or_else(|| "NoSuchBucket".to_owned()).map(|keys| {
            keys.remove(&key);
            Json::Null
        });
        self.agree("delete", &real.map(|_| Json::Null), &wanted);
    }

    fn copy(&mut self, bucket: &str) {
        let (from, to) = (self.key(), self.key());
        let source = self.bucket();
        let encoded =
            from.bytes().fold(String::new(), |encoded, byte| encoded + &format!("%{byte:02X}"));
        let input =
            json!({"Bucket": bucket, "Key": to, "CopySource": format!("{source}/{encoded}")});
        let real = self.call("CopyObject", &input).map(|_| Json::Null);
        let wanted = if self.reference.buckets.contains_key(bucket) {
            self.found(&source, &from).and_then(|body| {
                if source == bucket && from == to {
                    return Err("InvalidRequest".to_owned());
                }
                Ok(body)
            })
        } else {
            Err("NoSuchBucket".to_owned())
        };
        self.agree("copy", &real, &wanted.clone().map(|_| Json::Null));
        if let (Ok(body), Some(keys)) = (wanted, self.reference.buckets.get_mut(bucket)) {
            keys.insert(to, body);
        }
    }

    /// All pages, each of a few keys, are together what the reference holds.
    fn list(&mut self, bucket: &str) {
        let prefix = if self.below(2) == 0 { String::new() } else { self.key() };
        let max_keys = 1 + self.below(5);
        let mut token = None;
        let mut listed: Vec<(String, u64)> = Vec::new();
        let real = loop {
            let mut input = json!({"Bucket": bucket, "Prefix": prefix, "MaxKeys": max_keys});
            if let Some(token) = &token {
                input["ContinuationToken"] = Json::clone(token);
            }
            let page = match self.call("ListObjectsV2", &input) {
                Ok(page) => page,
                Err(code) => break Err(code),
            };
            for row in page["Contents"].as_array().into_iter().flatten() {
                let key = row["Key"].as_str().unwrap_or_default().to_owned();
                listed.push((key, row["Size"].as_u64().unwrap_or_default()));
            }
            token = page.get("NextContinuationToken").cloned();
            if token.is_none() {
                break Ok(json!(listed));
            }
        };
        let keys = self.reference.buckets.get(bucket).ok_or_else(|| "NoSuchBucket".to_owned());
        let wanted = keys.map(|keys| {
            let rows = keys.iter().filter(|(key, _)| key.starts_with(&prefix));
            json!(rows.map(|(key, body)| (key.clone(), body.len())).collect::<Vec<_>>())
        });
        self.agree("list", &real, &wanted);
    }
}

fn seeds() -> Vec<u64> {
    let named = std::env::var("CLOUDARIUM_SEED").ok().and_then(|seed| seed.parse().ok());
    named.map_or_else(|| (0..6).collect(), |seed| vec![seed])
}

fn simulate(signs: bool) {
    for seed in seeds() {
        let run = || {
            let mut simulation = Simulation::new(seed, signs);
            for _ in 0..STEPS {
                simulation.step();
            }
            simulation.cloud.state()
        };
        assert_eq!(run(), run(), "seed {seed} gives two states");
    }
}

#[test]
fn random_calls() {
    simulate(false);
}

#[test]
fn random_signed_requests() {
    simulate(true);
}
