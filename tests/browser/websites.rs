//! What a bucket holds, shown as a browser would show it: its website in a frame apart, and presigned links in tabs of
//! their own. Whatever it is, nothing of it reaches the playground.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_website_is_shown_with_all_that_it_refers_to
    a_website_that_nobody_may_read_shows_why
    the_scripts_of_a_website_stay_within_their_walls
    a_link_opens_in_a_tab_of_its_own
    a_link_to_hostile_content_runs_nothing
    a_link_without_its_cloud_says_so
    what_lies_where_is_shown_and_looked_into
    a_large_object_is_saved_in_pieces
}

const INDEX: &str = "<!doctype html><title>Photos</title><link rel=stylesheet href=css/look.css>
    <h1>Photos</h1><img id=dot src='dot.svg' alt='a dot'><img id=away src='https://example.com/spy.png' alt=''>
    <p style=\"background: url('/dot.svg')\">styled</p>
    <a id=docs href='docs'>docs</a> <a id=gone href='/gone.html'>gone</a> <a id=out href='https://example.com/'>out</a>
    <script>document.title = 'ran'; document.body.id = 'ran'</script>";
const DOT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8'/></svg>";

fn put(site: &Site, key: &str, media_type: &str, content: &str) {
    let input = json!({ "Bucket": "photos", "Key": key, "ContentType": media_type, "Body": STANDARD.encode(content) });
    site.call("PutObject", &input);
}

fn open_to_all(site: &Site, actions: &[&str]) {
    let block = json!({ "Bucket": "photos" });
    site.call("DeletePublicAccessBlock", &block);
    let policy = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": "*",
        "Action": actions, "Resource": ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"] }] });
    site.call("PutBucketPolicy", &json!({ "Bucket": "photos", "Policy": policy.to_string() }));
}

/// A bucket with a website, and the page that shows it.
fn website(kind: Kind, is_public: bool) -> Site {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    if is_public {
        open_to_all(&site, &["s3:GetObject"]);
    }
    let website = json!({ "IndexDocument": { "Suffix": "index.html" }, "ErrorDocument": { "Key": "error.html" },
        "RoutingRules": [{ "Condition": { "KeyPrefixEquals": "old/" }, "Redirect": { "ReplaceKeyPrefixWith": "docs/" } }] });
    site.call("PutBucketWebsite", &json!({ "Bucket": "photos", "WebsiteConfiguration": website }));
    put(&site, "index.html", "text/html", INDEX);
    put(&site, "css/look.css", "text/css", "@import 'more.css'; h1 { color: rgb(1, 2, 3) }");
    put(&site, "css/more.css", "text/css", "p { color: rgb(4, 5, 6) }");
    put(&site, "dot.svg", "image/svg+xml", DOT);
    put(&site, "docs/index.html", "text/html", "<h1>Docs</h1><a href='../old/'>old</a>");
    put(&site, "error.html", "text/html; charset=utf-8", "<h1>Nothing here \u{2013} sorry</h1>");
    put(&site, "raw", "binary/octet-stream", "<h1>raw</h1>");
    site.go("#/play/s3/photos/?show=properties");
    site
}

fn open(site: &Site, path: &str) {
    let set = "const field = document.querySelector('#site-path');
        if (!field || document.querySelector('#site-open').disabled) return false;
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return true";
    site.browser.wait("the website's card", SOON, set, &json!([path]));
    site.browser.click("#site-open");
}

