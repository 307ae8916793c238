//! A function's configuration: what a request says, how it is checked, and how AWS shows it.

use std::collections::BTreeMap;

use cloudarium_env::{Rng, Timestamp};
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::error::Error;
use crate::limits::{
    EPHEMERAL_MB_MAX, LAYERS_MAX, MEMORY_MB_MAX, TIMEOUT_S_MAX, UNZIPPED_BYTES_MAX,
    VARIABLES_BYTES_MAX,
};
use crate::model::{Code, Function, Key, Logging, RuntimeUpdates, State, Version};
use crate::name::{function_arn, qualified};
use crate::{layer, runtime};

/// What `CreateFunction` and `UpdateFunctionConfiguration` both say.
#[derive(Debug, Default)]
pub struct Settings {
    /// `python3.13`
    pub runtime: Option<String>,
    /// The role's ARN.
    pub role: Option<String>,
    /// `module.function`
    pub handler: Option<String>,
    /// What its owner says about it.
    pub description: Option<String>,
    /// In seconds.
    pub timeout: Option<i64>,
    /// In MB.
    pub memory_size: Option<i64>,
    /// Environment variables.
    pub environment: Option<Environment>,
    /// ARNs of layer versions.
    pub layers: Option<Vec<String>>,
    /// Where failed events go.
    pub dead_letter_config: Option<DeadLetterConfig>,
    /// Whether traces are kept: stored, and without effect.
    pub tracing_config: Option<TracingConfig>,
    /// Size of `/tmp`.
    pub ephemeral_storage: Option<EphemeralStorage>,
    /// Settings of the log.
    pub logging_config: Option<LoggingConfig>,
    /// What must ask for nothing.
    pub absent: Absent,
}

/// Environment variables.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct Environment {
    /// By name.
    pub variables: BTreeMap<String, String>,
}

/// Where failed events go.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct DeadLetterConfig {
    target_arn: Option<String>,
}

/// Whether traces are kept.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct TracingConfig {
    mode: Option<String>,
}

/// Size of `/tmp`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct EphemeralStorage {
    size: i64,
}

/// Settings of the log.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct LoggingConfig {
    log_format: Option<String>,
    application_log_level: Option<String>,
    system_log_level: Option<String>,
    log_group: Option<String>,
}

/// How AWS shows a function.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct FunctionConfiguration {
    function_name: String,
    function_arn: String,
    runtime: String,
    role: String,
    handler: String,
    code_size: u64,
    description: String,
    timeout: u32,
    memory_size: u32,
    last_modified: String,
    code_sha256: String,
    version: String,
    environment: Option<Environment>,
    dead_letter_config: Option<DeadLetterConfig>,
    tracing_config: TracingConfig,
    revision_id: String,
    layers: Option<Vec<LayerRow>>,
    state: Option<&'static str>,
    state_reason: Option<&'static str>,
    state_reason_code: Option<&'static str>,
    last_update_status: Option<&'static str>,
    last_update_status_reason: Option<&'static str>,
    last_update_status_reason_code: Option<&'static str>,
    package_type: &'static str,
    architectures: [String; 1],
    ephemeral_storage: EphemeralStorage,
    snap_start: SnapStart,
    runtime_version_config: Option<RuntimeVersionConfig>,
    logging_config: LoggingConfig,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct RuntimeVersionConfig {
    runtime_version_arn: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SnapStart {
    apply_on: &'static str,
    optimization_status: &'static str,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LayerRow {
    arn: String,
    code_size: u64,
}

/// A function's version, as AWS shows it. Lists do not tell the state.
pub fn shown(
    lambda: &State,
    (key, version): (&Key, &Version),
    qualifier: Option<&str>,
    now: Option<Timestamp>,
) -> FunctionConfiguration {
    let pending = now.is_some_and(|now| !version.is_active(now));
    let updating = now.is_some_and(|now| version.is_updating(now)) && !pending;
    let layer = |arn: &String| LayerRow {
        arn: arn.clone(),
        code_size: layer(lambda, arn).map_or(0, |code| code.blob.length),
    };
    FunctionConfiguration {
        function_name: key.name.clone(),
        function_arn: qualified(key, qualifier),
        runtime: version.runtime.clone(),
        role: version.role.clone(),
        handler: version.handler.clone(),
        code_size: version.code.blob.length,
        description: version.description.clone(),
        timeout: version.timeout_s,
        memory_size: version.memory_mb,
        last_modified: version.modified.iso_ms().replace('Z', "+0000"),
        code_sha256: version.code.sha256.clone(),
        version: version.version.clone(),
        environment: Some(Environment { variables: version.variables.clone() })
            .filter(|it| !it.variables.is_empty()),
        dead_letter_config: version
            .dead_letter
            .clone()
            .map(|arn| DeadLetterConfig { target_arn: Some(arn) }),
        tracing_config: TracingConfig { mode: Some(version.tracing.clone()) },
        revision_id: version.revision_id.clone(),
        layers: Some(version.layers.iter().map(layer).collect())
            .filter(|all: &Vec<_>| !all.is_empty()),
        state: now.map(|_| if pending { "Pending" } else { "Active" }),
        state_reason: pending.then_some("The function is being created."),
        state_reason_code: pending.then_some("Creating"),
        // A function that is being created has not been updated yet.
        last_update_status: now
            .filter(|_| !pending)
            .map(|_| if updating { "InProgress" } else { "Successful" }),
        last_update_status_reason: updating.then_some("The function is being created."),
        last_update_status_reason_code: updating.then_some("Creating"),
        package_type: "Zip",
        architectures: [version.architecture.clone()],
        ephemeral_storage: EphemeralStorage { size: i64::from(version.ephemeral_mb) },
        snap_start: SnapStart { apply_on: "None", optimization_status: "Off" },
        runtime_version_config: now.map(|_| RuntimeVersionConfig {
            runtime_version_arn: runtime::version(&version.runtime, &key.region).1,
        }),
        logging_config: LoggingConfig {
            log_format: Some(version.logging.format.clone()),
            application_log_level: version.logging.application_level.clone(),
            system_log_level: version.logging.system_level.clone(),
            log_group: Some(version.logging.group.clone()),
        },
    }
}

/// The code of a layer version that some function has, by its ARN. It may have been deleted since.
pub fn layer<'a>(lambda: &'a State, arn: &str) -> Option<&'a Code> {
    let (key, version) = layer::named(arn)?;
    let layer = lambda.layers.get(&key)?;
    let found = layer.versions.get(&version).or_else(|| layer.deleted.get(&version));
    found.map(|version| &version.code)
}

