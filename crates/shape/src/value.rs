//! A value of any shape that a service model describes.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_env::Timestamp;

/// Members of a structure, or entries of a map, by AWS's own name.
pub type Map = BTreeMap<String, Value>;

/// Input or output of an operation, or a part of one. A member that was not sent is absent, never
/// `Null` (JSON documents may hold `Null`).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// JSON's null, in documents.
    #[default]
    Null,
    /// `boolean`.
    Bool(bool),
    /// `integer`, `long`.
    Int(i64),
    /// `float`, `double`.
    Float(f64),
    /// `string`, enums included.
    String(String),
    /// `blob`: decoded bytes, shared, never copied on the way.
    Blob(Bytes),
    /// `timestamp`.
    Timestamp(Timestamp),
    /// `list`.
    List(Vec<Value>),
    /// `structure`, `map`, `union`.
    Map(Map),
}

/// A typed operation's blob member. Moving it in and out of a [`Value`] shares the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blob(pub Bytes);

impl Value {
    /// The member called `name`, if this is a structure that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(map) => map.get(name),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.to_owned())
    }
}
