//! Under the hood: the past is seen, forked, undone and returned to; thousands of calls are drawn a few at a time;
//! every call can be read as code.

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    the_past_is_seen_forked_undone_and_returned_to
    an_object_tells_its_life
    every_console_goes_back
    the_list_draws_what_is_in_sight_and_finds_what_is_asked_for
    a_call_is_code_and_a_difference
}

/// A bucket with an object that was put and deleted: the numbers of the two calls.
fn photos(site: &Site) -> (u64, u64) {
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    let put =
        seq(site, "PutObject", &json!({ "Bucket": "photos", "Key": "a.txt", "Body": "aGVsbG8=" }));
    let deleted = seq(site, "DeleteObject", &json!({ "Bucket": "photos", "Key": "a.txt" }));
    site.go("#/play/s3/photos");
    wait(
        site,
        "the list to be empty",
        "!document.querySelector('#objects')?.innerText.includes('a.txt')",
    );
    (put, deleted)
}

/// Makes a call, and gives its number in the list.
fn seq(site: &Site, operation: &str, input: &Json) -> u64 {
    let answer = site.ask(&json!({
        "kind": "call", "service": "s3", "operation": operation, "input": input.to_string(),
        "region": "us-east-1" }));
    answer["ok"]["seq"].as_u64().unwrap_or_else(|| panic!("{operation}: {answer}"))
}

fn wait(site: &Site, what: &str, condition: &str) {
    site.browser.wait(what, SOON, &format!("return {condition}"), &json!([]));
}

/// The numbers of the calls that made `b.txt`, and made, changed and deleted `a.txt`.
pub struct Lived {
    pub kept: u64,
    first: u64,
    second: u64,
    deleted: u64,
}

/// A bucket `lived` with an object that goes on living and one that does not.
pub fn live(site: &Site) -> Lived {
    site.call("CreateBucket", &json!({ "Bucket": "lived" }));
    let put = |key: &str, body: &str| {
        seq(site, "PutObject", &json!({ "Bucket": "lived", "Key": key, "Body": body }))
    };
    let first = put("a.txt", "aGVsbG8=");
    let kept = put("b.txt", "aGVsbG8=");
    let second = put("a.txt", "aGVsbG8sIHdvcmxk");
    let deleted = seq(site, "DeleteObject", &json!({ "Bucket": "lived", "Key": "a.txt" }));
    Lived { kept, first, second, deleted }
}

/// The past of [`live`], with the details of the object that was to go.
pub fn look_back(site: &Site, lived: &Lived) {
    site.go("#/play/s3/lived/?object=a.txt");
    scrub_to(site, lived.kept);
    wait(site, "its life", "document.querySelectorAll('.turns li').length === 4");
    wait(site, "what became of it", "document.querySelector('.fate .pill.bad') !== null");
}

/// Moves the scrubber as a hand or an arrow key does.
pub fn scrub_to(site: &Site, call: u64) {
    wait(site, "the scrubber", &format!("Number(document.querySelector('#scrub').max) >= {call}"));
    let script = "const scrub = document.querySelector('#scrub'); scrub.value = arguments[0]; \
        scrub.dispatchEvent(new InputEvent('input', {bubbles: true}))";
    site.browser.run(script, &json!([call.to_string()]));
}

fn press_end(site: &Site) {
    let script =
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true}))";
    site.browser.run(script, &json!([]));
}

const HAS_A: &str = "document.querySelector('#objects')?.innerText.includes('a.txt')";
const IS_PAST: &str = "document.querySelector('.bench.past .pastbar') !== null";

