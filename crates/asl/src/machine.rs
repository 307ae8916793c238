//! A definition, ready to be run. What [`crate::validate`] has passed compiles; what it refuses is
//! not run.

mod compile;

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::choice::Rule;
use crate::doc::Doc;
use crate::jsonata::Expression;
use crate::path::Path;
use crate::template::{Language, Template};

/// A `States` map: the top level's, a branch's, an item processor's.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Where it starts.
    pub start: usize,
    names: BTreeMap<String, usize>,
}

impl Scope {
    /// The state called so.
    pub fn state(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// All of its states.
    pub fn states(&self) -> impl Iterator<Item = usize> + '_ {
        self.names.values().copied()
    }
}

/// A definition, ready to be run.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// Every `States` map; the first is the top level's.
    pub scopes: Vec<Scope>,
    /// Every state of every scope.
    pub states: Vec<State>,
    /// `TimeoutSeconds` of the whole.
    pub timeout_s: Option<i64>,
}

/// A state.
#[derive(Debug, Clone)]
pub struct State {
    /// Its name.
    pub name: Rc<str>,
    /// Its query language.
    pub language: Language,
    /// What it does.
    pub kind: Kind,
    /// The state that follows; `None`: it is the last of its scope.
    pub next: Option<usize>,
    /// `InputPath`; `None`: `null`, which gives `{}`.
    pub input_path: Option<Template>,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Template>,
    /// `ResultSelector`.
    pub result_selector: Option<Template>,
    /// `ResultPath`; `None`: `null`, which drops the result.
    pub result_path: Option<Path>,
    /// `OutputPath`; `None`: `null`, which gives `{}`.
    pub output_path: Option<Template>,
    /// `Output`.
    pub output: Option<Template>,
    /// `Assign`.
    pub assign: Vec<(String, Template)>,
    /// `Retry`.
    pub retry: Vec<Retrier>,
    /// `Catch`.
    pub catch: Vec<Catcher>,
}

/// What a state does.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Passes its input on, or `Result`.
    Pass(Option<Doc>),
    /// Has something done.
    Task(Box<Task>),
    /// Chooses what follows.
    Choice(Vec<Rule>, Option<usize>),
    /// Waits.
    Wait(Until),
    /// Ends its scope.
    Succeed,
    /// Fails: error and cause.
    Fail(Option<Template>, Option<Template>),
    /// Runs branches at once.
    Parallel(Vec<usize>),
    /// Runs a scope for each item.
    Map(Box<MapState>),
}

impl Kind {
    /// As it is called in definitions.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pass(_) => "Pass",
            Self::Task(_) => "Task",
            Self::Choice(..) => "Choice",
            Self::Wait(_) => "Wait",
            Self::Succeed => "Succeed",
            Self::Fail(..) => "Fail",
            Self::Parallel(_) => "Parallel",
            Self::Map(_) => "Map",
        }
    }
}

/// What a Task state has done.
#[derive(Debug, Clone)]
pub struct Task {
    /// `Resource`.
    pub resource: Rc<str>,
    /// `TimeoutSeconds` or its path.
    pub timeout: Number,
    /// `HeartbeatSeconds` or its path.
    pub heartbeat: Number,
    /// `Credentials`.
    pub credentials: Option<Template>,
}

/// Until when a Wait state waits.
#[derive(Debug, Clone)]
pub enum Until {
    /// So many seconds.
    Seconds(Number),
    /// A moment.
    Timestamp(Moment),
}

/// A number that is given, looked up, or computed.
#[derive(Debug, Clone)]
pub enum Number {
    /// Nothing is said.
    Absent,
    /// It is given.
    Given(f64),
    /// It is looked up; the field's name.
    Path(Template, &'static str),
    /// It is computed; the field's name.
    Expression(Rc<Expression>, &'static str),
}

/// A moment that is given, looked up, or computed.
#[derive(Debug, Clone)]
pub enum Moment {
    /// It is given.
    Given(i64),
    /// It is looked up.
    Path(Path),
    /// It is computed.
    Template(Template),
}

/// What a Map state does.
#[derive(Debug, Clone)]
pub struct MapState {
    /// The scope that is run for each item.
    pub scope: usize,
    /// `ItemsPath`, or `Items`.
    pub items: Option<Template>,
    /// `ItemSelector`, or the older `Parameters`.
    pub selector: Option<Template>,
    /// `MaxConcurrency`
    pub concurrency: Number,
    /// `ToleratedFailureCount`
    pub tolerated_count: Number,
    /// `ToleratedFailurePercentage`
    pub tolerated_percentage: Number,
    /// Whether items are run as executions of their own.
    pub distributed: bool,
    /// Whether those are Express executions.
    pub express: bool,
    /// `Label`
    pub label: Option<String>,
    /// `ItemReader`
    pub reader: Option<Reader>,
    /// `ItemBatcher`
    pub batcher: Option<Batcher>,
    /// `ResultWriter`
    pub writer: Option<Writer>,
}

/// Where a distributed Map takes its items from.
#[derive(Debug, Clone)]
pub struct Reader {
    /// `arn:aws:states:::s3:getObject`
    pub resource: Rc<str>,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Template>,
    /// `ReaderConfig`, as it stands.
    pub config: Value,
    /// `MaxItems`
    pub max_items: Number,
}

/// How a distributed Map groups its items.
#[derive(Debug, Clone)]
pub struct Batcher {
    /// `MaxItemsPerBatch`
    pub max_items: Number,
    /// `MaxInputBytesPerBatch`
    pub max_bytes: Number,
    /// `BatchInput`
    pub input: Option<Template>,
}

/// Where a distributed Map puts its results.
#[derive(Debug, Clone)]
pub struct Writer {
    /// `arn:aws:states:::s3:putObject`
    pub resource: Option<Rc<str>>,
    /// `Parameters` or `Arguments`.
    pub arguments: Option<Template>,
    /// `WriterConfig`, as it stands.
    pub config: Value,
}

/// When to try again.
#[derive(Debug, Clone)]
pub struct Retrier {
    /// `ErrorEquals`
    pub errors: Vec<String>,
    /// `IntervalSeconds`
    pub interval_s: f64,
    /// `MaxAttempts`
    pub max_attempts: u32,
    /// `BackoffRate`
    pub backoff_rate: f64,
    /// `MaxDelaySeconds`
    pub max_delay_s: Option<f64>,
    /// `JitterStrategy` is `FULL`.
    pub jitter: bool,
}

impl Retrier {
    /// Seconds to wait before attempt `attempt` (from 1) is repeated, without jitter.
    pub fn delay_s(&self, attempt: u32) -> f64 {
        let exponent = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        let delay = self.interval_s * self.backoff_rate.powi(exponent);
        delay.min(self.max_delay_s.unwrap_or(f64::INFINITY)).min(99_999_999.0)
    }
}

/// What follows an error.
#[derive(Debug, Clone)]
pub struct Catcher {
    /// `ErrorEquals`
    pub errors: Vec<String>,
    /// `Next`
    pub next: Option<usize>,
    /// `ResultPath`; `None`: `null`.
    pub result_path: Option<Path>,
    /// `Output`
    pub output: Option<Template>,
    /// `Assign`
    pub assign: Vec<(String, Template)>,
}

impl Machine {
    /// Compiles a definition.
    pub fn compile(definition: &Value) -> Self {
        compile::machine(definition)
    }

    /// A state.
    pub fn state(&self, at: usize) -> Option<&State> {
        self.states.get(at)
    }

    /// A scope.
    pub fn scope(&self, at: usize) -> Option<&Scope> {
        self.scopes.get(at)
    }
}
