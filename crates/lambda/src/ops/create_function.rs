//! `CreateFunction`: makes a function out of a zip, sent or in S3.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html>
//!
//! Differences from AWS: no container images, VPCs, file systems, code signing, snapshots, KMS keys; the role is not
//! looked at, as there is no IAM yet; a function is active after a second.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::absent::{Absent, SnapStart, VpcConfig};
use crate::code::{self, Source};
use crate::config::{self, FunctionConfiguration, Settings, shown};
use crate::error::Error;
use crate::limits::{CREATE_MS, NAME_MAX};
use crate::mapping::poll;
use crate::model::{Function, State};
use crate::name::Target;
use crate::{store, tags};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CreateFunctionInput {
    function_name: String,
    role: String,
    code: Source,
    publish: Option<bool>,
    tags: Option<BTreeMap<String, String>>,
    package_type: Option<String>,
    architectures: Option<Vec<String>>,
    runtime: Option<String>,
    handler: Option<String>,
    description: Option<String>,
    timeout: Option<i64>,
    memory_size: Option<i64>,
    environment: Option<config::Environment>,
    layers: Option<Vec<String>>,
    dead_letter_config: Option<config::DeadLetterConfig>,
    tracing_config: Option<config::TracingConfig>,
    ephemeral_storage: Option<config::EphemeralStorage>,
    logging_config: Option<config::LoggingConfig>,
    vpc_config: Option<VpcConfig>,
    snap_start: Option<SnapStart>,
    file_system_configs: Option<Vec<IgnoredAny>>,
    #[serde(rename = "KMSKeyArn")]
    kms_key_arn: Option<String>,
}

/// Runs the operation, or has it wait for its code.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: CreateFunctionInput = store::input("CreateFunction", value.clone())?;
    check(lambda, cx, &input)?;
    if let Some(zip) = code::given(&input.code)? {
        return store::output(make(lambda, cx, input, (&zip, true)));
    }
    let request = ("CreateFunction", value, input.role.as_str());
    Ok(code::fetch(lambda, cx, &input.code, request))
}

/// Goes on with code that came from S3.
pub fn fetched(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    value: Value,
    zip: &Bytes,
) -> Result<Outcome, Fault> {
    let input: CreateFunctionInput = store::input("CreateFunction", value)?;
    check(lambda, cx, &input)?;
    store::output(make(lambda, cx, input, (zip, false)))
}

fn check(lambda: &State, cx: &Ctx<'_>, input: &CreateFunctionInput) -> Result<(), Error> {
    let target = Target::read(cx, &input.function_name, None)?;
    let name = &target.key.name;
    if name.len() > NAME_MAX {
        return Err(Error::parameter(format!(
            "1 validation error detected: Value '{name}' at 'functionName' failed to satisfy \
             constraint: Member must have length less than or equal to {NAME_MAX}"
        )));
    }
    if lambda.functions.contains_key(&target.key) {
        return Err(Error::Conflict(format!("Function already exist: {}", target.key.name)));
    }
    if input.package_type.as_deref() == Some("Image") {
        return Err(Error::NotSimulated("functions of the package type Image".to_owned()));
    }
    if input.runtime.is_none() || input.handler.is_none() {
        return Err(Error::parameter(
            "Runtime and Handler are mandatory parameters for functions created with deployment \
             packages.",
        ));
    }
    tags::check(input.tags.as_ref().unwrap_or(&BTreeMap::new()))
}

fn make(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: CreateFunctionInput,
    zip: (&Bytes, bool),
) -> Result<FunctionConfiguration, Error> {
    let key = Target::read(cx, &input.function_name, None)?.key;
    let code = code::keep(lambda, cx, zip)?;
    let architecture = input.architectures.and_then(|all| all.into_iter().next());
    let architecture = architecture.unwrap_or_else(|| "x86_64".to_owned());
    let first = config::first(cx, &key.name, input.role, (code, architecture));
    let settings = Settings {
        runtime: input.runtime,
        role: None,
        handler: input.handler,
        description: input.description,
        timeout: input.timeout,
        memory_size: input.memory_size,
        environment: input.environment,
        layers: input.layers,
        dead_letter_config: input.dead_letter_config,
        tracing_config: input.tracing_config,
        ephemeral_storage: input.ephemeral_storage,
        logging_config: input.logging_config,
        absent: Absent {
            vpc: input.vpc_config,
            snap_start: input.snap_start,
            file_systems: input.file_system_configs,
            kms_key_arn: input.kms_key_arn,
        },
    };
    let mut latest = config::apply(lambda, cx, &first, settings)?;
    latest.active_at = cx.now.plus(Duration::from_millis(CREATE_MS));
    latest.updated_at = latest.active_at;
    let mut function = Function {
        latest,
        versions: BTreeMap::new(),
        next_version: 1,
        aliases: BTreeMap::new(),
        policies: BTreeMap::new(),
        tags: input.tags.unwrap_or_default(),
        reserved: None,
        event_configs: BTreeMap::new(),
        provisioned: BTreeMap::new(),
        urls: BTreeMap::new(),
        allows_loops: false,
        scaling: (cx.now, 0),
    };
    let shown_version = if input.publish == Some(true) {
        store::publish(&mut function, cx, None)
    } else {
        function.latest.clone()
    };
    lambda.functions.insert(key.clone(), Rc::new(function));
    poll::resume(lambda, cx, &key);
    Ok(shown(lambda, (&key, &shown_version), None, Some(cx.now)))
}
