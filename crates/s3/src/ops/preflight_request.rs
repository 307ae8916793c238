//! `PreflightRequest`: what a browser asks before a cross-origin request that is not simple.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html>
//!
//! It is not signed, and neither bucket policies nor the key are looked at.

use std::collections::BTreeMap;

use cloudarium_service::{CrossOrigin, Ctx};
use serde::{Deserialize, Serialize};

use crate::config::cors;
use crate::error::Error;
use crate::model::State;

/// Why S3 says no; the typing mistake is its own.
const NOT_ALLOWED: &str = "CORSResponse: This CORS request is not allowed. This is usually because \
    the evalution of Origin, request method / Access-Control-Request-Method or \
    Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

/// What the request says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PreflightRequestInput {
    bucket: String,
    #[serde(default)]
    key: String,
    origin: Option<String>,
    access_control_request_method: Option<String>,
    access_control_request_headers: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PreflightRequestOutput {
    status_code: i64,
    headers: BTreeMap<String, String>,
}

/// Runs the operation.
pub fn preflight_request(
    s3: &mut State,
    _cx: &mut Ctx<'_>,
    input: PreflightRequestInput,
) -> Result<PreflightRequestOutput, Error> {
    let Some(origin) = input.origin.as_deref().filter(|origin| !origin.is_empty()) else {
        let message = "Insufficient information. Origin request header needed.".to_owned();
        return Err(Error::BadRequest { message });
    };
    let asked = input.access_control_request_method.as_deref();
    let refused = |message: &str, resource: &str| Error::AccessForbidden {
        message: message.to_owned(),
        method: asked.unwrap_or("OPTIONS").to_owned(),
        resource: resource.to_owned(),
    };
    let Some(bucket) = s3.buckets.get(&input.bucket) else {
        return Err(refused("CORSResponse: Bucket not found", "BUCKET"));
    };
    let Some(rules) = &bucket.config.cors else {
        return Err(refused("CORSResponse: CORS is not enabled for this bucket.", "BUCKET"));
    };
    let Some(method) = asked else {
        let message = "Invalid Access-Control-Request-Method: null".to_owned();
        return Err(Error::BadRequest { message });
    };
    let headers = input.access_control_request_headers.as_deref();
    let resource = if input.key.is_empty() { "BUCKET" } else { "OBJECT" };
    let ask = CrossOrigin { resource: &input.bucket, origin, method, headers };
    let fields = cors::answer(rules, &ask).ok_or_else(|| refused(NOT_ALLOWED, resource))?;
    Ok(PreflightRequestOutput { status_code: 200, headers: fields.into_iter().collect() })
}
