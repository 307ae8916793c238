//! Reads the `checks` block of a step: TOML in, [`Check`]s out, every mistake with its line.

use cloudarium_cloud::CallerKind;
use serde::Deserialize;
use serde_json::Value as Json;
use toml::Spanned;

use crate::call_toml;
use crate::check::{
    By, Check, Choice, Diagnosis, Ended, Expect, LogRule, MetricRule, Op, OutputRule, Pattern,
    Probe, Rule,
};
use crate::error::{Mistakes, from_toml, line_offset, suggestion};
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
    error: Option<String>,
    min: Option<u64>,
    max: Option<u64>,
    #[serde(default)]
    never: bool,
    after: Option<Box<RawLog>>,
}

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
#[expect(clippy::struct_field_names, reason = "these are the keys that authors write")]
struct RawMetric {
    calls_max: Option<u64>,
    bytes_max: Option<u64>,
    seconds_max: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    ask: String,
    of: Vec<String>,
    answer: usize,
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
    let mut checks = Vec::new();
    for raw in file.check {
        let line = place.line + line_offset(text, raw.span().start);
        let mut reader = Reader { file: place.file, line, mistakes };
        checks.extend(reader.check(raw.into_inner()));
    }
    checks
}

struct Reader<'a> {
    file: &'a str,
    line: usize,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    fn mistake(&mut self, sentence: impl Into<String>, remedy: impl Into<String>) {
        self.mistakes.add((self.file, self.line), sentence, remedy);
    }

    fn words(&mut self, text: &str) -> Vec<Inline> {
        let mut links: Vec<FoundLink> = Vec::new();
        let inlines = prose::parse_line(text, (self.file, self.line), self.mistakes, &mut links);
        if !links.is_empty() {
            self.mistake("A message holds a link.", "Put links into the prose of the step.");
        }
        inlines
    }

    fn check(&mut self, raw: RawCheck) -> Option<Check> {
        let id = raw.id.clone();
        if !crate::front::is_slug(&id) {
            self.mistake(
                format!("`{id}` is no check id."),
                "Use small letters, digits and hyphens, a letter first.",
            );
        }
        let waits_for: Vec<Op> = raw.waits_for.0.iter().filter_map(|op| self.op(op)).collect();
        let text = self.words(&raw.text);
        let pass = self.words(&raw.say.pass);
        let fail = self.words(&raw.say.fail);
        let diagnose = raw.diagnose.into_iter().filter_map(|rule| self.diagnosis(rule)).collect();
        let kinds = [
            raw.probe.is_some(),
            raw.log.is_some(),
            raw.output.is_some(),
            raw.metric.is_some(),
            raw.choice.is_some(),
        ];
        if kinds.iter().filter(|there| **there).count() != 1 {
            self.mistake(
                format!("The check `{id}` has not exactly one kind."),
                "Give it one of `probe`, `log`, `output`, `metric` and `choice`.",
            );
            return None;
        }
        if !raw.expect.0.is_empty() && raw.probe.is_none() {
            self.mistake(
                "`expect` stands without `probe`.",
                "Say what is asked: `probe = { call = .. }`.",
            );
        }
        if raw.probe.is_some() && waits_for.is_empty() {
            self.mistake(
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
        let console = raw.console.and_then(|log| self.console(log));
        let (line, bonus) = (self.line, raw.bonus);
        Some(Check { id, line, text, rule, console, pass, fail, diagnose, waits_for, bonus })
    }

    fn diagnosis(&mut self, raw: RawDiagnosis) -> Option<Diagnosis> {
        let rule = Diagnosis {
            log: raw.log.and_then(|log| self.log(log)),
            probe: raw.probe.and_then(|probe| self.probe(probe, raw.expect.0)),
            output: raw.output.and_then(|output| self.output(output)),
            say: self.words(&raw.say),
        };
        if rule.log.is_none() && rule.probe.is_none() && rule.output.is_none() {
            self.mistake(
                "A diagnosis has no condition.",
                "Say when it holds: `log`, `probe` with `expect`, or `output`.",
            );
            return None;
        }
        Some(rule)
    }

    fn op(&mut self, text: &str) -> Option<Op> {
        match call_toml::op(text) {
            Ok(op) => Some(op),
            Err((sentence, remedy)) => {
                self.mistake(sentence, remedy);
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
                self.mistake(sentence, remedy);
                return None;
            }
        };
        if !call_toml::only_reads(&call.op) {
            self.mistake(
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
                    format!("`{path}` is no JMESPath: {why}."),
                    "See https://jmespath.org for how to write it.",
                );
            }
            (None, Some(_), 1, Some(Err(why))) => {
                self.mistake(format!("An expectation cannot be read: {why}."), "See docs/LESSONS.md.");
            }
            _ => self.mistake(
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
                self.mistake("`request` is no table.", "Write `request = { Bucket = \"..\" }`.");
                return None;
            }
            Err(why) => {
                self.mistake(format!("`request` cannot be read: {why}."), "See docs/LESSONS.md.");
                return None;
            }
        };
        if raw.never && (raw.min.is_some() || raw.max.is_some()) {
            self.mistake("`never` stands beside `min` or `max`.", "Leave one of them away.");
        }
        let (min, max) = if raw.never { (0, Some(0)) } else { (raw.min.unwrap_or(1), raw.max) };
        if max.is_some_and(|max| max < min) {
            self.mistake("`max` is less than `min`.", "Write `never = true` for no call at all.");
        }
        let ended = match raw.error.as_deref() {
            None => Ended::Well,
            Some("any") => Ended::Refused(None),
            Some("or-not") => Ended::Anyhow,
            Some(code) => Ended::Refused(Some(code.to_owned())),
        };
        let after = match raw.after {
            Some(after) => Some(Box::new(self.log(*after)?)),
            None => None,
        };
        if ops.is_empty() {
            self.mistake("`op` names no operation.", "Write `op = \"s3:PutObject\"`.");
            return None;
        }
        Some(LogRule { ops, by: by?, request, region: raw.region, ended, min, max, after })
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
                self.mistake(format!("Nobody is called `{other}`."), suggestion(other, &KNOWN));
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
            self.mistake("`output` expects nothing.", "Write `stdout_contains = \"..\"`.");
            return None;
        }
        Some(rule)
    }

    fn metric(&mut self, raw: RawMetric) -> Option<MetricRule> {
        let rule = MetricRule {
            calls_max: raw.calls_max,
            bytes_max: raw.bytes_max,
            seconds_max: raw.seconds_max,
        };
        if rule == MetricRule::default() {
            self.mistake("`metric` measures nothing.", "Write `calls_max = 2`, for example.");
            return None;
        }
        Some(rule)
    }

    fn choice(&mut self, raw: RawChoice) -> Option<Choice> {
        if raw.of.len() < 2 || raw.answer >= raw.of.len() {
            self.mistake(
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
