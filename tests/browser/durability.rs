//! What was acknowledged is there again: after a page that is gone in the middle of writes, after a cloud worker that is
//! ended, natively as in the browser.

use std::thread::sleep;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::in_browsers;
use crate::site::Site;
use crate::webdriver::Kind;

in_browsers! {
    a_page_killed_in_the_middle_of_writes_loses_nothing
    a_cloud_worker_that_is_ended_comes_back
    an_export_replays_natively_to_the_same_state
}

const KILLS: u64 = 20;

/// Writes one object after the other and notes each answer at once, where a reload does not reach.
const WRITE_FOR_EVER: &str = "
    const { cloud } = globalThis.cloudarium;
    const write = async () => {
        for (;;) {
            const number = Number(sessionStorage.next ?? 0);
            sessionStorage.next = number + 1;
            const answer = await cloud.send({
                kind: 'call', service: 's3', operation: 'PutObject', region: 'us-east-1', caller: 'console',
                input: JSON.stringify({ Bucket: 'kept', Key: `k${number}` }),
                body: new TextEncoder().encode(`body ${number}`) });
            if (!answer.ok) throw new Error(JSON.stringify(answer));
            sessionStorage.acknowledged = `${sessionStorage.acknowledged ?? ''}${number},`;
        }
    };
    write().catch((error) => { sessionStorage.failed = String(error); });
    return true;";

/// Every acknowledged object that is not there, or not what was written.
const MISSING: &str = "
    const { cloud } = globalThis.cloudarium;
    const numbers = (sessionStorage.acknowledged ?? '').split(',').filter((number) => number !== '');
    const missing = [];
    for (const number of numbers) {
        const answer = await cloud.send({
            kind: 'call', service: 's3', operation: 'GetObject', region: 'us-east-1', caller: 'console',
            input: JSON.stringify({ Bucket: 'kept', Key: `k${number}` }) });
        if (new TextDecoder().decode(answer.ok?.body ?? new Uint8Array(0)) !== `body ${number}`) missing.push(number);
    }
    return { acknowledged: numbers.length, missing };";

fn a_page_killed_in_the_middle_of_writes_loses_nothing(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play");
    site.call("CreateBucket", &json!({ "Bucket": "kept" }));
    for round in 0..KILLS {
        site.browser.run_async(WRITE_FOR_EVER, &json!([]));
        sleep(Duration::from_millis(60 + 17 * round));
        site.browser.reload();
        site.settle();
    }
    let found = site.browser.run_async(MISSING, &json!([]));
    assert_eq!(found["missing"], json!([]), "{found}");
    assert!(found["acknowledged"].as_u64().unwrap() > KILLS, "{found}");
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
