//! The SQS console by clicks, and a queue whose messages start a Python function in the tab.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::lambda::{call, make as make_function};
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_queue_is_made_filled_read_and_emptied
    a_fifo_queue_keeps_its_groups_apart
    dead_letters_come_and_go_back
    the_settings_of_a_queue_are_changed
    messages_start_a_function_whose_log_is_seen
}

/// Waits until a script of the page's says yes.
fn wait_for(site: &Site, what: &str, time: Duration, condition: &str) {
    site.browser.wait(what, time, &format!("return {condition}"), &json!([]));
}

fn text_of(site: &Site, place: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
    site.browser.run(script, &json!([place])).as_str().unwrap().to_owned()
}

/// Waits until the head tells so many messages available and in flight.
fn wait_for_counts(site: &Site, words: &str) {
    let counted = format!("document.querySelector('#queue-counts')?.innerText === '{words}'");
    wait_for(site, words, SOON, &counted);
}

fn url(name: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/123456789012/{name}")
}

fn arn(name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:123456789012:{name}")
}

/// Makes a queue by the form, whether it is the first or not.
fn make(site: &Site, name: &str, kind: &str) {
    site.go("#/play/sqs");
    let form = "document.querySelector('#queue-name, #create-queue') !== null";
    wait_for(site, "the form or its button", SOON, form);
    let none = "return document.querySelector('#queue-name') === null";
    if site.browser.run(none, &json!([])) == json!(true) {
        site.browser.click("#create-queue");
    }
    site.browser.click(&format!("input[value={kind}]"));
    site.browser.type_into("#queue-name", name);
    site.browser.click("#make-queue");
    wait_for_counts(site, "0 available, 0 in flight");
}

/// Two queues with a message, for those who look at pages: `orders`, and `orders-failed` for its dead letters.
pub fn make_orders(site: &Site) {
    call(site, "sqs", "CreateQueue", &json!({ "QueueName": "orders-failed" }));
    let redrive = json!({ "deadLetterTargetArn": arn("orders-failed"), "maxReceiveCount": 3 });
    let attributes = json!({ "RedrivePolicy": redrive.to_string() });
    let queue = json!({ "QueueName": "orders", "Attributes": attributes });
    call(site, "sqs", "CreateQueue", &queue);
    for body in ["{\"order\": 1017, \"total\": 12.5}", "{\"order\": 1018, \"total\": 99}"] {
        let attributes = json!({ "shop": { "DataType": "String", "StringValue": "Lisbon" } });
        let message = json!({ "QueueUrl": url("orders"), "MessageBody": body, "MessageAttributes": attributes });
        call(site, "sqs", "SendMessage", &message);
    }
}

