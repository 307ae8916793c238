//! A picture of every page, light and dark, 1280 and 320 px wide, in target/screens/: to be looked at. On the way each
//! page is held to what a picture shows at once: it is drawn, it fits the window, and it says nothing to the console.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::site::{SOON, Site};
use crate::webdriver::Kind;
use crate::{hood, in_browsers};

in_browsers! {
    every_page_has_its_pictures
}

/// A page: its name, its address, and what is pressed there.
type Screen = (&'static str, &'static str, &'static [&'static str]);

const SCREENS: [Screen; 38] = [
    ("home", "#/", &[]),
    ("lesson", "#/lesson/s3-put-get-list-delete/3", &[]),
    ("solution", "#/lesson/s3-put-get-list-delete/1", &["Compare with solution"]),
    ("free-play", "#/play/python", &[]),
    ("terminal", "#/play/terminal", &[]),
    ("s3-buckets", "#/play/s3", &[]),
    ("s3-objects", "#/play/s3/sample-orders/", &[]),
    ("s3-object", "#/play/s3/sample-photos/2026/01/?object=2026%2F01%2Fharbour%2Esvg", &[]),
    ("lambda-new", "#/play/lambda", &["Create function"]),
    ("lambda", "#/play/lambda", &[]),
    ("lambda-code", "#/play/lambda/check-order", &[]),
    ("lambda-monitor", "#/play/lambda/check-order/?show=monitor", &[]),
    ("lambda-load", "#/play/lambda/check-order/?show=load", &["Send"]),
    ("lambda-triggers", "#/play/lambda/check-order/?show=triggers", &["Add a trigger"]),
    ("lambda-configuration", "#/play/lambda/check-order/?show=configuration", &[]),
    ("lambda-versions", "#/play/lambda/check-order/?show=versions", &[]),
    ("logs", "#/play/logs/%2Faws%2Flambda%2Fcheck-order", &[]),
    ("sqs", "#/play/sqs", &[]),
    ("sqs-new", "#/play/sqs", &["Create queue"]),
    ("sqs-messages", "#/play/sqs/orders", &["Poll for messages", "Add attribute"]),
    ("sqs-configuration", "#/play/sqs/orders/?show=configuration", &["Start from an example"]),
    ("sqs-dead-letters", "#/play/sqs/orders-failed/?show=dead-letters", &[]),
    ("sqs-triggers", "#/play/sqs/orders/?show=triggers", &[]),
    ("eventbridge", "#/play/eventbridge", &[]),
    ("eventbridge-rules", "#/play/eventbridge/default", &[]),
    ("eventbridge-new", "#/play/eventbridge/default/?show=new", &["Test event pattern"]),
    ("eventbridge-rule", "#/play/eventbridge/default/large-orders", &[]),
    ("eventbridge-schedule", "#/play/eventbridge/default/tick", &[]),
    (
        "eventbridge-targets",
        "#/play/eventbridge/default/large-orders/?show=targets",
        &["Add target"],
    ),
    ("eventbridge-send", "#/play/eventbridge/default/?show=send", &[]),
    ("eventbridge-archives", "#/play/eventbridge/default/?show=archives", &[]),
    ("states", "#/play/states", &[]),
    ("states-new", "#/play/states?show=new", &[]),
    ("palette", "#/play/python", &["Search or run"]),
    ("import", "#/", &["Bring one back"]),
    ("shared-damaged", "#/shared/1AAAA", &[]),
    ("not-opened", "#/lesson/not-here/1", &[]),
    ("missing", "#/nowhere", &[]),
];

const SIZES: [(u32, u32); 2] = [(1280, 800), (320, 700)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screens")
}

fn every_page_has_its_pictures(kind: Kind) {
    let site = Site::open(kind);
    site.browser.go(&site.url("#/begin/sample"));
    let there = "return location.hash.startsWith('#/play/s3')";
    site.browser.wait("the sample data", SOON, there, &json!([]));
    crate::lambda::make(&site, "python-hello", "check-order");
    crate::lambda::test(&site, "Succeeded");
    crate::queues::make_orders(&site);
    crate::eventbridge::make_large_orders(&site);
    let lived = hood::live(&site);
    fs::create_dir_all(folder()).unwrap();
    for theme in ["light", "dark"] {
        site.browser.run(&format!("localStorage['cloudarium.theme'] = '{theme}'"), &json!([]));
        for (name, address, pressed) in SCREENS {
            site.browser.resize(Some((1280, 800)));
            site.browser.go("about:blank");
            site.browser.go(&site.url(address));
            site.settle();
            pressed.iter().for_each(|button| site.press(button));
            pictures(&site, name, theme);
        }
        site.browser.resize(Some((1280, 800)));
        hood::look_back(&site, &lived);
        pictures(&site, "the-past", theme);
    }
    site.browser.resize(None);
}

fn pictures(site: &Site, name: &str, theme: &str) {
    for (width, height) in SIZES {
        site.browser.resize(Some((width, height)));
        std::thread::sleep(std::time::Duration::from_millis(500));
        picture(site, &format!("{name}-{width}-{theme}"));
    }
}

fn picture(site: &Site, name: &str) {
    let wide = "const root = document.documentElement; return root.scrollWidth - root.clientWidth";
    assert_eq!(site.browser.run(wide, &json!([])), 0, "{name} is wider than its window");
    let heading = "return document.querySelector('#app h1')?.textContent";
    site.browser.wait(&format!("a heading on {name}"), SOON, heading, &json!([]));
    let errors = site.browser.console_errors();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    fs::write(folder().join(format!("{name}.png")), site.browser.picture()).unwrap();
}