/// A new function's first version.
pub fn first(
    cx: &mut Ctx<'_>,
    name: &str,
    role: String,
    (code, architecture): (Code, String),
) -> Version {
    Version {
        version: crate::model::LATEST.to_owned(),
        runtime: String::new(),
        role,
        handler: String::new(),
        description: String::new(),
        timeout_s: 3,
        memory_mb: 128,
        ephemeral_mb: 512,
        variables: BTreeMap::new(),
        layers: Vec::new(),
        architecture,
        dead_letter: None,
        tracing: "PassThrough".to_owned(),
        logging: Logging {
            format: "Text".to_owned(),
            application_level: None,
            system_level: None,
            group: format!("/aws/lambda/{name}"),
        },
        code,
        modified: cx.now,
        revision_id: cx.rng.uuid(),
        active_at: cx.now,
        updated_at: cx.now,
        runtime_updates: RuntimeUpdates::Auto,
    }
}

/// Checks settings and writes them into a version, which is changed only if all are right.
pub fn apply(
    lambda: &State,
    cx: &Ctx<'_>,
    version: &Version,
    settings: Settings,
) -> Result<Version, Error> {
    settings.absent.check()?;
    let mut new = version.clone();
    if let Some(runtime) = settings.runtime {
        runtime::check(&runtime)?;
        new.runtime = runtime;
    }
    new.role = settings.role.unwrap_or(new.role);
    new.handler = settings.handler.unwrap_or(new.handler);
    new.description = settings.description.unwrap_or(new.description);
    if let Some(timeout) = settings.timeout {
        new.timeout_s = bounded(timeout, "Timeout", TIMEOUT_S_MAX)?;
    }
    if let Some(memory) = settings.memory_size {
        new.memory_mb = bounded(memory, "MemorySize", MEMORY_MB_MAX)?;
    }
    if let Some(storage) = settings.ephemeral_storage {
        new.ephemeral_mb = bounded(storage.size, "EphemeralStorage", EPHEMERAL_MB_MAX)?;
    }
    if let Some(environment) = settings.environment {
        check_variables(&environment.variables)?;
        new.variables = environment.variables;
    }
    if let Some(layers) = settings.layers {
        check_layers(lambda, cx, &layers, version.code.unzipped_bytes)?;
        new.layers = layers;
    }
    if let Some(dead_letter) = settings.dead_letter_config {
        new.dead_letter = dead_letter.target_arn.filter(|arn| !arn.is_empty());
        check_dead_letter(new.dead_letter.as_deref())?;
    }
    new.tracing = settings.tracing_config.and_then(|config| config.mode).unwrap_or(new.tracing);
    if let Some(logging) = settings.logging_config {
        new.logging = checked_logging(logging, new.logging)?;
    }
    Ok(new)
}

/// The model lets larger numbers through than a function may have.
fn bounded(value: i64, member: &str, most: i64) -> Result<u32, Error> {
    if value > most {
        // The service framework's words, with Lambda's own bound.
        return Err(Error::parameter(format!(
            "'{member}' value failed to satisfy constraint: Member must have value less than or \
             equal to {most}"
        )));
    }
    Ok(u32::try_from(value).unwrap_or(0))
}