fn a_queue_is_made_filled_read_and_emptied(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "orders", "standard");
    site.wait_for_words("sqs.create_queue(");
    wait_for(&site, "the title", SOON, "document.title.includes('orders')");

    site.browser.type_into("#message-body", "first");
    site.browser.click("#add-attribute");
    site.browser.type_into(".sq-attribute input", "shop");
    site.browser.type_into(".sq-attribute input:last-of-type", "Lisbon");
    site.browser.click("#send-message");
    wait_for_counts(&site, "1 available, 0 in flight");
    site.wait_for_words("sqs.send_message(");
    // It lies there to be seen, and looking receives nothing.
    wait_for(
        &site,
        "the message",
        SOON,
        "document.querySelector('#lying')?.innerText.includes('first')",
    );

    site.browser.type_over("#poll-visibility", "600");
    site.browser.click("#poll");
    wait_for_counts(&site, "0 available, 1 in flight");
    wait_for(
        &site,
        "its body",
        SOON,
        "document.querySelector('#received pre')?.innerText === 'first'",
    );
    let received = text_of(&site, "#received");
    assert!(received.contains("Receive count: 1") && received.contains("hidden, "), "{received}");
    site.browser.click("#received summary");
    site.wait_for_words("Lisbon");
    site.wait_for_words("ApproximateFirstReceiveTimestamp");

    // Given up, it can be received again, and is known by its second receive.
    site.browser.click("#received .btn[aria-label^='Make visible']");
    wait_for_counts(&site, "1 available, 0 in flight");
    wait_for(
        &site,
        "its state",
        SOON,
        "document.querySelector('#received').innerText.includes('visible again')",
    );
    site.browser.click("#poll");
    wait_for(
        &site,
        "the second receive",
        SOON,
        "document.querySelector('#received').innerText.includes('Receive count: 2')",
    );

    // Time goes on: the visibility timeout ends by itself.
    site.ask(&json!({ "kind": "clock", "jump_ms": 601_000 }));
    wait_for_counts(&site, "1 available, 0 in flight");
    site.browser.click("#poll");
    wait_for(
        &site,
        "the third receive",
        SOON,
        "document.querySelector('#received').innerText.includes('Receive count: 3')",
    );
    site.browser.click("#received .delete-message");
    wait_for_counts(&site, "0 available, 0 in flight");
    site.wait_for_words("no longer in the queue");

    site.browser.type_into("#message-body", " and more");
    site.browser.click("#send-message");
    wait_for_counts(&site, "1 available, 0 in flight");
    site.browser.click("#purge-queue");
    site.wait_for_words("Purge orders, 1 message?");
    site.browser.click(".confirm .danger");
    wait_for_counts(&site, "0 available, 0 in flight");
    // A minute has to go by: AWS's words.
    site.browser.click("#purge-queue");
    site.browser.click(".confirm .danger");
    site.wait_for_words("Only one PurgeQueue operation on orders is allowed every 60 seconds.");

    site.browser.click("#delete-queue");
    site.browser.click(".confirm .danger");
    site.wait_for_words("No queues yet");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_fifo_queue_keeps_its_groups_apart(kind: Kind) {
    let site = Site::open(kind);
    make(&site, "orders.fifo", "fifo");
    site.browser.type_into("#message-body", "one");
    site.browser.click("#send-message");
    site.wait_for_words("MissingParameter");
    site.browser.type_into("#message-group", "lisbon");
    site.browser.type_into("#message-deduplication", "1");
    site.browser.click("#send-message");
    wait_for_counts(&site, "1 available, 0 in flight");
    site.browser.type_over("#message-deduplication", "2");
    site.browser.click("#send-message");
    wait_for_counts(&site, "2 available, 0 in flight");
    // The same again is the same message.
    site.browser.click("#send-message");
    site.wait_for_words("lisbon");
    site.browser.type_over("#poll-most", "1");
    site.browser.click("#poll");
    wait_for_counts(&site, "1 available, 1 in flight");
    // Its group waits until the first is done with.
    site.browser.click("#poll");
    site.wait_for_words("No message came");
    wait_for(&site, "one message", SOON, "document.querySelectorAll('.sq-message').length === 1");
}

fn dead_letters_come_and_go_back(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/sqs");
    make_orders(&site);
    site.go("#/play/sqs/orders");
    site.browser.type_over("#poll-visibility", "0");
    for number in 1..=3 {
        site.browser.click("#poll");
        site.wait_for_words(&format!("Receive count: {number} of 3"));
    }
    // The fourth finds them dead.
    site.browser.click("#poll");
    wait_for_counts(&site, "0 available, 0 in flight");
    site.press("Dead letters");
    wait_for(
        &site,
        "the dead-letter queue",
        SOON,
        "document.querySelector('#set-dead')?.selectedOptions[0].innerText === 'orders-failed'",
    );
    site.go("#/play/sqs/orders-failed/?show=dead-letters");
    wait_for_counts(&site, "2 available, 0 in flight");
    wait_for(
        &site,
        "the source",
        SOON,
        "document.querySelector('#setting-sources a')?.innerText === 'orders'",
    );
    site.browser.click("#start-redrive");
    wait_for(
        &site,
        "the task",
        SOON,
        "document.querySelector('#redrive-tasks')?.innerText.includes('COMPLETED')",
    );
    site.go("#/play/sqs/orders");
    wait_for_counts(&site, "2 available, 0 in flight");
}

