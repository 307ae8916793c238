//! Every lesson is proved right: the seven proofs of docs/LESSONS.md, with CPython and real boto3.

use std::path::{Path, PathBuf};

use cloudarium_lesson::{Lesson, concepts};
use cloudarium_serve::lesson_check;
use cloudarium_tests::venv;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Proves the lesson called `name`; tells why it does not, where there is no Python.
fn proved(name: &str) {
    let python = match venv::python(&root(), "venv-boto3", "tests/python/requirements.txt") {
        Ok(python) => python,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "CI must prove lessons: {why}");
            println!("skipped, since no Python with boto3 can be had here: {why}");
            return;
        }
    };
    let lessons = root().join("lessons");
    let reports = lesson_check::check(&lessons, &[PathBuf::from(name)], &python);
    let reports = reports.expect("the lesson is there");
    let [report] = reports.as_slice() else { panic!("one lesson was asked for") };
    assert!(report.failures.is_empty(), "{}:\n{}", report.lesson, report.failures.join("\n"));
    let results = report.results.as_ref().expect("it was solved");
    assert_eq!((results.version, results.status), (3, "pass"));
    assert!(results.tests.iter().all(|test| test.status == "pass"));
}

#[test]
fn lessons_boto3_1_is_right() {
    proved("boto3/01-hello-boto3");
}

#[test]
fn lessons_s3_1_is_right() {
    proved("s3/01-buckets-and-names");
}

#[test]
fn lessons_s3_2_is_right() {
    proved("s3/02-put-get-list-delete");
}

#[test]
fn lessons_are_all_proved_here() {
    let all = lesson_check::load(&root().join("lessons")).expect("they can be read");
    let names: Vec<&str> = all.iter().map(|folder| folder.name.as_str()).collect();
    let proved = ["boto3/01-hello-boto3", "s3/01-buckets-and-names", "s3/02-put-get-list-delete"];
    assert_eq!(names, proved, "add a test for every lesson");
    for folder in &all {
        let lesson = Lesson::parse(&folder.name, &folder.files).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("{}:\n{}", folder.name, told.join("\n"))
        });
        assert_eq!(lesson.folder, folder.name);
    }
}

#[test]
fn lessons_teach_known_concepts() {
    let text = std::fs::read_to_string(root().join("lessons/concepts.toml")).expect("it is there");
    let known = concepts(&text).expect("it can be read");
    assert_eq!(known.len(), 31, "the concept document has 31 sentences");
    for folder in lesson_check::load(&root().join("lessons")).expect("they can be read") {
        let lesson = Lesson::parse(&folder.name, &folder.files).expect("it holds together");
        for concept in &lesson.front.concepts {
            assert!(known.iter().any(|one| one.id == *concept), "{}: {concept}", folder.name);
        }
    }
}
