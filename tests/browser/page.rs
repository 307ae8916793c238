//! The page: what it shows, what its console does, and what it keeps.

use std::fs;

use serde_json::json;

use crate::copy::Copy;
use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    every_page_loads_without_errors
    the_console_uploads_shows_and_deletes
    a_bucket_is_set_and_its_versions_come_back
    a_reload_keeps_the_cloud
    a_second_tab_says_that_it_is_the_second
    the_site_works_below_a_path_of_a_plain_host
    a_lesson_is_read_before_its_cloud_is_there
    a_lesson_is_read_before_the_page_is_there
}

fn every_page_loads_without_errors(kind: Kind) {
    let site = Site::open(kind);
    for page in ["#/", "#/play", "#/play/s3", "#/lesson/boto3-hello/1", "#/nowhere"] {
        site.go(page);
        let heading = "return document.querySelector('#app h1')?.textContent";
        site.browser.wait(&format!("a heading on {page}"), SOON, heading, &json!([]));
        let errors = site.browser.console_errors();
        assert!(errors.is_empty(), "{page}: {errors:?}");
    }
}

fn the_console_uploads_shows_and_deletes(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.press("Create bucket");
    site.browser.type_into("#bucket-name", "photos");
    site.browser.click("form button[type=submit]");
    site.browser.wait(
        "the bucket",
        SOON,
        "return document.querySelector('#upload-input') !== null",
        &json!([]),
    );
    assert_eq!(site.buckets(), ["photos"]);

    let file = std::env::temp_dir().join(format!("hello-{}-{kind:?}.txt", std::process::id()));
    fs::write(&file, "Hello from a file!").unwrap();
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    site.browser.type_into("#upload-input", file.to_str().unwrap());
    site.wait_for_words(&name);
    site.press(&name);
    site.wait_for_words("Hello from a file!");
    let head = site.call("HeadObject", &json!({ "Bucket": "photos", "Key": name }));
    assert_eq!(head["ContentLength"], 18, "{head}");
    fs::remove_file(&file).unwrap();

    site.browser.click("#objects tbody input[type=checkbox], #objects [role=checkbox]");
    site.browser.click("#delete");
    site.browser.click(".confirm .danger");
    let gone = "return !document.querySelector('#objects').innerText.includes(arguments[0])";
    site.browser.wait("the object to be gone", SOON, gone, &json!([name]));
    let left = site.call("ListObjectsV2", &json!({ "Bucket": "photos" }));
    assert_eq!(left["KeyCount"], 0, "{left}");
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

fn a_bucket_is_set_and_its_versions_come_back(kind: Kind) {
    let site = Site::open(kind);
    let wait = |what: &str, condition: &str| {
        site.browser.wait(what, SOON, &format!("return {condition}"), &json!([]));
    };
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    site.go("#/play/s3/photos/?show=properties");
    site.wait_for_words("Never enabled");
    site.browser.click("#versioning");
    site.wait_for_words("Versioning enabled");
    for body in ["b25l", "dHdv"] {
        site.call("PutObject", &json!({ "Bucket": "photos", "Key": "a b/é+.txt", "Body": body }));
    }
    site.call("DeleteObject", &json!({ "Bucket": "photos", "Key": "a b/é+.txt" }));

    site.go("#/play/s3/photos/?show=versions");
    wait("three versions", "document.querySelectorAll('.versions tbody tr').length === 3");
    let head = || site.call("HeadObject", &json!({ "Bucket": "photos", "Key": "a b/é+.txt" }));
    site.browser.click(".versions tbody tr:first-child .bring-back");
    wait("the marker to be gone", "document.querySelectorAll('.versions tbody tr').length === 2");
    assert_eq!(head()["ContentLength"], 3);
    site.browser.click(".versions tbody tr:last-child .bring-back");
    wait("the copy", "document.querySelectorAll('.versions tbody tr').length === 3");
    assert_eq!(head()["ETag"], "\"f97c5d29941bfb1b2fdab0874906ab82\"", "that of \"one\"");

    site.go("#/play/s3/photos/?object=a%20b%2F%C3%A9%2B%2Etxt");
    wait("the details", "document.querySelector('#object-link') !== null");
    site.browser.click("#object-link");
    site.browser.click("#make-link");
    wait("the link", "document.querySelector('#link-made')?.value.includes('X-Amz-Expires=900')");
    site.browser.click("#try-link");
    site.wait_for_words("The link opens.");
    site.ask(&json!({ "kind": "clock", "jump_ms": 3_600_000 }));
    site.browser.click("#try-link");
    site.wait_for_words("Request has expired");

    site.go("#/play/s3/photos/?show=permissions");
    let verdict = "document.querySelector('#verdict')?.innerText";
    wait("a no", &format!("{verdict} === 'Denied'"));
    site.browser.click("#block-BlockPublicPolicy");
    site.wait_for_words("3 of 4 on");
    site.browser.click("#block-RestrictPublicBuckets");
    site.wait_for_words("2 of 4 on");
    site.browser.click("#setting-policy .btn");
    site.browser.click("#setting-policy .btn.primary");
    site.wait_for_words("Bucket policy: saved");
    wait("a yes", &format!("{verdict} === 'Allowed'"));

    site.go("#/play/s3/photos/?show=management");
    site.browser.click("#setting-lifecycle .btn");
    // What AWS refuses stays, and can be mended.
    let written =
        |end: &str| format!("document.querySelector('#draft-lifecycle').value.endsWith('{end}')");
    site.browser.type_into("#draft-lifecycle", "x");
    wait("what was typed", &written("}x"));
    site.browser.click("#setting-lifecycle .btn.primary");
    site.wait_for_words("This is not JSON yet");
    wait("what was written", &written("}x"));
    site.browser.type_into("#draft-lifecycle", "\u{E003}");
    wait("what was mended", &written("}"));
    site.browser.click("#setting-lifecycle .btn.primary");
    wait("the picture", "document.querySelectorAll('.life .bar').length === 3");
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{errors:?}");
}

fn a_reload_keeps_the_cloud(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "kept" }));
    site.call("PutObject", &json!({ "Bucket": "kept", "Key": "k", "Body": "aGk=" }));
    site.browser.reload();
    site.settle();
    site.wait_for_words("kept");
    let head = site.call("HeadObject", &json!({ "Bucket": "kept", "Key": "k" }));
    assert_eq!(head["ContentLength"], 2, "{head}");
}

