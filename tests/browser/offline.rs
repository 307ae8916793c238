//! Without a network: what was visited once works to the end, Python included.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::json;

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_python_lesson_works_without_a_network
    the_site_can_be_installed
}

/// How long the files that nobody has asked for yet may take to come.
const IDLE: Duration = Duration::from_secs(120);

/// Whether every file of the site is kept, but those that come on demand.
const KEPT: &str = "
    const content = await (await fetch('content.json')).json();
    const cache = await caches.open(`cloudarium-site-${content.version}`);
    const kept = new Set((await cache.keys()).map(({ url }) => url));
    const onDemand = (path) => path.startsWith('python/models/') || path.startsWith('python/help') || path === 'sw.js';
    const missing = Object.keys(content.files).filter((path) => !onDemand(path))
        .filter((path) => !kept.has(new URL(path, document.baseURI).href));
    return missing.length === 0 ? 'all kept' : missing.join(' ');";

fn a_python_lesson_works_without_a_network(kind: Kind) {
    let mut site = Site::open_anew(kind);
    site.go("#/");
    // Nothing more than the home page was ever looked at: the rest comes when the page is idle.
    site.browser.wait_async("all kept", IDLE, KEPT);
    site.cut_network();
    // As a person does it: what the driver of Firefox calls a refresh asks the network past the service worker.
    site.browser.run("window.isOld = true; location.reload(); return true", &json!([]));
    let anew = "return window.isOld === undefined && document.readyState === 'complete'";
    site.browser.wait("the page to be loaded anew", SOON, anew, &json!([]));
    site.settle();
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    let solution = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../lessons/boto3/01-hello-boto3/solution/main.py");
    let output = site.run_script(&fs::read_to_string(solution).unwrap());
    assert!(output.contains("Account: 123456789012"), "{output}");
    site.answer_from_where();
    for step in 2..=4 {
        site.wait_for_words("Step passed");
        let to = format!("location.hash = '#/lesson/boto3-hello/{step}'; return true");
        site.browser.run(&to, &json!([]));
        let there = "return document.querySelector('.path .now')?.textContent === arguments[0]";
        site.browser.wait("the step", SOON, there, &json!([step.to_string()]));
        site.browser.click("#run");
        site.wait_for_run();
    }
    site.wait_for_words("Lesson passed");
}

fn the_site_can_be_installed(kind: Kind) {
    let site = Site::open_anew(kind);
    site.go("#/");
    let read = "
        const link = document.querySelector('link[rel=manifest]').href;
        const manifest = await (await fetch(link)).json();
        const icons = await Promise.all(manifest.icons.map(async ({ src, sizes, type }) => {
            const answer = await fetch(new URL(src, link));
            const picture = await createImageBitmap(await answer.blob()).catch(() => null);
            const size = picture === null ? '' : `${picture.width}x${picture.height}`;
            return { right: answer.headers.get('content-type') === type && (sizes === 'any' || sizes === size) };
        }));
        return { name: manifest.name, display: manifest.display, start: new URL(manifest.start_url, link).href,
            icons: icons.every(({ right }) => right), count: icons.length };";
    let found = site.browser.run_async(read, &json!([]));
    assert_eq!(found["icons"], true, "{found}");
    assert!(found["count"].as_u64().unwrap() >= 3, "{found}");
    assert_eq!((&found["name"], &found["display"]), (&json!("Cloudarium"), &json!("standalone")));
    assert_eq!(found["start"], json!(site.url("#/")), "{found}");
}
