//! What was acknowledged is there again: after a page that is gone in the middle of writes, after a cloud worker that is
//! ended, natively as in the browser.

use std::fs;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::in_browsers;
use crate::process::fresh_folder;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_page_killed_in_the_middle_of_writes_loses_nothing
    a_page_killed_often_loses_nothing_from_indexeddb
    a_browser_killed_in_the_middle_of_writes_loses_nothing
    a_cloud_worker_that_is_ended_comes_back
    an_export_replays_natively_to_the_same_state
}

/// How often a page is reloaded in the middle of writes.
const RELOADS: u64 = 20;
/// How often a browser is killed, with each storage: 20 times over both browsers and both storages.
const KILLS: u64 = 5;
/// How many objects are being written at any time.
const WRITERS: u64 = 3;

/// Writes objects for ever, several at a time, numbered from `args[0]`; notes each answer at once.
const WRITE_FOR_EVER: &str = "
    const { cloud } = globalThis.cloudarium;
    const [first, writers] = args;
    window.next = first;
    window.acknowledged = [];
    const write = async () => {
        for (;;) {
            const number = window.next++;
            const answer = await cloud.send({
                kind: 'call', service: 's3', operation: 'PutObject', region: 'us-east-1', caller: 'console',
                input: JSON.stringify({ Bucket: 'kept', Key: `k${number}` }),
                body: new TextEncoder().encode(`body ${number}`) });
            if (!answer.ok) throw new Error(JSON.stringify(answer));
            window.acknowledged.push(number);
        }
    };
    for (let writer = 0; writer < writers; writer += 1) {
        write().catch((error) => { window.failed = String(error); });
    }
    return true;";

/// What was acknowledged so far, and what went wrong.
const ACKNOWLEDGED: &str =
    "return { numbers: window.acknowledged, next: window.next, failed: window.failed ?? null }";

/// Every object of `args[0]` that is not there, or not what was written.
const MISSING: &str = "
    const { cloud } = globalThis.cloudarium;
    const missing = [];
    for (const number of args[0]) {
        const answer = await cloud.send({
            kind: 'call', service: 's3', operation: 'GetObject', region: 'us-east-1', caller: 'console',
            input: JSON.stringify({ Bucket: 'kept', Key: `k${number}` }) });
        if (new TextDecoder().decode(answer.ok?.body ?? new Uint8Array(0)) !== `body ${number}`) missing.push(number);
    }
    return missing;";

/// Writers in the page, and what they were told.
#[derive(Default)]
struct Writers {
    acknowledged: Vec<u64>,
    next: u64,
}

impl Writers {
    /// Has the page write until at least `least` more writes were acknowledged, and then stops looking.
    fn write(&mut self, site: &Site, least: usize) {
        site.browser.run_async(WRITE_FOR_EVER, &json!([self.next, WRITERS]));
        let begun = Instant::now();
        loop {
            let told = site.browser.run(ACKNOWLEDGED, &json!([]));
            assert_eq!(told["failed"], json!(null), "{told}");
            let numbers: Vec<u64> = serde_json::from_value(told["numbers"].clone()).unwrap();
            if numbers.len() >= least {
                self.acknowledged.extend(numbers);
                // Those in flight may or may not be there; their numbers are not used again.
                self.next = told["next"].as_u64().unwrap() + 1_000_000;
                return;
            }
            assert!(begun.elapsed() < SOON, "only {} writes were acknowledged", numbers.len());
        }
    }

    /// Every acknowledged write is there.
    fn find_all(&self, site: &Site) {
        let missing = site.browser.run_async(MISSING, &json!([self.acknowledged]));
        assert_eq!(missing, json!([]), "of {} acknowledged writes", self.acknowledged.len());
    }
}

/// Opens the page with the storage that is meant, and no other.
fn open(site: &Site, storage: &str) {
    site.go(&format!("?storage={storage}#/play"));
    let opened = site.ask(&json!({ "kind": "open", "lesson": null }));
    assert_eq!(opened["ok"]["storage"], json!(storage), "{opened}");
}

fn reload_often(kind: Kind, storage: &str) {
    let site = Site::open(kind);
    open(&site, storage);
    site.call("CreateBucket", &json!({ "Bucket": "kept" }));
    let mut writers = Writers::default();
    for round in 0..RELOADS {
        writers.write(&site, 1 + usize::try_from(round % 7).unwrap());
        site.browser.reload();
        site.settle();
        site.wait_for_cloud();
        assert_eq!(site.buckets(), ["kept"], "after reload {round}");
    }
    writers.find_all(&site);
}

fn a_page_killed_in_the_middle_of_writes_loses_nothing(kind: Kind) {
    reload_often(kind, "opfs");
}

fn a_page_killed_often_loses_nothing_from_indexeddb(kind: Kind) {
    reload_often(kind, "indexeddb");
}

fn a_browser_killed_in_the_middle_of_writes_loses_nothing(kind: Kind) {
    for storage in ["opfs", "indexeddb"] {
        let profile = fresh_folder();
        let mut site = Site::open_on(kind, &profile);
        open(&site, storage);
        site.call("CreateBucket", &json!({ "Bucket": "kept" }));
        let mut writers = Writers::default();
        for round in 0..KILLS {
            writers.write(&site, 5 + 10 * usize::try_from(round).unwrap());
            site.kill_and_open(&profile);
            open(&site, storage);
            writers.find_all(&site);
        }
        drop(site);
        fs::remove_dir_all(&profile).unwrap();
    }
}

fn a_cloud_worker_that_is_ended_comes_back(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play");
    site.call("CreateBucket", &json!({ "Bucket": "kept" }));
    let restart = "const { cloud } = globalThis.cloudarium;
        return await cloud.restart();";
    let opened = site.browser.run_async(restart, &json!([]));
    assert_eq!(opened["ok"]["owned"], json!(true), "{opened}");
    assert_eq!(site.buckets(), ["kept"]);
}

fn an_export_replays_natively_to_the_same_state(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play");
    site.call("CreateBucket", &json!({ "Bucket": "first" }));
    site.call("CreateBucket", &json!({ "Bucket": "second" }));
    site.call("DeleteBucket", &json!({ "Bucket": "first" }));
    let take = "const { cloud } = globalThis.cloudarium;
        const hash = (await cloud.send({ kind: 'hash' })).ok;
        const bytes = (await cloud.send({ kind: 'export' })).ok;
        return { hash, bytes: btoa(String.fromCharCode(...bytes)) };";
    let taken = site.browser.run_async(take, &json!([]));
    let export = STANDARD.decode(taken["bytes"].as_str().unwrap()).unwrap();
    let native = cloudarium_cloud::replay_hash(&export).unwrap();
    assert_eq!(taken["hash"], json!(native));
}
