//! axe-core finds nothing against WCAG 2.0 to 2.2, A and AA, on any page or in any state that a learner meets: in light
//! and in dark, 1280 and 320 px wide. <https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md>

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;
use crate::{debugger, hood, states};

in_browsers! {
    pages_have_no_violations
    the_console_has_no_violations
    step_functions_have_no_violations
    the_state_editor_has_no_violations
    python_has_no_violations
    a_lesson_has_no_violations
    functions_have_no_violations
    queues_have_no_violations
    buses_and_rules_have_no_violations
}

/// All rules of these standards, with the one for the size of targets, which axe leaves out unless asked.
const RUN: &str = "
    const outcome = await window.axe.run(document, {
        runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
    });
    return outcome.violations.map(({ id, nodes }) => ({
        id, nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`) }));";

/// A site whose states are looked at, and what was found so far.
struct Audit {
    site: Site,
    axe: String,
    found: Vec<String>,
}

impl Audit {
    fn begin(kind: Kind) -> Audit {
        let axe =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/node_modules/axe-core/axe.min.js");
        let axe =
            fs::read_to_string(&axe).unwrap_or_else(|error| panic!("{}: {error}", axe.display()));
        Audit { site: Site::open(kind), axe, found: Vec::new() }
    }

    /// Opens a page in a wide window.
    fn go(&self, place: &str) {
        self.show("light", 1280);
        self.site.go(place);
    }

    fn show(&self, scheme: &str, width: u32) {
        let browser = &self.site.browser;
        browser.resize(Some((width, 800)));
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" }]);
        browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// Looks at the state as it is shown, in every way; in a brief run at each theme and at each width once.
    fn look(&mut self, state: &str) {
        let ways = [("light", 1280), ("dark", 320), ("light", 320), ("dark", 1280)];
        for (scheme, width) in ways.into_iter().take(if crate::is_brief() { 2 } else { 4 }) {
            self.show(scheme, width);
            for region in self.regions(width) {
                self.check(&format!("{state}, {scheme}, {width} px{region}"));
            }
        }
        self.show("light", 1280);
    }

    /// A narrow window shows one region at a time: each is chosen in turn.
    fn regions(&self, width: u32) -> Vec<String> {
        let names = "return [...document.querySelectorAll('.regions button')]
            .filter((one) => one.offsetParent !== null).map((one) => one.id || one.innerText)";
        let names = self.site.browser.run(names, &json!([]));
        let names: Vec<String> = serde_json::from_value(names).unwrap_or_default();
        if width > 400 || names.is_empty() {
            return vec![String::new()];
        }
        names.into_iter().map(|name| format!(", {name}")).collect()
    }

    fn check(&mut self, what: &str) {
        if let Some((_, region)) = what.split_once("320 px, ") {
            self.site.browser.run(
                "[...document.querySelectorAll('.regions button')]
                    .find((one) => (one.id || one.innerText) === arguments[0])?.click()",
                &json!([region]),
            );
        }
        let still = "return document.getAnimations().every((one) => one.playState !== 'running'
            || one.effect?.getComputedTiming().iterations === Infinity)";
        self.site.browser.wait("the page to be still", Duration::from_secs(20), still, &json!([]));
        if self.site.browser.run("return window.axe === undefined", &json!([])) == json!(true) {
            self.site.browser.run(&format!("{}; return true", self.axe), &json!([]));
        }
        let violations = self.site.browser.run_async(RUN, &json!([]));
        for violation in violations.as_array().cloned().unwrap_or_default() {
            let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
            for node in nodes.iter().filter_map(Json::as_str) {
                let words = format!("{}: {}", violation["id"].as_str().unwrap_or_default(), node);
                self.found.push(format!("{what}: {}", words.replace('\n', " ")));
            }
        }
    }

    /// Fails with all that was found.
    fn end(self) {
        self.site.browser.resize(None);
        self.site.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": [] }));
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

fn pages_have_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    // A mistake made on purpose is found, so what is found below is all there is.
    audit.go("#/");
    let spoil = "const image = document.querySelector('main').appendChild(new Image()); image.src = 'logo.svg'; image.className = 'spoilt'";
    audit.site.browser.run(spoil, &json!([]));
    audit.check("an image without words");
    assert!(audit.found.iter().any(|one| one.contains("image-alt")), "{:?}", audit.found);
    audit.found.clear();
    audit.site.browser.run("document.querySelector('.spoilt').remove()", &json!([]));
    for page in
        ["#/", "#/play", "#/play/s3", "#/nowhere", "#/lesson/s3-buckets/1", "#/begin/sample"]
    {
        audit.go(page);
        audit.look(page);
    }
    audit.end();
}

fn step_functions_have_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/states");
    audit.site.wait_for_words("No state machines yet");
    audit.look("no machines");
    states::make(&audit.site, "retry-and-catch");
    states::start(&audit.site, "first");
    let failed = "document.querySelector('#jump:enabled')?.click(); return document.querySelector('#run-error') !== null";
    audit.site.browser.wait("the failure", SOON, failed, &json!([]));
    debugger::start_paused(&audit.site, "retry-and-catch", "held");
    debugger::ask(&audit.site, "ask");
    states::make(&audit.site, "map");
    states::start(&audit.site, "packing");
    audit.look("a Map that runs");
    for (place, words) in [
        ("#/play/states", "retry-and-catch"),
        ("#/play/states?show=new", "Begin with"),
        ("#/play/states/map?show=outline", "Pack each item"),
        ("#/play/states/map?show=graph&state=Pack", "Save state"),
        ("#/play/states/map?show=definition", "Valid"),
        ("#/play/states/map?show=executions", "packing"),
        ("#/play/states/map?show=versions", "Publish version"),
        (
            "#/play/states/retry-and-catch/first?show=graph&state=Read%20settings",
            "S3.NoSuchBucketException",
        ),
        ("#/play/states/retry-and-catch/first?show=outline", "failed"),
        ("#/play/states/retry-and-catch/held", "What goes in"),
        ("#/play/states/retry-and-catch/held?show=outline", "paused here"),
        ("#/play/states/callback/ask", "Waits for an answer"),
        ("#/play/states/retry-and-catch/first?show=events", "TaskScheduled"),
        ("#/play/states/retry-and-catch/first?show=timeline", "Read settings"),
        ("#/play/states/retry-and-catch/first?show=compare", "Choose another execution"),
    ] {
        audit.go(place);
        audit.site.wait_for_words(words);
        audit.look(place);
    }
    audit.go("#/play/states/retry-and-catch?show=definition&state=Read%20settings");
    let open = "const part = document.querySelector('#try'); if (part) part.open = true; return part !== null";
    audit.site.browser.wait("the panel of the state", SOON, open, &json!([]));
    audit.site.browser.click("#try-now");
    audit.site.wait_for_words("Would be tried again");
    audit.site.browser.click("#export");
    audit.site.wait_for_words("create_state_machine");
    audit.look("a state that was tried, and the export");
    audit.end();
}

fn the_state_editor_has_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play");
    crate::state_editor::open(&audit.site, "retry-and-catch");
    audit.look("the editor, no state chosen");
    // A place is to be chosen, and a state has a problem.
    let fails = "const one = document.querySelector('.nd[aria-label^=\"Read settings\"]'); one?.dispatchEvent(new MouseEvent('click', { bubbles: true })); return one !== null";
    audit.site.browser.wait("a state", SOON, fails, &json!([]));
    let press =
        "const one = document.querySelector(arguments[0]); one?.click(); return one !== null";
    for (selector, state) in [
        ("#sfe-tab-data", "the data fields of a state"),
        ("#sfe-tab-errors", "its Retriers and Catchers"),
        ("#pane-form", "its form alone"),
        ("#pane-data", "the data that goes through it"),
        ("#pane-add", "what can be put in"),
        ("#pane-asl", "the text"),
        ("#pane-outline", "the outline"),
        ("#add-Wait", "the outline with its places"),
        ("#pane-graph", "the picture with its places"),
    ] {
        audit.site.browser.wait(selector, SOON, press, &json!([selector]));
        audit.look(state);
    }
    audit.end();
}

fn the_console_has_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/s3");
    for bucket in ["photos", "letters"] {
        audit.site.call("CreateBucket", &json!({ "Bucket": bucket }));
    }
    for (key, body) in
        [("a.txt", "aGVsbG8="), ("table.csv", "YSxiCjEsMgo="), ("album/one.json", "e30=")]
    {
        audit.site.call("PutObject", &json!({ "Bucket": "photos", "Key": key, "Body": body }));
    }
    audit.site.wait_for_words("letters");
    audit.look("buckets");
    audit.site.press("Create bucket");
    audit.site.browser.type_into("#bucket-name", "No");
    audit.look("a form with a name that cannot be");
    audit.site.press("Cancel");
    for place in [
        "#/play/s3/photos/",
        "#/play/s3/photos/?object=a.txt",
        "#/play/s3/photos/?object=table.csv",
    ] {
        audit.go(place);
        audit.site.wait_for_words("table.csv");
        audit.look(place);
    }
    let upload = json!({ "Bucket": "photos", "Key": "film.mp4" });
    audit.site.call("CreateMultipartUpload", &upload);
    let rules = json!({ "Rules": [{ "ID": "Cool down", "Status": "Enabled", "Filter": { "Prefix": "" },
        "Transitions": [{ "Days": 30, "StorageClass": "STANDARD_IA" }], "Expiration": { "Days": 365 } }] });
    let lifecycle = json!({ "Bucket": "photos", "LifecycleConfiguration": rules });
    audit.site.call("PutBucketLifecycleConfiguration", &lifecycle);
    let website = json!({ "IndexDocument": { "Suffix": "index.html" } });
    let website = json!({ "Bucket": "photos", "WebsiteConfiguration": website });
    audit.site.call("PutBucketWebsite", &website);
    for (section, words) in [
        ("versions", "latest"),
        ("properties", "See the website"),
        ("permissions", "Denied"),
        ("management", "film.mp4"),
    ] {
        audit.go(&format!("#/play/s3/photos/?show={section}"));
        audit.site.wait_for_words(words);
        audit.look(section);
    }
    audit.go("#/play/s3/photos/?show=properties");
    audit.site.browser.click("#site-open");
    audit.site.browser.wait(
        "the website",
        SOON,
        "return document.querySelector('.site-frame iframe, #site .pill.bad') !== null",
        &json!([]),
    );
    audit.look("a website");
    audit.go("#/play/s3/photos/?show=management");
    audit.site.browser.click("#setting-replication .btn");
    audit.look("a document that is written");
    audit.go("#/play/s3/photos/?object=a.txt");
    audit.site.browser.click("#object-link");
    audit.site.browser.click("#make-link");
    audit.site.wait_for_words("Open it here");
    audit.site.browser.click("#try-link");
    audit.site.wait_for_words("The link opens.");
    audit.look("a link");
    for (tab, words) in [("metadata", "Replace metadata"), ("access", "Denied")] {
        audit.site.browser.click(&format!("#object-{tab}"));
        audit.site.wait_for_words(words);
        audit.look(tab);
    }
    audit.site.browser.click("#try-access");
    audit.site.wait_for_words("403 AccessDenied");
    audit.look("a read that was refused");
    audit.go("#/play/s3/photos/?show=management");
    audit.site.browser.click(".send-part");
    audit.site.wait_for_words("1 part, ");
    audit.look("an upload with a part");
    audit.go("#/play/s3/photos/");
    audit.site.browser.click("#new-object");
    audit.look("a new object");
    audit.site.browser.click("#objects tbody input[type=checkbox], #objects [role=checkbox]");
    audit.site.browser.click("#delete");
    audit.site.wait_for_words("Delete");
    audit.look("asked whether to delete");
    let lived = hood::live(&audit.site);
    hood::look_back(&audit.site, &lived);
    audit.look("the past");
    audit.end();
}

fn python_has_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/python");
    audit
        .site
        .run_script("import boto3\nboto3.client('s3').get_object(Bucket='nowhere', Key='k')\n");
    audit.look("a script that failed");
    let first_call = "const call = document.querySelector('.hood [data-seq], .hood tbody tr button, .hood tbody tr');
        call?.click(); return call !== null";
    audit.site.browser.wait("a call", SOON, first_call, &json!([]));
    audit.look("a call's request and answer");
    audit.end();
}

fn a_lesson_has_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/lesson/boto3-hello/1");
    audit.site.wait_for_words("Open a session");
    audit.look("a step");
    audit.site.run_script("import boto3\nprint('nothing of use')\n");
    audit.site.wait_for_check("region", "fail");
    audit.look("a check that failed");
    audit.site.run_script(&crate::python::project("lessons/boto3/01-hello-boto3/solution/main.py"));
    audit.site.wait_for_check("region", "pass");
    audit.look("a step that passed");
    audit.end();
}

fn functions_have_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/logs");
    audit.look("no log yet");
    audit.go("#/play/lambda");
    audit.look("the first function");
    crate::lambda::make(&audit.site, "python-retry", "check-order");
    crate::lambda::test(&audit.site, "Succeeded");
    audit.look("a function that answered");
    audit.site.browser.click("#edit-event");
    audit.site.browser.type_into("#event-text", "\"");
    audit.look("an event that is no JSON");
    audit.site.browser.click("#reset-event");
    let empty = "const select = document.querySelector('#test-event'); select.value = 'empty';
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    audit.site.browser.run(empty, &json!([]));
    crate::lambda::test(&audit.site, "Failed");
    audit.look("a function that failed");
    for (part, words) in
        [("monitor", "Invocations"), ("triggers", "Who may invoke it"), ("versions", "Aliases")]
    {
        audit.go(&format!("#/play/lambda/check-order/?show={part}"));
        audit.site.wait_for_words(words);
        audit.look(part);
    }
    audit.go("#/play/lambda/check-order/?show=configuration");
    audit.site.browser.click("#setting-variables button");
    audit.look("settings");
    audit.go("#/play/lambda/check-order/?show=load");
    audit.site.browser.click("#load-run");
    audit.site.wait_for_words("GB-seconds");
    audit.look("a load");
    audit.go("#/play/lambda");
    audit.site.wait_for_words("check-order");
    audit.look("the list of functions");
    audit.go("#/play/logs/%2Faws%2Flambda%2Fcheck-order");
    audit.site.wait_for_words("START");
    audit.site.browser.click(".lg.error .lgb");
    audit.look("a log with an open event");
    audit.end();
}

fn queues_have_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/sqs");
    audit.site.wait_for_words("No queues yet");
    audit.look("the first queue");
    crate::queues::make_orders(&audit.site);
    crate::lambda::make(&audit.site, "python-hello", "check-order");
    audit.go("#/play/sqs");
    audit.site.wait_for_words("orders-failed");
    audit.look("the list of queues");
    audit.go("#/play/sqs/orders");
    audit.site.wait_for_words("In the queue");
    audit.site.browser.click("#add-attribute");
    audit.site.browser.click("#poll");
    audit.site.wait_for_words("Receive count: 1 of 3");
    audit.site.browser.click("#received summary");
    audit.look("messages that were received");
    audit.site.browser.click("#purge-queue");
    audit.look("asked whether to purge");
    audit.go("#/play/sqs/orders/?show=configuration");
    audit.site.wait_for_words("Access policy");
    audit.site.browser.click("#edit-policy");
    audit.look("a policy that is written");
    audit.go("#/play/sqs/orders-failed/?show=dead-letters");
    audit.site.wait_for_words("Start DLQ redrive");
    audit.site.browser.click("#start-redrive");
    audit.site.wait_for_words("COMPLETED");
    audit.look("dead letters that were moved back");
    audit.go("#/play/sqs/orders/?show=triggers");
    audit.site.wait_for_words("No function is started by this queue.");
    audit.site.browser.click("#make-trigger");
    audit.site.wait_for_words("Enabled");
    audit.look("a trigger");
    audit.go("#/play/lambda/check-order/?show=triggers");
    audit.site.wait_for_words("batches of 10");
    audit.site.browser.click("#add-trigger");
    audit.site.browser.click("#trigger-of-sqs");
    audit.look("the trigger in the function's console");
    audit.end();
}

fn buses_and_rules_have_no_violations(kind: Kind) {
    let mut audit = Audit::begin(kind);
    audit.go("#/play/eventbridge");
    audit.site.wait_for_words("default");
    audit.look("the list of buses");
    audit.site.browser.click("#create-bus");
    audit.look("the form of a bus");
    audit.go("#/play/eventbridge/default");
    audit.site.wait_for_words("No rules on this bus yet");
    audit.look("a bus without rules");
    crate::eventbridge::make_large_orders(&audit.site);
    audit.site.wait_for_words("large-orders");
    audit.look("the rules of a bus");
    audit.site.browser.click(".delete-rule");
    audit.look("asked whether to delete a rule");
    audit.go("#/play/eventbridge/default/?show=new");
    audit.site.browser.click("#test-pattern");
    audit.site.wait_for_words("Sample event matched the event pattern");
    audit.look("the form of a rule by a pattern");
    audit.site.browser.click("input[value=schedule]");
    audit.site.wait_for_words("NEXT TIMES (UTC)");
    audit.look("the form of a rule by a schedule");
    audit.go("#/play/eventbridge/default/large-orders");
    audit.site.wait_for_words("TriggeredRules");
    audit.look("a rule");
    audit.go("#/play/eventbridge/default/large-orders/?show=targets");
    audit.site.browser.click(".edit-target");
    audit.site.browser.click("#target-input option[value=transformer]");
    audit.look("a target that is changed");
    audit.go("#/play/eventbridge/default/?show=send");
    audit.site.browser.click("#send-event");
    audit.site.wait_for_words("large-orders");
    audit.look("an event that was sent");
    audit.go("#/play/eventbridge/default/?show=archives");
    audit.site.wait_for_words("all-orders");
    audit.site.browser.type_into("#replay-name", "again");
    audit.site.browser.click("#start-replay");
    audit.site.wait_for_words("STARTING");
    audit.look("archives and replays");
    audit.go("#/play/eventbridge/default/?show=permissions");
    audit.site.wait_for_words("The bus has no policy");
    audit.look("who may send to a bus");
    audit.end();
}
