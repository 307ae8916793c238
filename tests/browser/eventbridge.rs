//! The EventBridge console by clicks: buses, rules by pattern and by schedule, targets, events, archives and replays.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::lambda::call;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_rule_by_pattern_fills_a_queue
    a_schedule_writes_to_a_log_group
    a_target_gets_a_part_of_the_event
    a_bus_keeps_its_events_and_sends_them_again
    what_is_refused_is_said_beside_the_form
    a_connection_lets_an_http_task_in
}

const RULE: &str = "arn:aws:events:us-east-1:123456789012:rule/large-orders";

/// Waits until a script of the page's says yes.
fn wait_for(site: &Site, what: &str, time: Duration, condition: &str) {
    site.browser.wait(what, time, &format!("return {condition}"), &json!([]));
}

/// Waits until an element says something.
fn wait_for_text(site: &Site, place: &str, words: &str) {
    let there = format!("document.querySelector('{place}')?.innerText.includes('{words}')");
    wait_for(site, &format!("{words} in {place}"), SOON, &there);
}

fn choose(site: &Site, list: &str, value: &str) {
    site.browser.click(&format!("{list} option[value='{value}']"));
}

fn queue_url(name: &str) -> String {
    format!("https://sqs.us-east-1.amazonaws.com/123456789012/{name}")
}

fn queue_arn(name: &str) -> String {
    format!("arn:aws:sqs:us-east-1:123456789012:{name}")
}

fn policy(site: &Site, name: &str) -> String {
    let input = json!({ "QueueUrl": queue_url(name), "AttributeNames": ["Policy"] });
    let told = call(site, "sqs", "GetQueueAttributes", &input);
    told["Attributes"]["Policy"].as_str().unwrap_or_default().to_owned()
}

