//! `InvokeWithResponseStream`: runs a function, whose answer comes as a stream of events.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html>
//!
//! What a handler of Node.js wrote piece by piece (`awslambda.streamifyResponse`) comes as so many chunks.
//!
//! Differences from AWS: the chunks leave together when the function has ended, and of one that runs out of time none.

use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;

use super::invoke::{self, InvokeInput, Streams};
use crate::model::State;
use crate::store;

/// Runs the operation.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: InvokeInput = store::input("InvokeWithResponseStream", value)?;
    invoke::begin(lambda, cx, input, Streams(true))
}
