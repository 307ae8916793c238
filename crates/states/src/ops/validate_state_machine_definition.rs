//! `ValidateStateMachineDefinition`: tells what is wrong with a definition.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html>

use cloudarium_asl::validate;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::State;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValidateStateMachineDefinitionInput {
    pub(super) definition: String,
    pub(super) r#type: Option<String>,
    pub(super) severity: Option<String>,
    pub(super) max_results: Option<i64>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValidateStateMachineDefinitionOutput {
    result: &'static str,
    diagnostics: Vec<DiagnosticItem>,
    truncated: bool,
}

/// Runs the operation.
pub fn validate_state_machine_definition(
    states: &mut State,
    cx: &mut Ctx<'_>,
    input: ValidateStateMachineDefinitionInput,
) -> Result<ValidateStateMachineDefinitionOutput, Error> {
    let _ = (states, cx);
    if input.definition.is_empty() {
        return Err(Error::validation("The definition must not be empty"));
    }
    let express = input.r#type.as_deref() == Some("EXPRESS");
    let found = super::shared::diagnose(&input.definition, express);
    let failed = found.iter().any(|one| !one.warning);
    let with_warnings = input.severity.as_deref() == Some("WARNING");
    let shown: Vec<_> = found.into_iter().filter(|one| with_warnings || !one.warning).collect();
    let asked = input.max_results.and_then(|most| usize::try_from(most).ok());
    let most = asked.filter(|most| *most > 0).unwrap_or(100).min(100);
    let truncated = shown.len() > most;
    let item = |one: validate::Diagnostic| DiagnosticItem {
        severity: if one.warning { "WARNING" } else { "ERROR" },
        code: one.code,
        message: one.message,
        location: Some(one.location).filter(|location| !location.is_empty()),
    };
    Ok(ValidateStateMachineDefinitionOutput {
        result: if failed { "FAIL" } else { "OK" },
        diagnostics: shown.into_iter().take(most).map(item).collect(),
        truncated,
    })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DiagnosticItem {
    severity: &'static str,
    code: &'static str,
    message: String,
    location: Option<String>,
}
