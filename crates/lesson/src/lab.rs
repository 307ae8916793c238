//! A lesson while somebody learns: its variables, its set-up, and what has passed so far.

use std::collections::{BTreeMap, BTreeSet};

use cloudarium_cloud::{Call, CallerKind, Config, Fault};
use cloudarium_shape::Value;
use serde::{Deserialize, Serialize};

use crate::call_toml::{Assets, to_json};
use crate::check::{CallSpec, Check, Op, Rule};
use crate::door::Door;
use crate::facts;
use crate::judge::{Bench, State, Verdict, call_of};
use crate::lesson::{Lesson, Step};
use crate::path;
use crate::run::Run;
use crate::template::{self, Live, Vars};

/// A lesson while somebody learns.
pub struct Lab {
    pub(crate) lesson: Lesson,
    pub(crate) vars: Vars,
    account: String,
    progress: Progress,
    /// Which checks of each step, with the variables put in.
    checks: Vec<(String, Vec<Check>)>,
}

/// What has passed so far. A check that has passed stays passed, so that a script which puts an
/// object and then deletes it passes both steps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Progress {
    /// What was said of each check that has passed.
    passed: BTreeMap<String, Verdict>,
    /// Operations that the learner has called, as `s3:PutObject`.
    tried: BTreeSet<String>,
    /// The latest call that was looked at.
    seen_seq: u64,
    /// By step: the latest call when the learner first came to it.
    #[serde(default)]
    begun: BTreeMap<String, u64>,
}

impl Progress {
    /// Judges `check` of `step`, unless it has passed already, and notes when it passes.
    fn note<D: Door>(&mut self, bench: &mut Bench<'_, D>, step: &str, check: &Check) -> Verdict {
        if let Some(passed) = self.passed.get(&check.id) {
            return passed.clone();
        }
        let tried = check.waits_for.iter().any(|op| self.tried.contains(&op.to_string()));
        let begun = self.begun.get(step).copied().unwrap_or(0);
        let verdict = bench.judge(check, tried, begun);
        if verdict.state == State::Pass {
            self.passed.insert(check.id.clone(), verdict.clone());
        }
        verdict
    }
}

/// Why a lesson cannot be set up.
#[derive(Debug, Clone, PartialEq)]
pub enum SetUpError {
    /// A call of its set-up was refused.
    Refused {
        /// `s3:CreateBucket`
        call: String,
        /// AWS's answer.
        fault: Box<Fault>,
    },
    /// A file that set-up needs is not among the lesson's files.
    NoAsset(String),
}

impl std::fmt::Display for SetUpError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SetUpError::Refused { call, fault } => write!(
                f,
                "The lesson's set-up was refused: {call} answered {}: {}",
                fault.code, fault.message
            ),
            SetUpError::NoAsset(path) => {
                write!(f, "The lesson's set-up needs assets/{path}, which is not there.")
            }
        }
    }
}

impl std::error::Error for SetUpError {}

/// How a check stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The check's id.
    pub id: String,
    /// How it stands, and what to say about it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Whether the step passes without it.
    pub bonus: bool,
}

