//! Files on their way into a bucket.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};

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
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    let buffer: js_sys::ArrayBuffer = buffer.dyn_into().ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
