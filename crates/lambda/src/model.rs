//! What Lambda keeps: plain data. Maps are persistent, and what they hold is shared, so that a copy of it all is cheap and
//! holding two that differ little, too.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::{BlobRef, Timestamp};
use cloudarium_service::Ticket;
use cloudarium_shape::Value;
use imbl::OrdMap;
use serde::{Deserialize, Serialize};

/// All that Lambda keeps.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// By place and name.
    pub functions: OrdMap<Key, Rc<Function>>,
    /// By place and name.
    pub layers: OrdMap<Key, Layer>,
    /// Execution environments that live, by number.
    pub environments: OrdMap<u64, Rc<Environment>>,
    /// The number of the next environment.
    pub next_environment: u64,
    /// Invocations that run at the host.
    pub running: OrdMap<Ticket, Rc<Running>>,
    /// Events that were accepted and have not ended, by number.
    pub events: OrdMap<u64, AsyncEvent>,
    /// The number of the next event.
    pub next_event: u64,
    /// Requests that wait for code from S3, by the call that fetches it.
    pub fetches: OrdMap<Ticket, Fetch>,
    /// Event source mappings, by UUID.
    #[serde(default)]
    pub mappings: OrdMap<String, Mapping>,
    /// Calls to queues that have no answer yet.
    #[serde(default)]
    pub calls: OrdMap<Ticket, Call>,
    /// Batches that run, or wait for room, by number.
    #[serde(default)]
    pub batches: OrdMap<u64, Batch>,
    /// The number of the next of them.
    #[serde(default)]
    pub next_batch: u64,
    /// Environments that are there because they were asked for, by number.
    #[serde(default)]
    pub allotted: OrdMap<u64, Allotted>,
    /// Starts of such environments that run at the host, and the environment of each.
    #[serde(default)]
    pub starting: OrdMap<Ticket, u64>,
    /// Why environments that a function and a qualifier ask for could not be started.
    #[serde(default)]
    pub refused: OrdMap<(Key, String), String>,
}

/// An environment of provisioned concurrency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotted {
    /// Whose.
    pub function: Key,
    /// The version or alias that it was asked for.
    pub qualifier: String,
    /// Whether it has started.
    pub ready: bool,
}

/// An event source mapping: a queue whose messages are brought to a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// Its name.
    pub uuid: String,
    /// The queue.
    pub queue_arn: String,
    /// The function.
    pub function: Key,
    /// Its version or alias, if one is named.
    pub qualifier: Option<String>,
    /// Records in a batch, at most.
    pub batch_size: u32,
    /// Seconds in which records are gathered.
    pub window_s: u32,
    /// Patterns, one of which a record must fit, if there are any.
    pub filters: Vec<String>,
    /// Whether the function says which records failed.
    pub reports_failures: bool,
    /// Batches at a time.
    pub max_concurrency: Option<u32>,
    /// Whether it is to run.
    pub enabled: bool,
    /// How it stands.
    pub state: MappingState,
    /// When it was changed.
    pub modified: Timestamp,
    /// For how long the queue hides what was received.
    pub visibility_s: u32,
    /// The poll that has no answer yet.
    pub poll: Option<Ticket>,
    /// Whether it waits before it polls again.
    pub waits: bool,
    /// Batches that run, or wait for room.
    pub running: u32,
    /// What was received and is not in a batch yet.
    pub gathered: Vec<Gathered>,
    /// When gathering ends.
    pub window_at: Option<Timestamp>,
    /// By key.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

/// How a mapping stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "AWS's names")]
pub enum MappingState {
    Creating,
    Enabling,
    Enabled,
    Disabling,
    Disabled,
    Updating,
    Deleting,
}

impl MappingState {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Creating => "Creating",
            Self::Enabling => "Enabling",
            Self::Enabled => "Enabled",
            Self::Disabling => "Disabling",
            Self::Disabled => "Disabled",
            Self::Updating => "Updating",
            Self::Deleting => "Deleting",
        }
    }
}

/// A record that was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// The message's id.
    pub id: String,
    /// By which it is deleted.
    pub handle: String,
    /// As the function gets it.
    pub json: String,
    /// When it was received.
    pub at: Timestamp,
}

/// Records that a function gets at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Of which mapping.
    pub mapping: String,
    /// Ids and handles of its messages.
    pub messages: Vec<(String, String)>,
    /// The event.
    pub payload: BlobRef,
    /// `aws_request_id`
    pub request_id: String,
    /// When the first of them was received.
    pub received: Timestamp,
    /// How often there was no room for it.
    pub throttled: u32,
}

/// A call to a queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Call {
    /// Whether a mapping can be.
    Ask(Box<Pending>),
    /// The poll of a mapping.
    Receive(String),
}

/// A mapping that is made or changed when its queue has answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// Stands for the answer to who asked for it.
    pub request: Ticket,
    /// What it is to be.
    pub mapping: Mapping,
    /// Whether it is made.
    pub is_new: bool,
    /// Seconds that the function may take.
    pub timeout_s: u32,
}

