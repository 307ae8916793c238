//! `UpdateFunctionConfiguration`: changes what a function is set to; its environments are made anew.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html>

use std::time::Duration;

use cloudarium_service::Ctx;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::absent::{Absent, SnapStart, VpcConfig};
use crate::config::{self, FunctionConfiguration, Settings, shown};
use crate::error::Error;
use crate::layer;
use crate::limits::UPDATE_MS;
use crate::model::State;
use crate::name::Target;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateFunctionConfigurationInput {
    function_name: String,
    revision_id: Option<String>,
    runtime: Option<String>,
    role: Option<String>,
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

/// Runs the operation.
pub fn update_function_configuration(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: UpdateFunctionConfigurationInput,
) -> Result<FunctionConfiguration, Error> {
    let target = Target::whole(cx, &input.function_name)?;
    let function = lambda.function(&target)?;
    config::check_changeable(&target.key, function, cx.now)?;
    config::check_revision(input.revision_id.as_deref(), &function.latest.revision_id)?;
    let mut new = config::apply(lambda, cx, &function.latest, settings(input))?;
    config::touch(&mut new, cx.rng, cx.now);
    new.updated_at = cx.now.plus(Duration::from_millis(UPDATE_MS));
    lambda.function_mut(&target)?.latest = new.clone();
    layer::forget(lambda);
    Ok(shown(lambda, (&target.key, &new), None, Some(cx.now)))
}

fn settings(input: UpdateFunctionConfigurationInput) -> Settings {
    Settings {
        runtime: input.runtime,
        role: input.role,
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
    }
}
