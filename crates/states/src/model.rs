//! What Step Functions keeps.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_asl as asl;
use cloudarium_env::Timestamp;
use cloudarium_env::timers::TimerId;
use cloudarium_service::Ticket;
use imbl::{OrdMap, Vector};
use serde::{Deserialize, Serialize};

use crate::debug::Stops;

/// All of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct State {
    /// State machines, by ARN.
    pub machines: OrdMap<String, Rc<StateMachine>>,
    /// Executions, by ARN.
    pub executions: OrdMap<String, Rc<Record>>,
    /// The executions of a machine or a Map run, oldest first.
    pub by_owner: OrdMap<String, Vector<String>>,
    /// Activities, by ARN.
    pub activities: OrdMap<String, Activity>,
    /// Map runs, by ARN.
    pub map_runs: OrdMap<String, MapRun>,
    /// Calls that tasks made and that wait.
    pub calls: OrdMap<Ticket, PendingCall>,
    /// Tokens that were given out, by their text.
    pub tokens: OrdMap<String, TaskToken>,
    /// Tags, by ARN.
    pub tags: OrdMap<String, BTreeMap<String, String>>,
    /// Where executions stop for the debugger, by the machine's ARN.
    #[serde(default)]
    pub stops: OrdMap<String, Stops>,
}

/// A state machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateMachine {
    /// Its ARN.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// What it does now.
    pub revision: Revision,
    /// Whether it is an Express one.
    pub express: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// What was published.
    pub versions: BTreeMap<u64, Version>,
    /// The next version's number.
    pub next_version: u64,
    /// Names for versions.
    pub aliases: BTreeMap<String, Alias>,
}

/// What a state machine does at some moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Names it; empty: as it was made.
    pub id: String,
    /// Its definition, as it was sent.
    pub definition: Rc<str>,
    /// The role that it acts with.
    pub role_arn: String,
    /// What is logged.
    pub logging: Option<Logging>,
    /// Whether it is traced.
    pub tracing: bool,
}

/// `loggingConfiguration`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    /// `ALL`, `ERROR`, `FATAL`, `OFF`
    pub level: String,
    /// Whether inputs and outputs are logged.
    pub include_execution_data: bool,
    /// ARNs of log groups.
    pub groups: Vec<String>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// What it does.
    pub revision: Revision,
    /// What it is for.
    pub description: String,
    /// When it was published.
    pub created: Timestamp,
}

/// A name for one version or two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// What it is for.
    pub description: String,
    /// Versions' ARNs, and how many of a hundred executions each gets.
    pub routes: Vec<(String, i64)>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
}

/// An execution, and all that is known of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// Who it is.
    pub identity: asl::Identity,
    /// Its input.
    pub input: asl::Doc,
    /// The machine that it belongs to, without version or alias; of a child, its Map run's.
    pub machine_arn: String,
    /// The alias that it was started by.
    pub alias_arn: Option<String>,
    /// What it runs.
    pub revision: Revision,
    /// The machine's type.
    pub express: bool,
    /// Where it stands; `None`: it is a Map run's child, which its parent moves on.
    pub execution: Option<asl::Execution>,
    /// What has happened.
    pub history: Vector<asl::Event>,
    /// How it ended.
    pub outcome: Option<asl::exec::Outcome>,
    /// When it ended.
    pub stopped: Option<Timestamp>,
    /// The Map run whose child it is.
    pub map_run_arn: Option<String>,
    /// Histories of its children: number, ARN.
    pub children: OrdMap<u32, String>,
    /// Its timers.
    pub timers: BTreeMap<u64, TimerId>,
    /// Tasks of other executions that wait for its end: ARN, task, whether the output is told as
    /// JSON.
    pub waiters: Vec<(String, u64, bool)>,
    /// The request that waits for its end.
    pub parked: Option<Ticket>,
    /// `traceHeader`
    pub trace_header: Option<String>,
    /// How often it was redriven, and when last.
    pub redriven: Option<Timestamp>,
    /// The `clientToken` of that.
    pub redrive_token: Option<String>,
    /// Whether the request that waits for its end wants neither input nor output.
    pub metadata_only: bool,
    /// It is `TestState`'s: whether the stages of its data are to be told.
    pub tested: Option<bool>,
    /// It is `TestState`'s, and tells what an HTTP Task sends and is answered.
    #[serde(default)]
    pub traced: Option<Traced>,
    /// Its definition, ready to be run.
    #[serde(skip)]
    pub compiled: OnceCell<Rc<asl::Machine>>,
}

