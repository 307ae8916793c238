//! Links that hold work, and everything as one file: asked for, checked, and taken back.

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_link_holds_the_work_and_asks_before_it_is_opened
    a_link_that_cannot_be_opened_says_why_and_changes_nothing
    a_link_that_would_be_too_long_says_so
    everything_goes_into_a_file_and_comes_back
    an_import_that_is_cut_off_is_finished
    a_file_that_cannot_be_brought_back_says_why
}

const LINK: &str = "return document.querySelector('#share-link')?.value";

/// Makes a link of what is shown, with the cloud or without.
fn link(site: &Site, with_cloud: bool) -> String {
    site.browser.click("#share");
    if with_cloud {
        let before = site.browser.wait("a link", SOON, LINK, &json!([]));
        site.browser.click("#share-cloud");
        let other = "const link = document.querySelector('#share-link')?.value;
            return link !== undefined && link !== arguments[0] && link";
        let link = site.browser.wait("a link with the cloud", SOON, other, &json!([before]));
        return link.as_str().unwrap().to_owned();
    }
    site.browser.wait("a link", SOON, LINK, &json!([])).as_str().unwrap().to_owned()
}

fn hash_of(link: &str) -> String {
    format!("#{}", link.split_once('#').unwrap().1)
}

fn a_link_holds_the_work_and_asks_before_it_is_opened(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "shared" }));
    site.call("PutObject", &json!({ "Bucket": "shared", "Key": "k", "Body": "aGk=" }));
    site.write("print('from the link')\n");
    let hash = hash_of(&link(&site, true));
    // Another learner, who has work of their own.
    let other = Site::open(kind);
    other.go("#/play/python");
    other.call("CreateBucket", &json!({ "Bucket": "own" }));
    other.write("print('my own')\n");
    other.browser.go(&other.url(&hash));
    other.wait_for_words("Somebody shared their work with you");
    other.wait_for_words("takes the place of yours, with 1 bucket");
    let kept = "return localStorage.getItem('cloudarium.file.play.main.py')";
    assert_eq!(other.browser.run(kept, &json!([])), "print('my own')\n");
    other.press("Open it");
    other.wait_for_words("You have opened shared work.");
    other.wait_for_cloud();
    assert_eq!(other.buckets(), ["shared"]);
    let text = "return document.querySelector('.cm-content')?.innerText.includes(arguments[0])";
    other.browser.wait("the file in the editor", SOON, text, &json!(["from the link"]));
    assert_eq!(
        other.browser.run(
            "return document.querySelector('#output').innerText.includes('from the link')",
            &json!([])
        ),
        false,
        "nothing has run"
    );
    other.press("Take it back");
    other.browser.wait("one's own file", SOON, text, &json!(["my own"]));
    other.wait_for_cloud();
    assert_eq!(other.buckets(), ["own"]);
    assert!(other.browser.console_errors().is_empty(), "{:?}", other.browser.console_errors());
}

fn a_link_that_cannot_be_opened_says_why_and_changes_nothing(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "own" }));
    site.write("print(1)\n");
    let hash = hash_of(&link(&site, true));
    let cut = hash.get(..hash.len() - 7).unwrap().to_owned();
    let mut spoiled = hash.clone();
    let middle = spoiled.len() / 2;
    let letter = if spoiled.get(middle..=middle) == Some("A") { "B" } else { "A" };
    spoiled.replace_range(middle..=middle, letter);
    for hash in [
        cut.as_str(),
        spoiled.as_str(),
        "#/shared/1",
        "#/shared/nonsense%20%3Cb%3E",
        "#/shared/1AAAA",
    ] {
        site.browser.go(&site.url(hash));
        site.wait_for_words("This link is damaged");
        site.browser.go("about:blank");
    }
    site.browser.go(&site.url("#/shared/2AAAA"));
    site.wait_for_words("This link was made by a newer Cloudarium");
    site.browser.go("about:blank");
    let elsewhere = "const { packLink } = globalThis.cloudarium.share;
        return await packLink(JSON.stringify({ lesson: 'not-here', step: 1, files: {} }), null);";
    site.go("#/play/s3");
    let elsewhere = site.browser.run_async(elsewhere, &json!([]));
    site.browser.go(&site.url(&format!("#/shared/{}", elsewhere.as_str().unwrap())));
    site.wait_for_words("This link leads to a lesson that is not here");
    site.go("#/play/s3");
    assert_eq!(site.buckets(), ["own"]);
}

fn a_link_that_would_be_too_long_says_so(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "own" }));
    let put = "const bytes = crypto.getRandomValues(new Uint8Array(60000));
        const answer = await cloudarium.cloud.send({ kind: 'call', service: 's3', operation: 'PutObject', region: 'us-east-1',
            caller: 'console', input: JSON.stringify({ Bucket: 'own', Key: 'k' }), body: bytes });
        return answer.ok !== undefined;";
    assert_eq!(site.browser.run_async(put, &json!([])), true);
    site.browser.click("#share");
    site.browser.wait("a link", SOON, LINK, &json!([]));
    site.browser.click("#share-cloud");
    site.wait_for_words("Leave the cloud out, or save a copy of everything as a file.");
    assert_eq!(site.browser.run(LINK, &json!([])), json!(null), "there is no link to copy");
}

/// Everything of this browser as the bytes of a file, in base64.
const EXPORT: &str = "const { exportAll } = globalThis.cloudarium.everything;
    const bytes = await exportAll();
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));";

fn export(site: &Site) -> Vec<u8> {
    STANDARD.decode(site.browser.run_async(EXPORT, &json!([])).as_str().unwrap()).unwrap()
}