/// Waits until the frame shows a heading, and stays in the frame.
fn enter(site: &Site, heading: &str) {
    let start = std::time::Instant::now();
    loop {
        let heading_now = "return document.querySelector('h1')?.textContent ?? ''";
        let shown = site.browser.enter_frame(".site-frame iframe", heading_now);
        if shown == Some(json!(heading)) {
            return;
        }
        site.browser.leave_frame();
        if start.elapsed() > SOON {
            site.browser.fail(&format!("the frame does not show {heading:?}"));
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

/// Presses a link of the page in the frame, and leaves the frame.
fn follow(site: &Site, selector: &str) {
    site.browser.run("document.querySelector(arguments[0]).click()", &json!([selector]));
    site.browser.leave_frame();
}

fn leave(site: &Site, status: u16) {
    site.browser.leave_frame();
    let told = "return document.querySelector('#site .pill')?.innerText === arguments[0]";
    site.browser.wait("the status", SOON, told, &json!([status.to_string()]));
}

fn a_website_is_shown_with_all_that_it_refers_to(kind: Kind) {
    let site = website(kind, true);
    open(&site, "/");
    enter(&site, "Photos");
    let drawn = "const of = (selector) => getComputedStyle(document.querySelector(selector));
        const wide = (id) => document.getElementById(id).naturalWidth;
        return [of('h1').color, of('p').color, of('p').backgroundImage.includes('blob:'), wide('dot'), wide('away'), document.body.id]";
    let wanted = json!(["rgb(1, 2, 3)", "rgb(4, 5, 6)", true, 8, 0, ""]);
    let is_drawn = format!("const found = (() => {{ {drawn} }})(); return found[3] > 0 && found");
    assert_eq!(site.browser.wait("the image", SOON, &is_drawn, &json!([])), wanted);
    leave(&site, 200);
    // A folder's index, by the redirect to its slash; a rule's redirect; the error document.
    enter(&site, "Photos");
    follow(&site, "#docs");
    enter(&site, "Docs");
    follow(&site, "a");
    enter(&site, "Docs");
    leave(&site, 200);
    // What is missing is told to whoever may list the bucket.
    for (actions, status) in
        [(&["s3:GetObject"][..], 403), (&["s3:GetObject", "s3:ListBucket"], 404)]
    {
        open_to_all(&site, actions);
        open(&site, "gone.html");
        leave(&site, status);
        enter(&site, "Nothing here \u{2013} sorry");
        leave(&site, status);
    }
    open(&site, "");
    enter(&site, "Photos");
    follow(&site, "#out");
    site.wait_for_words("This leads to https://example.com/.");
    open(&site, "/raw");
    site.wait_for_words("its Content-Type is binary/octet-stream");
    assert_eq!(site.browser.console_errors(), [""; 0]);
}

fn a_website_that_nobody_may_read_shows_why(kind: Kind) {
    let site = website(kind, false);
    open(&site, "/");
    enter(&site, "403 Forbidden");
    leave(&site, 403);
    open_to_all(&site, &["s3:GetObject"]);
    open(&site, "/");
    enter(&site, "Photos");
    leave(&site, 200);
    site.call("DeleteBucketWebsite", &json!({ "Bucket": "photos" }));
    let gone = "return document.querySelector('#site') === null";
    site.browser.wait("the card to go", SOON, gone, &json!([]));
}

/// Tries all that a page of another could want, and says what came of it.
const ESCAPE: &str = "<h1>Escape</h1><pre id=told></pre><script src=more.js></script><script>
    const told = { more: globalThis.more ?? null };
    const attempt = async (name, work) => { try { told[name] = `reached: ${await work()}` } catch (error) { told[name] = 'refused' } };
    (async () => {
        await attempt('parent', () => parent.document.title);
        await attempt('top', () => { top.location = 'about:blank'; return 'moved' });
        await attempt('storage', () => localStorage.length);
        await attempt('database', () => new Promise((done, failed) => {
            const asked = indexedDB.open('x'); asked.onsuccess = done; asked.onerror = failed; }));
        await attempt('cookie', () => document.cookie);
        await attempt('files', () => navigator.storage.getDirectory());
        await attempt('worker', () => navigator.serviceWorker.getRegistrations());
        await attempt('fetch', async () => (await fetch(location.href)).status);
        await attempt('origin', async () => { if (self.origin !== 'null') return self.origin; throw 0 });
        const image = new Image();
        await attempt('image', () => new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = '/logo.svg' }));
        document.getElementById('told').textContent = JSON.stringify(told);
    })();
    </script>";

fn the_scripts_of_a_website_stay_within_their_walls(kind: Kind) {
    let site = website(kind, true);
    put(&site, "escape.html", "text/html", ESCAPE);
    put(&site, "more.js", "text/javascript", "globalThis.more = 'came'");
    open(&site, "/escape.html");
    enter(&site, "Escape");
    let told = "return document.getElementById('told').textContent";
    assert_eq!(site.browser.run(told, &json!([])), "", "no script runs unasked");
    site.browser.leave_frame();
    site.browser.click("#site-scripts");
    open(&site, "/escape.html");
    enter(&site, "Escape");
    let found = site.browser.wait("the script's words", SOON, told, &json!([]));
    let found: Json = serde_json::from_str(found.as_str().unwrap()).unwrap();
    for (what, outcome) in found.as_object().unwrap() {
        let wanted = if what == "more" { "came" } else { "refused" };
        assert_eq!(outcome, wanted, "{what} in {found}");
    }
    leave(&site, 200);
    assert_eq!(site.buckets(), ["photos"]);
}

/// Makes a link to an object of the bucket by the console, and opens it.
fn open_link(site: &Site, key: &str) -> String {
    let to = "location.hash = `#/play/s3/photos/?object=${encodeURIComponent(arguments[0])}`; return true";
    site.browser.run(to, &json!([key]));
    site.press("Link");
    site.browser.click("#make-link");
    site.browser.click("#open-link");
    site.browser.opened_tab()
}

fn shown(site: &Site, words: &str) {
    let there = "return document.documentElement.textContent.includes(arguments[0])";
    site.browser.wait(&format!("the tab to show {words:?}"), SOON, there, &json!([words]));
}

fn a_link_opens_in_a_tab_of_its_own(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    put(&site, "a/../ \u{e9}+%2F?#&.txt", "text/plain; charset=utf-8", "read me \u{2013} once");
    let before = open_link(&site, "a/../ \u{e9}+%2F?#&.txt");
    shown(&site, "read me \u{2013} once");
    let opened = site.browser.run("return location.href", &json!([]));
    // A signature that was tampered with, and a time that is over.
    let spoilt = opened.as_str().unwrap().replace("X-Amz-Signature%3D", "X-Amz-Signature%3D0");
    site.browser.go(&spoilt);
    shown(&site, "SignatureDoesNotMatch");
    let opened_tab = site.browser.show_tab(&before);
    site.ask(&json!({ "kind": "clock", "jump_ms": 16 * 60 * 1000 }));
    site.browser.show_tab(&opened_tab);
    site.browser.go(opened.as_str().unwrap());
    shown(&site, "Request has expired");
    site.browser.close_tab_for(&before);
    let listed = "return document.body.innerText.includes('GetObject')";
    site.browser.wait("the calls that links made", SOON, listed, &json!([]));
}

fn a_link_to_hostile_content_runs_nothing(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    let script = "document.title = 'ran'; document.documentElement.id = 'ran'";
    let page = format!(
        "<!doctype html><h1>Hostile</h1><script>{script}</script><img src=x onerror=\"{script}\"><a id=press href=\"javascript:{script}\">press</a>"
    );
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' onload=\"{script}\"><text>Hostile</text><script>{script}</script></svg>"
    );
    for (key, media_type, content) in [
        ("page.html", "text/html", &page),
        ("drawing.svg", "image/svg+xml", &drawing),
        (
            "page.xhtml",
            "application/xhtml+xml",
            &format!(
                "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Hostile</h1><script>{script}</script></body></html>"
            ),
        ),
    ] {
        put(&site, key, media_type, content);
        let before = open_link(&site, key);
        shown(&site, "Hostile");
        let walls = "let reached = 0;
            try { reached += localStorage.length + 1 } catch {}
            return [document.documentElement.id, self.origin, reached]";
        let found = site.browser.run(walls, &json!([]));
        assert_eq!(found[0], "", "{key}: a script ran");
        assert_eq!(found[1], "null", "{key}: it has an origin of ours");
        if key == "page.html" {
            site.browser.click("#press");
            assert_eq!(site.browser.run(walls, &json!([]))[0], "", "a link ran");
        }
        site.browser.close_tab_for(&before);
    }
    // A text that says it is one is not taken for a page.
    put(&site, "text", "text/plain", "<h1>Hostile</h1>");
    let before = open_link(&site, "text");
    shown(&site, "<h1>Hostile</h1>");
    site.browser.close_tab_for(&before);
}