fn a_second_tab_says_that_it_is_the_second(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "ours" }));
    let first = site.browser.new_tab();
    site.browser.go(&site.url("#/play/s3"));
    site.wait_for_words("another tab");
    site.browser.close_tab_for(&first);
    assert_eq!(site.buckets(), ["ours"]);
}

fn the_site_works_below_a_path_of_a_plain_host(kind: Kind) {
    let site = Site::open_with(kind, |options| cloudarium_static_host::Options {
        prefix: "/some/where/".to_owned(),
        isolated: false,
        ..options
    });
    site.go("#/play/s3");
    site.wait_for_isolation();
    site.call("CreateBucket", &json!({ "Bucket": "below" }));
    site.wait_for_words("below");
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    assert!(site.browser.console_errors().is_empty(), "{:?}", site.browser.console_errors());
}

/// A site of which something never comes.
fn site_of(copy: &Copy, kind: Kind) -> Site {
    Site::open_with(kind, |options| cloudarium_static_host::Options {
        root: copy.0.clone(),
        ..options
    })
}

const SCRIPT: &str = "return document.querySelector('.editor-wait')?.textContent ?? ''";

fn a_lesson_is_read_before_its_cloud_is_there(kind: Kind) {
    let copy = Copy::new("no-cloud", kind);
    let module = copy.text("cloud.js");
    copy.write("cloud.js", &format!("await new Promise(() => {{}});\n{module}"));
    let site = site_of(&copy, kind);
    let open = |place: &str, tab: &str| {
        site.browser.go(&site.url(place));
        site.browser.reload();
        let chosen = "return document.querySelector(arguments[0])?.ariaSelected === 'true'";
        let tab = format!("#stage-{tab}");
        site.browser.wait("the tab", SOON, chosen, &json!([tab]));
        site.browser.run(SCRIPT, &json!([])).as_str().unwrap().to_owned()
    };
    let given = open("#/lesson/boto3-hello/1", "python");
    assert!(given.starts_with("import boto3") && given.contains("# Step 2"), "{given}");
    site.wait_for_words("A script begins with a session.");
    let keep = "localStorage.setItem('cloudarium.file.boto3-hello.main.py', arguments[0])";
    site.browser.run(keep, &json!(["print('<b>mine</b>')\n"]));
    assert_eq!(open("#/lesson/boto3-hello/1", "python"), "print('<b>mine</b>')\n");
    let same_for_all = open("#/lesson/s3-buckets-and-names/1/python", "python");
    assert!(
        same_for_all.contains("import boto3") && !same_for_all.contains("{{"),
        "{same_for_all}"
    );
    assert_eq!(open("#/lesson/boto3-hello/1/s3", "s3"), "");
    assert_eq!(open("#/lesson/boto3-cli/1", "terminal"), "");
}

fn a_lesson_is_read_before_the_page_is_there(kind: Kind) {
    let copy = Copy::new("no-page", kind);
    copy.remove("web_bg.wasm");
    let site = site_of(&copy, kind);
    site.browser.go(&site.url("#/lesson/boto3-hello/1"));
    site.wait_for_words("Cloudarium could not start in this browser.");
    site.wait_for_words("A script begins with a session.");
    let script = site.browser.run(SCRIPT, &json!([]));
    assert!(script.as_str().unwrap().starts_with("import boto3"), "{script}");
}
