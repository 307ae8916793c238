//! Judges a check: a pure function of the cloud's state, the list of calls and the learner's run.

use cloudarium_cloud::{Call, Caller, CallerKind, Fault};
use serde_json::{Value as Json, json};

use crate::call_toml::{Assets, to_json, to_value};
use crate::check::{CallSpec, Check, Choice, Diagnosis, Expect, OutputRule, Probe, Rule};
use crate::door::Door;
use crate::facts::{self, CallFacts, Found};
use crate::path;
use crate::pattern;
use crate::prose::{Inline, map_inlines, plain};
use crate::run::Run;
use crate::template::{self, Live, Vars};

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// Nothing has been done for it yet.
    Wait,
}

/// How a check stands, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Verdict {
    /// How it stands.
    pub state: State,
    /// What to say; empty while it waits.
    pub message: Vec<Inline>,
    /// The line of the learner's script that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The API call that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

impl Verdict {
    /// Nothing can be said yet.
    pub(crate) fn waiting() -> Self {
        Self { state: State::Wait, message: Vec::new(), line: None, seq: None }
    }
}

/// Where a lesson's probes are asked.
pub(crate) struct Bench<'a, D: Door> {
    pub(crate) door: &'a mut D,
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
    pub(crate) run: Option<&'a Run>,
    answers: Vec<(CallSpec, Result<Json, Fault>)>,
}

/// What a message may speak of.
#[derive(Default)]
struct Known {
    call: Option<CallFacts>,
    there: Option<Json>,
    refusal: Option<Json>,
    printed: Option<String>,
    used: Option<Json>,
    chosen: Option<String>,
}

/// Whether something holds, and what was learnt on the way.
#[derive(Default)]
struct Outcome {
    holds: bool,
    known: Known,
}

impl Known {
    fn say(&self, message: &[Inline]) -> Vec<Inline> {
        let call = self.call.as_ref();
        let refused = call.map(|call| &call.error).filter(|error| !error.is_null());
        let nothing = || "nothing".to_owned();
        let look = |data: Option<&Json>, path: &str| {
            Some(path::words(&data.map_or(Json::Null, |data| path::find(path, data))))
        };
        let live = |kind: Live, path: &str| match kind {
            Live::Asked => look(call.map(|call| &call.asked), path),
            Live::Error => look(refused.or(self.refusal.as_ref()), path),
            Live::There => look(self.there.as_ref(), path),
            Live::Used => look(self.used.as_ref(), path),
            Live::Printed => Some(self.printed.clone().unwrap_or_else(nothing)),
            Live::Chosen => Some(self.chosen.clone().unwrap_or_else(nothing)),
        };

        map_inlines(message, &|text| template::fill_with(text, &Vars::new(), live))
    }

    fn verdict(&self, state: State, message: &[Inline]) -> Verdict {
        Verdict {
            state,
            message: self.say(message),
            line: self.call.as_ref().and_then(|call| call.line),
            seq: self.call.as_ref().map(|call| call.seq),
        }
    }
}

impl<'a, D: Door> Bench<'a, D> {
    pub(crate) fn new(
        door: &'a mut D,
        (account, region): (&'a str, &'a str),
        run: Option<&'a Run>,
    ) -> Self {
        Self { door, account, region, run, answers: Vec::new() }
    }

    /// Judges `check`, whose variables are put in. `tried`: the learner has called an operation
    /// that it waits for. What was called up to number `begun` came before the learner came to the
    /// step: it can pass the check, and is no mistake in it.
    pub(crate) fn judge(&mut self, check: &Check, tried: bool, begun: u64) -> Verdict {
        let waiting = Verdict::waiting();
        if !check.waits_for.is_empty() && !tried {
            return waiting;
        }
        let mut outcome = self.rule(check);
        if let (false, Some(log)) = (outcome.holds, &check.console) {
            let clicked = from_found(facts::find(self.door.calls(), log, 0));
            outcome = if clicked.holds { clicked } else { outcome };
        }
        if outcome.holds {
            return outcome.known.verdict(State::Pass, &check.pass);
        }
        let latest = facts::latest_attempt(self.door.calls(), check.ops());
        let untouched = latest.as_ref().is_some_and(|call| call.seq <= begun);
        if outcome.known.call.is_none() {
            outcome.known.call = latest;
        }
        let told_untouched = |rule: &&Diagnosis| {
            rule.log.is_some() || rule.output.is_some() || rule.chosen.is_some()
        };
        for rule in check.diagnose.iter().filter(|rule| !untouched || told_untouched(rule)) {
            if let Some(known) = self.diagnosis(check, rule, begun) {
                let known = known.or(&outcome.known);
                return known.verdict(State::Fail, &rule.say);
            }
        }
        if untouched || self.nothing_done(check, &outcome.known) {
            return waiting;
        }
        outcome.known.verdict(State::Fail, &check.fail)
    }

    fn nothing_done(&self, check: &Check, known: &Known) -> bool {
        match &check.rule {
            Rule::Probe(_) => false,
            Rule::Log(_) => known.call.is_none(),
            // A script that broke off has not said its last word.
            Rule::Output(output) => self.run.is_none_or(|run| {
                !run.ran || run.error.is_some() && output.error_contains.is_none()
            }),
            Rule::Metric(_) => known.used.as_ref().is_none_or(|used| used["calls"] == 0),
            Rule::Choice(_) => known.chosen.is_none(),
        }
    }

