//! A serde `Deserializer` that consumes a [`Value`].

use cloudarium_env::time::TIMESTAMP_TOKEN;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::ValueError;
use super::handoff::{self, BLOB_TOKEN, VALUE_TOKEN};
use crate::Value;

/// The one deserializer: it owns what it reads.
pub(crate) struct ValueDeserializer(pub(crate) Value);

impl IntoDeserializer<'_, ValueError> for ValueDeserializer {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for ValueDeserializer {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(it) => visitor.visit_bool(it),
            Value::Int(it) => visitor.visit_i64(it),
            Value::Float(it) => visitor.visit_f64(it),
            Value::String(it) => visitor.visit_string(it),
            Value::Blob(it) => visitor.visit_byte_buf(it.to_vec()),
            Value::Timestamp(it) => visitor.visit_i64(it.as_ms()),
            Value::List(it) => {
                SeqDeserializer::new(it.into_iter().map(Self)).deserialize_any(visitor)
            }
            Value::Map(it) => {
                let entries =
                    it.into_iter().map(|(key, value)| (Self(Value::String(key)), Self(value)));
                MapDeserializer::new(entries).deserialize_any(visitor)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        let fits = match name {
            BLOB_TOKEN => matches!(self.0, Value::Blob(_)),
            TIMESTAMP_TOKEN => matches!(self.0, Value::Timestamp(_)),
            VALUE_TOKEN => true,
            _ => return visitor.visit_newtype_struct(self),
        };
        if !fits {
            return Err(ValueError::invalid_type(unexpected(&self.0), &visitor));
        }
        if name == TIMESTAMP_TOKEN {
            return self.deserialize_any(visitor);
        }
        handoff::put(self.0);
        let taken = visitor.visit_unit();
        handoff::take();
        taken
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, None),
            Value::Map(mut map) if map.len() == 1 => match map.pop_first() {
                Some((name, content)) => (name, Some(content)),
                None => return Err(ValueError::custom("expected one member of a union")),
            },
            other => return Err(ValueError::invalid_type(unexpected(&other), &visitor)),
        };
        visitor.visit_enum(Union { name, content })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(it) => Unexpected::Bool(*it),
        Value::Int(it) => Unexpected::Signed(*it),
        Value::Float(it) => Unexpected::Float(*it),
        Value::String(it) => Unexpected::Str(it),
        Value::Blob(it) => Unexpected::Bytes(it),
        Value::Timestamp(_) => Unexpected::Other("timestamp"),
        Value::List(_) => Unexpected::Seq,
        Value::Map(_) => Unexpected::Map,
    }
}

/// A variant by its name: an AWS enum (no content) or union (one member).
struct Union {
    name: String,
    content: Option<Value>,
}

impl<'de> EnumAccess<'de> for Union {
    type Error = ValueError;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content), ValueError> {
        let name = seed.deserialize(ValueDeserializer(Value::String(self.name)))?;
        Ok((name, Content(self.content)))
    }
}

struct Content(Option<Value>);

impl Content {
    fn required(self) -> Result<ValueDeserializer, ValueError> {
        self.0.map(ValueDeserializer).ok_or_else(|| ValueError::custom("expected a union's member"))
    }
}

impl<'de> VariantAccess<'de> for Content {
    type Error = ValueError;

    fn unit_variant(self) -> Result<(), ValueError> {
        match self.0 {
            None => Ok(()),
            Some(_) => Err(ValueError::custom("expected an enum's value")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, ValueError> {
        seed.deserialize(self.required()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ValueError> {
        self.required()?.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.required()?.deserialize_any(visitor)
    }
}
