//! Copies of clouds: taken out, taken apart into files, and looked at before they are put in another's place.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_cloud::copies;
use cloudarium_shape::Value;
use js_sys::{Array, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::bridge::Bridge;

#[wasm_bindgen]
impl Bridge {
    /// The cloud as it is now, without its history.
    #[wasm_bindgen(js_name = exportWithoutHistory)]
    pub fn export_without_history(&self) -> Result<Vec<u8>, JsError> {
        Ok(self.durable.export_without_history()?)
    }
}

/// The files of an export: `[name, bytes]` each. Throws in words when it is none.
#[wasm_bindgen(js_name = filesOf)]
pub fn files_of(export: &[u8]) -> Result<Array, JsError> {
    let files = copies::files_of(export)?;
    Ok(files
        .into_iter()
        .map(|(name, bytes)| Array::of2(&name.into(), &Uint8Array::from(&bytes[..])))
        .collect())
}

/// What the files of a cloud hold, as JSON: `{hash, fresh, now, damage, buckets}`. Throws in words when they hold none.
#[wasm_bindgen(js_name = lookAt)]
pub fn look_at(names: Vec<String>, contents: &Array) -> Result<String, JsError> {
    let contents = contents.iter().map(|bytes| Bytes::from(Uint8Array::new(&bytes).to_vec()));
    let files: Vec<(String, Bytes)> = names.into_iter().zip(contents).collect();
    let mut durable = copies::open(&files)?;
    let buckets = durable.view("s3", "buckets", "us-east-1", &Value::Map(BTreeMap::default()));
    let buckets = match buckets {
        Some(Value::List(buckets)) => buckets.len(),
        _ => 0,
    };
    let recovery = durable.recovery();
    Ok(json!({
        "hash": durable.cloud().state_hash(),
        "fresh": recovery.fresh,
        "now": durable.cloud().now().as_ms(),
        "damage": recovery.damage,
        "buckets": buckets,
    })
    .to_string())
}
