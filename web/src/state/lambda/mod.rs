//! What the page makes of functions: the numbers in their logs, packages, samples to begin with.

pub mod blueprints;
pub mod draft;
pub mod load;
pub mod log;
pub mod monitor;
pub mod samples;
pub mod triggers;
pub mod zip;

use std::collections::BTreeMap;

use serde::Deserialize;

/// A function, as the list shows it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Listed {
    pub name: String,
    pub description: String,
    pub runtime: String,
    pub memory_mb: u32,
    pub timeout_s: u32,
    pub code_bytes: u64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub modified: f64,
    pub running: usize,
    pub environments: usize,
}

/// All that is set on a function.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Whole {
    pub configuration: Configuration,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub active_at: f64,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub updated_at: f64,
    pub tags: BTreeMap<String, String>,
    pub reserved: Option<u32>,
    pub concurrency: u32,
    pub url: Option<Url>,
    pub policy: Option<String>,
    pub events: Option<Events>,
    pub versions: Vec<Configuration>,
    pub aliases: Vec<Alias>,
    pub provisioned: Vec<Provisioned>,
}

/// A version's configuration, by AWS's names.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Configuration {
    pub function_name: String,
    pub function_arn: String,
    pub runtime: String,
    pub role: String,
    pub handler: String,
    pub description: String,
    pub code_size: u64,
    #[serde(rename = "CodeSha256")]
    pub sha256: String,
    pub timeout: u32,
    pub memory_size: u32,
    pub last_modified: String,
    pub version: String,
    pub environment: Environment,
    pub dead_letter_config: DeadLetter,
    pub logging_config: Logging,
    pub architectures: Vec<String>,
}

/// `Environment`
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Environment {
    pub variables: BTreeMap<String, String>,
}

/// `DeadLetterConfig`
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct DeadLetter {
    pub target_arn: Option<String>,
}

/// `LoggingConfig`
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Logging {
    pub log_group: String,
}

/// A function's address.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Url {
    pub function_url: String,
    pub auth_type: String,
}

/// How asynchronous events are dealt with.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Events {
    pub maximum_retry_attempts: Option<u32>,
    pub maximum_event_age_in_seconds: Option<u32>,
    pub destination_config: Destinations,
}

/// Where the ends of events are told.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Destinations {
    pub on_success: Destination,
    pub on_failure: Destination,
}

/// An ARN, or none.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Destination {
    pub destination: Option<String>,
}

/// An alias.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Alias {
    pub name: String,
    pub function_version: String,
    pub description: String,
    pub routing_config: Routing,
}

/// `RoutingConfig`
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Routing {
    /// The share of the calls, 0 to 1, by version; the rest goes to the alias's own.
    pub additional_version_weights: BTreeMap<String, f64>,
}

/// Environments that wait for a version or an alias.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Provisioned {
    pub function_arn: String,
    #[serde(rename = "RequestedProvisionedConcurrentExecutions")]
    pub requested: u32,
    #[serde(rename = "AllocatedProvisionedConcurrentExecutions")]
    pub allocated: u32,
    pub status: String,
}

/// An execution environment.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Env {
    pub number: u64,
    pub version: String,
    pub stream: String,
    #[serde(deserialize_with = "crate::state::cloud::time")]
    pub created: f64,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub idle_since: Option<f64>,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub gone_at: Option<f64>,
    #[serde(deserialize_with = "crate::state::cloud::maybe_time")]
    pub running_since: Option<f64>,
    pub cold: bool,
    /// The version or alias that it was asked for beforehand.
    pub provisioned: Option<String>,
    pub invocations: u64,
}

impl Whole {
    /// The log group that it writes to.
    pub fn group(&self) -> &str {
        &self.configuration.logging_config.log_group
    }

    /// Whether it cannot be invoked yet: a picture is of the last call's moment, and time has gone on.
    pub fn is_pending(&self, now: f64) -> bool {
        now < self.active_at
    }

    /// Whether it is still being changed.
    pub fn is_updating(&self, now: f64) -> bool {
        now < self.updated_at
    }
}

/// The last part of an ARN: a name to be shown.
pub fn short_arn(arn: &str) -> &str {
    arn.rsplit_once(':').map_or(arn, |(_, name)| name)
}

/// The name of the function that an ARN is of, with or without a qualifier.
pub fn function_of(arn: &str) -> &str {
    arn.split(':').nth(6).unwrap_or(arn)
}

/// The service that an ARN is of.
pub fn service_of(arn: &str) -> &str {
    arn.split(':').nth(2).unwrap_or_default()
}