fn the_past_is_seen_forked_undone_and_returned_to(kind: Kind) {
    let site = Site::open(kind);
    let (put, deleted) = photos(&site);

    scrub_to(&site, put);
    wait(&site, "the bar of the past", IS_PAST);
    wait(&site, "the object as it was", HAS_A);
    assert!(
        site.browser
            .run("return document.querySelector('#upload').disabled", &json!([]))
            .as_bool()
            .unwrap()
    );
    let later = format!(
        "document.querySelector(\"tr.later[data-seq='{deleted}']\")?.innerText.includes('not yet')"
    );
    wait(&site, "the later call to be told as one", &later);
    press_end(&site);
    wait(&site, "now", &format!("!({IS_PAST}) && !({HAS_A})"));

    scrub_to(&site, put);
    wait(&site, "the object again", HAS_A);
    site.browser.click("#fork");
    wait(
        &site,
        "the fork to be the present",
        &format!(
            "!({IS_PAST}) && {HAS_A} && document.querySelectorAll('.forks .btn').length === 1"
        ),
    );

    site.browser.click("#undo");
    wait(&site, "the object to be undone", &format!("!({HAS_A})"));
    site.browser.click("#redo");
    wait(&site, "the object to be there again", HAS_A);

    site.browser.reload();
    site.settle();
    wait(
        &site,
        "the fork after a reload",
        &format!("{HAS_A} && document.querySelectorAll('.forks .btn').length === 1"),
    );
    site.browser.click(".forks .btn");
    wait(&site, "the cloud that was put aside", &format!("!({HAS_A})"));
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn an_object_tells_its_life(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    let Lived { kept, first, second, deleted } = live(&site);
    // In the present, what made it.
    site.go("#/play/s3/lived/?object=b.txt");
    wait_for_words(&site, ".turns", &format!("put by call {kept}"));

    scrub_to(&site, kept);
    let row = |key: &str, part: &str| {
        format!(
            "[...document.querySelectorAll('.object-table tbody tr')].find((row) => \
            row.innerText.includes('{key}'))?.querySelector('{part}')?.innerText ?? ''"
        )
    };
    let shows = |key: &str, part: &str, words: &str| {
        wait(&site, words, &format!("({}) === {}", row(key, part), json!(words)));
    };
    shows("a.txt", ".fate", &format!("deleted by call {deleted}"));
    shows("b.txt", ".fate", "the same");
    shows("b.txt", ".by", "put by this call");
    wait_for_words(&site, ".turns", ", you look here");

    scrub_to(&site, second);
    shows("a.txt", ".by", "put over by this call");
    to(&site, "#/play/s3/lived/?object=a.txt");
    scrub_to(&site, kept);
    let lines =
        "[...document.querySelectorAll('.turns li > :nth-child(2)')].map((line) => line.innerText)";
    let told = json!([
        format!("put by call {first}"),
        format!("you look here, call {kept}"),
        format!("put over by call {second}"),
        format!("deleted by call {deleted}"),
    ]);
    wait(
        &site,
        "the whole life",
        &format!("JSON.stringify({lines}) === {}", json!(told.to_string())),
    );
    // A turn leads to its call.
    site.browser.click(".turns .lnk");
    let chosen = format!("document.querySelector(\"tr.on[data-seq='{first}']\") !== null");
    wait(&site, "the call that put it", &chosen);
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn wait_for_words(site: &Site, part: &str, words: &str) {
    let has = format!("document.querySelector('{part}')?.innerText.includes({})", json!(words));
    wait(site, words, &has);
}

/// The stage shows these words, or does not.
fn stage_has(site: &Site, words: &str, has: bool) {
    let shown = "document.querySelector('#main').innerText.includes";
    let condition = format!("{shown}({}) === {has}", json!(words));
    wait(site, &format!("the stage to show {words}: {has}"), &condition);
}

fn to(site: &Site, place: &str) {
    site.browser.run("location.hash = arguments[0]; return true", &json!([place]));
    site.settle();
}

fn every_console_goes_back(kind: Kind) {
    let site = Site::open(kind);
    crate::lambda::make(&site, "python-hello", "check-order");
    let machine = json!({ "name": "orders", "roleArn": "arn:aws:iam::123456789012:role/states",
        "definition": json!({ "StartAt": "Paid", "States": { "Paid": { "Type": "Succeed" } } }).to_string() });
    let machine = site.call_of("stepfunctions", "CreateStateMachine", &machine);
    let group = json!({ "logGroupName": "/own/group" });
    site.call_of("logs", "CreateLogGroup", &group);
    let then = seq(&site, "CreateBucket", &json!({ "Bucket": "photos" }));
    site.call_of("logs", "DeleteLogGroup", &group);
    let arn = json!({ "stateMachineArn": machine["stateMachineArn"] });
    site.call_of("stepfunctions", "DeleteStateMachine", &arn);
    site.call_of("lambda", "DeleteFunction", &json!({ "FunctionName": "check-order" }));
    site.call("DeleteBucket", &json!({ "Bucket": "photos" }));
    let places = [
        ("#/play/s3", "photos"),
        ("#/play/lambda", "check-order"),
        ("#/play/states", "orders"),
        ("#/play/logs", "/own/group"),
    ];
    for (place, name) in places {
        to(&site, place);
        stage_has(&site, name, false);
    }
    scrub_to(&site, then);
    for (place, name) in places {
        to(&site, place);
        stage_has(&site, name, true);
    }
    to(&site, "#/play/lambda/check-order");
    stage_has(&site, "def handler", true);
    to(&site, "#/play/lambda/check-order/?show=configuration");
    wait(&site, "the settings", "document.querySelector('#set-memory')?.value === '128'");
    press_end(&site);
    for (place, name) in places {
        to(&site, place);
        stage_has(&site, name, false);
    }
}

fn the_list_draws_what_is_in_sight_and_finds_what_is_asked_for(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "many" }));
    let script = "for (let i = 0; i < 1000; i++) { await cloudarium.cloud.send({kind: 'call', service: 's3', \
        operation: i % 100 === 7 ? 'GetObject' : 'HeadBucket', \
        input: JSON.stringify(i % 100 === 7 ? {Bucket: 'many', Key: 'none'} : {Bucket: 'many'}), region: 'us-east-1'}); }";
    site.browser.run_async(script, &json!([]));
    wait(&site, "all calls", "Number(document.querySelector('#scrub').max) >= 1001");
    let rows = "return document.querySelectorAll('.calls tbody tr').length";
    let drawn = site.browser.run(rows, &json!([])).as_u64().unwrap();
    assert!((5..100).contains(&drawn), "{drawn} rows are drawn");
    wait(
        &site,
        "the newest to be in sight",
        "Number([...document.querySelectorAll('.calls tr[data-seq]')].at(-1).dataset.seq) >= 1001",
    );

    site.browser.click("#filter-calls");
    site.browser.type_into("#find-calls", "nosuchkey");
    wait(
        &site,
        "ten refusals",
        "document.querySelector('.hood-filter').innerText.includes('10 of ')",
    );
    site.browser.click("#filter-calls");

    // By keyboard: the first call, and the one after it.
    let key = "const place = document.querySelector('.calls'); place.focus(); \
        place.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true, cancelable: true}))";
    site.browser.run(key, &json!(["Home"]));
    wait(
        &site,
        "the first call",
        "document.activeElement.closest('tr')?.dataset.seq === document.querySelector('.calls tr[data-seq]').dataset.seq",
    );
    site.browser.run(key, &json!(["ArrowDown"]));
    wait(
        &site,
        "the second call",
        "document.querySelector('.calls tr.on')?.getAttribute('aria-rowindex') === '3'",
    );
}

fn a_call_is_code_and_a_difference(kind: Kind) {
    let site = Site::open(kind);
    let (put, _) = photos(&site);
    wait(&site, "the call", &format!("document.querySelector(\"tr[data-seq='{put}']\") !== null"));
    site.browser.click(&format!("tr[data-seq='{put}'] button"));
    wait(
        &site,
        "the difference",
        "document.querySelector('#call-panel')?.innerText.includes('+ a.txt')",
    );
    wait(
        &site,
        "the bill's part",
        "document.querySelector('#call-panel')?.innerText.includes('PUT requests')",
    );
    site.browser.click("#call-boto3");
    wait(
        &site,
        "boto3",
        "document.querySelector('#call-panel')?.innerText.includes('Body=b\"hello\"')",
    );
    site.browser.click("#call-cli");
    wait(
        &site,
        "the CLI",
        "document.querySelector('#call-panel')?.innerText.includes('aws s3api put-object')",
    );
    site.browser.click("#call-http");
    wait(&site, "HTTP", "document.querySelector('#call-panel')?.innerText.includes('PUT /')");
}
