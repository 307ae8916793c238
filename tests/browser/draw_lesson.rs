//! The lesson that is done by drawing, from its beginning to its end by the keyboard alone.

use serde_json::json;

use crate::in_browsers;
use crate::keyboard::{answer, passed_within, tab_to};
use crate::site::{SOON, Site};
use crate::state_editor::{wait_for_form, wait_for_saved};
use crate::webdriver::Kind;

in_browsers! {
    a_machine_is_drawn_by_keyboard_alone
}

const ENTER: &str = "\u{E007}";
const CONTROL: &str = "\u{E009}";
const ESCAPE: &str = "\u{E00C}";
const DOWN: &str = "\u{E015}";
const RIGHT: &str = "\u{E014}";
/// More places, or boxes, than this machine has.
const PLACES_MAX: usize = 20;

fn enter(site: &Site, selector: &str) {
    tab_to(site, selector);
    site.browser.press_key(ENTER);
}

/// Opens the editor by the step's own link.
fn open_editor(site: &Site) {
    enter(site, ".by-clicks a");
    let here = "return document.querySelector('#state-editor .nd') !== null";
    site.browser.wait("the editor", SOON, here, &json!([]));
}

/// From where the focus is, by the arrow key, to what is called so.
fn arrow_to(site: &Site, name: &str) {
    let is = "return document.activeElement.getAttribute('aria-label')?.startsWith(arguments[0]) === true";
    for _ in 0..PLACES_MAX {
        if site.browser.run(is, &json!([name])) == json!(true) {
            return;
        }
        site.browser.press_key(DOWN);
    }
    site.browser.fail(&format!("arrows do not come to {name}"));
}

/// Takes what is in hand to a place, and puts it there.
fn put(site: &Site, place: &str, form: &str) {
    let first = "return document.activeElement?.id === 'place-0'";
    site.browser.wait("the first place", SOON, first, &json!([]));
    arrow_to(site, place);
    site.browser.press_key(ENTER);
    wait_for_form(site, form);
}

/// Writes into a field in place of what stands there; what is offered meanwhile is left alone.
fn write(site: &Site, selector: &str, text: &str) {
    tab_to(site, selector);
    site.browser.press_keys(&[CONTROL, "a"]);
    site.browser.type_keys(text);
    let offers = "return document.querySelector('.sfe-menu') !== null";
    if site.browser.run(offers, &json!([])) == json!(true) {
        site.browser.press_key(ESCAPE);
    }
}

/// Puts a new state of a kind at a place, and names it.
fn add(site: &Site, (kind, name): (&str, &str), place: &str) {
    enter(site, "#pane-add");
    enter(site, &format!("#add-{kind}"));
    put(site, &format!("Put {kind} {place}"), kind);
    write(site, "#state-name", name);
    site.browser.press_key(ENTER);
    wait_for_form(site, name);
}

fn save(site: &Site) {
    enter(site, "#save-machine");
    wait_for_saved(site);
}

fn start(site: &Site, input: &str) {
    enter(site, "#start-execution");
    write(site, "#start-input", input);
    enter(site, ".sf-form button[type=submit]");
    let there = "return document.querySelector('#run-status') !== null";
    site.browser.wait("the execution", SOON, there, &json!([]));
}

fn next_step(site: &Site, number: usize) {
    assert_eq!(passed_within(site, SOON), "Step passed");
    enter(site, ".lesson .next");
    let shown = format!("return location.hash.includes('/states-visual-editor/{number}')");
    site.browser.wait("the next step", SOON, &shown, &json!([]));
    open_editor(site);
}

fn rise(site: &Site) {
    add(site, ("Pass", "Rise"), "between Mix and Slice");
    tab_to(site, ".sfe-form [role=tab][aria-selected=true]");
    site.browser.press_key(RIGHT);
    write(site, "#f-Output", "{% $append($states.input, 'risen') %}");
    save(site);
    start(site, r#"{"who": "ada"}"#);
    site.wait_for_check("rose", "pass");
}

fn slice_last(site: &Site) {
    tab_to(site, ".sfe-mid .nd[tabindex='0']");
    arrow_to(site, "Slice");
    site.browser.press_key(ENTER);
    wait_for_form(site, "Slice");
    enter(site, "#move-state");
    put(site, "Put Slice between Bake and Deliver", "Slice");
    save(site);
    start(site, r#"{"who": "bob"}"#);
    site.wait_for_check("baked-first", "pass");
    answer(site, "which-runs");
}

fn two_ways(site: &Site) {
    add(site, ("Choice", "Whole"), "between Bake and Slice");
    write(site, "#f-Choices-0-Condition", "{% $order.whole %}");
    tab_to(site, "#leads-rule-0");
    site.browser.type_keys("De");
    let leads = "return document.querySelector('#leads-rule-0').value === 'Deliver'";
    site.browser.wait("the rule's way", SOON, leads, &json!([]));
    save(site);
    start(site, r#"{"who": "cem", "whole": true}"#);
    site.wait_for_check("whole", "pass");
    open_editor(site);
    start(site, r#"{"who": "dot", "whole": false}"#);
    site.wait_for_check("sliced", "pass");
}

fn a_machine_is_drawn_by_keyboard_alone(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/states-visual-editor/1");
    site.wait_for_words("Put a state in");
    let drawn = "return document.querySelector('#state-editor .nd') !== null";
    site.browser.wait("the editor, where the lesson begins", SOON, drawn, &json!([]));
    open_editor(&site);
    rise(&site);
    next_step(&site, 2);
    slice_last(&site);
    next_step(&site, 3);
    two_ways(&site);
    assert_eq!(passed_within(&site, SOON), "Lesson passed");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}