/// Where something is, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// Twelve digits.
    pub account: String,
    /// The Region.
    pub region: String,
    /// The name.
    pub name: String,
}

/// A function with all its versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// `$LATEST`.
    pub latest: Version,
    /// The published ones.
    pub versions: BTreeMap<u64, Version>,
    /// The number of the next published one: a number is never given twice.
    pub next_version: u64,
    /// By name.
    pub aliases: BTreeMap<String, Alias>,
    /// Who may invoke it: by the qualifier that the statements are for, empty for none.
    pub policies: BTreeMap<String, Policy>,
    /// By key.
    pub tags: BTreeMap<String, String>,
    /// Reserved concurrency.
    pub reserved: Option<u32>,
    /// How asynchronous events are dealt with, by qualifier; `$LATEST` where none is given.
    pub event_configs: BTreeMap<String, EventConfig>,
    /// Environments that wait, by version or alias.
    pub provisioned: BTreeMap<String, Provisioned>,
    /// Addresses, by alias; empty for the function's own.
    pub urls: BTreeMap<String, FunctionUrl>,
    /// Whether loops are let go on: `RecursiveLoop: Allow`.
    pub allows_loops: bool,
    /// When the window of new environments began, and how many began in it.
    pub scaling: (Timestamp, u32),
}

/// Code and configuration at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// `$LATEST` or a number.
    pub version: String,
    /// `python3.13`
    pub runtime: String,
    /// The role's ARN.
    pub role: String,
    /// `module.function`
    pub handler: String,
    /// What its owner says about it.
    pub description: String,
    /// In seconds.
    pub timeout_s: u32,
    /// In MB.
    pub memory_mb: u32,
    /// Size of `/tmp` in MB.
    pub ephemeral_mb: u32,
    /// Environment variables.
    pub variables: BTreeMap<String, String>,
    /// ARNs of layer versions, in the order in which they are unpacked.
    pub layers: Vec<String>,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// Where failed events go: an ARN.
    pub dead_letter: Option<String>,
    /// `PassThrough` or `Active`.
    pub tracing: String,
    /// `Text` or `JSON`, and further settings of the log.
    pub logging: Logging,
    /// The code.
    pub code: Code,
    /// When it was changed.
    pub modified: Timestamp,
    /// Changes with every change.
    pub revision_id: String,
    /// From when on it can be invoked.
    pub active_at: Timestamp,
    /// When the last update has gone through.
    pub updated_at: Timestamp,
    /// When its runtime is updated.
    #[serde(default)]
    pub runtime_updates: RuntimeUpdates,
}

/// When a function's runtime is updated. There is one version of each here, so that it never is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuntimeUpdates {
    /// As soon as AWS rolls it out.
    #[default]
    Auto,
    /// With the function.
    FunctionUpdate,
    /// It stays at this version: its ARN.
    Manual(String),
}

/// Settings of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logging {
    /// `Text` or `JSON`.
    pub format: String,
    /// `INFO`, only with `JSON`.
    pub application_level: Option<String>,
    /// `INFO`, only with `JSON`.
    pub system_level: Option<String>,
    /// `/aws/lambda/NAME`, unless another was chosen.
    pub group: String,
}

/// A deployment package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The zip.
    pub blob: BlobRef,
    /// SHA-256 in base64.
    pub sha256: String,
    /// What it unpacks to.
    pub unzipped_bytes: u64,
}

/// An alias.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// The version that it points to.
    pub version: String,
    /// What its owner says about it.
    pub description: String,
    /// Another version, and the share of invocations that it gets.
    pub weights: BTreeMap<String, f64>,
    /// Changes with every change.
    pub revision_id: String,
}

/// A resource policy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Each a JSON object.
    pub statements: Vec<String>,
    /// Changes with every change.
    pub revision_id: String,
}

/// How asynchronous events are dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventConfig {
    /// When it was changed.
    pub modified: Timestamp,
    /// 0 to 2.
    pub retries: Option<u32>,
    /// How old an event may become.
    pub max_age_s: Option<u32>,
    /// An ARN.
    pub on_success: Option<String>,
    /// An ARN.
    pub on_failure: Option<String>,
}

/// Environments that wait for a version or an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisioned {
    /// How many.
    pub requested: u32,
    /// Since when they are asked for.
    pub since: Timestamp,
}

/// An address of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionUrl {
    /// `https://...lambda-url.us-east-1.on.aws/`
    pub url: String,
    /// `NONE` or `AWS_IAM`.
    pub auth_type: String,
    /// What pages from elsewhere may do.
    pub cors: Option<Cors>,
    /// `BUFFERED` or `RESPONSE_STREAM`.
    pub invoke_mode: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed.
    pub modified: Timestamp,
}

