//! `GetAccountSettings`: the limits of the account in this Region, and what it uses of them.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html>

use cloudarium_service::Ctx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::invoke::unreserved_concurrency;
use crate::limits::{CODE_BYTES_MAX, CONCURRENCY, UNZIPPED_BYTES_MAX, ZIP_BYTES_MAX};
use crate::model::State;
use crate::{name, store};

/// It has no members.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct GetAccountSettingsInput {}

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSettingsOutput {
    account_limit: AccountLimit,
    account_usage: AccountUsage,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AccountLimit {
    total_code_size: u64,
    code_size_unzipped: u64,
    code_size_zipped: u64,
    concurrent_executions: u32,
    unreserved_concurrent_executions: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct AccountUsage {
    total_code_size: u64,
    function_count: usize,
}

/// Runs the operation.
#[allow(clippy::unnecessary_wraps, reason = "rows of the table can refuse")]
pub fn get_account_settings(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    _: GetAccountSettingsInput,
) -> Result<GetAccountSettingsOutput, Error> {
    let unreserved = unreserved_concurrency(lambda, &name::key(cx, ""));
    let function_count = lambda.functions_here(cx).count();
    Ok(GetAccountSettingsOutput {
        account_limit: AccountLimit {
            total_code_size: CODE_BYTES_MAX,
            code_size_unzipped: UNZIPPED_BYTES_MAX,
            code_size_zipped: ZIP_BYTES_MAX,
            concurrent_executions: CONCURRENCY,
            unreserved_concurrent_executions: unreserved,
        },
        account_usage: AccountUsage {
            total_code_size: store::code_bytes(lambda, cx),
            function_count,
        },
    })
}
