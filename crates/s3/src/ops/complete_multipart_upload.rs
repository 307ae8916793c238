//! `CompleteMultipartUpload`: makes an object of the uploaded parts.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>
//!
//! Completing an upload again is answered as the first time, for an hour (a guess: AWS does not say for
//! how long).

use std::sync::Arc;

use cloudarium_env::Timestamp;
use cloudarium_service::Ctx;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::checksum::{Members, multipart_etag};
use crate::condition::WriteConditions;
use crate::encryption::Shown;
use crate::error::Error;
use crate::headers;
use crate::limits::PART_BYTES_MIN;
use crate::model::{
    Algorithm, Body, Bucket, Checksum, ChecksumKind, Completed, Etag, Object, Part, State, Upload,
};
use crate::store::{self, Target};
use crate::upload_input::input;

/// What an address leaves as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

input!(CompleteMultipartUploadInput {
    bucket: String,
    key: String,
    upload_id: String,
    multipart_upload: Option<CompletedMultipartUpload>,
    checksum_type: Option<String>,
    mpu_object_size: Option<i64>,
    if_match: Option<String>,
    if_none_match: Option<String>,
    request_payer: Option<String>,
    expected_bucket_owner: Option<String>,
} with customer_key checksums);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CompletedMultipartUpload {
    #[serde(default)]
    parts: Vec<CompletedPart>,
}

input!(CompletedPart {
    part_number: Option<i64>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
} with checksums);

/// The members that are simulated.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CompleteMultipartUploadOutput {
    location: String,
    bucket: String,
    key: String,
    #[serde(rename = "ETag")]
    etag: String,
    #[serde(flatten)]
    checksum: Members,
    checksum_type: &'static str,
    #[serde(flatten)]
    encryption: Shown,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
}

/// Runs the operation.
pub fn complete_multipart_upload(
    s3: &mut State,
    cx: &mut Ctx<'_>,
    input: CompleteMultipartUploadInput,
) -> Result<CompleteMultipartUploadOutput, Error> {
    headers::check_payer(input.request_payer.as_deref())?;
    let target =
        Target { bucket: &input.bucket, expected_owner: input.expected_bucket_owner.as_deref() };
    let bucket = s3.bucket(cx, target)?;
    let (place, upload) = match bucket.upload(&input.key, &input.upload_id) {
        Ok(found) => found,
        Err(gone) => return input.again(bucket, cx.now).ok_or(gone),
    };
    let (if_match, if_none_match) = (input.if_match.as_deref(), input.if_none_match.as_deref());
    WriteConditions { if_match, if_none_match }.check(bucket, &input.key)?;
    input.customer_key().check_complete(&upload.extra.encryption)?;
    let parts = input.chosen_parts(upload)?;
    let object = assemble(cx, upload, &parts)?;
    input.check_result(&object)?;

    let location = location(&input.bucket, &bucket.region, &input.key);
    let id = Arc::clone(&upload.id);
    s3.bucket_mut(cx, target)?.end_upload(&place);
    let (etag, checksum) = (object.etag, object.checksum.clone());
    let encryption = object.extra().encryption.clone();
    let version_id = store::put(s3, cx, (target, &input.key), object, "CompleteMultipartUpload")?;
    let completed = Completed { id, at: cx.now, etag, checksum, encryption, version_id };
    let expiration = s3.expiration_of(&input.bucket, &input.key);
    s3.bucket_mut(cx, target)?.note_completed(place, completed.clone());
    Ok(input.answer(location, &completed, expiration))
}

/// One object of the parts, whose bytes stay where they are.
fn assemble(cx: &Ctx<'_>, upload: &Upload, parts: &[(u32, Part)]) -> Result<Object, Error> {
    let (algorithm, kind) =
        upload.checksum.unwrap_or((Algorithm::Crc64nvme, ChecksumKind::FullObject));
    let checksum = match kind {
        ChecksumKind::Composite => {
            Checksum::composite(algorithm, parts.iter().map(|(_, part)| &part.checksum))
        }
        ChecksumKind::FullObject => {
            let known = parts.iter().map(|(_, part)| (&part.checksum, part.blob.length));
            let pieces = parts.iter().map(|(_, part)| store::read_blob(cx.blobs, &part.blob));
            Checksum::joined(algorithm, known)
                .map_or_else(|| Checksum::of_each(algorithm, pieces), Ok)?
        }
    };
    let body = Body::Parts(Arc::new(parts.iter().map(|(_, part)| part.blob).collect()));
    let etag = multipart_etag(parts.iter().map(|(_, part)| part.etag));
    let mut extra = upload.extra.clone();
    // Parts are told of if checksums were applied to them that S3 does not compute of its own accord.
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributesParts.html>
    let sent = |(_, part): &(u32, Part)| part.checksum.algorithm != Algorithm::Crc64nvme;
    if upload.checksum.is_some() || parts.iter().any(sent) {
        let noted = parts.iter().map(|(number, part)| (*number, part.checksum.clone()));
        extra.parts = Some(Arc::new(noted.collect()));
    }
    let mut object = Object::new(body, (etag, checksum), extra);
    object.storage_class = upload.storage_class;
    Ok(object)
}