/// What pages from elsewhere may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct Cors {
    /// Whether they may send cookies.
    pub allow_credentials: Option<bool>,
    /// Headers that they may send.
    pub allow_headers: Option<Vec<String>>,
    /// Methods that they may use, `*` for all.
    pub allow_methods: Option<Vec<String>>,
    /// Where they may come from, `*` for everywhere.
    pub allow_origins: Option<Vec<String>>,
    /// Headers of the answer that they may read.
    pub expose_headers: Option<Vec<String>>,
    /// For how many seconds browsers may keep the answer to a preflight.
    pub max_age: Option<u32>,
}

/// A layer with all its versions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// The number of the next: a number is never given twice.
    pub next_version: u64,
    /// By number.
    pub versions: BTreeMap<u64, LayerVersion>,
    /// Versions that were deleted while functions had them, by number: those functions keep them.
    #[serde(default)]
    pub deleted: BTreeMap<u64, LayerVersion>,
}

/// One version of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerVersion {
    /// The zip.
    pub code: Code,
    /// What its owner says about it.
    pub description: String,
    /// When it was made.
    pub created: Timestamp,
    /// `python3.13`, ...
    pub runtimes: Vec<String>,
    /// `x86_64`, ...
    pub architectures: Vec<String>,
    /// `MIT`
    pub license: Option<String>,
    /// Which other accounts may use it.
    #[serde(default)]
    pub policy: Policy,
}

/// An execution environment: made cold, kept warm, one invocation at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// Whose.
    pub function: Key,
    /// `$LATEST` or a number.
    pub version: String,
    /// [`Version::revision_id`]: after a change, an environment is used no more.
    pub revision_id: String,
    /// Its log stream.
    pub stream: String,
    /// When it was made.
    pub created: Timestamp,
    /// Since when it waits; `None` while it runs.
    pub idle_since: Option<Timestamp>,
    /// How many invocations it has had.
    pub invocations: u64,
    /// What the code in it signs with: the same as long as it lives.
    pub credentials: Credentials,
}

/// Temporary credentials of a function's role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// `ASIA...`
    pub access_key_id: String,
    /// The secret half of the key.
    pub secret_access_key: String,
    /// Goes with every request.
    pub session_token: String,
}

/// An invocation that runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Running {
    /// Where.
    pub environment: u64,
    /// What.
    pub invocation: Invocation,
    /// When it began.
    pub started: Timestamp,
    /// Whether the environment was made for it.
    pub cold: bool,
}

/// An invocation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invocation {
    /// Of which function.
    pub function: Key,
    /// The version that runs.
    pub version: String,
    /// As it was named: the ARN with the alias, if there was one.
    pub invoked_arn: String,
    /// `aws_request_id`
    pub request_id: String,
    /// The event.
    pub payload: BlobRef,
    /// As the client sent it, in base64.
    pub client_context: Option<String>,
    /// Whom the end is told to.
    pub origin: InvocationOrigin,
    /// The functions whose code led here, the nearest last.
    pub chain: Vec<String>,
}

/// Whom the end of an invocation is told to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvocationOrigin {
    /// A request that waits, and whether it wants the end of the log.
    Request(Ticket, bool),
    /// An accepted event.
    Event(u64),
    /// A request that waits for a stream of events, and whether it wants the end of the log.
    Stream(Ticket, bool),
    /// A request to the function's address, and the headers that its settings add to the answer.
    Url(Ticket, Vec<(String, String)>),
    /// A batch of an event source mapping.
    Batch(u64),
    /// As [`InvocationOrigin::Url`], of an address whose answers are streamed.
    UrlStream(Ticket, Vec<(String, String)>),
}

/// An event that was accepted, and is tried until it succeeds or is given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AsyncEvent {
    /// The invocation, with the qualifier that was asked for.
    pub invocation: Invocation,
    /// The qualifier that was asked for.
    pub qualifier: Option<String>,
    /// When it was accepted.
    pub accepted: Timestamp,
    /// How many times the code ran.
    pub attempts: u32,
    /// How many times there was no room for it.
    pub throttled: u32,
}

/// A request that waits for code from S3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fetch {
    /// Stands for its answer.
    pub ticket: Ticket,
    /// `CreateFunction`, `UpdateFunctionCode`, `PublishLayerVersion`.
    pub operation: String,
    /// Its input.
    pub input: Value,
}

impl Version {
    /// Whether it can be invoked yet.
    pub fn is_active(&self, now: Timestamp) -> bool {
        now >= self.active_at
    }

    /// Whether its last update has not gone through yet.
    pub fn is_updating(&self, now: Timestamp) -> bool {
        now < self.updated_at
    }
}

impl Function {
    /// `$LATEST`, or a published version.
    pub fn version(&self, version: &str) -> Option<&Version> {
        if version == LATEST {
            return Some(&self.latest);
        }
        self.versions.get(&version.parse().ok()?)
    }
}

/// The version that can be changed.
pub const LATEST: &str = "$LATEST";
