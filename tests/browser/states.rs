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
    a_state_is_tried_by_itself
    a_script_deploys_the_machine
    states_are_put_in_and_taken_out_by_buttons
}

/// For scripts of these scenarios: an operation of Step Functions as the console calls it, and the cloud itself.
pub const CALL: &str = "
    const { cloud } = globalThis.cloudarium;
    const call = async (operation, input) => {
        const answer = await cloud.send({ kind: 'call', service: 'stepfunctions', operation, input: JSON.stringify(input),
            region: 'us-east-1', caller: 'console' });
        if (answer.ok === undefined) throw new Error(JSON.stringify(answer));
        return JSON.parse(answer.ok.output);
    };";

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

/// Waits until the execution stands so.
pub fn wait_for_status(site: &Site, status: &str) {
    let there = "return document.querySelector('#run-status')?.innerText.trim() === arguments[0]";
    site.browser.wait(&format!("the status {status}"), SOON, there, &json!([status]));
}

/// Waits until a state's name says how it stands: never by its colour alone.
pub fn wait_for_state(site: &Site, name: &str, mark: &str) {
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
    let spoil = "const content = document.querySelector('.sf-cm .cm-content');
        const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
        const from = view?.state.doc.toString().indexOf('\"Next\": \"Done\"') ?? -1;
        if (from < 0) return false;
        view.dispatch({ changes: { from, to: from + 14, insert: '\"Next\": \"Gone\"' } }); return true";
    site.browser.wait("the definition", SOON, spoil, &json!([]));
    site.wait_for_words("MISSING_TRANSITION_TARGET");
    let marked =
        "return document.querySelector('.sf-cm .cm-line.cm-failed')?.innerText.includes('Gone')";
    site.browser.wait("the line to be marked", SOON, marked, &json!([]));
    site.browser.click("#save-definition");
    site.wait_for_words("InvalidDefinition");
}

fn a_state_is_tried_by_itself(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "retry-and-catch");
    site.go("#/play/states/retry-and-catch?show=definition&state=Read%20settings");
    let open = "const part = document.querySelector('#try'); if (part) part.open = true; return part !== null";
    site.browser.wait("the panel", SOON, open, &json!([]));
    let fails = "const list = document.querySelector('#try-mock'); if (!list) return false;
        list.value = 'error'; list.dispatchEvent(new Event('change', { bubbles: true }));
        const field = document.querySelector('#try-error'); if (!field) return false;
        field.value = arguments[0]; field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return document.querySelector('#try-error').value === arguments[0]";
    site.browser.wait("the error", SOON, fails, &json!(["S3.NoSuchKeyException"]));
    site.browser.click("#try-now");
    site.wait_for_words("Error caught");
    site.wait_for_words("then Use defaults");
    site.browser.wait("another error", SOON, fails, &json!(["S3.NoSuchBucketException"]));
    site.browser.click("#try-now");
    site.wait_for_words("Would be tried again");
}

fn a_script_deploys_the_machine(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "jsonata");
    site.go("#/play/states/jsonata?show=definition");
    site.browser.wait(
        "the definition",
        SOON,
        "return document.querySelector('#export') !== null",
        &json!([]),
    );
    site.browser.click("#export");
    let script = site.browser.wait(
        "the script",
        SOON,
        "return document.querySelector('#export-text')?.innerText",
        &json!([]),
    );
    site.call_of(
        "stepfunctions",
        "DeleteStateMachine",
        &json!({ "stateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:jsonata" }),
    );
    site.go("#/play/python");
    let output = site.run_script(script.as_str().unwrap());
    assert!(
        output.contains("deployed arn:aws:states:us-east-1:123456789012:stateMachine:jsonata"),
        "{output}"
    );
    // A second run finds it and brings it up to date.
    let output = site.run_script(script.as_str().unwrap());
    assert!(output.contains("deployed arn:aws:states"), "{output}");
}

fn states_are_put_in_and_taken_out_by_buttons(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "hello-world");
    let definition = || {
        let arn = "arn:aws:states:us-east-1:123456789012:stateMachine:hello-world";
        let told = site.call_of(
            "stepfunctions",
            "DescribeStateMachine",
            &json!({ "stateMachineArn": arn }),
        );
        told["definition"].as_str().unwrap().to_owned()
    };
    let before = definition();
    site.go("#/play/states/hello-world?show=graph&state=Greet");
    let pick = "const list = document.querySelector('#insert-kind'); if (!list) return false;
        list.value = 'Wait'; list.dispatchEvent(new Event('change', { bubbles: true })); return true";
    site.browser.wait("the panel", SOON, pick, &json!([]));
    site.browser.click("#insert-state");
    let there = "return [...document.querySelectorAll('.nd')].some((one) => one.getAttribute('aria-label').startsWith('Wait'))";
    site.browser.wait("the Wait in the picture", SOON, there, &json!([]));
    site.go("#/play/states/hello-world?show=graph&state=Wait");
    site.browser.wait(
        "its panel",
        SOON,
        "return document.querySelector('#state-json')?.value.includes('Seconds')",
        &json!([]),
    );
    site.browser.click("#delete-state");
    site.browser.wait("it to be gone", SOON, &there.replace("return ", "return !"), &json!([]));
    assert_eq!(definition(), before);
}
