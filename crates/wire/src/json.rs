//! Inputs and outputs as people write and read them: cases, lessons, the page.
//!
//! Members by AWS's names; a streamed body is its text, other blobs are base64; instants are
//! ISO 8601.

use cloudarium_shape::Value;
use cloudarium_shape::model::{Operation, Service, Shape};
use serde_json::Value as Json;

use crate::protocol::json_value::{self, Style};

/// `json` as the input of `operation`.
///
/// # Errors
/// Which member does not fit, in words.
pub fn input(service: &Service, operation: &Operation, json: Json) -> Result<Value, String> {
    read(service, service.input(operation), json)
}

/// The output of `operation` as JSON.
pub fn output(service: &Service, operation: &Operation, value: &Value) -> Json {
    write(service, service.output(operation), value)
}

/// `json` as a value of `shape`.
///
/// # Errors
/// Which member does not fit, in words.
pub fn read(service: &Service, shape: &Shape, json: Json) -> Result<Value, String> {
    json_value::read(service, shape, json, Style::Friendly)
}

/// A value of `shape` as JSON.
pub fn write(service: &Service, shape: &Shape, value: &Value) -> Json {
    json_value::write(service, shape, value, Style::Friendly)
}
