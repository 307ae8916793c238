//! What is needed to prove a lesson right: typical mistakes, and the way by clicks.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::call_toml;
use crate::check::{CallSpec, Rule};
use crate::error::{LessonError, Mistakes, from_toml, line_offset, position_of, suggestion};
use crate::front::BUILT_IN;
use crate::lesson::{COMMANDS, Files, Lesson, Way};
use crate::scope::Scope;
use crate::template::Live;
use crate::toml_help::AnyJson;

/// What is needed to prove a lesson right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proofs {
    /// Typical mistakes.
    pub wrong: Vec<Wrong>,
    /// The calls that the console makes on the way by clicks; empty if there is none.
    pub console: Vec<ConsoleCall>,
}

/// One misconception: files that have it, and what must be said to who has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// `capital-letter`
    pub name: String,
    /// In which way it is made.
    pub way: Way,
    /// The files to edit, in the order of the front matter; the commands, in the terminal.
    pub files: Vec<(String, String)>,
    /// The checks that fail, and the message of each, code in backticks.
    pub fail: BTreeMap<String, String>,
    /// The checks that the mistake keeps waiting.
    pub wait: Vec<String>,
    /// Wrong answers to questions, by their check; the others are answered rightly.
    pub answers: BTreeMap<String, usize>,
}

/// A call that a click makes.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsoleCall {
    /// What is clicked.
    pub click: String,
    /// What that calls.
    pub call: CallSpec,
    /// The code by which it is refused, if it must be.
    pub error: Option<String>,
}

/// Fewer mistakes than these cannot be all that learners make.
const WRONG_MIN: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpect {
    fail: BTreeMap<String, String>,
    #[serde(default)]
    wait: Vec<String>,
    #[serde(default)]
    answers: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConsole {
    call: Vec<toml::Spanned<RawCall>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCall {
    click: String,
    call: String,
    #[serde(default, rename = "in")]
    input: AnyJson,
    region: Option<String>,
    error: Option<String>,
}

impl Proofs {
    /// Reads what proves `lesson` from its files.
    pub fn parse(lesson: &Lesson, files: &Files) -> Result<Self, Vec<LessonError>> {
        let mut mistakes = Mistakes::default();
        let wrong = wrongs(lesson, files, &mut mistakes);
        if wrong.len() < WRONG_MIN {
            mistakes.add(
                ("wrong", 1),
                format!("There are too few typical mistakes: {}.", wrong.len()),
                format!("Write at least {WRONG_MIN}, each in wrong/<name>/ with its expect.toml."),
            );
        }
        let clicks = lesson.front.surfaces.iter().any(|surface| surface == "console");
        let console = console(lesson, files, clicks, &mut mistakes);
        if clicks && !lesson.steps.iter().any(|step| step.console.is_some()) {
            mistakes.add(
                ("lesson.md", 1),
                "No step says how it is done by clicks.",
                "Write `:::console`, or take `console` off the surfaces.",
            );
        }
        if mistakes.is_empty() { Ok(Self { wrong, console }) } else { Err(mistakes.into_sorted()) }
    }
}

fn text<'f>(files: &'f Files, path: &str, mistakes: &mut Mistakes) -> Option<&'f str> {
    match files.get(path).map(|bytes| std::str::from_utf8(bytes)) {
        Some(Ok(text)) => Some(text),
        Some(Err(_)) => {
            mistakes.add((path, 1), "This is not UTF-8.", "Save it as UTF-8.");
            None
        }
        None => {
            mistakes.add((path, 1), "This file is missing.", "docs/LESSONS.md shows how it looks.");
            None
        }
    }
}

fn wrongs(lesson: &Lesson, files: &Files, mistakes: &mut Mistakes) -> Vec<Wrong> {
    let names: std::collections::BTreeSet<&str> = files
        .keys()
        .filter_map(|path| path.strip_prefix("wrong/")?.split_once('/').map(|(name, _)| name))
        .collect();
    names.into_iter().filter_map(|name| wrong(lesson, files, name, mistakes)).collect()
}

fn wrong(lesson: &Lesson, files: &Files, name: &str, mistakes: &mut Mistakes) -> Option<Wrong> {
    let path = format!("wrong/{name}/expect.toml");
    let expected = text(files, &path, mistakes)?;
    let raw: RawExpect = match toml::from_str(expected) {
        Ok(raw) => raw,
        Err(error) => {
            mistakes.push(from_toml(&path, 1, expected, &error));
            return None;
        }
    };
    let known: Vec<&str> = lesson.checks().map(|check| check.id.as_str()).collect();
    for id in raw.fail.keys().chain(&raw.wait).chain(raw.answers.keys()) {
        if !known.contains(&id.as_str()) {
            let sentence = format!("There is no check `{id}`.");
            mistakes.add((&path, position_of(expected, id)), sentence, suggestion(id, &known));
        }
    }
    if raw.fail.is_empty() {
        mistakes.add((&path, 1), "No check fails.", "Name the check and its message in [fail].");
    }
    wrong_answers(lesson, &raw.answers, (&path, expected), mistakes);
    let (way, own) = made(lesson, files, name, mistakes)?;
    let (fail, wait, answers) = (raw.fail, raw.wait, raw.answers);
    Some(Wrong { name: name.to_owned(), way, files: own, fail, wait, answers })
}

