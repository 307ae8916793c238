//! What a step checks, as an author writes it: data, no code.

use cloudarium_cloud::CallerKind;
use serde_json::Value as Json;

use crate::prose::{self, Inline};
use crate::template::{self, Vars};

/// One check of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Unique in its lesson.
    pub id: String,
    /// The line of `lesson.md` on which its block begins.
    pub line: usize,
    /// What it asks for: "The bucket holds `hello.txt`".
    pub text: Vec<Inline>,
    /// What must hold.
    pub rule: Rule,
    /// Or this: the call that the console makes when the same is done by clicks.
    pub console: Option<LogRule>,
    /// Said when it passed; may be empty.
    pub pass: Vec<Inline>,
    /// Said when it failed and no diagnosis fits.
    pub fail: Vec<Inline>,
    /// What may have gone wrong, the first that holds is told.
    pub diagnose: Vec<Diagnosis>,
    /// The check is not looked at until the learner has called one of these.
    pub waits_for: Vec<Op>,
    /// A step passes without it.
    pub bonus: bool,
}

/// What must hold for a check to pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The answer of an API call.
    Probe(Probe),
    /// The list of API calls.
    Log(LogRule),
    /// What the learner's script printed.
    Output(OutputRule),
    /// How the learner got there.
    Metric(MetricRule),
    /// The answer to a question.
    Choice(Choice),
}

/// An API operation: `s3:PutObject`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Op {
    /// The model's name: `s3`.
    pub service: String,
    /// AWS's name: `PutObject`.
    pub operation: String,
}

/// A call by name, with its input.
#[derive(Debug, Clone, PartialEq)]
pub struct CallSpec {
    /// What is called.
    pub op: Op,
    /// The input by AWS's member names. `{ text = ".." }` and `{ asset = ".." }` are blobs.
    pub input: Json,
    /// In which Region; the lesson's own if absent.
    pub region: Option<String>,
    /// By which account; the learner's own if absent.
    pub account: Option<String>,
}

/// Asks a public API call, and expects something of its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// What is asked. It may only read.
    pub call: CallSpec,
    /// What is expected; that the call succeeds, when there is none.
    pub expect: Vec<Expect>,
}

/// Something expected of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Expect {
    /// The call is refused by this code.
    Error(String),
    /// What `JMESPath` finds fits the pattern.
    Found {
        /// `JMESPath`.
        path: String,
        /// What it must be like.
        pattern: Pattern,
    },
}

/// What a value must be like.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// Equal, numbers by value.
    Equals(Json),
    /// Not equal.
    Not(Json),
    /// A text that is the same but for capital and small letters, yet not the same.
    OtherCase(String),
    /// A text that begins so.
    StartsWith(String),
    /// A text with this in it, or a list that holds it.
    Contains(Json),
    /// One of these.
    OneOf(Vec<Json>),
    /// Whether there is anything at all.
    Present(bool),
    /// A structure with at least these members.
    Subset(Vec<(String, Pattern)>),
}

/// Who made a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The learner, by Python or by clicks.
    Learner,
    /// Anybody but set-up and checks.
    Anybody,
    /// Only calls of this kind.
    Kind(CallerKind),
}

/// How a call must have ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Well.
    Well,
    /// Refused, by this code if one is named.
    Refused(Option<String>),
    /// Either way.
    Anyhow,
}

/// How a request says who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// By a signature in its headers, as clients with keys sign; or the host vouches for it.
    Header,
    /// By a signature in its address: a presigned URL.
    Link,
    /// Not at all: anybody may have made it.
    Nobody,
}

/// Something asked of the list of API calls.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRule {
    /// Any of these operations.
    pub ops: Vec<Op>,
    /// Who made it.
    pub by: By,
    /// What the request must be like.
    pub request: Pattern,
    /// In which Region it was made, if that matters.
    pub region: Option<String>,
    /// How it was signed, if that matters.
    pub signed: Option<Signed>,
    /// How it ended.
    pub ended: Ended,
    /// At least so many such calls.
    pub min: u64,
    /// At most so many.
    pub max: Option<u64>,
    /// Only calls made after one like this count.
    pub after: Option<Box<LogRule>>,
    /// Only calls made before the first one like this count.
    pub before: Option<Box<LogRule>>,
}

/// Something asked of what the script printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutputRule {
    /// Texts that standard output holds, all of them.
    pub stdout_contains: Vec<String>,
    /// A whole line of standard output, blanks at its ends aside, for each of these.
    pub stdout_lines: Vec<String>,
    /// A text that standard output does not hold.
    pub stdout_lacks: Vec<String>,
    /// The script ended by an error whose traceback holds this.
    pub error_contains: Option<String>,
}

/// How the learner got there. The calls of the latest run count, or, without one, all of the
/// learner's; nobody else's. It is judged when all other checks of its step have passed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MetricRule {
    /// At most so many API calls.
    pub calls_max: Option<u64>,
    /// At most so many bytes in requests and answers.
    pub bytes_max: Option<u64>,
    /// At most so many simulated seconds from the first call to the last.
    pub seconds_max: Option<u64>,
    /// The bill of the lesson so far is at most this: millionths of a millionth of a US dollar.
    pub cost_max_pico_usd: Option<u128>,
    /// Only calls of these count; all when there is none.
    pub ops: Vec<Op>,
    /// Only calls made after one like this count.
    pub after: Option<LogRule>,
}