impl Lab {
    /// `lesson` as `learner` meets it. The same learner always meets the same names.
    pub fn new(lesson: Lesson, learner: &str) -> Self {
        let config = Config::default();
        let user = config.users.first();
        let account = user.map_or_else(String::new, |user| user.account.clone());
        let name = user.map_or("", |user| user.name.as_str());
        let vars = lesson.front.vars_for(learner, &account, name);
        let filled = |step: &Step| {
            let checks = step.checks.iter().map(|check| check.fill(&vars)).collect();
            (step.id.clone(), checks)
        };
        let checks = lesson.steps.iter().map(filled).collect();
        Self { lesson, vars, account, progress: Progress::default(), checks }
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The variables, as this learner has them.
    pub fn vars(&self) -> &Vars {
        &self.vars
    }

    /// What to make the lesson's cloud with.
    pub fn config(&self) -> Config {
        let front = &self.lesson.front;
        Config { seed: front.seed, start: front.clock, ..Config::default() }
    }

    /// Makes the lesson's set-up calls, once, in a fresh cloud; forgets what has passed.
    pub fn set_up(&mut self, door: &mut impl Door) -> Result<(), SetUpError> {
        self.progress = Progress::default();
        for spec in self.lesson.front.setup.clone() {
            let call = self.call(&spec, CallerKind::Lesson).map_err(SetUpError::NoAsset)?;
            let call = Call { at: door.now(), ..call };
            door.call(call)
                .map_err(Box::new)
                .map_err(|fault| SetUpError::Refused { call: spec.op.to_string(), fault })?;
        }
        self.progress.seen_seq = door.calls().last_seq();
        Ok(())
    }

    /// The call that `spec` names in this lesson, with the variables put in, at the beginning of
    /// time. The error names an asset that is not there.
    pub fn call(&self, spec: &CallSpec, kind: CallerKind) -> Result<Call, String> {
        let place = (self.account.as_str(), self.lesson.front.region.as_str());
        call_of(&spec.fill(&self.vars), place, self.assets(), kind)
    }

    /// The same, for a click that follows another: `{{there: NextContinuationToken}}` looks into
    /// `before`, the answer of the call before it.
    pub fn call_after(
        &self,
        spec: &CallSpec,
        kind: CallerKind,
        before: &Value,
    ) -> Result<Call, String> {
        let answer = to_json(before);
        let live = |kind, path: &str| {
            (kind == Live::There).then(|| path::words(&path::find(path, &answer)))
        };
        let fill = |text: &str| template::fill_with(text, &self.vars, live);
        let input = template::map_json(&spec.input, &fill);
        self.call(&CallSpec { input, ..spec.clone() }, kind)
    }

    fn assets(&self) -> &Assets {
        &self.lesson.assets
    }

    /// Notes what holds just now. A host calls it after every call of the learner's that changed
    /// something, before the next: what comes and goes within one script is then seen, too. Asks
    /// only what has not passed yet, and leaves no trace.
    pub fn observe(&mut self, door: &mut impl Door) {
        self.note_calls(door);
        let is_probe = |check: &Check| matches!(check.rule, Rule::Probe(_));
        self.judge(door, None, |_, check| is_probe(check));
    }

    /// Judges the checks of `step`; `None` if there is no such step. `run` is the learner's latest
    /// run, if it was made in this step. What it printed counts in every other step, too, but only
    /// for it: a learner who is ahead passes, and nobody is told of a mistake in a step to come.
    pub fn check(
        &mut self,
        door: &mut impl Door,
        step: &str,
        run: Option<&Run>,
    ) -> Option<Vec<CheckResult>> {
        self.lesson.step(step)?;
        self.note_calls(door);
        let before = run.filter(|run| run.ran).map_or(self.progress.seen_seq, |run| run.since_seq);
        self.progress.begun.entry(step.to_owned()).or_insert(before);
        if run.is_some() {
            let is_output = |check: &Check| matches!(check.rule, Rule::Output(_));
            self.judge(door, run, |id, check| id != step && is_output(check));
        }
        Some(self.judge(door, run, |id, _| id == step))
    }

    /// Judges the checks of all steps.
    pub fn check_all(&mut self, door: &mut impl Door, run: Option<&Run>) -> Vec<CheckResult> {
        self.note_calls(door);
        self.judge(door, run, |_, _| true)
    }

    /// Whether all checks of `step` but bonuses have passed.
    pub fn step_passed(&self, step: &str) -> bool {
        let checks = self.checks.iter().find(|(id, _)| id == step).map(|(_, checks)| checks);
        checks.is_some_and(|checks| {
            checks.iter().all(|check| check.bonus || self.check_passed(&check.id))
        })
    }

    /// Whether the check called `id` has passed.
    pub fn check_passed(&self, id: &str) -> bool {
        self.progress.passed.contains_key(id)
    }

    /// What has passed, as JSON, for the host to keep beside the cloud.
    pub fn progress(&self) -> String {
        serde_json::to_string(&self.progress).unwrap_or_default()
    }

    /// Takes over what [`Lab::progress`] gave. What cannot be read is as if nothing had passed.
    pub fn restore_progress(&mut self, kept: &str) {
        self.progress = serde_json::from_str(kept).unwrap_or_default();
    }

    fn note_calls(&mut self, door: &impl Door) {
        let log = door.calls();
        for record in log.after(self.progress.seen_seq) {
            if facts::is_learners(record.who) && !record.operation.is_empty() {
                let op =
                    Op { service: record.service.clone(), operation: record.operation.clone() };
                self.progress.tried.insert(op.to_string());
            }
        }
        self.progress.seen_seq = log.last_seq();
    }

    fn judge(
        &mut self,
        door: &mut impl Door,
        run: Option<&Run>,
        wanted: impl Fn(&str, &Check) -> bool,
    ) -> Vec<CheckResult> {
        let place = (self.account.as_str(), self.lesson.front.region.as_str());
        let mut bench = Bench::new(door, place, run);
        let progress = &mut self.progress;
        let mut results = Vec::new();
        for (step, checks) in &self.checks {
            let (how, what): (Vec<&Check>, Vec<&Check>) = checks
                .iter()
                .filter(|check| wanted(step, check))
                .partition(|check| matches!(check.rule, Rule::Metric(_)));
            let mut judged = BTreeMap::new();
            for check in what {
                judged.insert(check.id.as_str(), progress.note(&mut bench, step, check));
            }
            // How something was done can only be said when it has been done.
            let done = checks.iter().all(|check| {
                check.bonus
                    || matches!(check.rule, Rule::Metric(_))
                    || progress.passed.contains_key(&check.id)
            });
            for check in how {
                let verdict =
                    if done { progress.note(&mut bench, step, check) } else { Verdict::waiting() };
                judged.insert(check.id.as_str(), verdict);
            }
            results.extend(checks.iter().filter_map(|check| {
                let verdict = judged.remove(check.id.as_str())?;
                Some(CheckResult { id: check.id.clone(), verdict, bonus: check.bonus })
            }));
        }
        results
    }
}
