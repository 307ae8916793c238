//! Lessons that hold together are read, and hostile ones are refused. What is told of each kind of
//! mistake stands in mistakes.txt.

use std::collections::BTreeMap;

use cloudarium_lesson::{
    Block, Files, Inline, Lab, Lesson, Proofs, concepts, mistakes_between, summary,
};

const LESSON: &str = r#"+++
schema   = "lesson/1"
id       = "s3-one"
title    = "One"
track    = "s3"
minutes  = 5
level    = "beginner"
services = ["s3"]
surfaces = ["python"]
requires = []
concepts = ["s3.object-storage"]
[sim]
region = "us-east-1"
clock  = "2026-01-05T09:00:00Z"
seed   = 7
[vars.bucket]
default = "photos-{learner4}"
[files]
open = "main.py"
edit = ["main.py"]
[[setup]]
call = "s3:CreateBucket"
in   = { Bucket = "{{bucket}}" }
+++

## Put it {#put}

Put `hello.txt` into **`{{bucket}}`**, as [AWS](https://docs.aws.amazon.com/s3/) says.

:::hint
Look.
:::

```checks
[[check]]
id = "stored"
text = "The bucket holds `hello.txt`"
probe = { call = "s3:GetObject", in = { Bucket = "{{bucket}}", Key = "hello.txt" } }
expect = { path = "Body", text = "Hello" }
waits_for = "s3:PutObject"
say = { pass = "It does.", fail = "It holds no `hello.txt`." }
```
"#;

fn files(lesson: &str) -> Files {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    BTreeMap::from([
        file("lesson.md", lesson),
        file("starter/main.py", "bucket = \"{{bucket}}\"\n"),
        file("solution/main.py", "bucket = \"{{bucket}}\"\n"),
    ])
}

fn told(lesson: &str) -> Vec<String> {
    match Lesson::parse("s3/01-one", &files(lesson)) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_lesson_is_read_and_shown() {
    let lesson = Lesson::parse("s3/01-one", &files(LESSON)).expect("it holds together");
    let lab = Lab::new(lesson, "ada");
    let view = lab.view(2);
    let bucket = view.vars.get("bucket").cloned().unwrap_or_default();
    assert!(bucket.starts_with("photos-") && bucket.len() == 11, "{bucket}");
    let main = view.files.first().map(|file| file.text.clone());
    assert_eq!(main, Some(format!("bucket = \"{bucket}\"\n")));
    let step = view.steps.first().expect("there is a step");
    let Some(Block::Paragraph { inlines }) = step.prose.first() else { panic!("{:?}", step.prose) };
    assert!(inlines.contains(&Inline::Strong { inlines: vec![Inline::Code { text: bucket }] }));
    assert_eq!((view.index_in_track, view.in_track), (1, 2));
    assert_eq!(lab.state().step.as_deref(), Some("put"));
    let json = serde_json::to_value(&view).expect("it is plain data");
    assert_eq!(json["steps"][0]["checks"][0]["id"], "stored");
    assert_eq!(json["steps"][0]["prose"][0]["kind"], "paragraph");
    assert!(json["steps"][0]["console"].is_null());
}

#[test]
fn the_list_has_of_its_script_what_is_the_same_for_everybody() {
    let mut files = files(LESSON);
    let script = "import boto3\n\n# {{no_variable}}\nbucket = \"{{bucket}}\"\nprint(bucket)\n";
    files.insert("starter/main.py".to_owned(), script.into());
    let opens = |files: &Files| {
        let lesson = Lesson::parse("s3/01-one", files).expect("it holds together");
        summary(&lesson, 1).opens.map(|file| (file.name, file.text))
    };
    let same = "import boto3\n\n# {{no_variable}}\n".to_owned();
    assert_eq!(opens(&files), Some(("main.py".to_owned(), same)));
    let script = script.replace("{{bucket}}", "photos");
    files.insert("starter/main.py".to_owned(), script.clone().into());
    assert_eq!(opens(&files), Some(("main.py".to_owned(), script)));
}

#[test]
fn html_is_refused() {
    for html in ["<b>bold</b>", "<script>alert(1)</script>\n", "<!-- a -->\n", "<img src=x>"] {
        let told = told(&LESSON.replace("Look.", html));
        assert!(
            told.iter().any(|one| one.starts_with("lesson.md:31:1: A lesson holds no HTML.")),
            "{html}: {told:?}"
        );
    }
}

#[test]
fn hostile_files_are_refused_not_followed() {
    assert!(told(&"a".repeat(300 * 1024)).concat().contains("At most 262144 are read"));
    let deep = LESSON.replace("Look.", &format!("{}deep", "> ".repeat(5_000)));
    assert!(told(&deep).concat().contains("nested too deeply"));
    let array = LESSON.replace("requires = []", &format!("requires = {}", "[".repeat(50_000)));
    assert!(told(&array).concat().contains("The TOML cannot be read"));
    let many = LESSON.replace("Look.", &"<b>".repeat(10_000));
    assert_eq!(told(&many).len(), 100, "no more mistakes than anybody reads");
    let mut torn = files(LESSON);
    torn.insert("lesson.md".to_owned(), b"+++\n\xff\xfe\n+++\n".to_vec());
    let mistakes = Lesson::parse("s3/01-one", &torn).expect_err("it is no UTF-8");
    assert_eq!(
        mistakes.first().map(|m| (m.line, m.sentence.as_str())),
        Some((2, "This is not UTF-8."))
    );
}

#[test]
fn every_torn_end_is_refused_or_read() {
    for end in (0..LESSON.len()).step_by(3).filter(|end| LESSON.is_char_boundary(*end)) {
        let part = &LESSON[..end];
        // The lesson without its last line end is still whole.
        assert!(!told(part).is_empty() || end + 1 >= LESSON.len(), "{end} bytes are no lesson");
    }
}

#[test]
fn a_lesson_needs_typical_mistakes() {
    let lesson = Lesson::parse("s3/01-one", &files(LESSON)).expect("it holds together");
    let mut all = files(LESSON);
    all.insert("wrong/a/expect.toml".to_owned(), b"[fail]\nstord = \"No.\"\n".to_vec());
    let mistakes = Proofs::parse(&lesson, &all).expect_err("one is too few");
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert!(told.concat().contains("There are too few typical mistakes: 1."));
    assert!(
        told.concat().contains("There is no check `stord`. Did you mean `stored`?"),
        "{told:?}"
    );
}

#[test]
fn lessons_and_concepts_must_exist() {
    let text = LESSON.replace("requires = []", "requires = [\"s3-zero\"]");
    let lesson = Lesson::parse("s3/01-one", &files(&text)).expect("it holds together");
    let known = concepts("[[concept]]\nid = \"s3.bucket\"\nsection = \"S3\"\nsentence = \"A.\"\n")
        .expect("it can be read");
    let told: Vec<String> = mistakes_between(&[lesson.clone(), lesson], &known, &[])
        .iter()
        .map(|(folder, mistake)| format!("{folder}: {mistake}"))
        .collect();
    for part in [
        "There is no lesson `s3-zero`.",
        "There is no concept `s3.object-storage`.",
        "has the id `s3-one`, too.",
    ] {
        assert!(told.iter().any(|one| one.contains(part)), "{part}: {told:?}");
    }
    assert!(concepts("[[concept]]\nid = 1\n").is_err());
}
