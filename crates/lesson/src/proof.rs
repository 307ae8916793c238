//! What is needed to prove a lesson right: typical mistakes, and the way by clicks.

use std::collections::BTreeMap;

use cloudarium_env::place::is_account;
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
    /// By which link, where it is a link that is opened.
    pub link: Option<Link>,
    /// How many virtual seconds pass before.
    pub wait_s: u64,
    /// The code by which it is refused, if it must be.
    pub error: Option<String>,
}

/// A presigned link that a click opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// One that was made just now, and lives so many seconds.
    LivesS(u64),
    /// The one that was made last, with the key of this call in the place of its own.
    Again,
}

/// In the place of an account: nobody's, as a stranger asks.
const NOBODY: &str = "nobody";

/// In the place of a link's life: the link that was made last.
const AGAIN: &str = "again";

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
    account: Option<String>,
    link: Option<RawLink>,
    #[serde(default)]
    wait_s: u64,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawLink {
    LivesS(u64),
    Word(String),
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
    let mut clicks = Clicks { lesson, path, listed, mistakes, calls: Vec::new() };
    for spanned in raw.call {
        let at = spanned.span().start;
        clicks.add(spanned.into_inner(), at);
    }
    clicks.calls
}

/// The list of clicks while it is read.
struct Clicks<'a> {
    lesson: &'a Lesson,
    path: &'a str,
    listed: &'a str,
    mistakes: &'a mut Mistakes,
    calls: Vec<ConsoleCall>,
}

impl Clicks<'_> {
    /// Adds the call that is written at byte `at`.
    fn add(&mut self, raw: RawCall, at: usize) {
        let line = 1 + line_offset(self.listed, at);
        let input = match raw.input.0 {
            serde_json::Value::Null => serde_json::Value::Object(serde_json::Map::new()),
            other => other,
        };
        let call = match call_toml::spec(&raw.call, input, raw.region) {
            Ok(call) => call,
            Err(complaint) => return self.complain(at, &format!("\"{}\"", raw.call), complaint),
        };
        self.look_at(&call, line);
        let account = match raw.account.as_deref() {
            None => None,
            Some(NOBODY) => Some(String::new()),
            Some(id) if is_account(id) => Some(id.to_owned()),
            Some(other) => {
                let sentence = format!("`{other}` is no account.");
                let remedy = "Write twelve digits, or `nobody`.".to_owned();
                return self.complain(at, other, (sentence, remedy));
            }
        };
        let by_link = match &raw.link {
            None => None,
            Some(RawLink::LivesS(seconds)) => Some(Link::LivesS(*seconds)),
            Some(RawLink::Word(word)) if word == AGAIN && self.has_link() => Some(Link::Again),
            Some(RawLink::Word(word)) => {
                let sentence = format!("`{word}` is no link that can be opened here.");
                let remedy =
                    "Write how many seconds it lives; `again` opens the one before.".to_owned();
                return self.complain(at, word, (sentence, remedy));
            }
        };
        let call = CallSpec { account, ..call };
        let (click, wait_s, error) = (raw.click, raw.wait_s, raw.error);
        self.calls.push(ConsoleCall { click, call, link: by_link, wait_s, error });
    }

    /// Looks whether all placeholders of a call mean something.
    fn look_at(&mut self, call: &CallSpec, line: usize) {
        let (file, source) = (self.path, self.listed);
        let known = self.lesson.front.vars.keys().map(String::as_str).chain(BUILT_IN).collect();
        let mistakes = &mut *self.mistakes;
        Scope { file, source, line, known, live: vec![Live::There], mistakes }.json(&call.input);
    }

    fn has_link(&self) -> bool {
        self.calls.iter().any(|call| call.link.is_some())
    }

    /// Tells what is wrong with `needle` in the call at byte `at`.
    fn complain(&mut self, at: usize, needle: &str, (sentence, remedy): (String, String)) {
        let text = self.listed.get(at..).unwrap_or_default();
        let (down, column) = position_of(text, needle);
        let line = 1 + line_offset(self.listed, at);
        self.mistakes.add((self.path, (line + down - 1, column)), sentence, remedy);
    }
}
