//! The contract between the cloud and each simulated service.
//!
//! A service crate depends on this, never on another service. Start in [`Service`], then
//! [`Operation`] (one row of a service's table) and [`Ctx`] (all that an operation may ask for).

pub mod charge;
pub mod ctx;
pub mod effect;
pub mod fault;
pub mod http;
pub mod log_lines;
pub mod operation;

pub use charge::{Charge, Charged, Level};
pub use ctx::{Accounts, Ctx, Facts, Principal, RoleCredentials, Signature};
pub use effect::{ApiCall, BusEvent, HostWork, HttpCall, Ticket};
pub use fault::Fault;
pub use log_lines::LogLines;
pub use operation::{Access, Depth, Operation, Outcome};

use cloudarium_env::{BlobRef, Timestamp};
use cloudarium_shape::Value;

/// A simulated service: a state, and a table of operations on it.
pub trait Service {
    /// The model's name, as botocore's folder says: `s3`, `stepfunctions`.
    fn name(&self) -> &'static str;

    /// What it simulates, for the coverage page and the journal (which need not wait for reads).
    fn operations(&self) -> Vec<OperationInfo>;

    /// Runs one operation whose input fits the model. An operation that is not in the table
    /// answers [`Fault::not_implemented`].
    fn call(&mut self, cx: &mut Ctx<'_>, operation: &str, input: Value) -> Result<Outcome, Fault>;

    /// A timer that this service set is due.
    fn timer(&mut self, _cx: &mut Ctx<'_>, _payload: Value) {}

    /// Something happened in another service.
    fn notice(&mut self, _cx: &mut Ctx<'_>, _event: &BusEvent) {}

    /// Work that this service asked the host for has ended.
    fn work_done(&mut self, _cx: &mut Ctx<'_>, _ticket: Ticket, _result: Value) {}

    /// A call that this service made by [`ctx::Host::call`] was answered.
    fn call_done(&mut self, _cx: &mut Ctx<'_>, _ticket: Ticket, _result: Result<Value, Fault>) {}

    /// Answers what AWS's services tell each other alone ([`ctx::Host::ask`]): by no API, neither listed nor billed.
    fn internal(
        &mut self,
        _cx: &mut Ctx<'_>,
        operation: &str,
        _input: &Value,
    ) -> Result<Value, Fault> {
        Err(Fault::not_implemented(&format!("{}:{operation}", self.name())))
    }

    /// The headers by which a browser lets a page of another origin have the answer to `ask`.
    fn cross_origin(&self, _ask: &CrossOrigin<'_>) -> Vec<(String, String)> {
        Vec::new()
    }

    /// A request that waits here under this ticket is to be answered with what there is ([`ctx::Host::hurry`]). The
    /// ticket of another service's request is none of this one's.
    fn hurry(&mut self, _cx: &mut Ctx<'_>, _ticket: Ticket) {}

    /// A read-only picture for the console: neither logged nor billed. `None`: no such view.
    fn view(&self, _cx: &mut Ctx<'_>, _name: &str, _params: &Value) -> Option<Value> {
        None
    }

    /// Does something of ours that AWS has no operation for, for the console: an input like any other,
    /// and so in the journal, but no call of anybody's: neither listed nor billed.
    fn extra(&mut self, _cx: &mut Ctx<'_>, name: &str, _params: &Value) -> Result<Value, Fault> {
        Err(Fault::not_implemented(&format!("the action {name} of {}", self.name())))
    }

    /// The whole state as canonical bytes: equal states give equal bytes.
    fn save(&self) -> Vec<u8>;

    /// Replaces the state by what [`Service::save`] gave.
    fn load(&mut self, saved: &[u8]) -> Result<(), String>;

    /// Names every body that the state holds on to: what the journal must keep. A body that is not
    /// named here is gone after the next compaction.
    fn blobs(&self, visit: &mut dyn FnMut(&BlobRef));

    /// A copy that shares memory with this one (persistent maps): what time travel holds on to.
    fn fork(&self) -> Box<dyn Service>;

    /// What a call counts as on the bill.
    fn charges(&self, _call: &Charged<'_>) -> Vec<Charge> {
        Vec::new()
    }

    /// Tells what lies stored and is paid by time. The same Region and usage type may come several
    /// times.
    fn stored(&self, _tell: &mut dyn FnMut(Level<'_>)) {}

    /// Tells what has come to be owed by `now` and is on no bill yet, since what it is for has not ended: by Region.
    fn owed(&self, _now: Timestamp, _tell: &mut dyn FnMut(&str, Charge)) {}

    /// The resources that differ from `before`, this service at an earlier moment; those of both
    /// that share memory are not looked at.
    fn changes_since(&self, _before: &dyn Service) -> Vec<Changed> {
        Vec::new()
    }

    /// For [`Service::changes_since`], which must know its own kind.
    fn as_any(&self) -> &dyn std::any::Any;
}

/// A request that a page of another origin makes.
#[derive(Debug, Clone, Copy)]
pub struct CrossOrigin<'a> {
    /// What it is for: a bucket.
    pub resource: &'a str,
    /// `Origin`
    pub origin: &'a str,
    /// `Access-Control-Request-Method`, or else the request's own method.
    pub method: &'a str,
    /// `Access-Control-Request-Headers`
    pub headers: Option<&'a str>,
}

/// A resource that differs between two moments, as pictures that the console could show.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Its names from the outside in: the bucket, the key.
    pub path: Vec<String>,
    /// What it was; `None` if it was not there.
    pub before: Option<Value>,
    /// What it is; `None` if it is gone.
    pub after: Option<Value>,
}

/// One simulated operation, as the coverage page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationInfo {
    /// AWS's name: `PutObject`.
    pub name: &'static str,
    /// Whether it changes state.
    pub access: Access,
    /// How far its effect goes.
    pub depth: Depth,
    /// The input members that are simulated, by AWS's names.
    pub members: Vec<&'static str>,
}
