//! Hostile text wherever text comes from elsewhere: it is shown as text, and nothing of it runs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    object_keys_are_text
    what_python_prints_is_text
    file_names_and_files_in_links_are_text
    lesson_prose_is_text
    a_lesson_with_a_mistake_says_so
}

/// Each would set `ran` if it ran. Forms of the OWASP list, and those for places that this page has.
/// <https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html>
const LIST: [&str; 16] = [
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    "\"><svg onload=ran=1>",
    "'><iframe srcdoc=\"<script>parent.ran=1</script>\">",
    "<a href=\"javascript:ran=1\">click</a>",
    "javascript:ran=1",
    "</pre></code></script><script>ran=1</script>",
    "<body onload=ran=1>",
    "<details open ontoggle=ran=1>",
    "<input autofocus onfocus=ran=1>",
    "<math><mi xlink:href=\"javascript:ran=1\">x",
    "<style>@import'javascript:ran=1';</style>",
    "{{constructor.constructor('ran=1')()}}",
    "${ran=1}`ran=1`",
    "&lt;script&gt;ran=1&lt;/script&gt;&#60;img src=x onerror=ran=1&#62;",
    "\u{202E}<img src=x onerror=ran=1>\u{0000}",
];

/// Watches for anything that runs, or that the policy has to stop: text would need neither. Kept in the page itself:
/// Firefox gives each script of a test a world of its own.
const WATCH: &str = "document.documentElement.dataset.stopped = '';
    document.addEventListener('securitypolicyviolation', (event) => {
        document.documentElement.dataset.stopped += `${event.violatedDirective} ${event.blockedURI}\n`;
    });
    return true";

fn watch(site: &Site) {
    site.browser.run(WATCH, &json!([]));
}

/// Nothing has run, nothing had to be stopped, and no element came of the text.
fn nothing_ran(site: &Site) {
    std::thread::sleep(std::time::Duration::from_millis(300));
    let found = "return { ran: (window.wrappedJSObject ?? window).ran ?? null, stopped: document.documentElement.dataset.stopped,
        made: document.querySelectorAll('script:not([src]), iframe, #app img[src=x], math, #app [onerror], #app [onload], [ontoggle], [onfocus], a[href^=javascript]').length }";
    let found = site.browser.run(found, &json!([]));
    assert_eq!(found, json!({ "ran": null, "stopped": "", "made": 0 }));
}

/// Waits until the page shows the words, character by character.
fn shows(site: &Site, selector: &str, words: &str) {
    let there = "return [...document.querySelectorAll(arguments[0])].some((one) => one.textContent.includes(arguments[1]))";
    site.browser.wait(
        &format!("{selector} to show {words:?}"),
        SOON,
        there,
        &json!([selector, words]),
    );
}

/// A key that S3 takes: no NUL, and no slash, which would make a prefix of what stands before it.
fn keys() -> impl Iterator<Item = String> {
    LIST.iter().map(|text| text.replace(['\0', '/'], ""))
}

fn object_keys_are_text(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "hostile" }));
    for key in keys() {
        let metadata = json!({ "note": "<img src=x onerror=ran=1>" });
        let put = json!({ "Bucket": "hostile", "Key": key, "Metadata": metadata,
            "ContentType": "text/html", "Body": "PHNjcmlwdD5yYW49MTwvc2NyaXB0Pg==" });
        site.call("PutObject", &put);
    }
    site.go("#/play/s3/hostile/");
    watch(&site);
    for key in keys() {
        shows(&site, "#objects td", &key);
    }
    let first: String = keys().next().unwrap();
    site.press(&first);
    shows(&site, ".split .uri", &first);
    // The preview of an HTML object is its text.
    shows(&site, ".split", "<script>ran=1</script>");
    site.press("Metadata");
    shows(&site, ".split", "<img src=x onerror=ran=1>");
    nothing_ran(&site);
    // As an address, too: in the title, the breadcrumb and the details.
    for key in keys() {
        let to = "location.hash = `#/play/s3/${encodeURIComponent(arguments[0])}/${encodeURIComponent(arguments[0])}?object=${encodeURIComponent(arguments[0])}`; return true";
        site.browser.run(to, &json!([key]));
    }
    nothing_ran(&site);
}

