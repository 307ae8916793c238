//! Runs functions of the simulated Lambda on this machine: `CPython` and Node.js, each execution environment a
//! process of its own with a folder of its own, kept while it is warm.
//!
//! Differences from AWS: a process is not frozen between invocations, shares this machine's `/tmp`, and is kept
//! from nothing that its user may do. Time is the machine's own, whatever the virtual clock does.

mod boot;
mod environment;
mod process;
mod unpack;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use bytes::Bytes;
use cloudarium_cloud::{HostWork, Ticket, unrunnable};
use cloudarium_shape::Value;

use environment::{Environment, Job};

/// More processes are not kept: those that waited longest go.
const ENVIRONMENTS_MAX: usize = 24;

/// How functions run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A Python 3, with or without boto3.
    pub python: PathBuf,
    /// A Node.js.
    pub node: PathBuf,
}

impl Default for Settings {
    fn default() -> Self {
        Self { python: "python3".into(), node: "node".into() }
    }
}

/// How an invocation ended, on its way back to the cloud.
pub struct Done {
    /// Tells clouds apart: what an earlier one asked for is of no interest to the next.
    pub epoch: u64,
    /// Names the work.
    pub ticket: Ticket,
    /// `cloudarium_lambda::finish::Ended`, as a value.
    pub result: Value,
}

/// All processes that run functions.
pub struct Functions {
    settings: Settings,
    address: SocketAddr,
    environments: BTreeMap<i64, (Environment, Instant)>,
    epoch: u64,
    done: Arc<dyn Fn(Done) + Send + Sync>,
}

impl Functions {
    /// None yet. `address` is where their code finds the cloud; `done` takes what ended.
    pub fn new(
        settings: Settings,
        address: SocketAddr,
        done: impl Fn(Done) + Send + Sync + 'static,
    ) -> Self {
        Self { settings, address, environments: BTreeMap::new(), epoch: 0, done: Arc::new(done) }
    }

    /// Whether an end is one of this cloud's.
    pub const fn is_current(&self, done: &Done) -> bool {
        done.epoch == self.epoch
    }

    /// Ends all: the cloud begins anew.
    pub fn reset(&mut self) {
        self.environments.clear();
        self.epoch += 1;
    }

    /// Runs an invocation; its end comes later. `read` gives a package by its digest.
    pub fn start(
        &mut self,
        ticket: Ticket,
        work: &HostWork,
        read: &dyn Fn(&str, u64) -> Option<Bytes>,
    ) {
        let Some(Value::Int(number)) = work.input.get("Environment") else {
            return self.refuse(ticket, "The work names no environment.");
        };
        let known = self.environments.remove(number).filter(|(it, _)| it.is_alive());
        let environment = match known {
            Some((environment, _)) => environment,
            None => match self.make(&work.input, read) {
                Ok(environment) => environment,
                Err(words) => return self.refuse(ticket, &words),
            },
        };
        let (done, epoch) = (Arc::clone(&self.done), self.epoch);
        let tell = move |result| done(Done { epoch, ticket, result });
        environment.send(Job { input: work.input.clone(), tell: Box::new(tell) });
        self.environments.insert(*number, (environment, Instant::now()));
        self.make_room();
    }

    fn make(
        &self,
        input: &Value,
        read: &dyn Fn(&str, u64) -> Option<Bytes>,
    ) -> Result<Environment, String> {
        let Some(Value::List(codes)) = input.get("Code") else {
            return Err("The work names no code.".to_owned());
        };
        let mut packages = Vec::new();
        for code in codes {
            let digest = code.get("Digest").and_then(Value::as_str).unwrap_or_default();
            let length = match code.get("Length") {
                Some(Value::Int(length)) => u64::try_from(*length).unwrap_or(0),
                _ => 0,
            };
            packages.push(read(digest, length).ok_or("A package is lost.")?);
        }
        Environment::start(self.settings.clone(), self.address, packages)
            .map_err(|error| format!("This machine gives no thread: {error}"))
    }

    /// The environments that waited longest go, if there are too many.
    fn make_room(&mut self) {
        while self.environments.len() > ENVIRONMENTS_MAX {
            let idle = self.environments.iter().filter(|(_, (it, _))| !it.is_busy());
            let Some(oldest) = idle.min_by_key(|(_, (_, used))| *used).map(|(n, _)| *n) else {
                return;
            };
            self.environments.remove(&oldest);
        }
    }

    fn refuse(&self, ticket: Ticket, words: &str) {
        let result = unrunnable(words);
        (self.done)(Done { epoch: self.epoch, ticket, result });
    }
}

/// A way to send ends to a thread that takes messages.
pub fn to<T: From<Done> + Send + 'static>(sender: Sender<T>) -> impl Fn(Done) + Send + Sync {
    // A thread that has ended needs no telling.
    move |done| drop(sender.send(T::from(done)))
}
