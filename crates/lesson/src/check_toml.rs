//! Reads the `checks` block of a step: TOML in, [`Check`]s out, every mistake with its line.

use cloudarium_cloud::CallerKind;
use serde::Deserialize;
use serde_json::Value as Json;
use toml::Spanned;

use crate::call_toml;
use crate::check::{
    By, Check, Choice, Diagnosis, Ended, Expect, LogRule, MetricRule, Op, OutputRule, Pattern,
    Probe, Rule, Signed,
};
use crate::error::{Mistakes, from_toml, line_offset, position_of, suggestion};
use crate::pattern;
use crate::prose::{self, FoundLink, Inline};
use crate::toml_help::{AnyJson, OneOrMany};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    check: Vec<Spanned<RawCheck>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    id: String,
    text: String,
    probe: Option<RawProbe>,
    #[serde(default)]
    expect: OneOrMany<RawExpect>,
    log: Option<RawLog>,
    output: Option<RawOutput>,
    console: Option<RawLog>,
    metric: Option<RawMetric>,
    choice: Option<RawChoice>,
    say: RawSay,
    #[serde(default)]
    diagnose: Vec<RawDiagnosis>,
    #[serde(default)]
    waits_for: OneOrMany<String>,
    #[serde(default)]
    bonus: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSay {
    #[serde(default)]
    pass: String,
    fail: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDiagnosis {
    log: Option<RawLog>,
    probe: Option<RawProbe>,
    #[serde(default)]
    expect: OneOrMany<RawExpect>,
    output: Option<RawOutput>,
    choice: Option<usize>,
    say: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProbe {
    call: String,
    #[serde(default, rename = "in")]
    input: AnyJson,
    region: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpect {
    error: Option<String>,
    path: Option<String>,
    text: Option<String>,
    equals: Option<AnyJson>,
    not: Option<AnyJson>,
    other_case: Option<AnyJson>,
    starts_with: Option<AnyJson>,
    contains: Option<AnyJson>,
    one_of: Option<AnyJson>,
    present: Option<AnyJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    op: OneOrMany<String>,
    by: Option<String>,
    #[serde(default)]
    request: AnyJson,
    region: Option<String>,
    signed: Option<String>,
    error: Option<String>,
    min: Option<u64>,
    max: Option<u64>,
    #[serde(default)]
    never: bool,
    after: Option<Box<RawLog>>,
    before: Option<Box<RawLog>>,
}

/// A mistake that stands among the mistakes.
struct Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutput {
    #[serde(default)]
    stdout_contains: OneOrMany<String>,
    #[serde(default)]
    stdout_lines: OneOrMany<String>,
    #[serde(default)]
    stdout_lacks: OneOrMany<String>,
    error_contains: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMetric {
    calls_max: Option<u64>,
    bytes_max: Option<u64>,
    seconds_max: Option<u64>,
    cost_max: Option<f64>,
    #[serde(default)]
    op: OneOrMany<String>,
    after: Option<RawLog>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    ask: String,
    of: Vec<String>,
    answer: usize,
}

/// What a complaint is about: the name between its last backticks, else `otherwise`.
fn needle(otherwise: &str, sentence: &str) -> String {
    let named = sentence.rsplit('`').nth(1).filter(|name| !name.contains(':'));
    named.unwrap_or(otherwise).to_owned()
}

/// Where a `checks` block stands: its file, and the line of its first line of TOML.
#[derive(Clone, Copy)]
pub(crate) struct BlockPlace<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: usize,
}

/// Reads the checks of one block.
pub(crate) fn parse(text: &str, place: BlockPlace<'_>, mistakes: &mut Mistakes) -> Vec<Check> {
    let file: RawFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            mistakes.push(from_toml(place.file, place.line, text, &error));
            return Vec::new();
        }
    };
    if file.check.is_empty() {
        let remedy = "Every step ends with something to see: write `[[check]]`.";
        mistakes.add((place.file, place.line), "The block has no check.", remedy);
    }
    let starts: Vec<usize> = file.check.iter().map(|raw| raw.span().start).collect();
    let mut checks = Vec::new();
    for (number, raw) in file.check.into_iter().enumerate() {
        let start = raw.span().start;
        let end = starts.get(number + 1).copied().unwrap_or(text.len());
        let line = place.line + line_offset(text, start);
        let text = text.get(start..end).unwrap_or_default();
        let mut reader = Reader { file: place.file, text, line, mistakes };
        checks.extend(reader.check(raw.into_inner()));
    }
    checks
}

struct Reader<'a> {
    file: &'a str,
    /// The check, as it is written.
    text: &'a str,
    /// The line on which it begins.
    line: usize,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    /// Line and column of the first `needle` in the check; of its beginning if there is none, as
    /// when TOML spells it by escapes.
    fn at(&self, needle: &str) -> (usize, usize) {
        let (line, column) = position_of(self.text, needle);
        (self.line + line - 1, column)
    }

    /// A mistake at `needle`.
    fn mistake(&mut self, needle: &str, sentence: impl Into<String>, remedy: impl Into<String>) {
        let at = self.at(needle);
        self.mistakes.add((self.file, at), sentence, remedy);
    }

    fn words(&mut self, text: &str) -> Vec<Inline> {
        let mut links: Vec<FoundLink> = Vec::new();
        let at = self.at(text);
        let inlines = prose::parse_line(text, (self.file, at), self.mistakes, &mut links);
        if !links.is_empty() {
            self.mistake(text, "A message holds a link.", "Put links into the prose of the step.");
        }
        inlines
    }

    fn check(&mut self, raw: RawCheck) -> Option<Check> {
        let id = raw.id.clone();
        if !crate::front::is_slug(&id) {
            self.mistake(
                &id,
                format!("`{id}` is no check id."),
                "Use small letters, digits and hyphens, a letter first.",
            );
        }
        let waits_for: Vec<Op> = raw.waits_for.0.iter().filter_map(|op| self.op(op)).collect();
        let text = self.words(&raw.text);
        let pass = self.words(&raw.say.pass);
        let fail = self.words(&raw.say.fail);
        let diagnose: Vec<Diagnosis> =
            raw.diagnose.into_iter().filter_map(|rule| self.diagnosis(rule)).collect();
        let kinds = [
            raw.probe.is_some(),
            raw.log.is_some(),
            raw.output.is_some(),
            raw.metric.is_some(),
            raw.choice.is_some(),
        ];
        if kinds.iter().filter(|there| **there).count() != 1 {
            self.mistake(
                "",
                format!("The check `{id}` has not exactly one kind."),
                "Give it one of `probe`, `log`, `output`, `metric` and `choice`.",
            );
            return None;
        }
        if !raw.expect.0.is_empty() && raw.probe.is_none() {
            self.mistake(
                "expect",
                "`expect` stands without `probe`.",
                "Say what is asked: `probe = { call = .. }`.",
            );
        }
        if raw.probe.is_some() && waits_for.is_empty() {
            self.mistake(
                "probe",
                format!("The probe `{id}` waits for nothing."),
                "Name the operation it is about, so that it neither passes nor fails before the \
                 learner has tried: `waits_for = \"s3:PutObject\"`.",
            );
        }
        let rule = if let Some(probe) = raw.probe {
            Rule::Probe(self.probe(probe, raw.expect.0)?)
        } else if let Some(log) = raw.log {
            Rule::Log(self.log(log)?)
        } else if let Some(output) = raw.output {
            Rule::Output(self.output(output)?)
        } else if let Some(metric) = raw.metric {
            Rule::Metric(self.metric(metric)?)
        } else {
            Rule::Choice(self.choice(raw.choice?)?)
        };
        self.chosen(&rule, &diagnose);
        let console = raw.console.and_then(|log| self.console(log));
        let (line, bonus) = (self.line, raw.bonus);
        Some(Check { id, line, text, rule, console, pass, fail, diagnose, waits_for, bonus })
    }

    /// A diagnosis of an answer speaks of a wrong one.
    fn chosen(&mut self, rule: &Rule, diagnose: &[Diagnosis]) {
        for chosen in diagnose.iter().filter_map(|rule| rule.chosen) {
            let fits = match rule {
                Rule::Choice(choice) => chosen < choice.of.len() && chosen != choice.answer,
                _ => false,
            };
            if !fits {
                self.mistake(
                    &format!("choice = {chosen}"),
                    format!("`choice = {chosen}` of a diagnosis is no wrong answer."),
                    "Count the answers of the check's `choice` from 0, and leave the right one out.",
                );
            }
        }
    }

    fn diagnosis(&mut self, raw: RawDiagnosis) -> Option<Diagnosis> {
        let rule = Diagnosis {
            log: raw.log.and_then(|log| self.log(log)),
            probe: raw.probe.and_then(|probe| self.probe(probe, raw.expect.0)),
            output: raw.output.and_then(|output| self.output(output)),
            chosen: raw.choice,
            say: self.words(&raw.say),
        };
        let conditions = [
            rule.log.is_some(),
            rule.probe.is_some(),
            rule.output.is_some(),
            rule.chosen.is_some(),
        ];
        if !conditions.contains(&true) {
            self.mistake(
                &raw.say,
                "A diagnosis has no condition.",
                "Say when it holds: `log`, `probe` with `expect`, `output`, or `choice`.",
            );
            return None;
        }
        Some(rule)
    }

    fn op(&mut self, text: &str) -> Option<Op> {
        match call_toml::op(text) {
            Ok(op) => Some(op),
            Err((sentence, remedy)) => {
                self.mistake(text, sentence, remedy);
                None
            }
        }
    }

    fn probe(&mut self, raw: RawProbe, expect: Vec<RawExpect>) -> Option<Probe> {
        let input =
            if raw.input.0.is_null() { Json::Object(serde_json::Map::new()) } else { raw.input.0 };
        let call = match call_toml::spec(&raw.call, input, raw.region) {
            Ok(call) => call,
            Err((sentence, remedy)) => {
                self.mistake(&needle(&raw.call, &sentence), sentence, remedy);
                return None;
            }
        };
        if !call_toml::only_reads(&call.op) {
            self.mistake(
                &raw.call,
                format!("The probe `{}` may change something.", call.op),
                "A probe only looks: use a Get, Head, List or Describe operation.",
            );
        }
        let expect = expect.into_iter().filter_map(|expect| self.expect(expect)).collect();
        Some(Probe { call, expect })
    }

    fn expect(&mut self, raw: RawExpect) -> Option<Expect> {
        let text = raw.text.map(|text| Pattern::Equals(Json::String(text)));
        let equals = raw.equals.map(|value| Pattern::Equals(value.0));
        let words =
            [raw.not, raw.other_case, raw.starts_with, raw.contains, raw.one_of, raw.present];
        let mut patterns: Vec<Result<Pattern, String>> =
            text.into_iter().chain(equals).map(Ok).collect();
        for (word, value) in pattern::WORDS.iter().zip(words) {
            patterns.extend(value.map(|value| pattern::read_word(word, &value.0)));
        }
        match (raw.error, raw.path, patterns.len(), patterns.pop()) {
            (Some(code), None, 0, None) => return Some(Expect::Error(code)),
            (None, Some(path), 1, Some(Ok(pattern))) => {
                let Err(why) = crate::path::parse(&path) else {
                    return Some(Expect::Found { path, pattern });
                };
                self.mistake(
                    &path,
                    format!("`{path}` is no JMESPath: {why}."),
                    "See https://jmespath.org for how to write it.",
                );
            }
            (None, Some(_), 1, Some(Err(why))) => {
                self.mistake("expect", format!("An expectation cannot be read: {why}."), "See docs/LESSONS.md.");
            }
            _ => self.mistake(
                "expect",
                "An expectation is not one of the two kinds.",
                "Write `{ error = \"NoSuchKey\" }`, or a `path` with one of `text`, `equals`, `not`, \
                 `other_case`, `starts_with`, `contains`, `one_of` and `present`.",
            ),
        }
        None
    }

    fn console(&mut self, raw: RawLog) -> Option<LogRule> {
        let log = self.log(raw)?;
        Some(LogRule { by: By::Kind(CallerKind::Console), ..log })
    }

    fn log(&mut self, raw: RawLog) -> Option<LogRule> {
        let ops: Vec<Op> = raw.op.0.iter().filter_map(|op| self.op(op)).collect();
        let by = self.by(raw.by.as_deref());
        let request = match pattern::read(&raw.request.0) {
            Ok(Pattern::Equals(Json::Null)) => Pattern::Subset(Vec::new()),
            Ok(pattern @ Pattern::Subset(_)) => pattern,
            Ok(_) => {
                self.mistake(
                    "request",
                    "`request` is no table.",
                    "Write `request = { Bucket = \"..\" }`.",
                );
                return None;
            }
            Err(why) => {
                self.mistake(
                    "request",
                    format!("`request` cannot be read: {why}."),
                    "See docs/LESSONS.md.",
                );
                return None;
            }
        };
        for op in &ops {
            if let Err((sentence, remedy)) = call_toml::members(op, &raw.request.0) {
                self.mistake(&needle("request", &sentence), sentence, remedy);
            }
        }
        if raw.never && (raw.min.is_some() || raw.max.is_some()) {
            self.mistake(
                "never",
                "`never` stands beside `min` or `max`.",
                "Leave one of them away.",
            );
        }
        let (min, max) = if raw.never { (0, Some(0)) } else { (raw.min.unwrap_or(1), raw.max) };
        if max.is_some_and(|max| max < min) {
            self.mistake(
                "max",
                "`max` is less than `min`.",
                "Write `never = true` for no call at all.",
            );
        }
        let ended = match raw.error.as_deref() {
            None => Ended::Well,
            Some("any") => Ended::Refused(None),
            Some("or-not") => Ended::Anyhow,
            Some(code) => Ended::Refused(Some(code.to_owned())),
        };
        let (after, before) = (self.other(raw.after).ok()?, self.other(raw.before).ok()?);
        if ops.is_empty() {
            self.mistake("op", "`op` names no operation.", "Write `op = \"s3:PutObject\"`.");
            return None;
        }
        let (by, signed) = (by?, raw.signed.as_deref().and_then(|word| self.signed(word)));
        let region = raw.region;
        Some(LogRule { ops, by, request, region, signed, ended, min, max, after, before })
    }

    /// A rule within another, if there is one. The error has been told.
    fn other(&mut self, raw: Option<Box<RawLog>>) -> Result<Option<Box<LogRule>>, Told> {
        raw.map(|raw| self.log(*raw).map(Box::new).ok_or(Told)).transpose()
    }

    fn signed(&mut self, word: &str) -> Option<Signed> {
        const KNOWN: [(&str, Signed); 3] =
            [("header", Signed::Header), ("link", Signed::Link), ("nobody", Signed::Nobody)];
        let found = KNOWN.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known = KNOWN.map(|(known, _)| known);
            let sentence = format!("No request is signed by `{word}`.");
            self.mistake(word, sentence, suggestion(word, &known));
        }
        found.map(|(_, signed)| *signed)
    }

    fn by(&mut self, by: Option<&str>) -> Option<By> {
        const KNOWN: [&str; 7] =
            ["learner", "anybody", "python", "console", "function", "execution", "job"];
        match by {
            None | Some("learner") => Some(By::Learner),
            Some("anybody") => Some(By::Anybody),
            Some("python") => Some(By::Kind(CallerKind::Learner)),
            Some("console") => Some(By::Kind(CallerKind::Console)),
            Some("function") => Some(By::Kind(CallerKind::Function)),
            Some("execution") => Some(By::Kind(CallerKind::Execution)),
            Some("job") => Some(By::Kind(CallerKind::Job)),
            Some(other) => {
                self.mistake(
                    other,
                    format!("Nobody is called `{other}`."),
                    suggestion(other, &KNOWN),
                );
                None
            }
        }
    }

    fn output(&mut self, raw: RawOutput) -> Option<OutputRule> {
        let rule = OutputRule {
            stdout_contains: raw.stdout_contains.0,
            stdout_lines: raw.stdout_lines.0,
            stdout_lacks: raw.stdout_lacks.0,
            error_contains: raw.error_contains,
        };
        if rule == OutputRule::default() {
            self.mistake(
                "output",
                "`output` expects nothing.",
                "Write `stdout_contains = \"..\"`.",
            );
            return None;
        }
        Some(rule)
    }

    fn metric(&mut self, raw: RawMetric) -> Option<MetricRule> {
        let measures = [raw.calls_max, raw.bytes_max, raw.seconds_max];
        let cost_max_pico_usd = match raw.cost_max {
            Some(usd) => Some(self.cost(usd)?),
            None => None,
        };
        if measures.iter().all(Option::is_none) && cost_max_pico_usd.is_none() {
            let remedy = "Write `calls_max = 2`, for example.";
            self.mistake("metric", "`metric` measures nothing.", remedy);
            return None;
        }
        let ops = raw.op.0.iter().filter_map(|op| self.op(op)).collect();
        let after = match raw.after {
            Some(after) => Some(self.log(after)?),
            None => None,
        };
        let [calls_max, bytes_max, seconds_max] = measures;
        Some(MetricRule { calls_max, bytes_max, seconds_max, cost_max_pico_usd, ops, after })
    }

    /// US dollars as the bill counts them.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between nothing and a million dollars"
    )]
    fn cost(&mut self, usd: f64) -> Option<u128> {
        if !(0.0..=1e6).contains(&usd) {
            self.mistake(
                "cost_max",
                format!("{usd} is no cost."),
                "Write US dollars: `cost_max = 0.001`.",
            );
            return None;
        }
        Some((usd * 1e12).round() as u128)
    }

    fn choice(&mut self, raw: RawChoice) -> Option<Choice> {
        if raw.of.len() < 2 || raw.answer >= raw.of.len() {
            self.mistake(
                "choice",
                "`choice` has no right answer among at least two.",
                "`answer` counts from 0 and says which of `of` is right.",
            );
            return None;
        }
        let ask = self.words(&raw.ask);
        let of = raw.of.iter().map(|answer| self.words(answer)).collect();
        Some(Choice { ask, of, answer: raw.answer })
    }
}
