//! What an operation may ask for while it runs.

use std::collections::BTreeMap;

use cloudarium_env::timers::TimerId;
use cloudarium_env::{Blobs, Rng, Timestamp};
use cloudarium_shape::Value;

use crate::{ApiCall, BusEvent, Charge, HostWork, HttpCall, Ticket};

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

/// Services that act on their own behalf: by the role that they act with, their name, and what the ARNs begin with of
/// what they act for. A session of such a role is named after that.
const SERVICES: [(&str, &str, &str); 2] = [
    ("AWSServiceRoleForAmazonS3", "s3.amazonaws.com", "arn:aws:s3:::"),
    ("AWSServiceRoleForAmazonEventBridge", "events.amazonaws.com", "arn:aws:events:"),
];

impl Principal {
    /// Nobody: the request is not signed.
    pub fn anonymous() -> Self {
        Self {
            account: String::new(),
            arn: String::new(),
            user_id: String::new(),
            access_key_id: String::new(),
        }
    }

    /// The service that this is, where one acts on its own behalf, and the ARN of what it acts for.
    pub fn service(&self) -> Option<(&'static str, String)> {
        if !self.access_key_id.is_empty() {
            return None;
        }
        let (_, session) = self.arn.split_once(":assumed-role/")?;
        let (role, of) = session.split_once('/')?;
        let (_, name, begin) = SERVICES.iter().find(|(known, ..)| *known == role)?;
        Some((name, format!("{begin}{of}")))
    }

    /// Whether the request is not signed.
    pub fn is_anonymous(&self) -> bool {
        self.account.is_empty()
    }
}

/// What the cloud was started with that services must know of its accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Whether S3 does what AWS has taken back since March 2023: ACLs are on in new buckets and
    /// nothing is blocked, and answers name owners.
    pub s3_legacy: bool,
    /// What each account is called: its first user's name.
    pub names: BTreeMap<String, String>,
}

/// How a request came: what policies ask beyond who asks for what. Outside of requests (timers,
/// events, views) all is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The address it came from.
    pub source_ip: Option<String>,
    /// Whether it was encrypted on its way.
    pub secure_transport: bool,
    /// The header `User-Agent`.
    pub user_agent: Option<String>,
    /// The header `Referer`.
    pub referer: Option<String>,
    /// How it was signed; `None` if it was not, or if the host vouches for it.
    pub signature: Option<Signature>,
    /// The header `x-amz-content-sha256`.
    pub content_sha256: Option<String>,
    /// Whether it stands: see [`Host::stand`].
    pub standing: bool,
}

/// How a request was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `AWS4-HMAC-SHA256`, or `AWS` for version 2.
    pub version: &'static str,
    /// Where it travels: `REST-HEADER`, `REST-QUERY-STRING` or `POST`.
    pub carrier: &'static str,
    /// How long ago it was made; `None` where it does not tell.
    pub age_ms: Option<i64>,
}

/// One request (or timer, or event) at one frozen moment of virtual time.
pub struct Ctx<'a> {
    /// The moment. It does not move while a request runs.
    pub now: Timestamp,
    /// `us-east-1`: where the request was sent.
    pub region: &'a str,
    /// Who asks.
    pub caller: &'a Principal,
    /// How it came.
    pub facts: &'a Facts,
    /// `x-amz-request-id` of the answer.
    pub request_id: &'a str,
    /// How this cloud's accounts differ from new ones of today.
    pub accounts: &'a Accounts,
    /// This service's own stream of randomness.
    pub rng: &'a mut Rng,
    /// Where bodies are kept.
    pub blobs: &'a mut dyn Blobs,
    /// The cloud, for all that outlives the request.
    pub host: &'a mut dyn Host,
}

impl Ctx<'_> {
    /// The global condition keys of policies that tell of the request; what is not known of it is absent.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    pub fn global_conditions(&self) -> impl Iterator<Item = (&'static str, String)> {
        let facts = self.facts;
        let all = [
            ("aws:CurrentTime", Some(self.now.iso_s())),
            ("aws:EpochTime", Some(self.now.as_epoch_s().0.to_string())),
            ("aws:RequestedRegion", Some(self.region.to_owned())),
            ("aws:SecureTransport", Some(facts.secure_transport.to_string())),
            ("aws:SourceIp", facts.source_ip.clone()),
            ("aws:UserAgent", facts.user_agent.clone()),
            ("aws:Referer", facts.referer.clone()),
        ];
        all.into_iter().filter_map(|(key, value)| Some((key, value?)))
    }
}

/// Temporary credentials: a client that signs with them acts with the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleCredentials {
    /// `ASIA...`
    pub access_key_id: String,
    /// The secret half of the key.
    pub secret_access_key: String,
    /// Goes with every request.
    pub session_token: String,
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
    /// [`Host::call`] for one that would be made again at once whenever it was answered with nothing, for ever: a
    /// poller's. Who is asked may leave it waiting until there is something, as one call; what the calls in between
    /// cost is owed ([`crate::Service::owed`]).
    fn stand(&mut self, call: ApiCall) -> Ticket {
        self.call(call)
    }
    /// Asks another service for what AWS's services tell each other alone, by no API that anybody else could call
    /// ([`crate::Service::internal`]): neither listed nor billed. Its answer comes as that of [`Host::call`].
    fn ask(&mut self, call: ApiCall) -> Ticket;
    /// Sends a request to an address. Its answer comes to [`crate::Service::call_done`] with the members `StatusCode`,
    /// `StatusText` (`Not Found`), `Headers` (names and values) and `Body`, or with a fault of the code [`crate::effect::UNREACHABLE`].
    fn fetch(&mut self, call: HttpCall) -> Ticket;
    /// A call of this service's that stands is to be answered now with what there is.
    fn hurry(&mut self, _ticket: Ticket) {}
    /// Leaves the request that is running unanswered until [`Host::answer`] is called with the
    /// ticket. The operation then returns [`crate::Outcome::Parked`].
    fn park(&mut self) -> Ticket;
    /// Answers a parked request.
    fn answer(&mut self, ticket: Ticket, result: Result<Value, crate::Fault>);
    /// Temporary credentials of a role, for code that makes calls of its own. The same role and
    /// session get others each time.
    fn role_credentials(&mut self, role_arn: &str, session: &str) -> RoleCredentials;
    /// Puts something on the bill that no answered call tells ([`crate::Service::charges`]): what
    /// a function took, what arrived at a log.
    fn charge(&mut self, charge: Charge);
}
