//! The front matter of a lesson: what it is, where it stands, what it starts from.

use std::collections::BTreeMap;

use cloudarium_cloud::Cloud;
use cloudarium_env::place::{REGIONS, is_account, is_region};
use cloudarium_env::{Rng, Timestamp};
use serde::Deserialize;

use crate::call_toml;
use crate::check::CallSpec;
use crate::error::{Mistakes, from_toml, position, position_of, suggestion};
use crate::template::{self, Vars};
use crate::toml_help::AnyJson;

/// The one format that is read.
pub const SCHEMA: &str = "lesson/1";

/// The tracks, in the order in which they are met.
pub const TRACKS: [&str; 6] = ["boto3", "s3", "lambda", "step-functions", "glue", "capstone"];

const LEVELS: [&str; 3] = ["beginner", "intermediate", "advanced"];
const SURFACES: [&str; 3] = ["python", "terminal", "console"];

/// A lesson takes 5 to 12 minutes; longer ones are two.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=20;

/// The front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Stable and unique; progress and links use it.
    pub id: String,
    /// What the lesson is called.
    pub title: String,
    /// One of [`TRACKS`].
    pub track: String,
    /// How long it takes.
    pub minutes: u32,
    /// `beginner`, `intermediate` or `advanced`.
    pub level: String,
    /// Which service models Python loads.
    pub services: Vec<String>,
    /// Where it can be solved: `python`, `terminal`, `console`.
    pub surfaces: Vec<String>,
    /// Ids of lessons to do before.
    pub requires: Vec<String>,
    /// Ids of the concepts it teaches.
    pub concepts: Vec<String>,
    /// The Region of set-up, checks and the learner's session.
    pub region: String,
    /// Where the simulated clock starts.
    pub clock: Timestamp,
    /// What ids and randomness derive from.
    pub seed: u64,
    /// Variables and their defaults.
    pub vars: BTreeMap<String, String>,
    /// The file that is open at first.
    pub open: String,
    /// The files that the learner edits.
    pub edit: Vec<String>,
    /// Calls made before the learner starts.
    pub setup: Vec<CallSpec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFront {
    schema: String,
    id: String,
    title: String,
    track: String,
    minutes: u32,
    level: String,
    services: Vec<String>,
    surfaces: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    concepts: Vec<String>,
    sim: RawSim,
    #[serde(default)]
    vars: BTreeMap<String, RawVar>,
    files: Option<RawFiles>,
    #[serde(default)]
    setup: Vec<RawCall>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSim {
    region: String,
    clock: String,
    seed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVar {
    default: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFiles {
    open: String,
    edit: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCall {
    call: String,
    #[serde(default, rename = "in")]
    input: AnyJson,
    region: Option<String>,
    account: Option<String>,
    #[serde(default = "once")]
    repeat: usize,
}

const fn once() -> usize {
    1
}

/// A call of set-up is repeated at most so often: a learner waits for it.
const REPEAT_MAX: usize = 2000;

/// Variables that every lesson has: where and who the learner is.
pub const BUILT_IN: [&str; 3] = ["account", "region", "user"];

/// Words that stand alone between braces and are no variables.
const LIVE: [&str; 3] = ["printed", "chosen", "n"];

/// Reads the front matter `text`, whose first line is `line` of `file`.
pub(crate) fn parse(
    text: &str,
    (file, line): (&str, usize),
    mistakes: &mut Mistakes,
) -> Option<Front> {
    let raw: RawFront = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            mistakes.push(from_toml(file, line, text, &error));
            return None;
        }
    };
    let mut reader = Reader { text, file, line, mistakes };
    reader.names(&raw);
    reader.vars(&raw.vars);
    reader.places(&raw);
    let clock = reader.clock(&raw.sim.clock);
    let setup = raw.setup.into_iter().flat_map(|call| reader.calls(call)).collect();
    let files = raw.files.unwrap_or(RawFiles { open: String::new(), edit: Vec::new() });
    Some(Front {
        id: raw.id,
        title: raw.title,
        track: raw.track,
        minutes: raw.minutes,
        level: raw.level,
        services: raw.services,
        surfaces: raw.surfaces,
        requires: raw.requires,
        concepts: raw.concepts,
        region: raw.sim.region,
        clock,
        seed: raw.sim.seed,
        vars: raw.vars.into_iter().map(|(name, var)| (name, var.default)).collect(),
        open: files.open,
        edit: files.edit,
        setup,
    })
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    line: usize,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    /// A mistake in the value of `key`: where `value` stands after it, else where it is set.
    fn mistake_in(&mut self, (key, value): (&str, &str), sentence: String, remedy: String) {
        let sets = |line: &str| {
            line.trim_start()
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let set: Vec<(usize, &str)> =
            self.text.lines().enumerate().filter(|(_, line)| sets(line)).collect();
        let after_key = |line: &str| line.find('=').map_or(0, |at| at + 1);
        let of_value = set.iter().find_map(|(offset, line)| {
            let from = after_key(line);
            let at = line.get(from..)?.find(value)?;
            Some((*offset, position(line, from + at).1))
        });
        let (offset, column) =
            of_value.or_else(|| set.first().map(|(offset, _)| (*offset, 1))).unwrap_or_default();
        self.mistakes.add((self.file, (self.line + offset, column.max(1))), sentence, remedy);
    }

    fn one_of(&mut self, key: &str, value: &str, known: &[&str]) {
        if !known.contains(&value) {
            let sentence = format!("`{value}` is no {}.", key.trim_end_matches('s'));
            self.mistake_in((key, value), sentence, suggestion(value, known));
        }
    }

    fn names(&mut self, raw: &RawFront) {
        self.one_of("schema", &raw.schema, &[SCHEMA]);
        self.one_of("track", &raw.track, &TRACKS);
        self.one_of("level", &raw.level, &LEVELS);
        if !is_slug(&raw.id) {
            let sentence = format!("`{}` is no lesson id.", raw.id);
            let remedy = "Use small letters, digits and hyphens, a letter first.".to_owned();
            self.mistake_in(("id", &raw.id), sentence, remedy);
        }
        if raw.title.trim().is_empty() {
            let remedy = "Say in a few words what it is about.".to_owned();
            self.mistake_in(("title", ""), "The lesson has no title.".to_owned(), remedy);
        }
        if !MINUTES.contains(&raw.minutes) {
            let sentence = format!("{} minutes are no short lesson.", raw.minutes);
            let remedy = "Aim at 5 to 12; make two of a longer one.".to_owned();
            self.mistake_in(("minutes", ""), sentence, remedy);
        }
        if raw.concepts.is_empty() {
            let remedy = "Name the concepts it teaches, from lessons/concepts.toml.".to_owned();
            self.mistake_in(("concepts", ""), "The lesson teaches no concept.".to_owned(), remedy);
        }
    }

    /// Where the lesson is solved: surfaces, services, Region, files.
    fn places(&mut self, raw: &RawFront) {
        for surface in &raw.surfaces {
            self.one_of("surfaces", surface, &SURFACES);
        }
        let has = |name: &str| raw.surfaces.iter().any(|surface| surface == name);
        if !has("python") && !has("terminal") {
            let sentence = "Neither `python` nor `terminal` is among the surfaces.".to_owned();
            let remedy = "A machine must be able to solve the lesson; add one of them.".to_owned();
            self.mistake_in(("surfaces", ""), sentence, remedy);
        }
        let coverage = Cloud::coverage();
        let known: Vec<&str> = coverage.iter().map(|(name, _)| *name).collect();
        for service in &raw.services {
            self.one_of("services", service, &known);
        }
        if !is_region(&raw.sim.region) {
            let sentence = format!("`{}` is no Region.", raw.sim.region);
            let remedy = suggestion(&raw.sim.region, &REGIONS);
            self.mistake_in(("region", &raw.sim.region), sentence, remedy);
        }
        match &raw.files {
            Some(files) => self.files(files),
            None if has("python") => self.mistakes.add(
                (self.file, self.line),
                "The lesson says nothing of its files.",
                "Write `[files]` with `open = \"main.py\"` and `edit = [\"main.py\"]`.",
            ),
            None => {}
        }
    }

    fn files(&mut self, files: &RawFiles) {
        if !files.edit.contains(&files.open) {
            let sentence = format!("`{}` is open but not among the files to edit.", files.open);
            self.mistake_in(("open", &files.open), sentence, "Add it to `edit`.".to_owned());
        }
        for name in &files.edit {
            if !is_file_name(name) {
                let sentence = format!("`{name}` is no plain file name.");
                let remedy = "Use letters, digits, `.`, `_` and `-`, without folders.".to_owned();
                self.mistake_in(("edit", name), sentence, remedy);
            }
        }
    }

    fn vars(&mut self, vars: &BTreeMap<String, RawVar>) {
        for (name, var) in vars {
            if !template::is_name(name)
                || BUILT_IN.contains(&name.as_str())
                || LIVE.contains(&name.as_str())
            {
                let sentence = format!("`{name}` cannot name a variable.");
                let remedy =
                    "Use small letters, digits and `_`, and no name of a built-in variable \
                              (`account`, `region`, `user`)."
                        .to_owned();
                let at = position_of(self.text, &format!("[vars.{name}]"));
                self.mistakes.add((self.file, (self.line + at.0 - 1, at.1)), sentence, remedy);
            }
            if let Err(unknown) = personal(&var.default, "nobody") {
                let sentence = format!("`{{{unknown}}}` in a default is not known.");
                let remedy = "Write `{learner4}`: four characters that are this learner's own \
                              (1 to 12 are possible)."
                    .to_owned();
                self.mistake_in(("default", &var.default), sentence, remedy);
            }
        }
    }

    fn clock(&mut self, text: &str) -> Timestamp {
        Timestamp::parse_iso(text).unwrap_or_else(|| {
            let sentence = format!("`{text}` is no instant.");
            let remedy = "Write for example \"2026-01-05T09:00:00Z\".".to_owned();
            self.mistake_in(("clock", text), sentence, remedy);
            Timestamp::default()
        })
    }

    /// The calls that one entry of set-up stands for, `{{n}}` in each its number.
    fn calls(&mut self, raw: RawCall) -> Vec<CallSpec> {
        let repeat = raw.repeat;
        if !(1..=REPEAT_MAX).contains(&repeat) {
            let sentence = format!("`repeat = {repeat}` cannot be.");
            let remedy = format!("A call is repeated at most {REPEAT_MAX} times.");
            self.mistake_in(("repeat", ""), sentence, remedy);
            return Vec::new();
        }
        let Some(call) = self.call(raw) else { return Vec::new() };
        if repeat == 1 {
            return vec![call];
        }
        let width = repeat.to_string().len();
        let numbered = |number: usize| {
            let own = Vars::from([("n".to_owned(), format!("{number:0width$}"))]);
            CallSpec { input: template::fill_json(&call.input, &own), ..call.clone() }
        };
        (1..=repeat).map(numbered).collect()
    }

    fn call(&mut self, raw: RawCall) -> Option<CallSpec> {
        let input = match raw.input.0 {
            serde_json::Value::Null => serde_json::Value::Object(serde_json::Map::new()),
            other => other,
        };
        match call_toml::spec(&raw.call, input, raw.region) {
            Ok(call) => {
                let account = raw.account;
                if let Some(account) = account.as_ref().filter(|id| !is_account(id)) {
                    let sentence = format!("`{account}` is no account.");
                    self.mistake_in(
                        ("account", account),
                        sentence,
                        "An account has twelve digits.".to_owned(),
                    );
                }
                Some(CallSpec { account, ..call })
            }
            Err((sentence, remedy)) => {
                self.mistake_in(("call", &raw.call), sentence, remedy);
                None
            }
        }
    }
}

impl Front {
    /// Whether the lesson can be solved by way of `name`.
    pub fn has_surface(&self, name: &str) -> bool {
        self.surfaces.iter().any(|surface| surface == name)
    }

    /// The variables as `learner` has them. The same learner always gets the same.
    pub fn vars_for(&self, learner: &str, account: &str, user: &str) -> Vars {
        let own = self.vars.iter().map(|(name, default)| {
            (name.clone(), personal(default, learner).unwrap_or_else(|_| default.clone()))
        });
        let built_in = [("account", account), ("region", &self.region), ("user", user)];
        own.chain(built_in.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
    }
}

/// Characters that are easy to tell apart, and may stand in a bucket's name.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Puts `learner`'s characters in place of `{learner4}`; the error is an unknown placeholder.
fn personal(default: &str, learner: &str) -> Result<String, String> {
    let own = Rng::new(0, &format!("learner {learner}")).text(ALPHABET, 12);
    let mut filled = String::new();
    let mut rest = default;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, following) = after.split_once('}').ok_or(after)?;
        let length: usize = inside
            .strip_prefix("learner")
            .and_then(|length| length.parse().ok())
            .filter(|length| (1..=own.len()).contains(length))
            .ok_or(inside)?;
        filled.push_str(before);
        filled.extend(own.chars().take(length));
        rest = following;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Whether `id` may name a lesson, a step or a check.
pub(crate) fn is_slug(id: &str) -> bool {
    const CHARS_MAX: usize = 64;
    id.len() <= CHARS_MAX
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `name` names a file without leaving its folder.
pub(crate) fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_keeps_the_same_characters() {
        let first = personal("photos-{learner4}", "ada").expect("it is known");
        assert_eq!(personal("photos-{learner4}", "ada"), Ok(first.clone()));
        assert_ne!(personal("photos-{learner4}", "alan"), Ok(first.clone()));
        assert_eq!(first.len(), "photos-".len() + 4);
    }

    #[test]
    fn unknown_placeholders_are_told() {
        assert_eq!(personal("a-{teacher4}", "ada"), Err("teacher4".to_owned()));
        assert_eq!(personal("a-{learner0}", "ada"), Err("learner0".to_owned()));
        assert_eq!(personal("a-{learner99}", "ada"), Err("learner99".to_owned()));
        assert_eq!(personal("a-{learner4", "ada"), Err("learner4".to_owned()));
    }
}
