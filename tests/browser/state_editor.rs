//! The visual editor of state machines: a machine built by clicks alone, by the keyboard alone, one history over picture and
//! text, and the data that goes through a state.

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::keyboard::tab_to;
use crate::site::{SOON, Site};
use crate::states;
use crate::webdriver::Kind;

in_browsers! {
    a_machine_is_built_by_clicks_and_run
    a_machine_is_built_by_keyboard_and_run
    picture_and_text_have_one_history
    data_is_shown_as_it_goes_through_a_state
    a_draft_outlives_a_reload
    breakpoints_are_set_where_machines_are_drawn
}

const ENTER: &str = "\u{E007}";
const CONTROL: &str = "\u{E009}";
const SHIFT: &str = "\u{E008}";
const ESCAPE: &str = "\u{E00C}";
const DOWN: &str = "\u{E015}";

/// Makes a machine of an example, and opens it in the editor.
pub fn open(site: &Site, blueprint: &str) {
    states::make(site, blueprint);
    site.go(&format!("#/play/states/{blueprint}?show=edit"));
    let here = "return document.querySelector('#state-editor .nd') !== null";
    site.browser.wait("the editor", SOON, here, &json!([]));
    let called = "return document.querySelector('[data-call*=\"aws-sdk\"]') !== null";
    site.browser.wait("the calls", SOON, called, &json!([]));
}

fn definition(site: &Site, name: &str) -> String {
    let arn = format!("arn:aws:states:us-east-1:123456789012:stateMachine:{name}");
    let asked = json!({ "stateMachineArn": arn });
    let told = site.call_of("stepfunctions", "DescribeStateMachine", &asked);
    told["definition"].as_str().unwrap().to_owned()
}

/// Presses something of the picture by its name.
fn press(site: &Site, label: &str) {
    let press = "const one = [...document.querySelectorAll('[role=button]')].find((one) => one.getAttribute('aria-label') === arguments[0]);
        one?.dispatchEvent(new MouseEvent('click', { bubbles: true })); return one !== undefined";
    site.browser.wait(label, SOON, press, &json!([label]));
}

/// Waits until a state of this name is chosen, and its form is here.
pub fn wait_for_form(site: &Site, name: &str) {
    let there = "return document.querySelector('#state-name')?.value === arguments[0]";
    site.browser.wait(&format!("the form of {name}"), SOON, there, &json!([name]));
}

/// Shows a pane: a low or narrow window shows one at a time.
fn show(site: &Site, pane: &str) {
    let show = "document.querySelector(`#pane-${arguments[0]}`).click();
        return document.querySelector('#state-editor').dataset.pane === arguments[0]";
    site.browser.wait(pane, SOON, show, &json!([pane]));
}

fn wait_for_verdict(site: &Site, words: &str) {
    let there = "return document.querySelector('#verdict')?.innerText === arguments[0]";
    site.browser.wait(words, SOON, there, &json!([words]));
}

/// Writes into a field as typing does.
fn fill(site: &Site, selector: &str, text: &str) {
    let fill = "const field = document.querySelector(arguments[0]); if (!field) return false;
        field.value = arguments[1]; field.dispatchEvent(new InputEvent('input', { bubbles: true })); return true";
    site.browser.wait(selector, SOON, fill, &json!([selector, text]));
}

pub fn wait_for_saved(site: &Site) {
    let saved = "return document.querySelector('#save-machine')?.disabled === true";
    site.browser.wait("it to be saved", SOON, saved, &json!([]));
}

fn wait_for_end(site: &Site) -> Json {
    let jump = "document.querySelector('#jump:enabled')?.click(); return document.querySelector('#run-output') !== null";
    site.browser.wait("the end", SOON, jump, &json!([]));
    site.browser.run("return document.querySelector('#run-status').innerText.trim()", &json!([]))
}

