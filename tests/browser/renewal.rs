//! What is renewed while a page is open: a newer version of the site, a lesson that somebody is writing, a worker that has died.

use std::fs;
use std::path::{Path, PathBuf};

use cloudarium_static_host::{Live, Options};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_newer_version_is_told_and_comes_with_a_reload
    a_lesson_is_seen_as_it_is_written
    a_script_that_kills_python_is_told_and_the_next_one_runs
}

/// A copy of the built site whose files may be changed.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str, kind: Kind) -> Copy {
        let root = format!("cloudarium-{name}-{}-{}", kind.name(), std::process::id());
        let root = std::env::temp_dir().join(root);
        link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"), &root);
        Copy(root)
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Writes a file anew: it may be a link to the site's own.
    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::remove_file(&path).unwrap();
        fs::write(path, text).unwrap();
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.text(file);
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replace(old, new));
    }

    fn json(&self, file: &str) -> Json {
        serde_json::from_str(&self.text(file)).unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The files below `from`, below `to`; copied only where they cannot be linked.
fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            link(&path, &place);
        } else if fs::hard_link(&path, &place).is_err() {
            fs::copy(&path, &place).unwrap();
        }
    }
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
