//! serde for [`Blob`] and [`Value`] themselves, in this crate's form and in every other format.

use std::fmt;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::handoff::{self, BLOB_TOKEN, VALUE_TOKEN};
use crate::{Blob, Map, Value};

struct BytesOf<'a>(&'a Bytes);

impl Serialize for BytesOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if handoff::answer(|| Value::Blob(self.0.clone())) {
            serializer.serialize_unit()
        } else {
            serializer.serialize_bytes(self.0)
        }
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(BLOB_TOKEN, &BytesOf(&self.0))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BlobVisitor;
        impl<'de> Visitor<'de> for BlobVisitor {
            type Value = Blob;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a blob")
            }
            fn visit_unit<E: serde::de::Error>(self) -> Result<Blob, E> {
                match handoff::take() {
                    Some(Value::Blob(bytes)) => Ok(Blob(bytes)),
                    _ => Err(E::custom("expected a blob")),
                }
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Blob, D::Error> {
                Bytes::deserialize(deserializer).map(Blob)
            }
        }
        deserializer.deserialize_newtype_struct(BLOB_TOKEN, BlobVisitor)
    }
}

/// A [`Value`] in formats that are not this crate's: tagged, so that nothing is lost.
#[derive(Serialize, Deserialize)]
enum Tagged {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    Blob(Blob),
    Timestamp(Timestamp),
    List(Vec<Value>),
    Map(Map),
}

/// [`Tagged`], borrowed.
#[derive(Serialize)]
#[serde(rename = "Tagged")]
enum TaggedRef<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(&'a str),
    Blob(Blob),
    Timestamp(Timestamp),
    List(&'a [Value]),
    Map(&'a Map),
}

struct ValueOf<'a>(&'a Value);

impl Serialize for ValueOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if handoff::answer(|| self.0.clone()) {
            return serializer.serialize_unit();
        }
        match self.0 {
            Value::Null => TaggedRef::Null,
            Value::Bool(it) => TaggedRef::Bool(*it),
            Value::Int(it) => TaggedRef::Int(*it),
            Value::Float(it) => TaggedRef::Float(*it),
            Value::String(it) => TaggedRef::String(it),
            Value::Blob(it) => TaggedRef::Blob(Blob(it.clone())),
            Value::Timestamp(it) => TaggedRef::Timestamp(*it),
            Value::List(it) => TaggedRef::List(it),
            Value::Map(it) => TaggedRef::Map(it),
        }
        .serialize(serializer)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(VALUE_TOKEN, &ValueOf(self))
    }
}

impl From<Tagged> for Value {
    fn from(tagged: Tagged) -> Self {
        match tagged {
            Tagged::Null => Value::Null,
            Tagged::Bool(it) => Value::Bool(it),
            Tagged::Int(it) => Value::Int(it),
            Tagged::Float(it) => Value::Float(it),
            Tagged::String(it) => Value::String(it),
            Tagged::Blob(it) => Value::Blob(it.0),
            Tagged::Timestamp(it) => Value::Timestamp(it),
            Tagged::List(it) => Value::List(it),
            Tagged::Map(it) => Value::Map(it),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a tagged value")
            }
            fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
                handoff::take().ok_or_else(|| E::custom("expected a value"))
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Value, D::Error> {
                Tagged::deserialize(deserializer).map(Value::from).map_err(D::Error::custom)
            }
        }
        deserializer.deserialize_newtype_struct(VALUE_TOKEN, ValueVisitor)
    }
}
