//! What stands round the lessons: addresses, the command palette, shortcuts, Regions, the solution, free play.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    every_place_has_an_address
    what_is_to_come_is_listed_and_leads_nowhere
    the_palette_finds_and_does
    shortcuts_reach_every_region
    the_solution_stands_beside_yours
    a_passed_lesson_lights_its_star_and_goes_on_in_free_play
    free_play_begins_as_it_is_asked
    each_region_has_its_own_buckets
    a_lesson_that_cannot_be_opened_says_why
    without_storage_the_page_says_so
}

const TITLE: &str = "return document.title";

fn title_is(site: &Site, words: &str) {
    let there = "return document.title.includes(arguments[0])";
    site.browser.wait(&format!("the title {words}"), SOON, there, &json!([words]));
}

fn every_place_has_an_address(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    site.call("PutObject", &json!({ "Bucket": "photos", "Key": "a/b c.txt", "Body": "aGk=" }));
    site.go("#/play/s3/photos/a/?object=a%2Fb%20c%2Etxt");
    site.wait_for_words("s3://photos/a/b c.txt");
    title_is(&site, "a/b c.txt in photos");
    site.press("Close the details");
    title_is(&site, "a/ in photos");
    site.browser.run("history.back()", &json!([]));
    site.wait_for_words("s3://photos/a/b c.txt");
    site.browser.run("history.forward()", &json!([]));
    let shut = "return document.querySelector('.split') === null";
    site.browser.wait("the details to be closed", SOON, shut, &json!([]));
    site.go("#/lesson/boto3-hello/2");
    title_is(&site, "step 2");
    let home = site.browser.run("location.hash = '#/'; return true", &json!([]));
    assert_eq!(home, true);
    title_is(&site, "Learn the cloud");
    site.browser.run("history.back()", &json!([]));
    title_is(&site, "step 2");
}

fn what_is_to_come_is_listed_and_leads_nowhere(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/");
    let counted = "return {
        tracks: document.querySelectorAll('.track').length,
        lessons: document.querySelectorAll('.lessons li').length,
        coming: document.querySelectorAll('.lessons .coming').length,
        links: document.querySelectorAll('.lessons .coming a, .lessons .coming button').length,
        there: document.querySelectorAll('.lessons a').length }";
    let found = site.browser.run(counted, &json!([]));
    assert_eq!((&found["tracks"], &found["lessons"]), (&json!(6), &json!(48)), "{found}");
    assert_eq!(found["links"], 0, "{found}");
    let sum = found["coming"].as_u64().unwrap() + found["there"].as_u64().unwrap();
    assert_eq!(sum, 48, "{found}");
}

/// Presses Ctrl and a letter.
fn ctrl(site: &Site, letter: &str) {
    site.browser.press_keys(&["\u{E009}", letter]);
}

fn wait_for_focus(site: &Site, selector: &str) {
    let there = "return document.activeElement?.matches(arguments[0]) === true";
    site.browser.wait(&format!("the focus at {selector}"), SOON, there, &json!([selector]));
}

fn the_palette_finds_and_does(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    site.browser.click("#palette");
    wait_for_focus(&site, "#palette-field");
    site.browser.press_key("\u{E00C}");
    wait_for_focus(&site, "#palette");
    ctrl(&site, "k");
    wait_for_focus(&site, "#palette-field");
    site.browser.type_into("#palette-field", "put_ob");
    site.wait_for_words("S3.Client.put_object");
    let found = "return [...document.querySelectorAll('.pal [role=option]')].map((option) => \
        [option.innerText.split('\\n')[0], [...option.querySelectorAll('mark')].map((mark) => mark.textContent).join()])";
    let found = site.browser.run(found, &json!([]));
    let found = found.as_array().unwrap();
    assert!(
        found[0][0].as_str().unwrap().contains("put_object"),
        "the best comes first: {found:?}"
    );
    assert!(found.iter().all(|option| option[1] == "put_ob"), "each says why: {found:?}");
    site.browser.press_key("\u{E00C}");
    ctrl(&site, "k");
    wait_for_focus(&site, "#palette-field");
    site.browser.type_into("#palette-field", "photos");
    let option =
        "return document.querySelector('.pal [aria-selected=true]')?.innerText.includes('photos')";
    site.browser.wait("the bucket to be found", SOON, option, &json!([]));
    site.browser.press_key("\u{E007}");
    let there = "return location.hash === '#/play/s3/photos/'";
    site.browser.wait("the bucket to be opened", SOON, there, &json!([]));
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn shortcuts_reach_every_region(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    site.browser.run("document.activeElement.blur()", &json!([]));
    for place in ["#lesson-body", "#main", "#hood"] {
        site.browser.press_key("\u{E036}");
        wait_for_focus(&site, place);
    }
    site.browser.press_key("?");
    site.wait_for_words("Keyboard shortcuts");
    site.browser.press_key("\u{E00C}");
    wait_for_focus(&site, "#hood");
    site.browser.press_key("g");
    site.browser.press_key("s");
    let there = "return location.hash.endsWith('/s3')";
    site.browser.wait("the S3 console", SOON, there, &json!([]));
    // In text a letter is a letter.
    site.browser.click("#palette");
    site.browser.type_into("#palette-field", "gp?");
    assert_eq!(site.browser.run("return location.hash.endsWith('/s3')", &json!([])), true);
    assert_eq!(
        site.browser.run("return document.querySelectorAll('dialog').length", &json!([])),
        1
    );
}

fn the_solution_stands_beside_yours(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/boto3-hello/1");
    let text = "return document.querySelector('.cm-content')?.innerText.includes(arguments[0])";
    site.browser.wait("the lesson's file", SOON, text, &json!(["# Step 1: open a session"]));
    site.write("print('mine')\n");
    site.press("Compare with solution");
    site.wait_for_words("lines differ");
    let drawn = "return document.querySelector('.twod .del') !== null";
    site.browser.wait("the lines", SOON, drawn, &json!([]));
    let lines = "return {
        mine: document.querySelector('.twod .del').innerText,
        theirs: document.querySelectorAll('.twod .add').length > 3 }";
    let found = site.browser.run(lines, &json!([]));
    assert!(found["mine"].as_str().unwrap().contains("print('mine')"), "{found}");
    assert_eq!(found["theirs"], true);
    site.browser.click("#try-solution");
    site.wait_for_words("Back to mine");
    site.press("Close the comparison");
    site.browser.wait("the solution in the editor", SOON, text, &json!(["get_caller_identity"]));
    site.press("Compare with solution");
    site.browser.click("#back-to-mine");
    site.press("Close the comparison");
    site.browser.wait("mine in the editor", SOON, text, &json!(["print('mine')"]));
}

fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn a_passed_lesson_lights_its_star_and_goes_on_in_free_play(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "before" }));
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    site.run_script(&project("lessons/boto3/01-hello-boto3/solution/main.py"));
    let said = "return document.querySelector('#checks-said')?.textContent.includes('passed')";
    site.browser.wait("the checks to be spoken", SOON, said, &json!([]));
    site.answer_from_where();
    for step in 2..=4 {
        site.wait_for_words("Step passed");
        let to = format!("location.hash = '#/lesson/boto3-hello/{step}'; return true");
        site.browser.run(&to, &json!([]));
        let there = "return document.querySelector('.path .now')?.textContent === arguments[0]";
        site.browser.wait("the step", SOON, there, &json!([step.to_string()]));
        site.browser.click("#run");
        site.wait_for_run();
        let passed = "return document.querySelector('[data-check]:not(.pass)') === null
            && document.querySelector('[data-check]') !== null";
        site.browser.wait("the step to pass", SOON, passed, &json!([]));
    }
    site.wait_for_words("Lesson passed");
    let lit = "return document.querySelector('.lit .nowstar') !== null";
    assert_eq!(site.browser.run(lit, &json!([])), true);
    site.press("Go on in free play");
    site.press("Take this cloud there");
    let there = "return location.hash === '#/play' && document.querySelector('.bench')?.dataset.cloud === 'ready'";
    site.browser.wait("free play", SOON, there, &json!([]));
    assert!(site.buckets().iter().any(|name| name.starts_with("photos-")), "{:?}", site.buckets());
    site.press("Take it back");
    let back = "return document.querySelector('.toast') === null
        && document.querySelector('.bench')?.dataset.cloud === 'ready'";
    site.browser.wait("it to be taken back", SOON, back, &json!([]));
    assert_eq!(site.buckets(), ["before"]);
}

fn free_play_begins_as_it_is_asked(kind: Kind) {
    let site = Site::open(kind);
    site.browser.go(&site.url("#/begin/sample"));
    let there = "return location.hash.startsWith('#/play/s3')";
    site.browser.wait("the sample data", SOON, there, &json!([]));
    assert_eq!(site.buckets(), ["sample-orders", "sample-photos"]);
    let listed = site.call("ListObjectsV2", &json!({ "Bucket": "sample-orders" }));
    assert_eq!(listed["KeyCount"], 5, "{listed}");
    site.browser.run("location.hash = '#/begin/empty'", &json!([]));
    site.wait_for_words("Free play holds 2 buckets now.");
    site.press("Leave it as it is");
    assert_eq!(site.buckets().len(), 2);
    site.browser.run("location.hash = '#/begin/empty'", &json!([]));
    site.browser.click("#begin-empty");
    let there = "return location.hash === '#/play'";
    site.browser.wait("free play", SOON, there, &json!([]));
    site.wait_for_cloud();
    assert!(site.buckets().is_empty());
}

fn each_region_has_its_own_buckets(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    let pick = "const select = document.querySelector('[data-hotspot=\"s3.region\"]');
        select.value = 'eu-central-1';
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    site.browser.run(pick, &json!([]));
    site.press("Create bucket");
    site.browser.type_into("#bucket-name", "in-frankfurt");
    site.browser.click("form button[type=submit]");
    let listed = "return document.querySelector('#buckets')?.innerText.includes('eu-central-1')";
    site.browser.wait("the bucket with its Region", SOON, listed, &json!([]));
    site.press("Python");
    let output =
        site.run_script("import boto3\nprint('session in', boto3.Session().region_name)\n");
    assert!(output.contains("session in eu-central-1"), "{output}");
    let code = "import boto3\nprint('client in', boto3.client('s3', region_name='us-west-2').meta.region_name)\n";
    assert!(site.run_script(code).contains("client in us-west-2"));
    // A lesson has the Region that it was written for, whatever free play has.
    site.go("#/lesson/boto3-hello/1");
    let region = "return document.querySelector('[data-hotspot=\"s3.region\"]').value";
    assert_eq!(site.browser.run(region, &json!([])), "us-east-1");
}

fn a_lesson_that_cannot_be_opened_says_why(kind: Kind) {
    let site = Site::open(kind);
    site.browser.go(&site.url("#/lesson/no-such-lesson/1"));
    site.wait_for_words("There is no lesson no-such-lesson");
    site.press("All lessons");
    title_is(&site, "Learn the cloud");
}

fn without_storage_the_page_says_so(kind: Kind) {
    let site = Site::open(kind);
    site.go("?storage=none#/play");
    site.wait_for_words("What you do here is not kept.");
    let title: Json = site.browser.run(TITLE, &json!([]));
    assert!(title.as_str().unwrap().contains("Free play"), "{title}");
}
