//! The Lambda console and the Logs tab, by clicks: what a function is made of, run with, and what it wrote.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_function_is_made_changed_deployed_and_tested
}

/// Calls an operation as the console does, and returns its output.
pub fn call(site: &Site, service: &str, operation: &str, input: &Json) -> Json {
    let answer = site.ask(&json!({
        "kind": "call", "service": service, "operation": operation, "input": input.to_string(),
        "region": "us-east-1", "caller": "console" }));
    let output = answer["ok"]["output"].as_str();
    serde_json::from_str(output.unwrap_or_else(|| panic!("{operation}: {answer}"))).unwrap()
}

/// Waits until a script of the page's says yes.
fn wait_for(site: &Site, what: &str, time: Duration, condition: &str) {
    site.browser.wait(what, time, &format!("return {condition}"), &json!([]));
}

/// Makes a function from a blueprint by the form, and waits until it can be invoked.
pub fn make(site: &Site, blueprint: &str, name: &str) {
    site.go("#/play/lambda");
    wait_for(
        site,
        "the form or its button",
        SOON,
        "document.querySelector('#function-name, #create-function') !== null",
    );
    if site.browser.run("return document.querySelector('#function-name') === null", &json!([]))
        == json!(true)
    {
        site.browser.click("#create-function");
    }
    site.browser.click(&format!("input[value={blueprint}]"));
    site.browser.type_into("#function-name", name);
    site.browser.click("#make-function");
    wait_for(
        site,
        "the function to be active",
        SOON,
        "document.querySelector('#function-state')?.innerText.startsWith('Active')",
    );
}

/// Presses Test, and waits for the end. Returns what stands in the result.
pub fn test(site: &Site, ends: &str) -> String {
    site.browser.click("#test");
    let ended = format!("document.querySelector('#test-state')?.innerText === '{ends}'");
    wait_for(site, &format!("the test to end: {ends}"), PYTHON, &ended);
    let text = "return document.querySelector('#test-result')?.innerText ?? ''";
    site.browser.run(text, &json!([])).as_str().unwrap().to_owned()
}

fn a_function_is_made_changed_deployed_and_tested(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "python-hello", "check-order");
    let configuration = call(
        &site,
        "lambda",
        "GetFunctionConfiguration",
        &json!({ "FunctionName": "check-order" }),
    );
    assert_eq!(configuration["Runtime"], "python3.13");
    site.wait_for_words("lambda_client.create_function(");

    let result = test(&site, "Succeeded");
    assert!(result.contains("Hello, Ada!"), "{result}");
    assert!(result.contains("REPORT RequestId"), "{result}");

    // What is changed is told, kept while another tab is looked at, and runs once it is deployed.
    site.write("def handler(event, context):\n    print('counted', event['total'])\n    return {'cents': round(float(event['total']) * 100)}\n");
    wait_for(
        &site,
        "the mark of what is not deployed",
        SOON,
        "document.querySelector('#unsaved') !== null",
    );
    site.press("Terminal");
    site.press("Lambda");
    wait_for(
        &site,
        "what was written",
        SOON,
        "document.querySelector('.cm-content')?.innerText.includes('cents')",
    );
    site.browser.click("#deploy");
    wait_for(
        &site,
        "the deployment",
        SOON,
        "document.querySelector('#unsaved') === null && document.querySelector('#function-state').innerText.startsWith('Active')",
    );
    let result = test(&site, "Succeeded");
    assert!(result.contains("\"cents\": 1250"), "{result}");
    assert!(result.contains("counted 12.50"), "{result}");
    let billed = "return document.querySelector('#test-report').innerText";
    let report = site.browser.run(billed, &json!([]));
    assert!(report.as_str().is_some_and(|text| text.contains("of 128 MB")), "{report}");

    // An event of one's own, and an error with its place.
    site.browser.click("#edit-event");
    // A quotation mark too many is wrong wherever it stands.
    site.browser.type_into("#event-text", "\"");
    site.wait_for_words("The event is not JSON yet");
    wait_for(&site, "no way to test", SOON, "document.querySelector('#test').disabled");
    site.browser.click("#reset-event");
    wait_for(&site, "a way to test", SOON, "!document.querySelector('#test').disabled");
    site.browser.run("const select = document.querySelector('#test-event'); select.value = 'empty'; select.dispatchEvent(new Event('change', { bubbles: true }))", &json!([]));
    let result = test(&site, "Failed");
    assert!(result.contains("KeyError: 'total'"), "{result}");
    site.press("Go to handler.py, line 2");

    // All of it stands in the log.
    site.press("Whole log");
    site.wait_for_words("counted 12.50");
    wait_for(&site, "an error", SOON, "document.querySelector('.lg.error') !== null");
    site.browser.type_into("#log-filter", "?ERROR ?REPORT");
    wait_for(
        &site,
        "the filter",
        SOON,
        "!document.querySelector('#log-events').innerText.includes('START')",
    );
    site.browser.click(".log-bar button[type=submit]");
    site.wait_for_words("logs.filter_log_events(");
    site.browser.click(".lg.error .lgb");
    site.wait_for_words("Traceback");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}
