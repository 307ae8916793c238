//! Files on their way into a bucket.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, File, FileList, HtmlInputElement};

/// The single request that S3 takes at most: 5 GiB; a tab's memory ends much earlier.
pub const FILE_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// How far a batch of uploads has come.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Batch {
    pub name: String,
    pub done: usize,
    pub total: usize,
    pub done_bytes: u64,
    pub total_bytes: u64,
}

/// The files that a drop brought.
pub fn dropped(event: &DragEvent) -> Vec<File> {
    files(event.data_transfer().and_then(|data| data.files()))
}

/// The files chosen by an input, which is then emptied, so that the same can be chosen again.
pub fn chosen(input: &HtmlInputElement) -> Vec<File> {
    let chosen = files(input.files());
    input.set_value("");
    chosen
}

fn files(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return vec![] };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// The size of a file in bytes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file has fewer than 2^53 bytes"
)]
pub fn size(file: &File) -> u64 {
    file.size() as u64
}

/// Reads a file whole; `None` when the browser lost it.
pub async fn bytes(file: &File) -> Option<Vec<u8>> {
    read(file).await
}

async fn read(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    let buffer: js_sys::ArrayBuffer = buffer.dyn_into().ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Where the bytes of an object come from.
#[derive(Clone, PartialEq, Debug)]
pub enum Source {
    /// What was typed.
    Text(String),
    /// A file of the learner's.
    File(File),
    /// So many bytes of nothing, to practise with.
    Zeros(u64),
}

impl Source {
    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::File(file) => size(file),
            Self::Zeros(count) => *count,
        }
    }

    /// The bytes from `from` up to `to`; `None` when they cannot be read.
    pub async fn piece(&self, from: u64, to: u64) -> Option<Vec<u8>> {
        let within = || Some(usize::try_from(from).ok()?..usize::try_from(to).ok()?);
        match self {
            Self::Text(text) => text.as_bytes().get(within()?).map(<[u8]>::to_vec),
            Self::Zeros(_) => Some(vec![0; within()?.len()]),
            Self::File(file) => {
                #[expect(clippy::cast_precision_loss, reason = "a file has fewer than 2^53 bytes")]
                let slice = file.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
                read(&slice).await
            }
        }
    }
}
