//! One object from one source: by a single request, or in parts, as every client of S3 sends what is large.

use serde_json::{Value, json};

use crate::hooks::desk::Desk;
use crate::state::cloud::Refusal;
use crate::state::uploads::Source;
use crate::words;

/// What is sent, and how.
#[derive(Clone, PartialEq, Debug)]
pub struct Sending {
    /// `Bucket`, `Key`, and whatever else is said of the object.
    pub input: Value,
    pub source: Source,
    /// How large each part is; in one request without.
    pub part_bytes: Option<u64>,
}

/// Puts it; the number of the last call.
pub async fn send(desk: &Desk, sending: &Sending) -> Result<u64, Refusal> {
    let Sending { input, source, part_bytes } = sending;
    match part_bytes {
        None => {
            let bytes = read(source, 0, source.size()).await?;
            desk.s3_with("PutObject", input.clone(), bytes).await.map(|answer| answer.seq)
        }
        Some(part_bytes) => in_parts(desk, input, source, *part_bytes).await,
    }
}

/// Begins, sends every part, completes; aborts what cannot be completed, since nobody else would.
async fn in_parts(
    desk: &Desk,
    input: &Value,
    source: &Source,
    part_bytes: u64,
) -> Result<u64, Refusal> {
    let begun = desk.s3("CreateMultipartUpload", input.clone()).await?;
    let member = |of: &Value, name: &str| of.get(name).cloned().unwrap_or_default();
    let named = json!({
        "Bucket": member(input, "Bucket"),
        "Key": member(input, "Key"),
        "UploadId": member(&begun.output, "UploadId"),
    });
    match every_part(desk, &named, source, part_bytes).await {
        Ok(parts) => complete(desk, &named, parts).await,
        Err(why) => {
            // What broke off is told; that cleaning up failed, too, stands in the list of calls.
            let _ = desk.s3("AbortMultipartUpload", named).await;
            Err(why)
        }
    }
}

async fn every_part(
    desk: &Desk,
    named: &Value,
    source: &Source,
    part_bytes: u64,
) -> Result<Vec<Value>, Refusal> {
    let (mut parts, mut from) = (Vec::new(), 0);
    while from < source.size() || parts.is_empty() {
        let to = (from + part_bytes).min(source.size());
        let number = parts.len() as u64 + 1;
        let bytes = read(source, from, to).await?;
        let (_, tag) = send_part(desk, named, number, bytes).await?;
        parts.push(json!({ "PartNumber": number, "ETag": tag }));
        from = to;
    }
    Ok(parts)
}

/// Sends one part: the call's number, and the `ETag` that S3 gave for it.
pub async fn send_part(
    desk: &Desk,
    named: &Value,
    number: u64,
    bytes: Vec<u8>,
) -> Result<(u64, Value), Refusal> {
    let mut input = named.clone();
    if let Some(input) = input.as_object_mut() {
        input.insert("PartNumber".into(), number.into());
    }
    let answer = desk.s3_with("UploadPart", input, bytes).await?;
    Ok((answer.seq, answer.output.get("ETag").cloned().unwrap_or_default()))
}

/// Makes one object of the parts, in the order of their numbers.
pub async fn complete(desk: &Desk, named: &Value, parts: Vec<Value>) -> Result<u64, Refusal> {
    let mut input = named.clone();
    if let Some(input) = input.as_object_mut() {
        input.insert("MultipartUpload".into(), json!({ "Parts": parts }));
    }
    desk.s3("CompleteMultipartUpload", input).await.map(|answer| answer.seq)
}

/// Reads bytes of a source.
pub async fn read(source: &Source, from: u64, to: u64) -> Result<Vec<u8>, Refusal> {
    let read = source.piece(from, to).await;
    read.ok_or_else(|| Refusal::Host(words::FILE_UNREADABLE.into()))
}