impl CompleteMultipartUploadInput {
    fn answer(
        &self,
        location: String,
        completed: &Completed,
        expiration: Option<String>,
    ) -> CompleteMultipartUploadOutput {
        CompleteMultipartUploadOutput {
            location,
            etag: completed.etag.quoted(),
            checksum: Members::show(&completed.checksum),
            checksum_type: completed.checksum.kind.name(),
            encryption: completed.encryption.shown(),
            version_id: completed.version_id.clone(),
            expiration,
            bucket: self.bucket.clone(),
            key: self.key.clone(),
        }
    }

    /// The first answer, if the upload was completed a short while ago by the same parts.
    fn again(&self, bucket: &Bucket, now: Timestamp) -> Option<CompleteMultipartUploadOutput> {
        let completed = bucket.completed(&self.key, &self.upload_id, now)?;
        let etag = |part: &CompletedPart| {
            let digits = part.etag.as_deref()?.trim_matches('"');
            let md5 = hex::decode(digits).ok()?.try_into().ok()?;
            Some(Etag { md5, parts: 0 })
        };
        let etags: Vec<Etag> =
            self.multipart_upload.as_ref()?.parts.iter().map(etag).collect::<Option<_>>()?;
        if multipart_etag(etags.into_iter()) != completed.etag {
            return None;
        }
        let location = location(&self.bucket, &bucket.region, &self.key);
        Some(self.answer(location, completed, None))
    }

    /// The parts that the object is made of, once they are found to be what was uploaded.
    fn chosen_parts(&self, upload: &Upload) -> Result<Vec<(u32, Part)>, Error> {
        let named = match &self.multipart_upload {
            Some(list) if !list.parts.is_empty() => &list.parts,
            _ => return Err(Error::MalformedXML {}),
        };
        // guess: the list is looked at as such before what it names is looked up.
        let number = |part: &CompletedPart| part.part_number.ok_or(Error::MalformedXML {});
        let numbers = named.iter().map(number).collect::<Result<Vec<i64>, _>>()?;
        if !numbers.is_sorted_by(|one, next| one < next) {
            return Err(Error::InvalidPartOrder { upload_id: self.upload_id.clone() });
        }
        let mut parts = Vec::with_capacity(named.len());
        for (index, (completed, number)) in named.iter().zip(numbers).enumerate() {
            let part = self.chosen_part(upload, completed, number)?;
            if index + 1 < named.len() && part.blob.length < PART_BYTES_MIN {
                return Err(Error::EntityTooSmall {
                    proposed: part.blob.length.to_string(),
                    minimum: PART_BYTES_MIN.to_string(),
                    part_number: number.to_string(),
                    etag: part.etag.to_string(),
                });
            }
            parts.push((u32::try_from(number).unwrap_or_default(), part.clone()));
        }
        Ok(parts)
    }

    fn chosen_part<'u>(
        &self,
        upload: &'u Upload,
        completed: &CompletedPart,
        number: i64,
    ) -> Result<&'u Part, Error> {
        let etag = completed.etag.as_deref().ok_or(Error::MalformedXML {})?.trim_matches('"');
        let invalid = || Error::InvalidPart {
            upload_id: self.upload_id.clone(),
            part_number: number.to_string(),
            etag: etag.to_owned(),
        };
        let key = u32::try_from(number).map_err(|_| invalid())?;
        let part = upload
            .parts
            .get(&key)
            .filter(|part| part.etag.to_string() == etag)
            .ok_or_else(invalid)?;
        let sent = completed.checksums();
        let sent = sent.all();
        let differs = sent.iter().any(|(algorithm, value)| {
            *algorithm == part.checksum.algorithm && *value != part.checksum.shown()
        });
        if differs {
            return Err(invalid());
        }
        match upload.checksum {
            Some((algorithm, ChecksumKind::Composite)) if sent.is_empty() => {
                Err(Error::request(format!(
                    "The upload was created using a {} checksum. The complete request must \
                     include the checksum for each part. It was missing for part {number} in the \
                     request.",
                    algorithm.name().to_ascii_lowercase()
                )))
            }
            _ => Ok(part),
        }
    }

    /// Compares the object with what the request says of it as a whole.
    fn check_result(&self, object: &Object) -> Result<(), Error> {
        if let Some(size) = self.mpu_object_size
            && u64::try_from(size) != Ok(object.size)
        {
            return Err(Error::request(format!(
                "The provided 'x-amz-mp-object-size' header value {size} does not match what was \
                 computed: {}",
                object.size
            )));
        }
        let kind = self.checksum_type.as_deref().map(ChecksumKind::parse).transpose()?;
        let algorithm = object.checksum.algorithm;
        let sent = self.checksums();
        // A composite checksum may be sent with the number of parts or without.
        let is = |value: &str| {
            let computed = object.checksum.shown();
            computed == value || computed.split('-').next() == Some(value)
        };
        let fits = sent.all().iter().all(|(named, value)| *named == algorithm && is(value));
        if fits && kind.is_none_or(|kind| kind == object.checksum.kind) {
            return Ok(());
        }
        let name = algorithm.name();
        let message = format!("The {name} you specified did not match the calculated checksum.");
        Err(Error::BadDigest { message })
    }
}

fn location(bucket: &str, region: &str, key: &str) -> String {
    let key = utf8_percent_encode(key, PATH);
    format!("https://{bucket}.s3.{region}.amazonaws.com/{key}")
}
