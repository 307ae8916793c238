//! Every lesson is proved right: the seven proofs of docs/LESSONS.md, with CPython and real boto3.

use std::path::{Path, PathBuf};

use cloudarium_lesson::{Lesson, concepts};
use cloudarium_serve::lesson_check::{self, Tools};
use cloudarium_tests::venv;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What runs scripts and commands, made once; tells why not, where that cannot be.
fn tools() -> Result<Tools, String> {
    let python = venv::python(&root(), "venv-boto3", "tests/python/requirements.txt")?;
    let of_aws = venv::python(&root(), "venv-aws", "tests/python/requirements-aws.txt")?;
    let aws = of_aws.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Tools { python, aws })
}

/// Proves the lesson called `name`; tells why it does not, where there is no Python.
fn proved(name: &str) {
    let tools = match tools() {
        Ok(tools) => tools,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "CI must prove lessons: {why}");
            println!("skipped, since no Python with boto3 can be had here: {why}");
            return;
        }
    };
    let lessons = root().join("lessons");
    let reports = lesson_check::check(&lessons, &[PathBuf::from(name)], &tools);
    let reports = reports.expect("the lesson is there");
    let [report] = reports.as_slice() else { panic!("one lesson was asked for") };
    assert!(report.failures.is_empty(), "{}:\n{}", report.lesson, report.failures.join("\n"));
    let results = report.results.as_ref().expect("it was solved");
    assert_eq!((results.version, results.status), (3, "pass"));
    assert!(results.tests.iter().all(|test| test.status == "pass"));
}

/// A test for every lesson, so that they are proved side by side.
macro_rules! lessons {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                proved($name);
            }
        )*

        /// The folders of all lessons that a test proves.
        const PROVED: &[&str] = &[$($name),*];
    };
}

lessons! {
    lessons_boto3_1_is_right: "boto3/01-hello-boto3",
    lessons_boto3_2_is_right: "boto3/02-clients-and-resources",
    lessons_boto3_3_is_right: "boto3/03-when-a-call-fails",
    lessons_boto3_4_is_right: "boto3/04-paginators-and-waiters",
    lessons_boto3_6_is_right: "boto3/06-the-same-in-the-aws-cli",
    lessons_lambda_1_is_right: "lambda/01-code-without-a-server",
    lessons_lambda_2_is_right: "lambda/02-event-context-logs",
    lessons_lambda_3_is_right: "lambda/03-cold-and-warm-starts",
    lessons_lambda_4_is_right: "lambda/04-it-scales-with-traffic",
    lessons_lambda_5_is_right: "lambda/05-pay-for-what-you-use",
    lessons_lambda_6_is_right: "lambda/06-errors-retries-dead-letters",
    lessons_lambda_7_is_right: "lambda/07-an-upload-starts-a-function",
    lessons_lambda_8_is_right: "lambda/08-versions-aliases-variables",
    lessons_s3_1_is_right: "s3/01-buckets-and-names",
    lessons_s3_2_is_right: "s3/02-put-get-list-delete",
    lessons_s3_3_is_right: "s3/03-documents-images-videos",
    lessons_s3_4_is_right: "s3/04-no-folders",
    lessons_s3_5_is_right: "s3/05-versions",
    lessons_s3_6_is_right: "s3/06-a-link-that-expires",
    lessons_s3_7_is_right: "s3/07-who-may-read",
    lessons_s3_8_is_right: "s3/08-large-files",
    lessons_s3_9_is_right: "s3/09-storage-classes",
    lessons_s3_10_is_right: "s3/10-tell-me-when-something-arrives",
    lessons_step_functions_1_is_right: "step-functions/01-states-and-transitions",
    lessons_step_functions_2_is_right: "step-functions/02-data-through-the-machine",
    lessons_step_functions_3_is_right: "step-functions/03-choice-and-wait",
    lessons_step_functions_4_is_right: "step-functions/04-calling-services",
    lessons_step_functions_5_is_right: "step-functions/05-retry-and-catch",
    lessons_step_functions_6_is_right: "step-functions/06-parallel-and-map",
    lessons_step_functions_7_is_right: "step-functions/07-draw-it",
    lessons_step_functions_8_is_right: "step-functions/08-wait-for-a-person",
    lessons_step_functions_9_is_right: "step-functions/09-debug-a-run",
    lessons_step_functions_10_is_right: "step-functions/10-standard-and-express",
}

/// All lessons, which hold together.
fn all() -> Vec<Lesson> {
    let folders = lesson_check::load(&root().join("lessons")).expect("they can be read");
    let read = |folder: &lesson_check::LessonFolder| {
        Lesson::parse(&folder.name, &folder.files).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("{}:\n{}", folder.name, told.join("\n"))
        })
    };
    folders.iter().map(read).collect()
}

