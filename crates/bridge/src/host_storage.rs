//! [`Storage`] by an object of JavaScript (web/js/storage.js): OPFS, `IndexedDB`, or memory.

use std::ops::Range;
use std::rc::Rc;

use bytes::Bytes;
use cloudarium_cloud::{Storage, StorageError};
use cloudarium_env::FarFiles;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Named files, synchronously. What is passed is a view of wasm's memory: keep a copy.
    #[derive(Clone)]
    pub type JsStorage;

    #[wasm_bindgen(method, catch)]
    fn append(this: &JsStorage, name: &str, bytes: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn flush(this: &JsStorage, name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn read(this: &JsStorage, name: &str) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn replace(this: &JsStorage, name: &str, bytes: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn truncate(this: &JsStorage, name: &str, length: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn length(this: &JsStorage, name: &str) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch, js_name = readAt)]
    fn read_at(this: &JsStorage, name: &str, start: f64, length: f64) -> Result<Vec<u8>, JsValue>;
}

/// The storage of the host.
pub struct HostStorage(pub JsStorage);

impl Storage for HostStorage {
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError> {
        parts.iter().try_for_each(|part| self.0.append(name, part).map_err(|why| typed(&why)))
    }

    fn flush(&mut self, name: &str) -> Result<(), StorageError> {
        self.0.flush(name).map_err(|why| typed(&why))
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        self.0.read(name).map_err(|why| typed(&why))
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.0.replace(name, bytes).map_err(|why| typed(&why))
    }

    #[allow(clippy::cast_precision_loss, reason = "no file in a browser has 2^53 bytes")]
    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError> {
        self.0.truncate(name, length as f64).map_err(|why| typed(&why))
    }

    fn far(&self) -> Option<Rc<dyn FarFiles>> {
        // OPFS alone reads at once: IndexedDB answers later, and memory gains nothing.
        let can = Reflect::has(&self.0, &"readAt".into()).unwrap_or(false);
        can.then(|| Rc::new(Self(self.0.clone())) as Rc<dyn FarFiles>)
    }
}

impl FarFiles for HostStorage {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no file in a browser has 2^53 bytes, nor fewer than none"
    )]
    fn length(&self, file: &str) -> Option<u64> {
        self.0.length(file).ok().map(|length| length as u64)
    }

    #[expect(clippy::cast_precision_loss, reason = "no file in a browser has 2^53 bytes")]
    fn read(&self, file: &str, range: Range<u64>) -> Option<Bytes> {
        let length = range.end.checked_sub(range.start)?;
        let bytes = self.0.read_at(file, range.start as f64, length as f64).ok()?;
        (bytes.len() as u64 == length).then(|| bytes.into())
    }
}

/// What JavaScript threw, by the names that the web's standards give.
/// <https://webidl.spec.whatwg.org/#idl-DOMException-error-names>
pub fn typed(thrown: &JsValue) -> StorageError {
    let member =
        |name: &str| Reflect::get(thrown, &name.into()).ok().and_then(|value| value.as_string());
    let words = member("message").unwrap_or_else(|| format!("{thrown:?}"));
    named(&member("name").unwrap_or_default(), words)
}

/// The error with this name.
pub fn named(name: &str, words: String) -> StorageError {
    match name {
        "QuotaExceededError" => StorageError::Full,
        "InvalidStateError" | "NotFoundError" | "NotAllowedError" | "SecurityError" => {
            StorageError::Gone(words)
        }
        _ => StorageError::Failed(words),
    }
}
