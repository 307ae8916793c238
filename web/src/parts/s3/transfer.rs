//! Bytes up and down: files into a bucket, objects out of it. Not a part that is drawn, but what several parts do.

use js_sys::{Array, Uint8Array};
use serde_json::{Map, Value, json};
use web_sys::File;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::js;
use crate::parts::console::told::Tell;
use crate::route::Place;
use crate::state::cloud::Refusal;
use crate::state::uploads::{self, Batch, FILE_BYTES_MAX};
use crate::words;

/// Puts files under a prefix, one after another, and tells how far it has come.
pub async fn upload(
    desk: Desk,
    tell: Tell,
    to: (String, String),
    files: Vec<File>,
    show: Callback<Option<Batch>>,
) {
    let (bucket, prefix) = to;
    let total_bytes = files.iter().map(uploads::size).sum();
    let mut batch = Batch { total: files.len(), total_bytes, ..Batch::default() };
    let mut last = None;
    for file in &files {
        batch.name = file.name();
        show.emit(Some(batch.clone()));
        match put(&desk, &bucket, &prefix, file).await {
            Ok(seq) => last = Some(seq),
            Err(why) => {
                tell.refused.emit((words::upload(&file.name()), why));
                break;
            }
        }
        batch.done += 1;
        batch.done_bytes += uploads::size(file);
    }
    show.emit(None);
    if let Some(seq) = last
        && batch.done == batch.total
    {
        tell.did.emit(Deed { words: words::uploaded(batch.total), seq });
    }
}

async fn put(desk: &Desk, bucket: &str, prefix: &str, file: &File) -> Result<u64, Refusal> {
    if uploads::size(file) > FILE_BYTES_MAX {
        return Err(Refusal::Host(words::too_large(FILE_BYTES_MAX)));
    }
    let Some(bytes) = uploads::bytes(file).await else {
        return Err(Refusal::Host(words::FILE_UNREADABLE.into()));
    };
    let mut input = json!({ "Bucket": bucket, "Key": format!("{prefix}{}", file.name()) });
    let media_type = file.type_();
    if !media_type.is_empty()
        && let Some(input) = input.as_object_mut()
    {
        input.insert("ContentType".into(), media_type.into());
    }
    desk.s3_with("PutObject", input, bytes).await.map(|answer| answer.seq)
}

/// Gets objects and lets the browser save them.
pub async fn download(desk: Desk, tell: Tell, bucket: String, keys: Vec<String>) {
    let count = keys.len();
    let mut last = None;
    for key in keys {
        match fetch(&desk, &bucket, &key).await {
            Ok(fetched) => {
                js::save_parts(&file_name(&key), &fetched.media_type, &fetched.parts);
                last = Some(fetched.seq);
            }
            Err(why) => return tell.refused.emit((words::download(&key), why)),
        }
    }
    if let Some(seq) = last.filter(|seq| *seq > 0) {
        tell.did.emit(Deed { words: words::downloaded(count), seq });
    }
}

/// A larger object is fetched in pieces of this size, so that no more of it is in memory at once.
const PIECE_BYTES: u64 = 16 * 1024 * 1024;

/// An object's bytes, in pieces.
struct Fetched {
    parts: Array,
    media_type: String,
    /// The last call that fetched it.
    seq: u64,
}

async fn fetch(desk: &Desk, bucket: &str, key: &str) -> Result<Fetched, Refusal> {
    let named = || Map::from_iter([("Bucket".into(), bucket.into()), ("Key".into(), key.into())]);
    // What is refused here is refused below, in the words of the call that the learner wants.
    let head = desk.s3_quietly("HeadObject", named().into()).await.map(|answer| answer.output);
    let head = head.unwrap_or_default();
    let size = head.get("ContentLength").and_then(Value::as_u64).unwrap_or_default();
    let mut fetched = Fetched { parts: Array::new(), media_type: String::new(), seq: 0 };
    let mut start = 0;
    loop {
        let end = start + PIECE_BYTES.min(size - start);
        let mut input = named();
        if size > PIECE_BYTES {
            input.insert("Range".into(), format!("bytes={start}-{}", end - 1).into());
            // An object that is replaced meanwhile would be of two halves.
            input.insert("IfMatch".into(), head.get("ETag").cloned().unwrap_or_default());
        }
        let answer = desk.s3("GetObject", input.into()).await?;
        fetched.parts.push(&Uint8Array::from(answer.body.unwrap_or_default().as_slice()).into());
        fetched.seq = answer.seq;
        if end == size {
            let media_type = answer.output.get("ContentType").and_then(Value::as_str);
            media_type.unwrap_or_default().clone_into(&mut fetched.media_type);
            return Ok(fetched);
        }
        start = end;
    }
}

/// The end of a key, as a name for a file.
pub fn file_name(key: &str) -> String {
    let name = key.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if name.is_empty() { "object".into() } else { name.into() }
}

/// Deletes keys: one by `DeleteObject`, several by `DeleteObjects`, which takes a thousand at a time.
pub async fn delete(desk: Desk, tell: Tell, bucket: String, keys: Vec<String>) -> bool {
    let count = keys.len();
    if let [key] = keys.as_slice() {
        let input = json!({ "Bucket": bucket, "Key": key });
        return match desk.s3("DeleteObject", input).await {
            Ok(answer) => {
                tell.did.emit(Deed { words: words::deleted(1), seq: answer.seq });
                true
            }
            Err(why) => {
                tell.refused.emit((words::delete(key), why));
                false
            }
        };
    }
    let mut last = 0;
    for batch in keys.chunks(1000) {
        let objects: Vec<Value> = batch.iter().map(|key| json!({ "Key": key })).collect();
        let input = json!({ "Bucket": bucket, "Delete": { "Objects": objects } });
        let refused = match desk.s3("DeleteObjects", input).await {
            Ok(answer) => {
                last = answer.seq;
                first_error(&answer.output)
            }
            Err(why) => Some(why),
        };
        if let Some(why) = refused {
            tell.refused.emit((words::delete_many(count), why));
            return false;
        }
    }
    tell.did.emit(Deed { words: words::deleted(count), seq: last });
    true
}

/// `DeleteObjects` answers 200 even when keys were refused: the first of them.
fn first_error(output: &Value) -> Option<Refusal> {
    let error = output.get("Errors")?.as_array()?.first()?;
    let text = |name| error.get(name).and_then(Value::as_str).unwrap_or_default();
    Some(Refusal::Host(format!("{}: {} ({})", text("Key"), text("Message"), text("Code"))))
}

/// Deletes a bucket, and goes back to the list of them.
pub async fn delete_bucket(desk: Desk, tell: Tell, bucket: String) {
    let input = json!({ "Bucket": bucket });
    match desk.s3("DeleteBucket", input).await {
        Ok(answer) => {
            tell.did.emit(Deed { words: words::bucket_deleted(&bucket), seq: answer.seq });
            desk.route.at(Place::s3()).go();
        }
        Err(why) => tell.refused.emit((words::delete(&bucket), why)),
    }
}
