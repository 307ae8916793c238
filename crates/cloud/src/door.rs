//! What comes in by the door, and what goes out.

use cloudarium_env::Timestamp;
use cloudarium_service::{HostWork, Ticket};
use cloudarium_shape::Value;
use cloudarium_wire::http::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};

use crate::plain;

/// An HTTP request at the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The host's own number for it; comes back in [`Effect::Respond`].
    pub id: u64,
    /// Virtual time; the cloud first advances to it (an instant already past counts as now).
    pub at: Timestamp,
    /// The clock by which the client signed: the wall clock natively, virtual time in the tab.
    pub wall: Timestamp,
    /// Who calls.
    pub caller: Caller,
    /// The request.
    pub http: HttpRequest,
}

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Caller {
    /// A client with credentials of its own: the request's signature says who. The header
    /// `x-cloudarium-source: main.py:6` may tell where the call stands.
    Client,
    /// The host vouches for it; the request is not signed.
    Trusted {
        /// On whose behalf.
        kind: CallerKind,
        /// In which account: twelve digits.
        account: String,
    },
    /// A service that acts with a role; the request is not signed.
    Role {
        /// On whose behalf.
        kind: CallerKind,
        /// `arn:aws:iam::123456789012:role/machine`
        role_arn: String,
        /// The name of the session.
        session: String,
    },
    /// A service that asks as anybody could: the request itself says who, if it says so.
    Stranger {
        /// On whose behalf.
        kind: CallerKind,
    },
}

impl Caller {
    /// Whether only the request itself says who asks.
    pub fn is_unvouched(&self) -> bool {
        matches!(self, Self::Client | Self::Stranger { .. })
    }
}

/// On whose behalf a call is made, as the list of calls shows it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum CallerKind {
    /// The learner's own script or command line.
    #[default]
    Learner,
    /// A click in the console.
    Console,
    /// A Lambda function's code.
    Function,
    /// A state machine's execution.
    Execution,
    /// A Glue job.
    Job,
    /// A lesson's set-up.
    Lesson,
    /// A lesson's check.
    Check,
    /// A service on its own behalf: what a bucket tells, where a rule's events go.
    Service,
}

/// Something of ours that AWS has no operation for: what the console's debugger asks of Step
/// Functions. An input like a request, but no call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// The service's model: `stepfunctions`.
    pub service: String,
    /// The Region.
    pub region: String,
    /// What is to be done, as the service names it.
    pub name: String,
    /// With what.
    #[serde(with = "plain")]
    pub params: Value,
    /// Virtual time; the cloud first advances to it.
    pub at: Timestamp,
}

/// What the host is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Answer the request with this number.
    Respond {
        /// [`Request::id`].
        id: u64,
        /// The answer.
        response: HttpResponse,
    },
    /// Do this, and come back with [`Event::WorkDone`].
    Work {
        /// Names the work.
        ticket: Ticket,
        /// What to do.
        work: HostWork,
    },
}

/// What the host tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Work has ended.
    WorkDone {
        /// The ticket of [`Effect::Work`].
        ticket: Ticket,
        /// How it ended.
        result: Value,
    },
}
