//! What is renewed while a page is open: a newer version of the site, a lesson that somebody is writing, a worker that has died.

use cloudarium_static_host::{Live, Options};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::copy::Copy;
use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_newer_version_is_told_and_comes_with_a_reload
    a_lesson_is_seen_as_it_is_written
    a_script_that_kills_python_is_told_and_the_next_one_runs
}

const TITLE: &str = "return document.querySelector('meta[name=description]').content";

fn a_newer_version_is_told_and_comes_with_a_reload(kind: Kind) {
    let copy = Copy::new("newer", kind);
    let site = Site::open_with(kind, |options| Options { root: copy.0.clone(), ..options });
    site.go("#/play");
    let controlled = "return navigator.serviceWorker?.controller !== null";
    site.browser.wait("the service worker", SOON, controlled, &json!([]));
    site.call("CreateBucket", &json!({ "Bucket": "stays" }));

    let mut content = copy.json("content.json");
    let old = content["version"].as_str().unwrap().to_owned();
    copy.replace("index.html", "Learn the cloud in a tab", "Newer: learn the cloud in a tab");
    let digest = hex::encode(Sha256::digest(copy.text("index.html")));
    content["files"]["index.html"]["sha256"] = json!(digest);
    content["version"] = json!("0123456789abcdef");
    copy.write("content.json", &content.to_string());
    copy.replace("sw.js", &old, "0123456789abcdef");
    site.browser
        .run_async("await (await navigator.serviceWorker.ready).update(); return true", &json!([]));
    site.wait_for_words("A newer version is here.");
    let shown = site.browser.run(TITLE, &json!([]));
    assert!(shown.as_str().unwrap().starts_with("Learn"), "nothing changes unasked: {shown}");

    site.press("Reload to update");
    let newer = format!("{TITLE}.startsWith('Newer')");
    site.browser.wait("the newer version", SOON, &newer, &json!([]));
    site.settle();
    site.wait_for_cloud();
    assert_eq!(site.buckets(), ["stays"]);
    let caches =
        "return (await caches.keys()).filter((name) => name.startsWith('cloudarium-site-'))";
    let kept = site.browser.run_async(caches, &json!([]));
    assert_eq!(kept, json!(["cloudarium-site-0123456789abcdef"]), "the old one is gone");
}

fn a_lesson_is_seen_as_it_is_written(kind: Kind) {
    let copy = Copy::new("live", kind);
    let version = copy.json("content.json")["version"].as_str().unwrap().to_owned();
    copy.replace("sw.js", &version, "live");
    let mut index = copy.json("lessons/index.json");
    index["live"] = json!(true);
    copy.write("lessons/index.json", &index.to_string());
    let live = Live::default();
    let site = Site::open_with(kind, |options| Options {
        root: copy.0.clone(),
        live: Some(live.clone()),
        ..options
    });
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    site.call("CreateBucket", &json!({ "Bucket": "mine" }));

    let folder = "boto3/01-hello-boto3";
    let lesson = format!("lessons/{folder}/lesson.md");
    copy.replace(&lesson, "Open a session", "Open your session");
    let event = json!({ "lessons": [folder], "page": false }).to_string();
    live.tell(&event);
    site.wait_for_words("Open your session");
    assert!(site.buckets().contains(&"mine".to_owned()), "the cloud stays: {:?}", site.buckets());

    let text = copy.text(&lesson);
    copy.write(&lesson, &text.replace(":::hint", ":::hnit"));
    live.tell(&event);
    site.wait_for_words("hnit");
    copy.write(&lesson, &text);
    live.tell(&event);
    site.wait_for_words("Open your session");
}

fn a_script_that_kills_python_is_told_and_the_next_one_runs(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play");
    site.call("CreateBucket", &json!({ "Bucket": "survivor" }));
    site.write("import os\nprint('before')\nos._exit(3)\n");
    site.browser.click("#run");
    site.wait_for_run();
    site.wait_for_words("before");
    site.wait_for_words("the script ended it, with os._exit(3)");
    let output = site.run_script(
        "import boto3\nprint([b['Name'] for b in boto3.client('s3').list_buckets()['Buckets']])\n",
    );
    assert!(output.contains("['survivor']"), "{output}");
}
