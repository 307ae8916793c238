//! [`Storage`] by an object of JavaScript (web/js/storage.js): OPFS, `IndexedDB`, or memory.

use cloudarium_cloud::{Storage, StorageError};
use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Named files, synchronously. What is passed is a view of wasm's memory: keep a copy.
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
