//! How checks of the kinds `choice` and `metric` are judged, and what is said of them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

use std::collections::BTreeMap;

use cloudarium_cloud::{Call, Caller, CallerKind, Cloud};
use cloudarium_lesson::{Files, Lab, Lesson, Run, State, plain};
use cloudarium_shape::Value;

const LESSON: &str = include_str!("mistakes/lesson.md");

/// The lesson of mistakes.txt, `metric` in place of its own, for somebody who learns.
fn lab(metric: &str) -> (Lab, Cloud) {
    let own = "metric = { calls_max = 2, op = \"s3:PutObject\" }";
    lab_of(&LESSON.replace(own, metric).replace(
        "It took {{used: calls}}.",
        "{{used: calls}} calls, {{used: bytes}} bytes, {{used: seconds}} s, ${{used: cost}}.",
    ))
}

/// The lesson of `text`, for somebody who learns.
fn lab_of(text: &str) -> (Lab, Cloud) {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let files: Files = BTreeMap::from([
        file("lesson.md", text),
        file("starter/main.py", ""),
        file("solution/main.py", ""),
        file("assets/a.csv", "a,b\n"),
        file(
            "figures/keys.svg",
            "<svg viewBox=\"0 0 9 9\"><style>@media (prefers-color-scheme: dark) {}</style></svg>",
        ),
    ]);
    let lesson = Lesson::parse("s3/01-one", &files).expect("it holds together");
    let mut lab = Lab::new(lesson, "ada");
    // The bucket is the learner's own, so nobody else can put something into it.
    let mut cloud = Cloud::new(lab.config());
    let refused = lab.set_up(&mut cloud).expect_err("another account puts into it");
    assert!(refused.to_string().contains("AccessDenied"), "{refused}");
    (lab, cloud)
}

fn put(lab: &Lab, cloud: &mut Cloud, key: &str, body: &[u8]) {
    let input = BTreeMap::from([
        ("Bucket", Value::String(lab.vars()["bucket"].clone())),
        ("Key", Value::String(key.to_owned())),
        ("Body", Value::Blob(body.to_vec().into())),
    ]);
    let input = input.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let call = Call {
        service: "s3".to_owned(),
        operation: "PutObject".to_owned(),
        input: Value::Map(input),
        region: "us-east-1".to_owned(),
        caller: Caller::Trusted {
            kind: CallerKind::Console,
            account: lab.vars()["account"].clone(),
        },
        at: cloud.now(),
    };
    cloud.call(call).expect("it may");
}

fn told(lab: &mut Lab, cloud: &mut Cloud, run: &Run, id: &str) -> (State, String) {
    let all = lab.check_all(cloud, Some(run));
    let result = all.into_iter().find(|result| result.id == id).expect("there is such a check");
    (result.verdict.state, plain(&result.verdict.message))
}

fn answered(answer: usize) -> Run {
    Run { ran: false, answers: BTreeMap::from([("which".to_owned(), answer)]), ..Run::default() }
}

#[test]
fn a_question_waits_fails_and_passes() {
    let (mut lab, mut cloud) = lab("metric = { calls_max = 2 }");
    for (run, state, words) in [
        (Run::default(), State::Wait, ""),
        (answered(0), State::Fail, "That is the first."),
        (answered(2), State::Fail, "Not `c`."),
        (answered(9), State::Wait, ""),
        (answered(1), State::Pass, ""),
        // What has passed stays passed.
        (answered(0), State::Pass, ""),
    ] {
        assert_eq!(told(&mut lab, &mut cloud, &run, "which"), (state, words.to_owned()), "{run:?}");
    }
}

#[test]
fn how_is_judged_when_the_step_is_done() {
    let (mut lab, mut cloud) = lab("metric = { calls_max = 1 }");
    put(&lab, &mut cloud, "b", b"x");
    // One call is within the limit, but the step is not done: there is nothing to judge yet.
    assert_eq!(told(&mut lab, &mut cloud, &answered(1), "few").0, State::Wait);
    put(&lab, &mut cloud, "hello.txt", b"Hello");
    assert_eq!(told(&mut lab, &mut cloud, &answered(1), "few").0, State::Fail);
    // Another run of one call alone.
    let since = cloud.calls().last_seq();
    put(&lab, &mut cloud, "hello.txt", b"Hello");
    let again = Run { since_seq: since, ..answered(1) };
    assert_eq!(told(&mut lab, &mut cloud, &again, "few").0, State::Pass);
}

