//! `AddPermission`: lets someone invoke a function: a statement in its resource policy.
//!
//! Differences from AWS: statements count for `Invoke` alone.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{LATEST, State};
use crate::name::Target;
use crate::policy;
use serde_json::{Map as JsonMap, Value as Json, json};

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AddPermissionInput {
    function_name: String,
    statement_id: String,
    action: String,
    principal: String,
    source_arn: Option<String>,
    source_account: Option<String>,
    event_source_token: Option<String>,
    function_url_auth_type: Option<String>,
    invoked_via_function_url: Option<bool>,
    qualifier: Option<String>,
    revision_id: Option<String>,
    #[serde(rename = "PrincipalOrgID")]
    principal_org_id: Option<String>,
}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AddPermissionOutput {
    statement: String,
}

/// Runs the operation.
pub fn add_permission(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: AddPermissionInput,
) -> Result<AddPermissionOutput, Error> {
    let target = Target::read(cx, &input.function_name, input.qualifier.as_deref())?;
    lambda.named(&target)?;
    if target.qualifier.as_deref() == Some(LATEST) {
        return Err(Error::parameter("We currently do not support adding policies for $LATEST."));
    }
    let statement = statement(&target, &input)?;
    let revision_id = cx.rng.uuid();
    let policy = policy::of_mut(lambda, &target)?;
    policy::add(policy, (&input.statement_id, &statement), input.revision_id.as_deref())?;
    policy.revision_id = revision_id;
    Ok(AddPermissionOutput { statement })
}

fn statement(target: &Target, input: &AddPermissionInput) -> Result<String, Error> {
    let principal = &input.principal;
    let account = cloudarium_env::place::is_account(principal);
    let principal = if principal == "*" {
        json!("*")
    } else if account {
        json!({ "AWS": format!("arn:aws:iam::{principal}:root") })
    } else if principal.starts_with("arn:") {
        json!({ "AWS": principal })
    } else if principal.ends_with(".amazonaws.com") {
        json!({ "Service": principal })
    } else {
        return Err(Error::parameter(
            "The provided principal was invalid. Please check the principal and try again.",
        ));
    };
    let mut statement = json!({
        "Sid": input.statement_id,
        "Effect": "Allow",
        "Principal": principal,
        "Action": input.action,
        "Resource": target.arn(),
    });
    let conditions = conditions(input);
    if let Some(statement) = statement.as_object_mut().filter(|_| !conditions.is_empty()) {
        statement.insert("Condition".to_owned(), Json::Object(conditions));
    }
    Ok(statement.to_string())
}

fn conditions(input: &AddPermissionInput) -> JsonMap<String, Json> {
    let mut conditions = JsonMap::new();
    let mut add = |operator: &str, key: &str, value: Option<&String>| {
        if let Some(value) = value {
            let slot = conditions.entry(operator).or_insert_with(|| json!({}));
            if let Some(slot) = slot.as_object_mut() {
                slot.insert(key.to_owned(), json!(value));
            }
        }
    };
    add("StringEquals", "AWS:SourceAccount", input.source_account.as_ref());
    add("StringEquals", "lambda:EventSourceToken", input.event_source_token.as_ref());
    add("StringEquals", "lambda:FunctionUrlAuthType", input.function_url_auth_type.as_ref());
    add("StringEquals", "aws:PrincipalOrgID", input.principal_org_id.as_ref());
    add("ArnLike", "AWS:SourceArn", input.source_arn.as_ref());
    let via_url = input.invoked_via_function_url.map(|via| via.to_string());
    add("Bool", "lambda:InvokedViaFunctionUrl", via_url.as_ref());
    conditions
}