fn what_python_prints_is_text(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    watch(&site);
    let list = serde_json::to_string(&LIST[..15]).unwrap();
    let escapes = "print('\\x1b[31mred\\x1b[0m \\x1b]8;;javascript:ran=1\\x07link\\x1b]8;;\\x07')";
    let code = format!(
        "for text in {list}:\n    print(text)\n{escapes}\nraise ValueError('<img src=x onerror=ran=1>')\n"
    );
    site.write(&code);
    site.browser.click("#run");
    site.wait_for_run();
    for text in &LIST[..15] {
        shows(&site, "#output", text);
    }
    shows(&site, "#output", "ValueError");
    nothing_ran(&site);
}

fn file_names_and_files_in_links_are_text(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    let make = "const { packLink } = globalThis.cloudarium.share;
        return await packLink(JSON.stringify(args[0]), null);";
    let files: serde_json::Map<String, Json> =
        LIST.iter().map(|text| ((*text).to_owned(), json!(text))).collect();
    let shared =
        json!({ "lesson": null, "step": 1, "region": LIST[0], "learner": LIST[1], "files": files });
    let link = site.browser.run_async(make, &json!([shared]));
    site.browser.go("about:blank");
    site.browser.go(&site.url(&format!("#/shared/{}", link.as_str().unwrap())));
    site.wait_for_words("Somebody shared their work with you");
    watch(&site);
    for text in LIST {
        shows(&site, "summary", text);
        shows(&site, ".shared-file pre", text);
    }
    nothing_ran(&site);
    site.press("Open it");
    site.wait_for_words("You have opened shared work.");
    nothing_ran(&site);
    let region = "return document.querySelector('[data-hotspot=\"s3.region\"]').value";
    assert_eq!(site.browser.run(region, &json!([])), "us-east-1");
}

/// The built site with one lesson's text changed.
struct Changed(PathBuf);

impl Changed {
    fn new(name: &str, change: impl FnOnce(String) -> String) -> Changed {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist");
        let to =
            std::env::temp_dir().join(format!("cloudarium-site-{name}-{}", std::process::id()));
        copy(&from, &to);
        let lesson = to.join("lessons/boto3/01-hello-boto3/lesson.md");
        let text = change(fs::read_to_string(&lesson).unwrap());
        fs::write(&lesson, text).unwrap();
        // What was compressed beforehand is of the lesson as it was.
        drop(fs::remove_file(lesson.with_extension("md.br")));
        Changed(to)
    }

    fn open(&self, kind: Kind) -> Site {
        let root = self.0.clone();
        Site::open_with(kind, |options| cloudarium_static_host::Options { root, ..options })
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The lesson with more prose in its first step.
fn with_prose(name: &str, prose: &str) -> Changed {
    Changed::new(name, |text| {
        let at = text.find("## Open a session").unwrap();
        let after = at + text[at..].find('\n').unwrap() + 1;
        format!("{}\n{prose}\n{}", &text[..after], &text[after..])
    })
}

fn lesson_prose_is_text(kind: Kind) {
    let in_code: Vec<String> =
        LIST[..12].iter().map(|text| format!("```\n{text}\n```\n")).collect();
    let changed = with_prose("hostile", &in_code.join("\n"));
    let site = changed.open(kind);
    site.go("#/lesson/boto3-hello/1");
    watch(&site);
    for text in &LIST[..12] {
        shows(&site, ".prose-code", text);
    }
    nothing_ran(&site);
    drop(site);
    // HTML and links of other kinds are no part of a lesson's prose: the lesson is refused, or they are words.
    for prose in ["<img src=x onerror=ran=1>", "[press me](javascript:ran=1)"] {
        let changed = with_prose("html", prose);
        let site = changed.open(kind);
        site.browser.go(&site.url("#/lesson/boto3-hello/1"));
        let drawn = "return document.querySelector('.prose, .missing [role=alert]') !== null";
        site.browser.wait("the lesson, or why not", SOON, drawn, &json!([]));
        watch(&site);
        nothing_ran(&site);
    }
}

fn a_lesson_with_a_mistake_says_so(kind: Kind) {
    let changed = Changed::new("mistaken", |text| text.replacen("schema", "scheme", 1));
    let site = changed.open(kind);
    site.browser.go(&site.url("#/lesson/boto3-hello/1"));
    site.wait_for_words("This could not be opened");
    site.wait_for_words("has mistakes");
    // The others are none the worse.
    site.go("#/lesson/s3-put-get-list-delete/1");
    site.wait_for_words("Meet the bucket");
}
