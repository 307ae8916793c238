//! `GetCallerIdentity`: whose credentials signed the request.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::Sts;
use crate::error::Error;

/// It has no members.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetCallerIdentityInput {}

/// The members that are simulated: all.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetCallerIdentityOutput {
    user_id: String,
    account: String,
    arn: String,
}

/// Runs the operation.
pub fn get_caller_identity(
    _: &mut Sts,
    cx: &mut Ctx<'_>,
    _: GetCallerIdentityInput,
) -> Result<GetCallerIdentityOutput, Error> {
    if cx.caller.arn.is_empty() {
        return Err(Error::MissingAuthenticationToken);
    }
    Ok(GetCallerIdentityOutput {
        user_id: cx.caller.user_id.clone(),
        account: cx.caller.account.clone(),
        arn: cx.caller.arn.clone(),
    })
}
