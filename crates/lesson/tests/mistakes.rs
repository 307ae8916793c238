//! Every kind of mistake in a lesson, and what the author is told: file, line, column, what is wrong,
//! what to do. The cases are data: `mistakes.txt` says how. `UPDATE_EXPECT=1 cargo test` rewrites
//! what is told in it; read the difference before you keep it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cloudarium_lesson::{Concept, Files, Lesson, Proofs, concepts, mistakes_between};
use expect_test::expect_file;

const CASES: &str = include_str!("mistakes.txt");
const LESSON: &str = include_str!("mistakes/lesson.md");
const CONCEPTS: &str =
    "[[concept]]\nid = \"s3.object-storage\"\nsection = \"S3\"\nsentence = \"A.\"\n";

/// One case: its lines but for what is told.
#[derive(Default)]
struct Case<'t> {
    name: &'t str,
    lines: Vec<&'t str>,
}

#[test]
fn every_mistake_is_told_by_file_line_and_column() {
    let (head, cases) = read(CASES);
    let mut told = head;
    let mut count = 0;
    for case in cases {
        write!(told, "--- {}\n{}\n", case.name, case.lines.join("\n")).expect("it is a String");
        let mistakes = mistakes_of(&case);
        if mistakes.is_empty() {
            told.push_str("! NOTHING\n");
        }
        for mistake in mistakes {
            writeln!(told, "! {mistake}").expect("it is a String");
        }
        told.push('\n');
        count += 1;
    }
    assert!(count >= 70, "there are {count} cases");
    assert!(!CASES.contains("! NOTHING"), "a case of mistakes.txt has no mistake");
    expect_file!["./mistakes.txt"].assert_eq(&told);
}

#[test]
fn the_lesson_without_a_mistake_is_right() {
    assert_eq!(told(&base(), "s3/01-one"), Vec::<String>::new());
}

fn read(text: &str) -> (String, Vec<Case<'_>>) {
    let (mut head, mut cases) = (String::new(), Vec::<Case<'_>>::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            cases.push(Case { name, lines: Vec::new() });
        } else if let Some(case) = cases.last_mut() {
            if !line.is_empty() && !line.starts_with("! ") {
                case.lines.push(line);
            }
        } else {
            head.push_str(line);
            head.push('\n');
        }
    }
    (head, cases)
}

fn base() -> Files {
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\
                   <style>@media (prefers-color-scheme:dark){a{fill:red}}</style></svg>\n";
    let mut files = BTreeMap::from([
        file("lesson.md", LESSON),
        file("starter/main.py", "bucket = \"{{bucket}}\"\n"),
        file("solution/main.py", "bucket = \"{{bucket}}\"\n"),
        file("assets/a.csv", "a,b\n"),
        file("figures/keys.svg", drawing),
        file("console.toml", "[[call]]\nclick = \"Upload\"\ncall = \"s3:PutObject\"\n"),
    ]);
    for name in ["a", "b", "c"] {
        files.extend([file(&format!("wrong/{name}/expect.toml"), "[fail]\nstored = \"No.\"\n")]);
    }
    files
}

fn told(files: &Files, folder: &str) -> Vec<String> {
    let words = |list: Vec<cloudarium_lesson::LessonError>| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    match Lesson::parse(folder, files) {
        Err(mistakes) => words(mistakes),
        Ok(lesson) => {
            let known: Vec<Concept> = concepts(CONCEPTS).expect("they are right");
            let mut all = Proofs::parse(&lesson, files).err().map(words).unwrap_or_default();
            let between = mistakes_between(std::slice::from_ref(&lesson), &known, &[]);
            all.extend(between.iter().map(|(_, mistake)| mistake.to_string()));
            all
        }
    }
}

/// Makes the case's changes to the lesson, and asks what is wrong with it.
fn mistakes_of(case: &Case<'_>) -> Vec<String> {
    let mut files = base();
    let (mut folder, mut path) = ("s3/01-one", "lesson.md");
    let mut lines = case.lines.iter().peekable();
    while let Some(line) = lines.next() {
        let (mark, rest) = line.split_at(2.min(line.len()));
        match mark {
            "@ " => path = rest,
            "/ " => folder = rest,
            "x " => assert!(files.remove(rest).is_some(), "{}: {rest}", case.name),
            "= " => {
                files.insert(rest.to_owned(), Vec::new());
                path = rest;
            }
            "- " | "+ " | "+" => {
                let (mut from, mut to) = (Vec::new(), Vec::new());
                let mut next = Some(*line);
                while let Some(line) = next {
                    let rest = line.get(2..).unwrap_or_default();
                    if line.starts_with('-') {
                        from.push(rest);
                    } else {
                        to.push(rest);
                    }
                    // What is taken away after something was added is the next change.
                    let goes_on = |line: &&&str| {
                        line.starts_with('+') || (line.starts_with("- ") && to.is_empty())
                    };
                    next = lines.next_if(goes_on).copied();
                }
                change(&mut files, path, &from.join("\n"), &to.join("\n"), case.name);
            }
            _ => panic!("{}: {line}", case.name),
        }
    }
    told(&files, folder)
}

fn change(files: &mut Files, path: &str, from: &str, to: &str, case: &str) {
    let file = files.get_mut(path).unwrap_or_else(|| panic!("{case}: {path} is not there"));
    let text = String::from_utf8(file.clone()).expect("it is text");
    let text = if from.is_empty() {
        format!("{text}{to}\n")
    } else {
        assert!(text.contains(from), "{case}: {from:?} is not in {path}");
        text.replacen(from, to, 1)
    };
    *file = text.into_bytes();
}
