//! `PublishLayerVersion`: makes the next version of a layer out of a zip, sent or in S3.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html>

use bytes::Bytes;
use cloudarium_env::place;
use cloudarium_service::{Ctx, Fault, Outcome};
use cloudarium_shape::Value;
use serde::Deserialize;

use crate::code::{self, Source};
use crate::error::Error;
use crate::layer::{self, LayerVersionOutput};
use crate::model::{LayerVersion, Policy, State};
use crate::store;

/// The members that are simulated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PublishLayerVersionInput {
    layer_name: String,
    description: Option<String>,
    content: Source,
    compatible_runtimes: Option<Vec<String>>,
    compatible_architectures: Option<Vec<String>>,
    license_info: Option<String>,
}

/// Runs the operation, or has it wait for its code.
pub fn run(lambda: &mut State, cx: &mut Ctx<'_>, value: Value) -> Result<Outcome, Fault> {
    let input: PublishLayerVersionInput = store::input("PublishLayerVersion", value.clone())?;
    if let Some(zip) = code::given(&input.content)? {
        return store::output(make(lambda, cx, input, (&zip, true)));
    }
    // No function, and so no role, takes part: the account itself reads.
    let role = place::arn("iam", "", &cx.caller.account, "role/lambda-layers");
    Ok(code::fetch(lambda, cx, &input.content, ("PublishLayerVersion", value, &role)))
}

/// Goes on with code that came from S3.
pub fn fetched(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    value: Value,
    zip: &Bytes,
) -> Result<Outcome, Fault> {
    let input: PublishLayerVersionInput = store::input("PublishLayerVersion", value)?;
    store::output(make(lambda, cx, input, (zip, false)))
}

fn make(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    input: PublishLayerVersionInput,
    zip: (&Bytes, bool),
) -> Result<LayerVersionOutput, Error> {
    let key = layer::own(cx, &input.layer_name)?;
    let code = code::keep(lambda, cx, zip)?;
    let version = LayerVersion {
        code,
        description: input.description.unwrap_or_default(),
        created: cx.now,
        runtimes: input.compatible_runtimes.unwrap_or_default(),
        architectures: input.compatible_architectures.unwrap_or_default(),
        license: input.license_info,
        policy: Policy::default(),
    };
    let layer = lambda.layers.entry(key.clone()).or_default();
    layer.next_version += 1;
    let number = layer.next_version;
    let shown = layer::shown(&key, (number, &version), cx.now);
    layer.versions.insert(number, version);
    Ok(shown)
}