/// Looks that `answers` are wrong ones.
fn wrong_answers(
    lesson: &Lesson,
    answers: &BTreeMap<String, usize>,
    (path, text): (&str, &str),
    mistakes: &mut Mistakes,
) {
    for (id, answer) in answers {
        let wrong = match lesson.checks().find(|check| check.id == *id).map(|check| &check.rule) {
            Some(Rule::Choice(choice)) => *answer < choice.of.len() && *answer != choice.answer,
            Some(_) => false,
            None => continue,
        };
        if !wrong {
            let sentence = format!("{answer} is no wrong answer to `{id}`.");
            let remedy = "Name a check with a `choice`, and one of its other answers, from 0.";
            mistakes.add((path, position_of(text, id)), sentence, remedy);
        }
    }
}

/// How the mistake is made, and by which files.
fn made(
    lesson: &Lesson,
    files: &Files,
    name: &str,
    mistakes: &mut Mistakes,
) -> Option<(Way, Vec<(String, String)>)> {
    let prefix = format!("wrong/{name}/");
    let own = files.keys().filter_map(|path| path.strip_prefix(&prefix));
    for file in own {
        let edited = lesson.solution.iter().any(|(known, _)| known == file);
        if !(edited || file == "expect.toml" || (file == COMMANDS && lesson.commands.is_some())) {
            let remedy = "Name it as the file of the solution that it stands for, or remove it.";
            mistakes.add((format!("{prefix}{file}"), 1), "Nothing runs this file.", remedy);
        }
    }
    let typed = format!("{prefix}{COMMANDS}");
    if files.contains_key(&typed) || lesson.solution.is_empty() {
        // A mistake in an answer alone is made beside the solution's own commands.
        let there = files.contains_key(&typed);
        let commands =
            if there { text(files, &typed, mistakes)? } else { lesson.commands.as_deref()? };
        return Some((Way::Terminal, vec![(COMMANDS.to_owned(), commands.to_owned())]));
    }
    let mut own = Vec::new();
    for (file, solved) in &lesson.solution {
        // A mistake in one file leaves the others as they are in the solution.
        let path = format!("{prefix}{file}");
        let there = files.contains_key(&path);
        let text = if there { text(files, &path, mistakes)? } else { solved };
        own.push((file.clone(), text.to_owned()));
    }
    Some((Way::Python, own))
}

fn console(
    lesson: &Lesson,
    files: &Files,
    clicks: bool,
    mistakes: &mut Mistakes,
) -> Vec<ConsoleCall> {
    let path = "console.toml";
    if !clicks {
        if files.contains_key(path) {
            mistakes.add(
                (path, 1),
                "The lesson does not name the surface `console`.",
                "Add it to `surfaces`, or remove this file.",
            );
        }
        return Vec::new();
    }
    let Some(listed) = text(files, path, mistakes) else { return Vec::new() };
    let raw: RawConsole = match toml::from_str(listed) {
        Ok(raw) => raw,
        Err(error) => {
            mistakes.push(from_toml(path, 1, listed, &error));
            return Vec::new();
        }
    };
    let mut calls = Vec::new();
    for spanned in raw.call {
        let at = spanned.span().start;
        let line = 1 + line_offset(listed, at);
        let raw = spanned.into_inner();
        let input = match raw.input.0 {
            serde_json::Value::Null => serde_json::Value::Object(serde_json::Map::new()),
            other => other,
        };
        match call_toml::spec(&raw.call, input, raw.region) {
            Ok(call) => {
                let known = lesson.front.vars.keys().map(String::as_str).chain(BUILT_IN).collect();
                let answer = vec![Live::There];
                Scope { file: path, source: listed, line, known, live: answer, mistakes }
                    .json(&call.input);
                calls.push(ConsoleCall { click: raw.click, call, error: raw.error });
            }
            Err((sentence, remedy)) => {
                let text = listed.get(at..).unwrap_or_default();
                let (down, column) = position_of(text, &format!("\"{}\"", raw.call));
                mistakes.add((path, (line + down - 1, column)), sentence, remedy);
            }
        }
    }
    calls
}