/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
const RESERVED: [&str; 19] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
    "AWS_LAMBDA_METADATA_API",
];

fn check_variables(variables: &BTreeMap<String, String>) -> Result<(), Error> {
    const UNABLE: &str = "Lambda was unable to configure your environment variables because the \
                          environment variables you have provided";
    let reserved: Vec<&str> =
        variables.keys().map(String::as_str).filter(|key| RESERVED.contains(key)).collect();
    if !reserved.is_empty() {
        return Err(Error::parameter(format!(
            "{UNABLE} contains reserved keys that are currently not supported for modification. \
             Reserved keys used in this request: {}",
            reserved.join(", ")
        )));
    }
    let measured = serde_json::to_string(variables).unwrap_or_default();
    if measured.len() > VARIABLES_BYTES_MAX {
        return Err(Error::parameter(format!(
            "{UNABLE} exceeded the 4KB limit. String measured: {measured}"
        )));
    }
    Ok(())
}

fn check_layers(
    lambda: &State,
    cx: &Ctx<'_>,
    layers: &[String],
    code_bytes: u64,
) -> Result<(), Error> {
    if layers.len() > LAYERS_MAX {
        return Err(Error::parameter(format!("Cannot reference more than {LAYERS_MAX} layers.")));
    }
    let mut bytes = code_bytes;
    let mut names = Vec::new();
    for arn in layers {
        let Some(code) = layer::offered(lambda, cx, arn)? else {
            return Err(Error::parameter(format!("Layer version {arn} does not exist.")));
        };
        bytes = bytes.saturating_add(code.unzipped_bytes);
        let name = arn.rsplit_once(':').map(|(name, _)| name);
        if names.contains(&name) {
            return Err(Error::parameter(format!(
                "Two different versions of the same layer are not allowed to be referenced in \
                 the same function. {arn}"
            )));
        }
        names.push(name);
    }
    if bytes >= UNZIPPED_BYTES_MAX {
        return Err(Error::parameter(format!(
            "Function code combined with layers exceeds the maximum allowed size of \
             {UNZIPPED_BYTES_MAX} bytes. The actual size is {bytes} bytes."
        )));
    }
    Ok(())
}

/// "An Amazon SQS queue or Amazon SNS topic".
/// <https://docs.aws.amazon.com/lambda/latest/api/API_DeadLetterConfig.html>
fn check_dead_letter(arn: Option<&str>) -> Result<(), Error> {
    let Some(text) = arn else { return Ok(()) };
    let service = cloudarium_env::place::Arn::parse(text).map(|arn| arn.service);
    if matches!(service, Some("sqs" | "sns")) {
        return Ok(());
    }
    Err(Error::parameter(
        "Invalid dead letter queue ARN: The service specified by the TargetArn is not supported for dead letter \
         configuration.",
    ))
}

fn checked_logging(new: LoggingConfig, old: Logging) -> Result<Logging, Error> {
    let format = new.log_format.unwrap_or(old.format);
    let json = format == "JSON";
    if !json && (new.application_log_level.is_some() || new.system_log_level.is_some()) {
        // guess: the documentation says that levels need JSON, and no words.
        return Err(Error::parameter(
            "ApplicationLogLevel and SystemLogLevel can only be set when LogFormat is JSON",
        ));
    }
    let level = |new: Option<String>, old: Option<String>| {
        json.then(|| new.or(old).unwrap_or_else(|| "INFO".to_owned()))
    };
    Ok(Logging {
        application_level: level(new.application_log_level, old.application_level),
        system_level: level(new.system_log_level, old.system_level),
        group: new.log_group.unwrap_or(old.group),
        format,
    })
}

/// A new revision, at this moment.
pub fn touch(version: &mut Version, rng: &mut Rng, now: Timestamp) {
    version.modified = now;
    version.revision_id = rng.uuid();
}

/// Whether the revision that a request expects is the latest.
pub fn check_revision(sent: Option<&str>, current: &str) -> Result<(), Error> {
    match sent {
        Some(sent) if sent != current => Err(Error::Precondition(
            "The Revision Id provided does not match the latest Revision Id. Call the \
             GetFunction/GetAlias API to retrieve the latest Revision Id"
                .to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Whether a function can be changed now.
pub fn check_changeable(key: &Key, function: &Function, now: Timestamp) -> Result<(), Error> {
    if !function.latest.is_active(now) {
        return Err(pending());
    }
    if function.latest.is_updating(now) {
        return Err(Error::Conflict(format!(
            "The operation cannot be performed at this time. An update is in progress for \
             resource: {}",
            function_arn(key)
        )));
    }
    Ok(())
}

/// A function that is not yet active.
pub fn pending() -> Error {
    Error::Conflict(
        "The operation cannot be performed at this time. The function is currently in the \
         following state: Pending"
            .to_owned(),
    )
}