#[test]
fn every_measure_has_its_limit() {
    for (metric, state) in [
        ("calls_max = 2", State::Pass),
        ("calls_max = 1", State::Fail),
        ("bytes_max = 1000", State::Pass),
        ("bytes_max = 104", State::Fail),
        ("seconds_max = 0", State::Pass),
        ("cost_max = 0.001", State::Pass),
        ("cost_max = 0.000001", State::Fail),
        ("calls_max = 1, op = \"s3:GetObject\"", State::Wait),
        ("calls_max = 1, after = { op = \"s3:PutObject\" }", State::Pass),
        (
            "calls_max = 0, after = { op = \"s3:PutObject\", request = { Key = \"b\" } }",
            State::Fail,
        ),
    ] {
        let (mut lab, mut cloud) = lab(&format!("metric = {{ {metric} }}"));
        put(&lab, &mut cloud, "b", &[b'x'; 100]);
        put(&lab, &mut cloud, "hello.txt", b"Hello");
        let (judged, words) = told(&mut lab, &mut cloud, &answered(1), "few");
        assert_eq!(judged, state, "{metric}: {words}");
        if state == State::Fail && !metric.contains("after") {
            // Two PUT requests at $0.005 a thousand, rounded down to millionths.
            assert_eq!(words, "2 calls, 105 bytes, 0 s, $0.000010.", "{metric}");
        }
    }
}

/// A step after that of mistakes.txt, which asks for the same operation.
const AGAIN: &str = r#"
## Again {#again}

Put `b`, too.

```checks
[[check]]
id = "b"
text = "You put `b`"
log = { op = "s3:PutObject", request = { Key = "b" } }
say.fail = "You put `{{asked: Key}}`."

[[check]]
id = "there"
text = "`b` is there"
probe = { call = "s3:HeadObject", in = { Bucket = "{{bucket}}", Key = "b" } }
waits_for = "s3:PutObject"
say.fail = "It is not."

[[check.diagnose]]
probe = { call = "s3:HeadObject", in = { Bucket = "{{bucket}}", Key = "hello.txt" } }
say = "Only `hello.txt` is."
```
"#;

#[test]
fn what_was_called_for_an_earlier_step_is_no_mistake_in_this_one() {
    let (mut lab, mut cloud) = lab_of(&format!("{LESSON}{AGAIN}"));
    let states = |lab: &mut Lab, cloud: &mut Cloud| {
        let checked = lab.check(cloud, "again", None).expect("there is such a step");
        checked.iter().map(|it| (it.verdict.state, plain(&it.verdict.message))).collect::<Vec<_>>()
    };
    put(&lab, &mut cloud, "hello.txt", b"Hello");
    let waiting = (State::Wait, String::new());
    assert_eq!(states(&mut lab, &mut cloud), [waiting.clone(), waiting], "only just come to it");
    put(&lab, &mut cloud, "c", b"");
    let failed = |words: &str| (State::Fail, words.to_owned());
    let told = [failed("You put `c`."), failed("Only `hello.txt` is.")];
    assert_eq!(states(&mut lab, &mut cloud), told);
    // What the learner is ahead with counts all the same.
    let (mut lab, mut cloud) = lab_of(&format!("{LESSON}{AGAIN}"));
    put(&lab, &mut cloud, "b", b"");
    let passed = (State::Pass, String::new());
    assert_eq!(states(&mut lab, &mut cloud), [passed.clone(), passed]);
}

#[test]
fn a_script_that_runs_before_the_step_is_looked_at_is_judged() {
    let (mut lab, mut cloud) = lab_of(&format!("{LESSON}{AGAIN}"));
    put(&lab, &mut cloud, "c", b"");
    let checked = lab.check(&mut cloud, "again", Some(&Run::default())).expect("it is there");
    assert!(checked.iter().all(|result| result.verdict.state == State::Fail), "{checked:?}");
}