/// A file on disk that ends with its scenario.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, kind: Kind, content: &[u8]) -> Written {
        let name = format!("{name}-{}-{kind:?}.cloudarium", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, content).unwrap();
        Written(path)
    }

    fn choose(&self, site: &Site) {
        site.browser.type_into("#import-file", self.0.to_str().unwrap());
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

fn everything_goes_into_a_file_and_comes_back(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/boto3-hello/2");
    site.wait_for_words("Ask who you are");
    let noted = "return Object.values(localStorage).some((text) => text.includes('boto3-hello'))";
    site.browser.wait("the lesson to be noted", SOON, noted, &json!([]));
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "taken-along" }));
    site.write("print('taken along')\n");
    site.go("#/");
    let file = Written::new("everything", kind, &export(&site));
    let other = Site::open(kind);
    other.go("#/play/python");
    other.call("CreateBucket", &json!({ "Bucket": "own" }));
    other.write("print('my own')\n");
    other.go("#/");
    other.press("Bring one back");
    file.choose(&other);
    other.wait_for_words("The file holds 2 clouds");
    other.browser.click("#import-yes");
    other.wait_for_words("Everything was brought back.");
    other.wait_for_words("Go on where you were");
    let kept = "return localStorage.getItem('cloudarium.file.play.main.py')";
    assert_eq!(other.browser.run(kept, &json!([])), "print('taken along')\n");
    other.browser.run("location.hash = '#/play/s3'", &json!([]));
    let ready = "return document.querySelector('.bench')?.dataset.cloud === 'ready'";
    other.browser.wait("the cloud", SOON, ready, &json!([]));
    assert_eq!(other.buckets(), ["taken-along"]);
    other.press("Take it back");
    other.browser.wait(
        "the message to go",
        SOON,
        "return document.querySelector('.toast') === null",
        &json!([]),
    );
    other.browser.wait("the cloud", SOON, ready, &json!([]));
    assert_eq!(other.buckets(), ["own"]);
    assert_eq!(other.browser.run(kept, &json!([])), "print('my own')\n");
    // The same file again, and a reload: it stays.
    other.go("#/");
    other.press("Bring one back");
    file.choose(&other);
    other.browser.click("#import-yes");
    other.wait_for_words("Everything was brought back.");
    other.browser.reload();
    other.go("#/play/s3");
    assert_eq!(other.buckets(), ["taken-along"]);
}

/// The page is ended as soon as it has written down that it imports: some of what it replaces may be there already.
const END_IN_THE_MIDDLE: &str = "
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, text) {
        set.call(this, name, text);
        if (name === 'cloudarium-importing') setTimeout(() => location.reload(), window.endAfter);
    };
    window.endAfter = args[0];
    return true";

fn an_import_that_is_cut_off_is_finished(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.call("CreateBucket", &json!({ "Bucket": "taken-along" }));
    site.write("print('taken along')\n");
    site.go("#/");
    let file = Written::new("cut-off", kind, &export(&site));
    drop(site);
    for after_ms in [0, 5, 20, 60] {
        let other = Site::open(kind);
        other.go("#/play/python");
        other.call("CreateBucket", &json!({ "Bucket": "own" }));
        other.write("print('my own')\n");
        other.go("#/play/s3");
        other.browser.run("location.hash = '#/'", &json!([]));
        other.press("Bring one back");
        file.choose(&other);
        other.wait_for_words("The file holds 1 cloud");
        other.browser.run_async(END_IN_THE_MIDDLE, &json!([after_ms]));
        other.browser.click("#import-yes");
        let ended = "return window.endAfter === undefined && document.readyState === 'complete'";
        other.browser.wait("the page to be loaded anew", SOON, ended, &json!([]));
        other.go("#/play/s3");
        let mark = "return localStorage.getItem('cloudarium-importing') === null";
        other.browser.wait("the import to be finished", SOON, mark, &json!([]));
        assert_eq!(other.buckets(), ["taken-along"], "ended after {after_ms} ms");
        let kept = "return localStorage.getItem('cloudarium.file.play.main.py')";
        assert_eq!(other.browser.run(kept, &json!([])), "print('taken along')\n");
    }
}

fn a_file_that_cannot_be_brought_back_says_why(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "own" }));
    let whole = export(&site);
    let mut newer = whole.clone();
    newer[8] = 9;
    let mut spoiled = whole.clone();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    let cut = whole[..whole.len() - 40].to_vec();
    // Whole by its hash, but with a cloud in it that is none.
    let hollow = "const { packParts } = globalThis.cloudarium.everything;
        const text = (words) => new TextEncoder().encode(words);
        const bytes = await packParts([['settings.json', text('{}')], ['cloud/sandbox/snapshot.0', text('hello')]]);
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));";
    let hollow = site.browser.run_async(hollow, &json!([]));
    let hollow = STANDARD.decode(hollow.as_str().unwrap()).unwrap();
    site.go("#/");
    site.press("Bring one back");
    let cases: [(&str, &[u8], &str); 6] = [
        ("foreign", b"PK something else entirely", "This is no copy that Cloudarium made"),
        ("empty", b"", "This is no copy that Cloudarium made"),
        ("newer", &newer, "made by another version"),
        ("spoiled", &spoiled, "This copy is damaged"),
        ("cut", &cut, "This copy is damaged"),
        ("hollow", &hollow, "This copy cannot be brought back"),
    ];
    for (name, content, words) in cases {
        let file = Written::new(name, kind, content);
        file.choose(&site);
        site.wait_for_words(words);
    }
    let large = Written::new("large", kind, b"");
    fs::File::options().write(true).open(&large.0).unwrap().set_len(513 << 20).unwrap();
    large.choose(&site);
    site.wait_for_words("This file is larger than 512 MB");
    site.go("#/play/s3");
    assert_eq!(site.buckets(), ["own"]);
}
