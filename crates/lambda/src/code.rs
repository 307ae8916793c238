//! Deployment packages: taken from the request or from S3, and checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use cloudarium_service::{ApiCall, Ctx, Fault, Outcome};
use cloudarium_shape::{Blob, Map, Value};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::limits::{UNZIPPED_BYTES_MAX, ZIP_BYTES_MAX};
use crate::model::{Code, Fetch, State};
use crate::store;
use crate::zip::{self, Wrong};

/// Where a package comes from.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Source {
    /// The zip itself.
    pub zip_file: Option<Blob>,
    /// A bucket.
    pub s3_bucket: Option<String>,
    /// A key in it.
    pub s3_key: Option<String>,
    /// A version of it.
    pub s3_object_version: Option<String>,
}

/// Checks a zip, and whether there is room for it, and keeps it.
pub fn keep(
    lambda: &State,
    cx: &mut Ctx<'_>,
    (zip, direct): (&Bytes, bool),
) -> Result<Code, Error> {
    if direct && zip.len() as u64 > ZIP_BYTES_MAX {
        return Err(Error::RequestTooLarge(
            "Request must be smaller than 69905067 bytes for the CreateFunction operation"
                .to_owned(),
        ));
    }
    let unzipped_bytes = zip::check(zip).map_err(|wrong| match wrong {
        Wrong::Unreadable => Error::parameter(
            "Could not unzip uploaded file. Please check your file, then try to upload again.",
        ),
        Wrong::TooLarge => Error::parameter(format!(
            "Unzipped size must be smaller than {UNZIPPED_BYTES_MAX} bytes"
        )),
        Wrong::Empty => Error::parameter("Uploaded file must be a non-empty zip"),
    })?;
    store::check_room(lambda, cx, zip.len() as u64)?;
    let sha256 = STANDARD.encode(Sha256::digest(zip));
    Ok(Code { blob: cx.blobs.put(zip.clone()), sha256, unzipped_bytes })
}

/// The zip that a request brings, or nothing: then it is in S3.
pub fn given(source: &Source) -> Result<Option<Bytes>, Error> {
    match (&source.zip_file, &source.s3_bucket, &source.s3_key) {
        (Some(zip), None, None) => Ok(Some(zip.0.clone())),
        (None, Some(_), Some(_)) => Ok(None),
        (Some(_), ..) => Err(Error::parameter(
            "Please do not provide other FunctionCode parameters when providing a ZipFile.",
        )),
        _ => Err(Error::parameter("Please provide a source for function code.")),
    }
}

/// Asks S3 for the package; the request waits.
///
/// Differences from AWS: it is read with the function's role in place of the caller's own rights.
pub fn fetch(
    lambda: &mut State,
    cx: &mut Ctx<'_>,
    source: &Source,
    (operation, input, role): (&str, Value, &str),
) -> Outcome {
    let mut members = Map::new();
    for (name, value) in [
        ("Bucket", &source.s3_bucket),
        ("Key", &source.s3_key),
        ("VersionId", &source.s3_object_version),
    ] {
        if let Some(value) = value {
            members.insert(name.to_owned(), Value::from(value.as_str()));
        }
    }
    let call = cx.host.call(ApiCall {
        service: "s3".to_owned(),
        operation: "GetObject".to_owned(),
        input: Value::Map(members),
        region: cx.region.to_owned(),
        role_arn: role.to_owned(),
        session: "lambda".to_owned(),
        source: Some(operation.to_owned()),
    });
    let ticket = cx.host.park();
    lambda.fetches.insert(call, Fetch { ticket, operation: operation.to_owned(), input });
    Outcome::Parked
}

/// The package in S3's answer.
pub fn fetched(answer: Result<Value, Fault>) -> Result<Bytes, Error> {
    match answer {
        Ok(output) => match output.get("Body") {
            Some(Value::Blob(bytes)) => Ok(bytes.clone()),
            _ => Ok(Bytes::new()),
        },
        Err(fault) => Err(Error::parameter(format!(
            "Error occurred while GetObject. S3 Error Code: {}. S3 Error Message: {}",
            fault.code, fault.message
        ))),
    }
}
