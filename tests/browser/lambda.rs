//! The Lambda console and the Logs tab, by clicks: what a function is made of, run with, and what it wrote.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_function_is_made_changed_deployed_and_tested
    every_tab_of_a_function_does_what_it_says
    versions_have_names_shares_and_environments_that_wait
}

/// Calls an operation as the console does, and returns its output.
pub fn call(site: &Site, service: &str, operation: &str, input: &Json) -> Json {
    let answer = site.ask(&json!({
        "kind": "call", "service": service, "operation": operation, "input": input.to_string(),
        "region": "us-east-1", "caller": "console" }));
    let output = answer["ok"]["output"].as_str();
    serde_json::from_str(output.unwrap_or_else(|| panic!("{operation}: {answer}"))).unwrap()
}

/// The function's configuration, once its update is through: until then there is no other.
fn updated(site: &Site, named: &Json) -> Json {
    loop {
        let now = call(site, "lambda", "GetFunctionConfiguration", named);
        if now["LastUpdateStatus"] != "InProgress" {
            return now;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
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

fn choose(site: &Site, field: &str, value: &str) {
    site.browser.run(
        "const field = document.querySelector(arguments[0]); field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true })); return true",
        &json!([field, value]),
    );
}

fn figure(site: &Site, selector: &str) -> u64 {
    let text = format!("return document.querySelector('{selector}').innerText");
    let text = site.browser.run(&text, &json!([]));
    text.as_str().unwrap().replace([',', '\u{202f}', '\u{a0}', ' '], "").parse().unwrap()
}

fn every_tab_of_a_function_does_what_it_says(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/lambda");
    call(&site, "s3", "CreateBucket", &json!({ "Bucket": "incoming" }));
    make(&site, "node-hello", "greet");
    let result = test(&site, "Succeeded");
    assert!(result.contains("Hello, Ada!") && result.contains("REPORT RequestId"), "{result}");

    let named = json!({ "FunctionName": "greet" });
    site.press("Configuration");
    wait_for(&site, "the settings", SOON, "document.querySelector('#set-memory') !== null");
    site.browser.type_over("#set-memory", "512");
    site.browser.type_over("#set-timeout", "9");
    site.browser.click("#setting-general button[type=submit]");
    site.wait_for_words("lambda_client.update_function_configuration(");
    let now = updated(&site, &named);
    assert_eq!((&now["MemorySize"], &now["Timeout"]), (&json!(512), &json!(9)), "{now}");
    site.browser.type_over("#set-memory", "12");
    site.browser.click("#setting-general button[type=submit]");
    site.wait_for_words("failed to satisfy constraint");
    site.browser.type_over("#set-reserved", "2");
    site.browser.click("#setting-reserved button[type=submit]");
    site.wait_for_words("2 at once");

    site.press("Triggers");
    site.browser.click("#add-trigger");
    wait_for(&site, "the form", SOON, "document.querySelector('#trigger-bucket') !== null");
    site.browser.type_into("#trigger-prefix", "orders/");
    site.browser.click("#make-trigger");
    wait_for(
        &site,
        "the trigger",
        SOON,
        "[...document.querySelectorAll('.end-of')].some((end) => end.innerText.includes('incoming'))",
    );
    let set_on =
        call(&site, "s3", "GetBucketNotificationConfiguration", &json!({ "Bucket": "incoming" }));
    let rule = &set_on["LambdaFunctionConfigurations"][0]["Filter"]["Key"]["FilterRules"][0];
    assert_eq!(rule["Value"], "orders/", "{set_on}");
    call(
        &site,
        "s3",
        "PutObject",
        &json!({ "Bucket": "incoming", "Key": "orders/1", "Body": "MQ==" }),
    );

    // The test, and what the object set off.
    site.press("Monitor");
    let invoked = "Number(document.querySelector('#chart-invocations .figure')?.innerText) === 2";
    wait_for(&site, "both invocations", PYTHON, invoked);
    site.browser.click(".fn-table-of summary");
    wait_for(
        &site,
        "the table",
        SOON,
        "document.querySelectorAll('.fn-table-of tbody tr').length > 0",
    );

    site.press("Load");
    site.browser.type_over("#load-requests", "1000");
    site.browser.type_over("#load-seconds", "10");
    site.browser.click("#load-run");
    wait_for(&site, "the simulation", SOON, "document.querySelector('#load-sent') !== null");
    assert_eq!(figure(&site, "#load-sent"), 1000);
    assert!(figure(&site, "#load-most") <= 2, "no more at once than are reserved");
    let mut errors = site.browser.console_errors();
    // An environment of JavaScript tries whether the policy holds that keeps it in its place.
    errors.retain(|error| !error.contains("'data:text/javascript,' violates"));
    assert!(errors.is_empty(), "{errors:?}");
}

fn versions_have_names_shares_and_environments_that_wait(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "python-hello", "greet");
    site.press("Versions");
    let named = json!({ "FunctionName": "greet" });
    for (version, memory) in [("1", 128), ("2", 256)] {
        let change = json!({ "FunctionName": "greet", "MemorySize": memory });
        call(&site, "lambda", "UpdateFunctionConfiguration", &change);
        let changed = "return (async () => {
            const { ok } = await cloudarium.cloud.send({ kind: 'call', service: 'lambda', operation: 'GetFunctionConfiguration',
                input: JSON.stringify({ FunctionName: 'greet' }), region: 'us-east-1' });
            return JSON.parse(ok.output).LastUpdateStatus === 'Successful';
        })()";
        site.browser.wait("the change to have gone through", SOON, changed, &json!([]));
        site.browser.click("#publish");
        let there = format!(
            "[...document.querySelectorAll('#version-table tbody tr')].some((row) => row.cells[0].innerText === '{version}')"
        );
        wait_for(&site, &format!("version {version}"), SOON, &there);
    }
    site.browser.type_into("#alias-name", "live");
    choose(&site, "#alias-version", "1");
    choose(&site, "#alias-second", "2");
    site.browser.type_over("#alias-share", "25");
    site.browser.click("#make-alias");
    site.wait_for_words("75 % version 1, 25 % version 2");
    let alias = json!({ "FunctionName": "greet", "Name": "live" });
    let made = call(&site, "lambda", "GetAlias", &alias);
    assert_eq!(made["RoutingConfig"]["AdditionalVersionWeights"], json!({ "2": 0.25 }), "{made}");

    choose(&site, "#waiting-for", "live");
    site.browser.type_over("#waiting-count", "3");
    site.browser.click("#keep-waiting");
    site.wait_for_words("getting ready");
    site.ask(&json!({ "kind": "clock", "jump_ms": 120_000 }));
    wait_for(
        &site,
        "them to be ready",
        SOON,
        "/(?<!getting )ready/.test(document.querySelector('#waiting-table')?.innerText)",
    );
    let waiting = call(&site, "lambda", "ListProvisionedConcurrencyConfigs", &named);
    let waiting = &waiting["ProvisionedConcurrencyConfigs"][0];
    assert_eq!(waiting["AllocatedProvisionedConcurrentExecutions"], 3, "{waiting}");
    site.press("Keep none ready for live");
    wait_for(&site, "none to wait", SOON, "document.querySelector('#waiting-table') === null");

    // The whole of it goes to one version again; then the name goes.
    choose(&site, "#alias-version", "2");
    choose(&site, "#alias-second", "");
    site.browser.click("#make-alias");
    wait_for(
        &site,
        "one version",
        SOON,
        "document.querySelector('#alias-table td + td').innerText === 'version 2'",
    );
    site.press("Delete the alias live");
    site.browser.click(".confirm .danger");
    wait_for(&site, "no alias", SOON, "document.querySelector('#alias-table') === null");
}
