//! `AddLayerVersionPermission`: lets other accounts use a version of a layer: a statement in its policy.
//!
//! Differences from AWS: there are no organizations, so that nobody is in the one that a statement names.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html>

use cloudarium_env::place;
use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::layer;
use crate::model::State;
use crate::policy;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AddLayerVersionPermissionInput {
    layer_name: String,
    version_number: u64,
    statement_id: String,
    action: String,
    principal: String,
    organization_id: Option<String>,
    revision_id: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddLayerVersionPermissionOutput {
    statement: String,
    revision_id: String,
}

/// Runs the operation.
pub fn add_layer_version_permission(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: AddLayerVersionPermissionInput,
) -> Result<AddLayerVersionPermissionOutput, Error> {
    let revision_id = cx.rng.uuid();
    let (key, version) = layer::own_mut(lambda, cx, (&input.layer_name, input.version_number))?;
    let statement = statement(&layer::version_arn(&key, input.version_number), &input);
    policy::add(
        &mut version.policy,
        (&input.statement_id, &statement),
        input.revision_id.as_deref(),
    )?;
    version.policy.revision_id.clone_from(&revision_id);
    Ok(AddLayerVersionPermissionOutput { statement, revision_id })
}

fn statement(arn: &str, input: &AddLayerVersionPermissionInput) -> String {
    let principal = if place::is_account(&input.principal) {
        json!({ "AWS": format!("arn:aws:iam::{}:root", input.principal) })
    } else if input.principal == "*" {
        json!("*")
    } else {
        json!({ "AWS": input.principal })
    };
    let mut statement = json!({
        "Sid": input.statement_id,
        "Effect": "Allow",
        "Principal": principal,
        "Action": input.action,
        "Resource": arn,
    });
    if let (Some(statement), Some(organization)) =
        (statement.as_object_mut(), &input.organization_id)
    {
        let condition: Json = json!({ "StringEquals": { "aws:PrincipalOrgID": organization } });
        statement.insert("Condition".to_owned(), condition);
    }
    statement.to_string()
}
