//! The Step Functions console: a machine from an example, its executions as they run, what failed, and going on from there.

use serde_json::json;

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_machine_is_made_run_and_redriven
    a_wait_is_jumped_over
    every_view_has_an_address
    what_is_wrong_with_a_definition_stands_beside_it
}

/// Makes a machine of an example, and waits for its page.
pub fn make(site: &Site, blueprint: &str) {
    site.go("#/play/states?show=new");
    let pick = "const list = document.querySelector('#blueprint'); if (!list) return false;
        list.value = arguments[0]; list.dispatchEvent(new Event('change', { bubbles: true }));
        return document.querySelector('#machine-name').value === arguments[0]";
    site.browser.wait("the example", SOON, pick, &json!([blueprint]));
    site.browser.wait(
        "the verdict",
        SOON,
        "return document.querySelector('#verdict')?.innerText === 'Valid'",
        &json!([]),
    );
    site.browser.click("#create-machine");
    site.browser.wait(
        "the machine",
        SOON,
        "return document.querySelector('#start-execution:enabled') !== null",
        &json!([]),
    );
}

/// Starts an execution of the machine that is shown.
pub fn start(site: &Site, name: &str) {
    site.browser.click("#start-execution");
    site.browser.type_into("#start-name", name);
    site.browser.click(".sf-form button[type=submit]");
    site.browser.wait(
        "the execution",
        SOON,
        "return document.querySelector('#run-status') !== null",
        &json!([]),
    );
}

fn wait_for_status(site: &Site, status: &str) {
    let there = "return document.querySelector('#run-status')?.innerText.trim() === arguments[0]";
    site.browser.wait(&format!("the status {status}"), SOON, there, &json!([status]));
}

/// Waits until a state's name says how it stands: never by its colour alone.
fn wait_for_state(site: &Site, name: &str, mark: &str) {
    let there = "return [...document.querySelectorAll('.nd')].some((one) =>
        one.getAttribute('aria-label').startsWith(arguments[0]) && one.getAttribute('aria-label').endsWith(arguments[1]))";
    site.browser.wait(&format!("{name} to be {mark}"), SOON, there, &json!([name, mark]));
}

fn a_machine_is_made_run_and_redriven(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "retry-and-catch");
    let twin =
        "return document.querySelector('.mirror code')?.innerText.includes('create_state_machine')";
    site.browser.wait("the same in boto3", SOON, twin, &json!([]));
    start(&site, "first");
    wait_for_state(&site, "Read settings", "running");
    // Two waits between tries, of 2 and 4 seconds of the simulated clock.
    let jump = "document.querySelector('#jump:enabled')?.click(); return document.querySelector('#run-error') !== null";
    site.browser.wait("the failure", SOON, jump, &json!([]));
    wait_for_status(&site, "Failed");
    wait_for_state(&site, "Read settings", "failed");
    wait_for_state(&site, "Done", "not reached");
    // A state is a button for the keyboard, too.
    site.browser.run("document.querySelector('.nd[tabindex=\"0\"]').focus()", &json!([]));
    site.browser.press_key("\u{E007}");
    let cause =
        "return document.querySelector('.sf-side')?.innerText.includes('S3.NoSuchBucketException')
        && document.querySelectorAll('.sf-side .sf-failure').length === 3";
    site.browser.wait("three tries and their cause", SOON, cause, &json!([]));
    site.call("CreateBucket", &json!({ "Bucket": "my-settings" }));
    site.browser.click("#redrive");
    wait_for_status(&site, "Succeeded");
    wait_for_state(&site, "Read settings", "error caught");
    wait_for_state(&site, "Done", "succeeded");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_wait_is_jumped_over(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "map");
    start(&site, "packing");
    wait_for_state(&site, "Pack each item", "running");
    let counted = "return [...document.querySelectorAll('.nd')].some((one) => one.getAttribute('aria-label').includes('of 3 done'))";
    site.browser.wait("the items to be counted", SOON, counted, &json!([]));
    let jump = "document.querySelector('#jump:enabled')?.click(); return document.querySelector('#run-output') !== null";
    site.browser.wait("the end", SOON, jump, &json!([]));
    wait_for_status(&site, "Succeeded");
    let output = site.browser.run(
        "return JSON.parse(document.querySelector('#run-output').innerText).packed",
        &json!([]),
    );
    let labels = json!([{ "label": "pen is packed" }, { "label": "ink is packed" }, { "label": "cup is packed" }]);
    assert_eq!(output, labels);
}

fn every_view_has_an_address(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "jsonata");
    start(&site, "one");
    wait_for_status(&site, "Succeeded");
    for (view, seen) in [
        ("outline", "Free of charge?"),
        ("events", "ExecutionSucceeded"),
        ("timeline", "Ship for free"),
        ("compare", "This machine has no other execution"),
    ] {
        site.go(&format!("#/play/states/jsonata/one?show={view}"));
        site.wait_for_words(seen);
    }
    site.go("#/play/states/jsonata/one?show=graph&state=Add%20up");
    site.wait_for_words("$total");
    site.browser.run("history.back()", &json!([]));
    site.wait_for_words("This machine has no other execution");
    site.go("#/play/states/jsonata?show=executions");
    site.wait_for_words("one");
    site.go("#/play/states/nothing");
    site.wait_for_words("There is nothing by this name");
}

fn what_is_wrong_with_a_definition_stands_beside_it(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "hello-world");
    site.go("#/play/states/hello-world?show=definition");
    let spoil = "const field = document.querySelector('#definition'); if (!field) return false;
        field.value = field.value.replace('\"Next\": \"Done\"', '\"Next\": \"Gone\"');
        field.dispatchEvent(new InputEvent('input', { bubbles: true })); return true";
    site.browser.wait("the definition", SOON, spoil, &json!([]));
    site.wait_for_words("MISSING_TRANSITION_TARGET");
    site.browser.click("#save-definition");
    site.wait_for_words("InvalidDefinition");
}
