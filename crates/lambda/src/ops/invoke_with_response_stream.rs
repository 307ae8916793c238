//! `InvokeWithResponseStream`: runs a function, whose answer comes as a stream of events.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html>
//!
//! Differences from AWS: handlers that write piece by piece (`awslambda.streamifyResponse`) do not run; the answer is
//! one chunk, and no larger than that of `Invoke`.

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Blob, Value};
use serde::Deserialize;

use super::invoke::{self, Streams};
use crate::model::State;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct InvokeWithResponseStreamInput {
    function_name: String,
    invocation_type: Option<String>,
    log_type: Option<String>,
    client_context: Option<String>,
    payload: Option<Blob>,
    qualifier: Option<String>,
}

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: InvokeWithResponseStreamInput = store::input("InvokeWithResponseStream", value)?;
    let input = invoke::InvokeInput {
        function_name: input.function_name,
        invocation_type: input.invocation_type,
        log_type: input.log_type,
        client_context: input.client_context,
        payload: input.payload,
        qualifier: input.qualifier,
    };
    invoke::begin(lambda, cx, input, Streams(true))
}