#[test]
fn lessons_are_all_proved_here() {
    let names: Vec<String> = all().into_iter().map(|lesson| lesson.folder).collect();
    assert_eq!(names, PROVED, "add a test for every lesson");
}

#[test]
fn a_folder_means_all_lessons_below_it() {
    let lessons = root().join("lessons");
    let folders = lesson_check::load(&lessons).expect("they can be read");
    let below =
        |path: &Path| lesson_check::below(&lessons, &folders, path).map(|found| found.len());
    assert_eq!(below(&lessons), Ok(PROVED.len()));
    let in_s3 = PROVED.iter().filter(|name| name.starts_with("s3/")).count();
    assert_eq!(below(&lessons.join("s3")), Ok(in_s3));
    assert_eq!(below(Path::new("s3/01-buckets-and-names")), Ok(1));
    let error = below(Path::new("s3/99-nothing")).expect_err("there is no such folder");
    assert!(
        error.contains("holds no lesson") && error.contains("s3/01-buckets-and-names"),
        "{error}"
    );
}

/// Sentences of the concept document that no lesson teaches yet: their services are still to come.
/// A track that is finished has none here.
const NOT_YET: &[&str] = &[
    "glue.serverless-etl",
    "glue.crawler-fills-catalog",
    "glue.metadata-for-jobs",
    "glue.script",
    "glue.run-or-trigger",
    "glue.trigger-kinds",
    "glue.job-run",
    "glue.source-and-store",
    "glue.data-target-term",
    "glue.data-target-is-data-store",
    "glue.data-source",
    "glue.data-transformation",
    "glue.data-target",
    "glue.data-catalog",
    "glue.catalog-holds",
    "glue.catalog-per-region",
    "glue.database",
    "glue.crawler",
    "glue.classifiers-in-order",
    "glue.connection",
    "glue.classifiers-for-files",
    "glue.classifiers-for-jdbc",
];

/// Tracks whose sentences are all taught.
const FINISHED: [&str; 4] = ["boto3", "s3", "lambda", "states"];

#[test]
fn every_sentence_of_a_finished_track_has_a_lesson() {
    let text = std::fs::read_to_string(root().join("lessons/concepts.toml")).expect("it is there");
    let known = concepts(&text).expect("it can be read");
    assert_eq!(known.len(), 31, "the concept document has 31 sentences");
    let lessons = all();
    let taught = |id: &str| lessons.iter().any(|l| l.front.concepts.iter().any(|own| own == id));
    let open: Vec<&str> =
        known.iter().map(|concept| concept.id.as_str()).filter(|id| !taught(id)).collect();
    assert_eq!(
        open, NOT_YET,
        "what is taught now must leave the list, what is not must stand in it"
    );
    for id in open {
        let track = id.split('.').next().unwrap_or_default();
        assert!(!FINISHED.contains(&track), "{track} is finished, and nothing teaches {id}");
    }
    for lesson in &lessons {
        for concept in &lesson.front.concepts {
            assert!(known.iter().any(|one| one.id == *concept), "{}: {concept}", lesson.folder);
        }
    }
}

/// All text of the page's sources.
fn page_sources() -> String {
    fn gather(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                gather(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push_str(&std::fs::read_to_string(&path).expect("it is text"));
            }
        }
    }
    let mut all = String::new();
    gather(&root().join("web/src"), &mut all);
    all
}

#[test]
fn every_control_that_a_lesson_lights_up_is_on_the_page() {
    let page = page_sources();
    let lessons = all();
    let steps = lessons.iter().flat_map(|lesson| &lesson.steps);
    for clicks in steps.filter_map(|step| step.console.as_ref()) {
        let marked = format!("data-hotspot=\"{}\"", clicks.hotspot);
        assert!(page.contains(&marked), "no control is marked by {marked}");
    }
}

#[test]
fn the_book_lists_the_shortcuts_that_the_page_has() {
    let words = std::fs::read_to_string(root().join("web/src/words/palette.rs"));
    let words = words.expect("it is there");
    let book = std::fs::read_to_string(root().join("docs/keyboard.md")).expect("it is there");
    let list = words.split("SHORTCUT_GROUPS").nth(1).expect("the list is there");
    let list = list.split("\n];").next().unwrap_or_default();
    let mut count = 0;
    for entry in list.split("(\"").skip(1).filter(|entry| entry.contains("\", &[\"")) {
        let (what, rest) = entry.split_once("\", &[").expect("it is a shortcut");
        let keys = rest.split(']').next().unwrap_or_default();
        let shown: Vec<String> = keys
            .split('"')
            .skip(1)
            .step_by(2)
            .map(|key| if key == "then" { key.to_owned() } else { format!("`{key}`") })
            .collect();
        let row = format!("| {what} | {} |", shown.join(" "));
        assert!(book.contains(&row), "docs/keyboard.md lacks: {row}");
        count += 1;
    }
    assert!(count >= 10, "{count} shortcuts were found in the page's words");
}
