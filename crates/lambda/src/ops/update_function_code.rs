//! `UpdateFunctionCode`: other code for a function; its environments are made anew.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html>

use std::time::Duration;

use bytes::Bytes;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::{Blob, Value};
use serde::Deserialize;

use crate::code::{self, Source};
use crate::config::{self, FunctionConfiguration, shown};
use crate::error::Error;
use crate::limits::UPDATE_MS;
use crate::model::State;
use crate::name::Target;
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateFunctionCodeInput {
    function_name: String,
    zip_file: Option<Blob>,
    s3_bucket: Option<String>,
    s3_key: Option<String>,
    s3_object_version: Option<String>,
    architectures: Option<Vec<String>>,
    publish: Option<bool>,
    dry_run: Option<bool>,
    revision_id: Option<String>,
}

impl UpdateFunctionCodeInput {
    fn source(&self) -> Source {
        Source {
            zip_file: self.zip_file.clone(),
            s3_bucket: self.s3_bucket.clone(),
            s3_key: self.s3_key.clone(),
            s3_object_version: self.s3_object_version.clone(),
        }
    }
}

/// Runs the operation, or has it wait for its code.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: UpdateFunctionCodeInput = store::input("UpdateFunctionCode", value.clone())?;
    let role = check(lambda, cx, &input)?;
    let source = input.source();
    match code::given(&source)? {
        Some(zip) => store::output(change(lambda, cx, &input, (&zip, true))),
        None => Ok(code::fetch(lambda, cx, &source, ("UpdateFunctionCode", value, &role))),
    }
}

/// Goes on with code that came from S3.
pub fn fetched(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    value: Value,
    zip: &Bytes,
) -> Result<Outcome, Fault> {
    let input: UpdateFunctionCodeInput = store::input("UpdateFunctionCode", value)?;
    check(lambda, cx, &input)?;
    store::output(change(lambda, cx, &input, (zip, false)))
}

fn check(lambda: &State, cx: &Ctx<'_>, input: &UpdateFunctionCodeInput) -> Result<String, Error> {
    let target = Target::whole(cx, &input.function_name)?;
    let function = lambda.function(&target)?;
    config::check_changeable(&target.key, function, cx.now)?;
    config::check_revision(input.revision_id.as_deref(), &function.latest.revision_id)?;
    Ok(function.latest.role.clone())
}

fn change(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: &UpdateFunctionCodeInput,
    zip: (&Bytes, bool),
) -> Result<FunctionConfiguration, Error> {
    let target = Target::whole(cx, &input.function_name)?;
    let code = code::keep(lambda, cx, zip)?;
    let mut new = lambda.function(&target)?.latest.clone();
    new.code = code;
    if let Some(architecture) = input.architectures.as_ref().and_then(|all| all.first()) {
        new.architecture.clone_from(architecture);
    }
    if input.dry_run == Some(true) {
        return Ok(shown(lambda, (&target.key, &new), None, Some(cx.now)));
    }
    config::touch(&mut new, cx.rng, cx.now);
    new.updated_at = cx.now.plus(Duration::from_millis(UPDATE_MS));
    let function = lambda.function_mut(&target)?;
    function.latest = new.clone();
    let publish = input.publish == Some(true);
    let shown_version = if publish { store::publish(function, cx, None) } else { new };
    Ok(shown(lambda, (&target.key, &shown_version), None, Some(cx.now)))
}