impl Record {
    /// Nothing has happened yet.
    pub fn new(
        identity: asl::Identity,
        input: asl::Doc,
        (revision, express): (Revision, bool),
        execution: Option<asl::Execution>,
    ) -> Self {
        Self {
            machine_arn: identity.machine_arn.clone(),
            alias_arn: None,
            revision,
            express,
            execution,
            history: Vector::new(),
            outcome: None,
            stopped: None,
            map_run_arn: None,
            children: OrdMap::new(),
            timers: BTreeMap::new(),
            waiters: Vec::new(),
            parked: None,
            trace_header: None,
            redriven: None,
            redrive_token: None,
            metadata_only: false,
            tested: None,
            traced: None,
            compiled: OnceCell::new(),
            identity,
            input,
        }
    }

    /// Its definition, ready to be run.
    pub fn machine(&self) -> Rc<asl::Machine> {
        let compile = || {
            let definition = asl::doc::parse(&self.revision.definition).unwrap_or_default();
            Rc::new(asl::Machine::compile(&definition))
        };
        Rc::clone(self.compiled.get_or_init(compile))
    }

    /// As AWS names where it stands.
    pub fn status(&self) -> &'static str {
        use asl::exec::Outcome;
        match &self.outcome {
            None => "RUNNING",
            Some(Outcome::Succeeded(_)) => "SUCCEEDED",
            Some(Outcome::Failed(..)) => "FAILED",
            Some(Outcome::TimedOut(..)) => "TIMED_OUT",
            Some(Outcome::Aborted(..)) => "ABORTED",
        }
    }

    /// Its error and cause. That a Standard execution took too long is told by its history alone.
    pub fn error(&self) -> (Option<String>, Option<String>) {
        use asl::exec::Outcome;
        match &self.outcome {
            Some(Outcome::TimedOut(..)) if !self.express => (None, None),
            Some(
                Outcome::Failed(error, cause)
                | Outcome::TimedOut(error, cause)
                | Outcome::Aborted(error, cause),
            ) => (error.clone(), cause.clone()),
            _ => (None, None),
        }
    }

    /// Its output.
    pub fn output(&self) -> Option<&asl::Doc> {
        match &self.outcome {
            Some(asl::exec::Outcome::Succeeded(output)) => Some(output),
            _ => None,
        }
    }
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// Tasks that wait for a worker: execution, task, input.
    pub queue: Vector<(String, u64, Rc<str>)>,
    /// Workers that wait for a task: request, name, until when.
    pub pollers: Vector<(Ticket, Option<String>, TimerId)>,
}

/// A distributed Map's run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapRun {
    /// The execution whose it is.
    pub execution_arn: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub stopped: Option<Timestamp>,
    /// `RUNNING`, `SUCCEEDED`, `FAILED`, `ABORTED`
    pub status: String,
    /// How many may run at once.
    pub max_concurrency: i64,
    /// How many of a hundred may fail.
    pub tolerated_percentage: f64,
    /// How many may fail.
    pub tolerated_count: i64,
    /// Its items.
    pub total: usize,
    /// How often it was redriven.
    pub redrives: u32,
    /// When it was last redriven.
    pub redriven: Option<Timestamp>,
    /// Its children: running, succeeded, failed, timed out, aborted.
    pub counts: [usize; 5],
}

/// A call that a task made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingCall {
    /// The execution.
    pub execution_arn: String,
    /// Its task.
    pub task: u64,
    /// The resource, as the definition has it.
    pub resource: String,
    /// The service's model, the operation.
    pub target: (String, String),
    /// Why the task was asked for.
    pub purpose: asl::exec::Purpose,
    /// Of an HTTP Task: what it goes on with.
    #[serde(default)]
    pub http: Option<PendingHttp>,
}

/// An HTTP Task on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingHttp {
    /// What the task was given.
    pub arguments: asl::Doc,
    /// Where it stands, for the list of calls.
    pub source: String,
    /// When the request is given up that was sent.
    pub limit: Option<TimerId>,
}

/// The request of an HTTP Task that is tried, and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Traced {
    /// Whether what the connection adds is told too.
    pub reveals_secrets: bool,
    /// As `TestState` tells it.
    pub request: Option<asl::Doc>,
    /// As `TestState` tells it.
    pub response: Option<asl::Doc>,
}

/// A token that was given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskToken {
    /// The execution.
    pub execution_arn: String,
    /// Its task.
    pub task: u64,
}
