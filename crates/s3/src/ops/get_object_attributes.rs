//! `GetObjectAttributes`: what is known of an object, as far as it is asked for.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html>
//!
//! Differences from AWS: none that are known.

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use serde::Serialize;

use crate::checksum::Members;
use crate::error::Error;
use crate::headers::check_payer;
use crate::limits::LIST_PARTS_MAX;
use crate::model::{Object, State};
use crate::store::Target;
use crate::upload_input::input;

/// What may be asked for.
const ATTRIBUTES: [&str; 5] = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

input!(GetObjectAttributesInput {
    bucket: String,
    key: String,
    version_id: Option<String>,
    #[serde(default)]
    object_attributes: Vec<String>,
    max_parts: Option<i64>,
    part_number_marker: Option<i64>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
} with customer_key);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct GetObjectAttributesOutput {
    last_modified: Timestamp,
    version_id: Option<String>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
    checksum: Option<ShownChecksum>,
    object_parts: Option<ObjectParts>,
    storage_class: Option<&'static str>,
    object_size: Option<u64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ShownChecksum {
    #[serde(flatten)]
    value: Members,
    checksum_type: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ObjectParts {
    total_parts_count: usize,
    part_number_marker: Option<u32>,
    next_part_number_marker: Option<u32>,
    max_parts: Option<usize>,
    is_truncated: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<ObjectPart>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ObjectPart {
    part_number: u32,
    size: u64,
    #[serde(flatten)]
    checksum: Members,
}

/// Runs the operation.
pub fn get_object_attributes(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: GetObjectAttributesInput,
) -> Result<GetObjectAttributesOutput, Error> {
    check_payer(input.request_payer.as_deref())?;
    let wanted = input.wanted()?;
    let expected_owner = input.expected_bucket_owner.as_deref();
    let bucket = s3.bucket(cx, Target { bucket: &input.bucket, expected_owner })?;
    let (version, object) = bucket.object(&input.key, input.version_id.as_deref())?;
    input.customer_key().check_read(object)?;
    let asked = |name: &str| wanted.contains(&name);
    let checksum = || ShownChecksum {
        value: Members::show_plain(&object.checksum),
        checksum_type: object.checksum.kind.name(),
    };
    let parts = asked("ObjectParts") && object.is_multipart();
    Ok(GetObjectAttributesOutput {
        last_modified: version.modified,
        version_id: bucket.shown_id(version),
        etag: asked("ETag").then(|| object.etag.to_string()),
        checksum: asked("Checksum").then(checksum),
        object_parts: if parts { Some(input.parts(object)?) } else { None },
        storage_class: asked("StorageClass").then(|| object.storage_class.name()),
        object_size: asked("ObjectSize").then_some(object.size),
    })
}

impl GetObjectAttributesInput {
    /// The names, which a header may hold together.
    fn wanted(&self) -> Result<Vec<&str>, Error> {
        let names = self.object_attributes.iter().flat_map(|name| name.split(','));
        let names: Vec<&str> = names.map(str::trim).filter(|name| !name.is_empty()).collect();
        let header = "x-amz-object-attributes";
        if names.is_empty() {
            let message = "The x-amz-object-attributes header specifying the attributes to be retrieved is \
                 either missing or empty";
            return Err(Error::request(message));
        }
        match names.iter().find(|name| !ATTRIBUTES.contains(name)) {
            None => Ok(names),
            Some(other) => {
                Err(Error::argument("Invalid attribute name specified.", header, *other))
            }
        }
    }

    /// A page of parts; without checksums of their own they are only counted.
    fn parts(&self, object: &Object) -> Result<ObjectParts, Error> {
        let blobs = object.body.blobs();
        let mut shown = ObjectParts {
            total_parts_count: blobs.len(),
            part_number_marker: None,
            next_part_number_marker: None,
            max_parts: None,
            is_truncated: None,
            parts: Vec::new(),
        };
        let Some(noted) = &object.extra().parts else { return Ok(shown) };
        let max_parts = count("max-parts", self.max_parts)?.map_or(LIST_PARTS_MAX, |sent| {
            usize::try_from(sent).map_or(LIST_PARTS_MAX, |sent| sent.min(LIST_PARTS_MAX))
        });
        let marker = count("part-number-marker", self.part_number_marker)?.unwrap_or(0);
        let mut following = noted.iter().zip(blobs).filter(|((number, _), _)| *number > marker);
        shown.parts = following
            .by_ref()
            .take(max_parts)
            .map(|((number, checksum), blob)| ObjectPart {
                part_number: *number,
                size: blob.length,
                checksum: object.checksum_of_part(checksum),
            })
            .collect();
        shown.is_truncated = Some(following.next().is_some());
        shown.part_number_marker = Some(marker);
        shown.next_part_number_marker = Some(shown.parts.last().map_or(0, |part| part.part_number));
        shown.max_parts = Some(max_parts);
        Ok(shown)
    }
}

/// A number from 0 up.
fn count(name: &str, sent: Option<i64>) -> Result<Option<u32>, Error> {
    let Some(sent) = sent else { return Ok(None) };
    let taken = i32::try_from(sent).ok().and_then(|taken| u32::try_from(taken).ok());
    taken.map(Some).ok_or_else(|| {
        let message = format!("Argument {name} must be an integer between 0 and 2147483647");
        Error::argument(&message, name, sent.to_string())
    })
}
