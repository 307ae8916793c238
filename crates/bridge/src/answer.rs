//! An answer on its way to a client.

use cloudarium_wire::http::{Headers, HttpResponse};
use js_sys::Uint8Array;
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// The answer to the request with this number.
#[wasm_bindgen]
pub struct Answer {
    id: f64,
    response: HttpResponse,
}

#[wasm_bindgen]
impl Answer {
    /// The host's number for the request.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> f64 {
        self.id
    }

    /// The HTTP status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.response.status
    }

    /// All headers as the text of a JSON object.
    #[wasm_bindgen(getter)]
    pub fn headers(&self) -> String {
        headers_json(&self.response.headers)
    }

    /// The body, copied out once: wasm's memory never gets smaller.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> Uint8Array {
        Uint8Array::from(self.response.body.as_ref())
    }
}

impl Answer {
    #[allow(clippy::cast_precision_loss, reason = "the host counts from 0 and in doubles itself")]
    pub(crate) fn new(id: u64, response: HttpResponse) -> Self {
        Self { id: id as f64, response }
    }
}

/// Fields of the same name become one, as HTTP allows.
fn headers_json(headers: &Headers) -> String {
    let mut object = Map::new();
    for (name, value) in headers.iter() {
        match object.get_mut(name) {
            Some(Value::String(before)) => {
                before.push_str(", ");
                before.push_str(value);
            }
            _ => {
                object.insert(name.to_owned(), value.into());
            }
        }
    }
    Value::Object(object).to_string()
}