/// A question with one right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The question.
    pub ask: Vec<Inline>,
    /// The answers to choose from.
    pub of: Vec<Vec<Inline>>,
    /// Which is right, from 0.
    pub answer: usize,
}

/// A misconception, and what to say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The learner made such a call.
    pub log: Option<LogRule>,
    /// And the cloud answers so.
    pub probe: Option<Probe>,
    /// And the script printed so.
    pub output: Option<OutputRule>,
    /// And this answer was chosen, from 0.
    pub chosen: Option<usize>,
    /// What to say.
    pub say: Vec<Inline>,
}

impl std::fmt::Display for Op {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

impl Check {
    /// The operations whose calls this check speaks of, for what it waits for and points at.
    pub fn ops(&self) -> &[Op] {
        match &self.rule {
            _ if !self.waits_for.is_empty() => &self.waits_for,
            Rule::Log(log) => &log.ops,
            _ => &[],
        }
    }

    /// The check with the variables put in.
    #[must_use]
    pub fn fill(&self, vars: &Vars) -> Self {
        let words = |inlines: &[Inline]| prose::fill_inlines(inlines, vars);
        Self {
            id: self.id.clone(),
            line: self.line,
            text: words(&self.text),
            rule: self.rule.fill(vars),
            console: self.console.as_ref().map(|log| log.fill(vars)),
            pass: words(&self.pass),
            fail: words(&self.fail),
            diagnose: self.diagnose.iter().map(|rule| rule.fill(vars)).collect(),
            waits_for: self.waits_for.clone(),
            bonus: self.bonus,
        }
    }
}

impl Rule {
    fn fill(&self, vars: &Vars) -> Self {
        match self {
            Rule::Probe(probe) => Rule::Probe(probe.fill(vars)),
            Rule::Log(log) => Rule::Log(log.fill(vars)),
            Rule::Output(output) => Rule::Output(output.fill(vars)),
            Rule::Metric(metric) => Rule::Metric(MetricRule {
                after: metric.after.as_ref().map(|after| after.fill(vars)),
                ..metric.clone()
            }),
            Rule::Choice(choice) => Rule::Choice(Choice {
                ask: prose::fill_inlines(&choice.ask, vars),
                of: choice.of.iter().map(|answer| prose::fill_inlines(answer, vars)).collect(),
                answer: choice.answer,
            }),
        }
    }
}

impl Diagnosis {
    fn fill(&self, vars: &Vars) -> Self {
        Self {
            log: self.log.as_ref().map(|log| log.fill(vars)),
            probe: self.probe.as_ref().map(|probe| probe.fill(vars)),
            output: self.output.as_ref().map(|output| output.fill(vars)),
            chosen: self.chosen,
            say: prose::fill_inlines(&self.say, vars),
        }
    }
}

impl CallSpec {
    /// The call with the variables put in.
    #[must_use]
    pub fn fill(&self, vars: &Vars) -> Self {
        Self {
            op: self.op.clone(),
            input: template::fill_json(&self.input, vars),
            region: self.region.as_ref().map(|region| template::fill(region, vars)),
            account: self.account.clone(),
        }
    }
}

impl Probe {
    fn fill(&self, vars: &Vars) -> Self {
        Self {
            call: self.call.fill(vars),
            expect: self.expect.iter().map(|expect| expect.fill(vars)).collect(),
        }
    }
}

impl Expect {
    fn fill(&self, vars: &Vars) -> Self {
        match self {
            Expect::Error(code) => Expect::Error(code.clone()),
            Expect::Found { path, pattern } => {
                Expect::Found { path: template::fill(path, vars), pattern: pattern.fill(vars) }
            }
        }
    }
}

impl Pattern {
    fn fill(&self, vars: &Vars) -> Self {
        let json = |value: &Json| template::fill_json(value, vars);
        match self {
            Pattern::Equals(value) => Pattern::Equals(json(value)),
            Pattern::Not(value) => Pattern::Not(json(value)),
            Pattern::OtherCase(text) => Pattern::OtherCase(template::fill(text, vars)),
            Pattern::StartsWith(text) => Pattern::StartsWith(template::fill(text, vars)),
            Pattern::Contains(value) => Pattern::Contains(json(value)),
            Pattern::OneOf(values) => Pattern::OneOf(values.iter().map(json).collect()),
            Pattern::Present(there) => Pattern::Present(*there),
            Pattern::Subset(members) => Pattern::Subset(
                members.iter().map(|(name, inner)| (name.clone(), inner.fill(vars))).collect(),
            ),
        }
    }
}

impl LogRule {
    fn fill(&self, vars: &Vars) -> Self {
        Self {
            request: self.request.fill(vars),
            region: self.region.as_ref().map(|region| template::fill(region, vars)),
            after: self.after.as_ref().map(|after| Box::new(after.fill(vars))),
            before: self.before.as_ref().map(|before| Box::new(before.fill(vars))),
            ..self.clone()
        }
    }
}

impl OutputRule {
    fn fill(&self, vars: &Vars) -> Self {
        let all = |texts: &[String]| texts.iter().map(|text| template::fill(text, vars)).collect();
        Self {
            stdout_contains: all(&self.stdout_contains),
            stdout_lines: all(&self.stdout_lines),
            stdout_lacks: all(&self.stdout_lacks),
            error_contains: self.error_contains.as_ref().map(|text| template::fill(text, vars)),
        }
    }
}