    fn rule(&mut self, check: &Check) -> Outcome {
        match &check.rule {
            Rule::Probe(probe) => self.probe(probe),
            Rule::Log(log) => from_found(facts::find(self.door.calls(), log, 0)),
            Rule::Output(output) => self.output(output),
            Rule::Metric(metric) => {
                let measured = facts::used(self.door.calls(), metric, self.since());
                let used = facts::Used { cost_pico_usd: self.door.cost_pico_usd(), ..measured };
                let known = Known { used: Some(used.json()), ..Known::default() };
                Outcome { holds: used.fits(metric), known }
            }
            Rule::Choice(choice) => self.choice(check, choice),
        }
    }

    /// The number of the last call before the latest run.
    fn since(&self) -> u64 {
        self.run.map_or(0, |run| run.since_seq)
    }

    fn answer(&self, check: &Check) -> Option<usize> {
        self.run?.answers.get(&check.id).copied()
    }

    fn choice(&self, check: &Check, choice: &Choice) -> Outcome {
        let answer = self.answer(check);
        let chosen = answer.and_then(|answer| choice.of.get(answer)).map(|words| plain(words));
        let known = Known { chosen, ..Known::default() };
        Outcome { holds: answer == Some(choice.answer), known }
    }

    fn output(&self, rule: &OutputRule) -> Outcome {
        let Some(run) = self.run else { return Outcome::default() };
        let known = Known { printed: Some(run.printed()), ..Known::default() };
        Outcome { holds: run.fits(rule), known }
    }

    fn diagnosis(&mut self, check: &Check, rule: &Diagnosis, begun: u64) -> Option<Known> {
        let mut known = Known::default();
        if rule.chosen.is_some() && rule.chosen != self.answer(check) {
            return None;
        }
        if let Some(log) = &rule.log {
            let found = facts::find(self.door.calls(), log, self.since().max(begun));
            if !found.holds {
                return None;
            }
            known.call = found.latest;
        }
        if let Some(output) = &rule.output {
            let outcome = self.output(output);
            if !outcome.holds {
                return None;
            }
            known.printed = outcome.known.printed;
        }
        if let Some(probe) = &rule.probe {
            let outcome = self.probe(probe);
            if !outcome.holds {
                return None;
            }
            known.there = outcome.known.there;
            known.refusal = outcome.known.refusal;
        }
        Some(known)
    }

    fn probe(&mut self, probe: &Probe) -> Outcome {
        let answer = self.ask(&probe.call);
        let holds = match &answer {
            Ok(data) => probe.expect.iter().all(|expect| match expect {
                Expect::Error(_) => false,
                Expect::Found { path, pattern } => pattern::fits(pattern, &path::find(path, data)),
            }),
            Err(fault) => {
                !probe.expect.is_empty()
                    && probe
                        .expect
                        .iter()
                        .all(|expect| matches!(expect, Expect::Error(code) if *code == fault.code))
            }
        };
        let mut known = Known::default();
        match answer {
            Ok(data) => known.there = Some(data),
            Err(fault) => {
                known.refusal = Some(json!({"Code": fault.code, "Message": fault.message}));
            }
        }
        Outcome { holds, known }
    }

    /// Asks once; the same question is answered from memory, since nothing changes meanwhile.
    fn ask(&mut self, spec: &CallSpec) -> Result<Json, Fault> {
        if let Some((_, answer)) = self.answers.iter().find(|(asked, _)| asked == spec) {
            return answer.clone();
        }
        let call = call_of(spec, (self.account, self.region), &Assets::new(), CallerKind::Check);
        let answer = match call {
            Ok(call) => {
                let call = Call { at: self.door.now(), ..call };
                self.door.peek(call).map(|value| to_json(&value))
            }
            Err(asset) => Err(Fault::new("NoSuchAsset", 404, asset)),
        };
        self.answers.push((spec.clone(), answer.clone()));
        answer
    }
}

impl Known {
    /// What is known here, and for the rest what `other` knows.
    fn or(self, other: &Self) -> Self {
        Self {
            call: self.call.or_else(|| other.call.clone()),
            there: self.there.or_else(|| other.there.clone()),
            refusal: self.refusal.or_else(|| other.refusal.clone()),
            printed: self.printed.or_else(|| other.printed.clone()),
            used: self.used.or_else(|| other.used.clone()),
            chosen: self.chosen.or_else(|| other.chosen.clone()),
        }
    }
}

fn from_found(found: Found) -> Outcome {
    Outcome { holds: found.holds, known: Known { call: found.latest, ..Known::default() } }
}

/// The call that `spec` names, at the beginning of time; the error is an asset that is not there.
pub(crate) fn call_of(
    spec: &CallSpec,
    (account, region): (&str, &str),
    assets: &Assets,
    kind: CallerKind,
) -> Result<Call, String> {
    Ok(Call {
        service: spec.op.service.clone(),
        operation: spec.op.operation.clone(),
        input: to_value(&spec.input, assets)?,
        region: spec.region.clone().unwrap_or_else(|| region.to_owned()),
        caller: Caller::Trusted {
            kind,
            account: spec.account.clone().unwrap_or_else(|| account.to_owned()),
        },
        at: cloudarium_env::Timestamp::default(),
    })
}
