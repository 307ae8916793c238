//! A lesson from the home page to its end by the keyboard alone: Tab, Enter, and typing.

use std::time::Duration;

use serde_json::json;

use crate::in_browsers;
use crate::site::{PYTHON, SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_lesson_is_done_by_keyboard_alone
    lessons_of_other_tracks_are_done_by_keyboard_alone
}

// WebDriver's codes for keys: https://www.w3.org/TR/webdriver2/#keyboard-actions
const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";
const CONTROL: &str = "\u{E009}";
const SHIFT: &str = "\u{E008}";
const DOWN: &str = "\u{E015}";
const ESCAPE: &str = "\u{E00C}";

/// More stops than any page has.
const STOPS_MAX: usize = 150;

/// All that the lesson asks for, without a block: the editor would indent what stands in one.
const SCRIPT: &[&str] = &[
    "import boto3",
    "session = boto3.Session()",
    "print(\"Region:\", session.region_name)",
    "sts = session.client(\"sts\")",
    "identity = sts.get_caller_identity()",
    "print(\"Account:\", identity[\"Account\"])",
    "frankfurt = session.client(\"sts\", region_name=\"eu-central-1\")",
    "frankfurt.get_caller_identity()",
    "print(\"Asked in\", frankfurt.meta.region_name)",
    "s3 = session.client(\"s3\")",
    "print(*[bucket[\"Name\"] for bucket in s3.list_buckets()[\"Buckets\"]], sep=\"\\n\")",
];

/// What has the focus: whether the selector fits it, how it is drawn, and what it is for a message.
const FOCUSED: &str = "
    const one = document.activeElement;
    const box = one.getBoundingClientRect();
    return { fits: one.matches(arguments[0]), seen: one === document.body || (box.width > 0 && box.height > 0),
        is: `${one.tagName} ${one.id} ${one.getAttribute('aria-label') ?? one.innerText ?? ''}`.slice(0, 80) };";

