//! What an operation may ask for while it runs.

use cloudarium_env::timers::TimerId;
use cloudarium_env::{Blobs, Rng, Timestamp};
use cloudarium_shape::Value;

use crate::{ApiCall, BusEvent, Charge, HostWork, Ticket};

/// Who makes a request: the account and identity that its credentials stand for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Principal {
    /// Twelve digits.
    pub account: String,
    /// `arn:aws:iam::123456789012:user/learner`; empty when anonymous.
    pub arn: String,
    /// `AIDA...`, the id that `GetCallerIdentity` shows.
    pub user_id: String,
    /// The access key id that signed; empty when anonymous.
    pub access_key_id: String,
}

/// One request (or timer, or event) at one frozen moment of virtual time.
pub struct Ctx<'a> {
    /// The moment. It does not move while a request runs.
    pub now: Timestamp,
    /// `us-east-1`: where the request was sent.
    pub region: &'a str,
    /// Who asks.
    pub caller: &'a Principal,
    /// `x-amz-request-id` of the answer.
    pub request_id: &'a str,
    /// This service's own stream of randomness.
    pub rng: &'a mut Rng,
    /// Where bodies are kept.
    pub blobs: &'a mut dyn Blobs,
    /// The cloud, for all that outlives the request.
    pub host: &'a mut dyn Host,
}

/// What the cloud does for a service beyond the answer.
pub trait Host {
    /// Puts an event on the bus: delivered to every service after this request.
    fn emit(&mut self, event: BusEvent);
    /// Has [`crate::Service::timer`] called at `due` with `payload`.
    fn set_timer(&mut self, due: Timestamp, payload: Value) -> TimerId;
    /// Unsets a timer.
    fn cancel_timer(&mut self, id: TimerId);
    /// Asks the host outside (a worker, a process) for work; its end comes to
    /// [`crate::Service::work_done`].
    fn start_work(&mut self, work: HostWork) -> Ticket;
    /// Calls an API, of this service or another, with a role. It is made after what runs now; its
    /// answer comes to [`crate::Service::call_done`], at once or, if it waits, when it is given.
    fn call(&mut self, call: ApiCall) -> Ticket;
    /// Leaves the request that is running unanswered until [`Host::answer`] is called with the
    /// ticket. The operation then returns [`crate::Outcome::Parked`].
    fn park(&mut self) -> Ticket;
    /// Answers a parked request.
    fn answer(&mut self, ticket: Ticket, result: Result<Value, crate::Fault>);
    /// Puts something on the bill that no answered call tells ([`crate::Service::charges`]): what
    /// a function took, what arrived at a log.
    fn charge(&mut self, charge: Charge);
}
