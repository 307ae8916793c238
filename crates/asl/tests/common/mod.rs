//! What AWS answered, recorded: data that lies beside the project, and a host for executions.

#![allow(dead_code, reason = "each test uses a part")]

use std::path::PathBuf;

use cloudarium_asl::exec::{Outcome, TaskRequest};
use cloudarium_asl::{Cx, Doc, Event, Execution, Identity, Machine, Out};
use cloudarium_env::saved;
use serde_json::{Value, json};

/// A file of `../shared/conformance`; `None`, and a line that says so, if it is not there.
pub fn recorded(name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().map(|above| above.join("shared/conformance").join(name));
    let found = found.into_iter().find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: {name} is not beside the project");
    }
    found.map(|path| std::fs::read_to_string(path).expect("it can be read"))
}

/// An execution and all that it told.
pub struct Run {
    pub machine: Machine,
    pub execution: Execution,
    pub events: Vec<Event>,
    pub now_ms: i64,
    seed: u64,
    timers: std::collections::BTreeSet<(i64, u64)>,
    pub tasks: Vec<TaskRequest>,
    pub others: Vec<Out>,
}

fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed ^ (*seed >> 29)
}

impl Run {
    pub fn start(definition: &Value, input: &str) -> Self {
        let machine = Machine::compile(definition);
        let identity = Identity {
            arn: "arn:aws:states:us-east-1:123456789012:execution:m:e".to_owned(),
            name: "e".to_owned(),
            role_arn: "arn:aws:iam::123456789012:role/r".to_owned(),
            machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:m".to_owned(),
            machine_name: "m".to_owned(),
            region: "us-east-1".to_owned(),
            started_ms: 1_700_000_000_000,
            ..Identity::default()
        };
        let (mut seed, now_ms) = (7, 1_700_000_000_000);
        let mut out = Vec::new();
        let mut random = || next(&mut seed);
        let mut cx = Cx { machine: &machine, now_ms, random: &mut random, out: &mut out };
        let input = Doc::parse(input).expect("it is JSON");
        let execution = Execution::start(&mut cx, identity, input);
        let mut run = Self {
            machine,
            execution,
            events: Vec::new(),
            now_ms,
            seed,
            timers: std::collections::BTreeSet::new(),
            tasks: Vec::new(),
            others: Vec::new(),
        };
        run.take(out);
        run
    }

    fn take(&mut self, out: Vec<Out>) {
        for out in out {
            match out {
                Out::Event(0, event) => self.events.push(event),
                Out::Timer { key, at_ms } => {
                    self.timers.insert((at_ms, key));
                }
                Out::CancelTimer(key) => self.timers.retain(|(_, other)| *other != key),
                Out::Task(request) => self.tasks.push(*request),
                other => self.others.push(other),
            }
        }
    }

    /// Does something to the execution.
    pub fn act<R>(&mut self, act: impl FnOnce(&mut Execution, &mut Cx<'_>) -> R) -> R {
        let mut out = Vec::new();
        let seed = &mut self.seed;
        let mut random = || next(seed);
        let mut cx =
            Cx { machine: &self.machine, now_ms: self.now_ms, random: &mut random, out: &mut out };
        let result = act(&mut self.execution, &mut cx);
        self.take(out);
        result
    }

    /// One step, or the next timer; `false`: nothing is left to do.
    pub fn step(&mut self) -> bool {
        if self.act(Execution::step) {
            return true;
        }
        if self.execution.outcome().is_some() {
            return false;
        }
        let Some((at_ms, key)) = self.timers.pop_first() else { return false };
        self.now_ms = self.now_ms.max(at_ms);
        self.act(|execution, cx| execution.timer(cx, key));
        true
    }

    pub fn run(&mut self) {
        while self.step() {}
    }

    /// Stores the execution and brings it back.
    pub fn store(&mut self) {
        let bytes = saved::to_bytes(&self.execution).expect("it can be stored");
        let back: Execution = saved::from_bytes(&bytes, &[]).expect("it can be brought back");
        assert_eq!(back, self.execution);
        self.execution = back;
    }

    pub fn status(&self) -> (&'static str, Value, Option<String>, Option<String>) {
        match self.execution.outcome() {
            None => ("RUNNING", Value::Null, None, None),
            Some(Outcome::Succeeded(output)) => ("SUCCEEDED", output.value().clone(), None, None),
            Some(Outcome::Failed(error, cause)) => {
                ("FAILED", Value::Null, error.clone(), cause.clone())
            }
            Some(Outcome::TimedOut(error, cause)) => {
                ("TIMED_OUT", Value::Null, error.clone(), cause.clone())
            }
            Some(Outcome::Aborted(error, cause)) => {
                ("ABORTED", Value::Null, error.clone(), cause.clone())
            }
        }
    }
}

/// JSON in strings as JSON, as the recordings show it; numbers by their value.
pub fn parsed(value: &Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner) if inner.is_object() || inner.is_array() => parsed(&inner),
            _ => value.clone(),
        },
        Value::Array(list) => list.iter().map(parsed).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), parsed(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Number(number) => {
            number.as_f64().map_or_else(|| value.clone(), |number| json!(number))
        }
        other => other.clone(),
    }
}