/// The bodies of the messages that lie in a queue; they are gone from it then.
fn bodies(site: &Site, name: &str) -> Vec<String> {
    let input = json!({ "QueueUrl": queue_url(name), "MaxNumberOfMessages": 10 });
    let told: Json = call(site, "sqs", "ReceiveMessage", &input);
    let messages = told["Messages"].as_array().cloned().unwrap_or_default();
    messages.iter().map(|one| one["Body"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A rule on the default bus with a queue as its target, and an archive, for those who look at pages.
pub fn make_large_orders(site: &Site) {
    let statement = json!({
        "Effect": "Allow",
        "Principal": { "Service": "events.amazonaws.com" },
        "Action": "sqs:SendMessage",
        "Resource": queue_arn("large"),
        "Condition": { "ArnEquals": { "aws:SourceArn": RULE } },
    });
    let policy = json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string();
    let queue = json!({ "QueueName": "large", "Attributes": { "Policy": policy } });
    call(site, "sqs", "CreateQueue", &queue);
    let pattern =
        json!({ "source": ["shop.orders"], "detail": { "total": [{ "numeric": [">", 100] }] } });
    let rule = json!({ "Name": "large-orders", "EventPattern": pattern.to_string() });
    call(site, "events", "PutRule", &rule);
    let target = json!({ "Id": "target-1", "Arn": queue_arn("large") });
    call(site, "events", "PutTargets", &json!({ "Rule": "large-orders", "Targets": [target] }));
    let tick = json!({ "Name": "tick", "ScheduleExpression": "rate(5 minutes)" });
    call(site, "events", "PutRule", &tick);
    let archive = json!({
        "ArchiveName": "all-orders",
        "EventSourceArn": "arn:aws:events:us-east-1:123456789012:event-bus/default",
        "RetentionDays": 7,
    });
    call(site, "events", "CreateArchive", &archive);
    let entry = json!({ "Source": "shop.orders", "DetailType": "Order placed", "Detail": "{\"total\": 250}" });
    call(site, "events", "PutEvents", &json!({ "Entries": [entry] }));
}

fn no_errors(site: &Site) {
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_rule_by_pattern_fills_a_queue(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/eventbridge");
    wait_for_text(&site, "#bus-table", "default");
    call(&site, "sqs", "CreateQueue", &json!({ "QueueName": "large" }));
    site.browser.click("#bus-table a");
    site.wait_for_words("No rules on this bus yet");
    wait_for(&site, "the title", SOON, "document.title.includes('default')");
    site.browser.click("#first-rule");
    site.browser.type_into("#rule-name", "large-orders");
    site.browser.click("#test-pattern");
    wait_for_text(&site, "#test-verdict", "Sample event matched the event pattern");
    site.wait_for_words("events.test_event_pattern(");
    choose(&site, "#sample-event", "s3");
    wait_for(&site, "no verdict", SOON, "document.querySelector('#test-verdict').innerText === ''");
    site.browser.click("#test-pattern");
    wait_for_text(&site, "#test-verdict", "did not match");
    site.browser.click("#make-rule");

    site.wait_for_words("The rule has no targets");
    choose(&site, "#target-type", "queue");
    wait_for(
        &site,
        "the queue",
        SOON,
        "document.querySelector('#target-arn')?.selectedOptions[0]?.innerText === 'large'",
    );
    site.browser.click("#put-target");
    wait_for_text(&site, "#target-table", "large");
    // As AWS's console does, it lets the rule send to the queue.
    site.wait_for_words("sqs.set_queue_attributes(");
    assert!(policy(&site, "large").contains(RULE));

    site.go("#/play/eventbridge/default/?show=send");
    site.browser.click("#send-event");
    wait_for_text(&site, "#event-answer", "Event ID");
    wait_for_text(&site, "#set-off", "large-orders");
    let came = bodies(&site, "large");
    assert!(came.len() == 1 && came[0].contains("\"total\":250"), "{came:?}");
    // One that nobody wants.
    site.browser.type_over("#event-detail", "{\"total\": 5}");
    site.browser.click("#send-event");
    wait_for_text(&site, "#set-off", "No rule wanted it so far.");

    site.press("Rules");
    wait_for_text(&site, "#rule-table", "large-orders");
    site.browser.type_into("#find-rules", "nothing like it");
    site.wait_for_words("No rule has that in its name");
    site.browser.type_over("#find-rules", "LARGE");
    wait_for_text(&site, "#rule-table", "large-orders");
    site.browser.click(".toggle-rule");
    wait_for_text(&site, "#rule-table", "Disabled");
    site.browser.click("#rule-table .ev-link a");
    wait_for(&site, "the queue's page", SOON, "location.hash.startsWith('#/play/sqs/large')");
    site.go("#/play/eventbridge/default");
    site.browser.click(".delete-rule");
    site.wait_for_words("Delete the rule large-orders, with its 1 target?");
    site.browser.click(".confirm .danger");
    site.wait_for_words("No rules on this bus yet");
    assert!(!policy(&site, "large").contains(RULE));
    no_errors(&site);
}

fn a_schedule_writes_to_a_log_group(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/eventbridge/default/?show=new");
    call(&site, "logs", "CreateLogGroup", &json!({ "logGroupName": "/aws/events/ticks" }));
    site.browser.type_into("#rule-name", "tick");
    site.browser.click("input[value=schedule]");
    site.browser.type_over("#rule-schedule", "every minute");
    wait_for_text(&site, "#next-times", "This is no schedule expression yet.");
    site.browser.type_over("#rule-schedule", "rate(1 minute)");
    let five = "document.querySelectorAll('#next-times li').length === 5";
    wait_for(&site, "five times", SOON, five);
    site.browser.click("#make-rule");
    site.wait_for_words("The rule has no targets");
    choose(&site, "#target-type", "log-group");
    choose(&site, "#target-input", "constant");
    site.browser.type_over("#input-constant", "{\"say\": \"tick\"}");
    site.browser.click("#put-target");
    wait_for_text(&site, "#target-table", "/aws/events/ticks");
    site.ask(&json!({ "kind": "clock", "jump_ms": 61_000 }));
    wait_for_text(&site, "#rule-counts", "TriggeredRules\\n1");
    let input = json!({ "logGroupName": "/aws/events/ticks" });
    let events = call(&site, "logs", "FilterLogEvents", &input);
    assert!(events["events"][0]["message"].as_str().is_some_and(|it| it.contains("tick")));

    site.press("Event pattern or schedule");
    wait_for(&site, "five times", SOON, five);
    site.browser.type_over("#rule-schedule", "cron(0 12 * * ? *)");
    site.browser.click("#save-schedule");
    site.wait_for_words("Saved the rule");
    let rule = call(&site, "events", "DescribeRule", &json!({ "Name": "tick" }));
    assert_eq!(rule["ScheduleExpression"], "cron(0 12 * * ? *)");
    site.browser.click("#toggle-rule");
    wait_for_text(&site, "#rule-state", "Disabled");
    site.wait_for_words("Nothing happens then: the rule is disabled.");
    no_errors(&site);
}

fn a_target_gets_a_part_of_the_event(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/eventbridge");
    make_large_orders(&site);
    assert_eq!(bodies(&site, "large").len(), 1);
    call(&site, "sqs", "CreateQueue", &json!({ "QueueName": "dead" }));
    site.go("#/play/eventbridge/default/large-orders/?show=targets");
    wait_for_text(&site, "#target-table", "Matched event");
    site.browser.click(".edit-target");
    choose(&site, "#target-input", "transformer");
    site.browser.type_over("#input-paths", "{\"sum\": \"$.detail.total\"}");
    site.browser.type_over("#input-template", "\"It is <sum>.\"");
    choose(&site, "#target-dead", &queue_arn("dead"));
    site.browser.type_into("#target-retries", "2");
    site.browser.click("#put-target");
    wait_for_text(&site, "#target-table", "It is <sum>.");
    wait_for_text(&site, "#target-table", "2 retries");
    wait_for(&site, "the form to close", SOON, "document.querySelector('#target-form') === null");
    assert!(policy(&site, "dead").contains(RULE));
    site.go("#/play/eventbridge/default/?show=send");
    site.browser.click("#send-event");
    wait_for_text(&site, "#set-off", "large-orders");
    assert_eq!(bodies(&site, "large"), ["\"It is 250.\""]);

    // Its pattern is saved as it is written.
    site.go("#/play/eventbridge/default/large-orders");
    site.browser.type_over("#rule-pattern", "{\"source\": [\"shop.orders\"");
    site.wait_for_words("This is not JSON yet");
    site.browser.type_over("#rule-pattern", "{\"source\": [\"shop.orders\"]}");
    site.browser.click("#save-pattern");
    site.wait_for_words("Saved the rule");
    let rule = call(&site, "events", "DescribeRule", &json!({ "Name": "large-orders" }));
    assert_eq!(rule["EventPattern"], "{\"source\": [\"shop.orders\"]}");

    site.press("Targets");
    site.browser.click(".remove-target");
    site.wait_for_words("The rule has no targets");
    assert!(!policy(&site, "dead").contains(RULE));
    no_errors(&site);
}

fn a_bus_keeps_its_events_and_sends_them_again(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/eventbridge");
    site.browser.click("#create-bus");
    site.browser.type_into("#bus-name", "shop");
    site.browser.click("#make-bus");
    site.wait_for_words("events.create_event_bus(");
    site.wait_for_words("No rules on this bus yet");
    site.press("Archives and replays");
    site.wait_for_words("No archive keeps this bus");
    site.browser.type_into("#archive-name", "all");
    site.browser.click("#make-archive");
    wait_for_text(&site, "#archive-table", "all events");
    site.press("Send events");
    site.browser.click("#send-event");
    wait_for_text(&site, "#event-answer", "Event ID");
    site.press("Archives and replays");
    let one = "document.querySelector('#archive-table tbody .num')?.innerText === '1'";
    wait_for(&site, "the event in the archive", SOON, one);

    site.browser.type_into("#replay-name", "again");
    site.browser.click("#start-replay");
    wait_for_text(&site, "#replay-table", "STARTING");
    site.ask(&json!({ "kind": "clock", "jump_ms": 30_000 }));
    wait_for_text(&site, "#replay-table", "COMPLETED");
    // A name is taken for good: AWS's words, beside the form.
    site.browser.click("#start-replay");
    site.wait_for_words("Replay again already exists.");
    site.browser.type_over("#replay-name", "once-more");
    site.browser.click("#start-replay");
    site.browser.click(".cancel-replay");
    site.wait_for_words("Cancelled the replay");
    site.ask(&json!({ "kind": "clock", "jump_ms": 30_000 }));
    wait_for_text(&site, "#replay-table", "CANCELLED");

    site.browser.click(".delete-archive");
    site.browser.click(".confirm .danger");
    site.wait_for_words("No archive keeps this bus");
    site.press("Permissions");
    site.wait_for_words("The bus has no policy");
    let permission = json!({ "EventBusName": "shop", "Action": "events:PutEvents", "Principal": "111122223333", "StatementId": "partner" });
    call(&site, "events", "PutPermission", &permission);
    wait_for_text(&site, "#bus-policy", "partner");
    site.browser.click("#delete-bus");
    site.browser.click(".confirm .danger");
    wait_for(
        &site,
        "the list without it",
        SOON,
        "document.querySelectorAll('#bus-table tbody tr').length === 1",
    );
    no_errors(&site);
}

fn what_is_refused_is_said_beside_the_form(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/eventbridge");
    site.browser.click("#create-bus");
    site.browser.type_into("#bus-name", "a/b");
    site.browser.click("#make-bus");
    let beside = "document.querySelector('.fn-new .refused')?.innerText";
    let words = format!("{beside}?.includes(\"Event bus name must not contain '/'.\")");
    wait_for(&site, "AWS's words", SOON, &words);

    site.go("#/play/eventbridge/default/?show=new");
    site.browser.type_into("#rule-name", "broken");
    site.browser.type_over("#new-pattern", "{\"source\": \"shop\"}");
    site.browser.click("#test-pattern");
    wait_for_text(&site, "#setting-test .refused", "InvalidEventPatternException");
    site.browser.click("#make-rule");
    wait_for(
        &site,
        "the refusal of the rule",
        SOON,
        "document.querySelectorAll('.refused').length === 2",
    );

    site.go("#/play/eventbridge/default/?show=send");
    site.browser.type_over("#event-source", "aws.mine");
    site.browser.click("#send-event");
    wait_for_text(&site, "#event-answer", "NotAuthorizedForSourceException");
    // What is written is shown as it is written.
    site.browser.type_over("#event-source", "<b>shop</b>");
    site.browser.click("#send-event");
    wait_for_text(&site, "#event-answer", "Event ID");
    let none = "document.querySelector('.ev-page b') === null";
    wait_for(&site, "no element of the event's", SOON, none);
    no_errors(&site);
}

/// An API destination is made by clicks, and a rule's target of it; the function at its address is called with what the
/// connection and the target put into the request.
fn an_api_destination_is_sent_events(site: &Site, url: &str) {
    site.wait_for_words("No API destinations in this Region yet");
    site.browser.type_into("#destination-name", "orders");
    site.browser.type_into("#destination-endpoint", url);
    site.browser.type_into("#destination-rate", "20");
    site.browser.click("#make-destination");
    wait_for_text(site, "#destination-table", "20 a second");
    wait_for_text(site, "#destination-table", "ACTIVE");

    let rule = json!({ "Name": "big", "EventPattern": "{\"source\": [\"shop\"]}" });
    call(site, "events", "PutRule", &rule);
    site.go("#/play/eventbridge/default/big?show=targets");
    site.wait_for_words("goes nowhere");
    choose(site, "#target-type", "destination");
    wait_for_text(site, "#target-arn", "orders");
    site.browser.type_into("#target-query", "{\"n\": \"2\"}");
    site.browser.click("#put-target");
    wait_for_text(site, "#target-table", "orders");
    let targets = call(site, "events", "ListTargetsByRule", &json!({ "Rule": "big" }));
    let parameters = json!({ "QueryStringParameters": { "n": "2" } });
    assert_eq!(targets["Targets"][0]["HttpParameters"], parameters, "{targets}");

    let entry = json!({ "Source": "shop", "DetailType": "order", "Detail": "{\"order\": 7}" });
    call(site, "events", "PutEvents", &json!({ "Entries": [entry] }));
    let filter = json!({ "logGroupName": "/aws/lambda/shop", "filterPattern": "\"n=2\"" });
    let began = std::time::Instant::now();
    let line = loop {
        let told = call(site, "logs", "FilterLogEvents", &filter);
        if let Some(line) = told["events"][0]["message"].as_str() {
            break line.to_owned();
        }
        assert!(began.elapsed() < Duration::from_secs(60), "the function was not called: {told}");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert!(line.contains("open sesame") && line.contains("\"order\":7"), "{line}");

    call(site, "events", "RemoveTargets", &json!({ "Rule": "big", "Ids": ["target-1"] }));
    site.go("#/play/eventbridge");
    site.browser.click(".delete-destination");
    site.browser.click(".confirm .danger");
    site.wait_for_words("No API destinations in this Region yet");
}

/// A function that lets in who has the key, by its address; the task that calls it, with a connection made by clicks.
fn a_connection_lets_an_http_task_in(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    crate::functions::run(
        &site,
        "
create('shop', 'def handler(event, context):\\n    told = {\"key\": event[\"headers\"].get(\"shop-key\"), \"query\": event[\"rawQueryString\"]}\\n    print(told, event.get(\"body\"))\\n    return told\\n')
lam.create_function_url_config(FunctionName='shop', AuthType='NONE')
everyone = {'FunctionName': 'shop', 'Principal': '*'}
lam.add_permission(StatementId='url', Action='lambda:InvokeFunctionUrl', FunctionUrlAuthType='NONE', **everyone)
lam.add_permission(StatementId='invoke', Action='lambda:InvokeFunction', InvokedViaFunctionUrl=True, **everyone)
",
    );
    site.go("#/play/eventbridge");
    site.wait_for_words("No connections in this Region yet");
    site.browser.click("#make-connection");
    wait_for(&site, "a refusal", SOON, "document.querySelector('.new-trigger .refused') !== null");
    site.browser.type_into("#connection-name", "shop");
    site.browser.type_into("#api-key-name", "Shop-Key");
    site.browser.type_into("#api-key-value", "open sesame");
    site.browser.click("#make-connection");
    wait_for_text(&site, "#connection-table", "AUTHORIZED");
    site.wait_for_words("events.create_connection(");

    let connections = call(&site, "events", "ListConnections", &json!({}));
    let connection = connections["Connections"][0]["ConnectionArn"].clone();
    let url = call(&site, "lambda", "GetFunctionUrlConfig", &json!({ "FunctionName": "shop" }));
    let task = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {
            "ApiEndpoint": url["FunctionUrl"],
            "Method": "GET",
            "InvocationConfig": { "ConnectionArn": connection },
            "QueryParameters": { "n": 1 },
        },
        "End": true,
    });
    let definition = json!({ "StartAt": "Call", "States": { "Call": task } }).to_string();
    let machine = json!({ "name": "caller", "roleArn": "arn:aws:iam::123456789012:role/m", "definition": definition });
    call(&site, "stepfunctions", "CreateStateMachine", &machine);
    let arn = "arn:aws:states:us-east-1:123456789012:stateMachine:caller";
    let run = json!({ "stateMachineArn": arn, "name": "e" });
    call(&site, "stepfunctions", "StartExecution", &run);
    let ask = json!({ "executionArn": "arn:aws:states:us-east-1:123456789012:execution:caller:e" });
    let began = std::time::Instant::now();
    let told = loop {
        let told = call(&site, "stepfunctions", "DescribeExecution", &ask);
        if told["status"] != "RUNNING" {
            break told;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "it still runs");
        std::thread::sleep(Duration::from_millis(100));
    };
    let output: Json = serde_json::from_str(told["output"].as_str().unwrap_or("null")).unwrap();
    assert_eq!(output["ResponseBody"], json!({ "key": "open sesame", "query": "n=1" }), "{told}");

    an_api_destination_is_sent_events(&site, url["FunctionUrl"].as_str().unwrap_or_default());
    site.browser.click(".delete-connection");
    site.browser.click(".confirm .danger");
    site.wait_for_words("No connections in this Region yet");
    no_errors(&site);
}