fn a_link_without_its_cloud_says_so(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    put(&site, "k", "text/plain", "here");
    let before = open_link(&site, "k");
    shown(&site, "here");
    let link = site.browser.run("return location.href", &json!([]));
    site.browser.close_tab_for(&before);
    site.browser.go("about:blank");
    site.browser.go(link.as_str().unwrap());
    shown(&site, "No tab has the cloud open");
    // The cloud is open in another tab again: the same link opens.
    let here = site.browser.new_tab();
    site.go("#/play/s3");
    let there = site.browser.show_tab(&here);
    site.browser.reload();
    shown(&site, "here");
    site.browser.close_tab_for(&there);
}

fn what_lies_where_is_shown_and_looked_into(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    for (key, size) in
        [("2025/a/1", 900), ("2025/b/2", 90), ("2026/3", 9), ("<img src=x>/4", 5), ("top", 1)]
    {
        put(&site, key, "text/plain", &"x".repeat(size));
    }
    site.go("#/play/s3/photos/?show=properties");
    let label = "return [...document.querySelectorAll('#storage svg')].map((one) => one.getAttribute('aria-label')).join('; ')";
    let wanted = "Areas by size: STANDARD 1.0 KB; Areas by size: 2025/ 990 B, 2026/ 9 B, <img src=x>/ 5 B, in no deeper prefix 1 B";
    let is_told = format!("{label} === arguments[0]");
    site.browser.wait("the pictures", SOON, &is_told, &json!([wanted]));
    site.press("Look into 2025/");
    site.browser.wait(
        "the prefix",
        SOON,
        &is_told,
        &json!(["Areas by size: STANDARD 1.0 KB; Areas by size: a/ 900 B, b/ 90 B"]),
    );
    site.browser.click("#storage-up");
    site.browser.wait("the whole", SOON, &is_told, &json!([wanted]));
    site.press("2026/");
    let there = "return decodeURIComponent(location.hash) === '#/play/s3/photos/2026/'";
    site.browser.wait("the objects of the prefix", SOON, there, &json!([]));
    assert_eq!(site.browser.console_errors(), [""; 0]);
}

fn a_large_object_is_saved_in_pieces(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/s3");
    site.call("CreateBucket", &json!({ "Bucket": "photos" }));
    let put = "const body = new Uint8Array(20 << 20).fill(7);
        const input = JSON.stringify({ Bucket: 'photos', Key: 'film.bin' });
        const answer = await globalThis.cloudarium.cloud.send({ kind: 'call', service: 's3', operation: 'PutObject', input, body, region: 'us-east-1' });
        return answer.ok !== undefined;";
    assert_eq!(site.browser.run_async(put, &json!([])), json!(true));
    site.go("#/play/s3/photos/?object=film.bin");
    site.browser.click(".split-head [aria-label=Download]");
    site.wait_for_words("Downloaded");
    let calls = site.ask(&json!({ "kind": "calls", "after": 0 }));
    let calls: Json = serde_json::from_str(calls["ok"].as_str().unwrap()).unwrap();
    let parts = calls.as_array().unwrap().iter().filter(|call| call["operation"] == "GetObject");
    let statuses: Vec<&Json> = parts.map(|call| &call["status"]).collect();
    assert_eq!(statuses, [206, 206, 206], "the preview's beginning, 16 MiB, and the rest");
}