fn a_machine_is_built_by_clicks_and_run(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    let before = definition(&site, "hello-world");
    site.browser.click("#add-Wait");
    press(&site, "Put Wait between Greet and Done");
    wait_for_form(&site, "Wait");
    fill(&site, "#f-Seconds", "7");
    fill(&site, "#find-call", "s3 listbuckets");
    site.browser.click("[data-call='arn:aws:states:::aws-sdk:s3:listBuckets']");
    press(&site, "Put ListBuckets between Wait and Done");
    wait_for_form(&site, "ListBuckets");
    fill(&site, "#find-call", "");
    // The place first, and then what comes there.
    press(&site, "Put a state before Greet");
    site.browser.click("#add-Choice");
    wait_for_form(&site, "Choice");
    site.browser.click("#duplicate-state");
    wait_for_form(&site, "Choice 2");
    site.browser.click("#remove-state");
    press(&site, "Wait, Wait");
    wait_for_form(&site, "Wait");
    site.browser.click("#wrap-parallel");
    wait_for_form(&site, "Parallel");
    wait_for_verdict(&site, "Valid");
    site.browser.click("#save-machine");
    wait_for_saved(&site);
    let after = definition(&site, "hello-world");
    // What was not touched stands there as it was written.
    for line in before.lines().filter(|line| line.contains("Comment") || line.contains("greeting"))
    {
        assert!(after.contains(line), "{line} in\n{after}");
    }
    let parsed: Json = serde_json::from_str(&after).unwrap();
    assert_eq!(parsed["StartAt"], "Choice");
    assert_eq!(parsed["States"]["Parallel"]["Branches"][0]["States"]["Wait"]["Seconds"], 7);
    states::start(&site, "built");
    assert_eq!(wait_for_end(&site), "Succeeded");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_machine_is_built_by_keyboard_and_run(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    let focused = |selector: &str, what: &str| {
        let there = "return document.activeElement?.matches(arguments[0]) === true";
        site.browser.wait(what, SOON, there, &json!([selector]));
    };
    tab_to(&site, "#add-Wait");
    site.browser.press_key(ENTER);
    focused("#place-0", "the first place");
    site.browser.press_key(ESCAPE);
    let none =
        "return document.querySelector('#add-Wait').getAttribute('aria-pressed') === 'false'";
    site.browser.wait("nothing in hand", SOON, none, &json!([]));
    tab_to(&site, "#add-Wait");
    site.browser.press_key(ENTER);
    focused("#place-0", "the first place");
    site.browser.press_key(DOWN);
    focused("[aria-label='Put Wait between Greet and Done']", "the second place");
    site.browser.press_key(ENTER);
    wait_for_form(&site, "Wait");
    focused(".nd[aria-label^='Wait']", "the new state");
    tab_to(&site, "#state-name");
    site.browser.press_keys(&[CONTROL, "a"]);
    site.browser.type_keys("Think");
    site.browser.press_key(ENTER);
    wait_for_form(&site, "Think");
    tab_to(&site, "#save-machine");
    site.browser.press_key(ENTER);
    wait_for_saved(&site);
    let parsed: Json = serde_json::from_str(&definition(&site, "hello-world")).unwrap();
    assert_eq!(parsed["States"]["Greet"]["Next"], "Think");
    assert_eq!(parsed["States"]["Think"]["Next"], "Done");
    tab_to(&site, "#start-execution");
    site.browser.press_key(ENTER);
    tab_to(&site, ".sf-form button[type=submit]");
    site.browser.press_key(ENTER);
    assert_eq!(wait_for_end(&site), "Succeeded");
}

fn picture_and_text_have_one_history(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    let changed = |is: bool| {
        let there = "return document.querySelector('#save-machine')?.disabled === !arguments[0]";
        site.browser.wait("whether it is changed", SOON, there, &json!([is]));
    };
    site.browser.click("#add-Pass");
    press(&site, "Put Pass between Greet and Done");
    wait_for_form(&site, "Pass");
    changed(true);
    show(&site, "asl");
    let typed = "const content = document.querySelector('.sfe-text .cm-content');
        const view = (content?.cmTile ?? content?.cmView)?.view ?? content?.cmTile?.root?.view;
        if (!view) return false;
        view.focus(); view.dispatch({ changes: { from: 0, insert: 'x' } }); return true";
    site.browser.wait("the text", SOON, typed, &json!([]));
    // What does not parse is told, and the picture stays. In a low window it stands behind the text.
    show(&site, "graph");
    site.wait_for_words("The picture shows how it last was");
    let there = "return document.querySelectorAll('.sfe-mid .nd').length === 3";
    site.browser.wait("the picture", SOON, there, &json!([]));
    site.browser.press_keys(&[CONTROL, "z"]);
    let mended = "return document.querySelector('.sfe-mid .note.bad') === null && document.querySelectorAll('.sfe-mid .nd').length === 3";
    site.browser.wait("what was typed to be gone", SOON, mended, &json!([]));
    site.browser.press_keys(&[CONTROL, "z"]);
    changed(false);
    site.browser.press_keys(&[CONTROL, SHIFT, "z"]);
    changed(true);
    site.browser.click("#undo");
    changed(false);
    assert_eq!(
        site.browser.run("return document.querySelector('#undo').disabled", &json!([])),
        json!(true)
    );
}

fn data_is_shown_as_it_goes_through_a_state(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    press(&site, "Greet, Pass");
    wait_for_form(&site, "Greet");
    site.browser.click("#sfe-tab-data");
    site.browser.click("#f-ResultPath");
    site.browser.type_keys("$.");
    let offered = "return document.querySelector('.sfe-menu [aria-selected=true]')?.innerText.includes('\"Ada\"')";
    site.browser.wait("the sample's key", SOON, offered, &json!([]));
    site.browser.press_key(ENTER);
    let taken = "return document.querySelector('#f-ResultPath')?.value === '$.name'";
    site.browser.wait("the path", SOON, taken, &json!([]));
    let output = "const text = document.querySelector('[data-stage=afterResultPath] pre')?.innerText; return text ? JSON.parse(text) : null";
    let shown = site.browser.wait("the stages", SOON, output, &json!([]));
    assert_eq!(shown, json!({ "name": { "greeting": "Hello, Ada" } }));
    // What comes to the next state is brought there through this one.
    press(&site, "Done, Succeed");
    wait_for_form(&site, "Done");
    show(&site, "data");
    site.browser.click("#carry-sample");
    let brought = "return document.querySelector('#sample-input')?.value.includes('Hello, Ada')";
    site.browser.wait("the sample", SOON, brought, &json!([]));
    let calls = "return document.querySelector('.hood')?.innerText.includes('TestState')";
    assert_eq!(site.browser.run(calls, &json!([])), json!(false), "without a trace");
}

/// What is seen of the editor once a machine was put into it: how many boxes there are, and whether it is saved.
fn wait_for_boxes(site: &Site, count: usize, saved: bool) {
    let there = "return document.querySelectorAll('.sfe-mid .nd').length === arguments[0]
        && document.querySelector('#save-machine')?.disabled === arguments[1]";
    site.browser.wait(&format!("{count} states"), SOON, there, &json!([count, saved]));
}

fn reload(site: &Site) {
    site.browser.reload();
    site.settle();
    site.wait_for_cloud();
}

fn a_draft_outlives_a_reload(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    site.browser.click("#add-Wait");
    press(&site, "Put Wait between Greet and Done");
    wait_for_form(&site, "Wait");
    reload(&site);
    site.wait_for_words("What you had not saved is here again.");
    wait_for_boxes(&site, 3, false);
    // It was found, not saved: one step takes it back, and another brings it again.
    site.browser.click("#undo");
    wait_for_boxes(&site, 2, true);
    site.browser.click("#redo");
    wait_for_boxes(&site, 3, false);
    // The text alone shows the same draft, and its change is the picture's.
    site.go("#/play/states/hello-world?show=definition");
    site.wait_for_words("What you had not saved is here again.");
    site.go("#/play/states/hello-world?show=edit");
    wait_for_boxes(&site, 3, false);
    // Changed elsewhere meanwhile: what is put in its place is told.
    let arn = "arn:aws:states:us-east-1:123456789012:stateMachine:hello-world";
    let other = definition(&site, "hello-world").replace("Hello", "Good day");
    let input = json!({ "stateMachineArn": arn, "definition": other });
    site.call_of("stepfunctions", "UpdateStateMachine", &input);
    reload(&site);
    site.wait_for_words("The machine was changed meanwhile");
    site.browser.click("#throw-away");
    wait_for_boxes(&site, 2, true);
    reload(&site);
    wait_for_boxes(&site, 2, true);
    let note = "return document.querySelector('#edit-note') === null";
    assert_eq!(site.browser.run(note, &json!([])), json!(true), "nothing is found any more");
    assert!(definition(&site, "hello-world").contains("Good day"));
}

fn breakpoints_are_set_where_machines_are_drawn(kind: Kind) {
    let site = Site::open(kind);
    open(&site, "hello-world");
    let there = |name: &str, is: bool| {
        let there = "return [...document.querySelectorAll('.sfe-mid .nd')].some((one) =>
            one.getAttribute('aria-label').startsWith(arguments[0]) && one.getAttribute('aria-label').includes('Breakpoint') === arguments[1])";
        site.browser.wait(&format!("{name}: {is}"), SOON, there, &json!([name, is]));
    };
    // By its key in the picture.
    tab_to(&site, ".sfe-mid .nd[tabindex='0']");
    site.browser.press_key("b");
    there("Greet", true);
    site.browser.press_key("b");
    there("Greet", false);
    // By the button of the form; a name that is changed takes it along.
    press(&site, "Done, Succeed");
    wait_for_form(&site, "Done");
    site.browser.click("[aria-label='Breakpoint at Done']");
    there("Done", true);
    site.browser.click("#state-name");
    site.browser.press_keys(&[CONTROL, "a"]);
    site.browser.type_keys("Finish");
    site.browser.press_key(ENTER);
    wait_for_form(&site, "Finish");
    there("Finish", true);
    site.browser.click("#save-machine");
    wait_for_saved(&site);
    states::start(&site, "held");
    let held = "return document.querySelector('.sf-paused')?.innerText.includes('Paused before Finish') === true";
    site.browser.wait("it to stop there", SOON, held, &json!([]));
}