/// Whether what the selector names stands before what has the focus.
const IS_BEFORE: &str = "
    const [one, goal] = [document.activeElement, document.querySelector(arguments[0])];
    return one !== document.body && goal !== null && (goal.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;";

/// Presses Tab, or Shift and Tab, until the focus is on what the selector names. It is always on something that can be
/// seen. Nobody goes round past the end of the page: there the browser's own bars are, from which driven Firefox does not
/// quite come back (keys arrive, and press no button).
pub fn tab_to(site: &Site, selector: &str) {
    let mut met = Vec::new();
    for _ in 0..STOPS_MAX {
        if site.browser.run(IS_BEFORE, &json!([selector])) == json!(true) {
            site.browser.press_keys(&[SHIFT, TAB]);
        } else {
            site.browser.press_key(TAB);
        }
        let focused = site.browser.run(FOCUSED, &json!([selector]));
        let is = focused["is"].as_str().unwrap_or_default().to_owned();
        assert_eq!(focused["seen"], json!(true), "the focus is on what cannot be seen: {is}");
        if focused["fits"] == json!(true) {
            return;
        }
        if is.contains("Editor, ") {
            // Escape, and Tab leaves the editor instead of indenting.
            site.browser.press_key(ESCAPE);
        }
        met.push(is);
    }
    site.browser.fail(&format!("Tab does not come to {selector}: {met:?}"));
}

fn type_script(site: &Site) {
    site.browser.press_keys(&[CONTROL, "a"]);
    for (at, line) in SCRIPT.iter().enumerate() {
        if at > 0 {
            // Escape closes what the editor may offer to complete, which Enter would accept.
            site.browser.press_key(ESCAPE);
            site.browser.press_key(ENTER);
        }
        site.browser.type_keys(line);
    }
    site.browser.press_key(ESCAPE);
}

fn a_lesson_is_done_by_keyboard_alone(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/");
    site.wait_for_words("Hello, boto3");
    tab_to(&site, "a[href*='boto3-hello']");
    site.browser.press_key(ENTER);
    site.wait_for_words("Open a session");
    site.settle();
    site.wait_for_cloud();
    site.wait_for_editor();
    tab_to(&site, ".cm-content");
    type_script(&site);
    // Escape, and Tab leaves the editor instead of indenting.
    site.browser.press_key(ESCAPE);
    tab_to(&site, "#run");
    site.browser.press_key(ENTER);
    site.wait_for_run();
    let output = site.output();
    assert!(output.contains("Asked in eu-central-1"), "{output}");
    // The question of the first step: from no answer to the second.
    tab_to(&site, "input[name='from-where']");
    site.browser.press_key(DOWN);
    site.wait_for_check("from-where", "pass");
    for step in 1.. {
        if passed(&site) == "Lesson passed" {
            return;
        }
        tab_to(&site, ".lesson .next");
        site.browser.press_key(ENTER);
        let shown = format!("return location.hash.includes('/boto3-hello/{}')", step + 1);
        site.browser.wait("the next step", SOON, &shown, &json!([]));
    }
}

/// Waits until the step has passed; says whether the lesson has.
fn passed(site: &Site) -> String {
    passed_within(site, SOON)
}

pub fn passed_within(site: &Site, time: Duration) -> String {
    let words = "return ['Lesson passed', 'Step passed'].find((words) => document.body.innerText.includes(words)) ?? ''";
    let words = site.browser.wait("the step to pass", time, words, &json!([]));
    words.as_str().unwrap_or_default().to_owned()
}

/// Lessons of other tracks: the id, and what finds it in the palette.
const LESSONS: &[(&str, &str)] = &[
    ("s3-put-get-list-delete", "Put, get, list"),
    ("lambda-code-without-a-server", "Code without a server"),
    ("states-and-transitions", "States and transitions"),
];

/// The name of a question in the step that is not answered rightly yet.
const OPEN_QUESTION: &str = "
    const open = [...document.querySelectorAll('.ck:not(.pass) .choice input')][0];
    return open?.name ?? null;";

/// From one answer to the next, until the question has passed.
pub fn answer(site: &Site, question: &str) {
    tab_to(site, &format!("input[name='{question}']"));
    site.browser.press_key(" ");
    let settled =
        "const check = document.querySelector(`[data-check='${arguments[0]}']`).classList;
        return check.contains('pass') ? 'pass' : check.contains('fail') ? 'fail' : ''";
    for _ in 0..6 {
        let state = site.browser.wait("the answer to be judged", SOON, settled, &json!([question]));
        if state == "pass" {
            return;
        }
        site.browser.press_key(DOWN);
        std::thread::sleep(Duration::from_millis(500));
    }
    site.browser.fail(&format!("no answer to {question} passes"));
}

fn lessons_of_other_tracks_are_done_by_keyboard_alone(kind: Kind) {
    for (id, title) in LESSONS {
        let site = Site::open(kind);
        site.go("#/");
        site.browser.press_keys(&[CONTROL, "k"]);
        let field = "return document.activeElement.id === 'palette-field'";
        site.browser.wait("the palette", SOON, field, &json!([]));
        site.browser.type_keys(title);
        let found = "return document.querySelector('[role=option][aria-selected=true]')?.innerText.includes(arguments[0])";
        site.browser.wait("the lesson to be found", SOON, found, &json!([title]));
        site.browser.press_key(ENTER);
        let shown = format!("return location.hash.includes('{id}')");
        site.browser.wait("the lesson", SOON, &shown, &json!([]));
        site.settle();
        site.wait_for_cloud();
        site.wait_for_editor();
        tab_to(&site, "#compare");
        site.browser.press_key(ENTER);
        tab_to(&site, "#try-solution");
        site.browser.press_key(ENTER);
        tab_to(&site, "[aria-label='Close the comparison']");
        site.browser.press_key(ENTER);
        // Escape, and Tab leaves the editor instead of indenting.
        tab_to(&site, ".cm-content");
        site.browser.press_key(ESCAPE);
        tab_to(&site, "#run");
        site.browser.press_key(ENTER);
        site.wait_for_run();
        for step in 1.. {
            // What an answer opens may be asked next.
            loop {
                let open = site.browser.run(OPEN_QUESTION, &json!([]));
                let Some(question) = open.as_str() else { break };
                answer(&site, question);
            }
            if passed_within(&site, PYTHON) == "Lesson passed" {
                break;
            }
            tab_to(&site, ".lesson .next");
            site.browser.press_key(ENTER);
            let shown = format!("return location.hash.includes('/{id}/{}')", step + 1);
            site.browser.wait("the next step", SOON, &shown, &json!([]));
            site.settle();
        }
    }
}