fn the_settings_of_a_queue_are_changed(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/sqs");
    make_orders(&site);
    site.go("#/play/sqs/orders/?show=configuration");
    wait_for(&site, "the settings", SOON, "document.querySelector('#VisibilityTimeout') !== null");
    site.browser.type_over("#VisibilityTimeout", "90");
    site.browser.click("#setting-edit button[type=submit]");
    site.wait_for_words("sqs.set_queue_attributes(");
    let told = |names: &[&str]| {
        let input = json!({ "QueueUrl": url("orders"), "AttributeNames": names });
        call(&site, "sqs", "GetQueueAttributes", &input)["Attributes"].clone()
    };
    assert_eq!(told(&["VisibilityTimeout"]), json!({ "VisibilityTimeout": "90" }));
    site.browser.type_over("#DelaySeconds", "901");
    // The browser itself would not send it: AWS is to say what is wrong.
    site.browser.run("document.querySelector('#setting-edit form').noValidate = true", &json!([]));
    site.browser.click("#setting-edit button[type=submit]");
    site.wait_for_words("Invalid value for the parameter DelaySeconds");

    site.browser.click("#edit-policy");
    site.browser.click("#save-policy");
    wait_for(
        &site,
        "the policy",
        SOON,
        "document.querySelector('#setting-policy pre')?.innerText.includes('111122223333')",
    );
    assert!(told(&["Policy"])["Policy"].as_str().is_some_and(|it| it.contains("SendMessage")));
    site.browser.click("#setting-tags button");
    site.browser.type_into("#setting-tags input", "team");
    site.browser.type_into("#setting-tags input:nth-of-type(2)", "shop");
    site.browser.click("#setting-tags button[type=submit]");
    let tagged = || call(&site, "sqs", "ListQueueTags", &json!({ "QueueUrl": url("orders") }));
    wait_for(
        &site,
        "the tag",
        SOON,
        "document.querySelector('#setting-tags .pill')?.innerText === '1'",
    );
    assert_eq!(tagged()["Tags"], json!({ "team": "shop" }));
}

fn messages_start_a_function_whose_log_is_seen(kind: Kind) {
    let site = Site::open(kind);
    make_function(&site, "python-hello", "check-order");
    site.write("def handler(event, context):\n    for record in event['Records']:\n        print('came:', record['body'], record['attributes']['ApproximateReceiveCount'])\n");
    wait_for(
        &site,
        "the mark of what is not deployed",
        SOON,
        "document.querySelector('#unsaved') !== null",
    );
    site.browser.click("#deploy");
    let deployed = "document.querySelector('#unsaved') === null && document.querySelector('#function-state').innerText.startsWith('Active')";
    wait_for(&site, "the deployment", SOON, deployed);
    call(&site, "sqs", "CreateQueue", &json!({ "QueueName": "orders" }));

    // Mapped in the function's console, seen in the queue's.
    site.press("Triggers");
    site.browser.click("#add-trigger");
    site.browser.click("#trigger-of-sqs");
    wait_for(
        &site,
        "the queue",
        SOON,
        "document.querySelector('#trigger-queue')?.selectedOptions[0]?.innerText === 'orders'",
    );
    site.browser.click("#make-mapping");
    wait_for(
        &site,
        "the trigger",
        SOON,
        "[...document.querySelectorAll('.end-of')].some((end) => end.innerText.includes('orders') && end.innerText.includes('Enabled'))",
    );
    site.browser.run("location.hash = '#/play/sqs/orders/?show=triggers'", &json!([]));
    wait_for(
        &site,
        "the trigger",
        SOON,
        "document.querySelector('#trigger-table')?.innerText.includes('Enabled')",
    );

    site.press("Send and receive");
    site.browser.type_into("#message-body", "order 1017");
    site.browser.click("#send-message");
    let messages = || -> Vec<String> {
        let input = json!({ "logGroupName": "/aws/lambda/check-order" });
        let found: Json = call(&site, "logs", "FilterLogEvents", &input);
        let events = found["events"].as_array().cloned().unwrap_or_default();
        events
            .iter()
            .map(|event| event["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    site.go("#/play/logs/%2Faws%2Flambda%2Fcheck-order");
    let came = "document.body.innerText.includes('came: order 1017 1')";
    wait_for(&site, "the line of the function's", PYTHON, came);
    assert_eq!(messages().iter().filter(|it| it.contains("came:")).count(), 1, "{:?}", messages());
    // What was dealt with is deleted.
    let names = json!(["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
    let input = json!({ "QueueUrl": url("orders"), "AttributeNames": names });
    let left = call(&site, "sqs", "GetQueueAttributes", &input)["Attributes"].clone();
    assert!(left.as_object().is_some_and(|it| it.values().all(|count| count == "0")), "{left}");
    let mut errors = site.browser.console_errors();
    errors.retain(|error| !error.contains("'data:text/javascript,' violates"));
    assert!(errors.is_empty(), "{errors:?}");
}
