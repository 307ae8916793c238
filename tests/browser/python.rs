//! Python in the page: scripts run, checks turn green, Stop stops, and boto3 says the same as natively.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::in_browsers;
use crate::site::{SOON, Site};
use crate::webdriver::Kind;

in_browsers! {
    a_lesson_turns_green
    the_tutorial_says_the_same_as_natively
    stop_ends_an_endless_loop_and_keeps_the_cloud
    a_traceback_points_at_the_line
}

/// A file of the project.
pub fn project(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn a_lesson_turns_green(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/lesson/boto3-hello/1");
    site.wait_for_words("Open a session");
    let checks = "
        const checks = [...document.querySelectorAll('[data-check]')].map((one) => one.dataset.check);
        return checks.length > 0 && checks;";
    let checks = site.browser.wait("the checks", SOON, checks, &json!([]));
    let checks: Vec<String> = serde_json::from_value(checks).unwrap();
    let passed = "return document.querySelector('[data-check].pass') !== null";
    assert_eq!(
        site.browser.run(passed, &json!([])),
        false,
        "nothing is green before anything was done"
    );
    let output = site.run_script(&project("lessons/boto3/01-hello-boto3/solution/main.py"));
    assert!(output.contains("Account: 123456789012"), "{output}");
    site.answer_from_where();
    for check in &checks {
        site.wait_for_check(check, "pass");
    }
    site.wait_for_words("Step passed");

    // The script did the other steps, too: nothing has to be run again there.
    site.browser.run("location.hash = '#/lesson/boto3-hello/2'", &json!([]));
    for check in ["identity", "account"] {
        site.wait_for_check(check, "pass");
    }
}

fn the_tutorial_says_the_same_as_natively(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    let output = site.run_script(&project("tests/python/tutorial.py"));
    let expected = project("tests/python/tutorial.expected.txt");
    let lines =
        |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    let (said, expected) = (lines(&output), lines(&expected));
    for (at, line) in expected.iter().enumerate() {
        assert_eq!(said.get(at), Some(line), "line {} of:\n{output}", at + 1);
    }
}

fn stop_ends_an_endless_loop_and_keeps_the_cloud(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    site.write("import boto3\nboto3.client('s3').create_bucket(Bucket='survivor')\nprint('looping')\nwhile True:\n    pass\n");
    site.browser.click("#run");
    site.wait_for_output("looping");
    site.press("Stop");
    site.wait_for_words("Stopped");
    assert_eq!(site.buckets(), ["survivor"]);
    let output = site.run_script("print('again', 6 * 7)");
    assert!(output.contains("again 42"), "{output}");
}

fn a_traceback_points_at_the_line(kind: Kind) {
    let site = Site::open(kind);
    site.go("#/play/python");
    let output = site.run_script(
        "import boto3\ns3 = boto3.client('s3')\n\ns3.get_object(Bucket='nowhere', Key='k')\n",
    );
    assert!(output.contains("NoSuchBucket"), "{output}");
    assert!(output.contains("line 4"), "{output}");
    let marked = "return document.querySelector('#output .line-link')?.innerText";
    let marked = site.browser.wait("a link to the line", SOON, marked, &json!([]));
    assert!(marked.as_str().unwrap().contains('4'), "{marked}");
}
