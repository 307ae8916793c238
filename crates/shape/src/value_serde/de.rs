//! A serde `Deserializer` that consumes a [`Value`].

use std::collections::BTreeMap;

use cloudarium_env::time::TIMESTAMP_TOKEN;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
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
            Value::List(it) => visitor.visit_seq(Items(it.into_iter())),
            Value::Map(it) => visitor.visit_map(Members::of(it)),
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

    // What a type asks for is all that it is given: by `deserialize_any` each struct of each operation would carry the
    // code for being read from a number, a text and a list as well.

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Map(members) => visitor.visit_map(Members::of(members)),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::List(it) => visitor.visit_seq(Items(it.into_iter())),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::String(it) => visitor.visit_string(it),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::String(it) => visitor.visit_str(&it),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Bool(it) => visitor.visit_bool(it),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Int(it) => visitor.visit_i64(it),
            Value::Float(it) => visitor.visit_f64(it),
            other => Err(mismatch(&other, &visitor)),
        }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_i64(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

#[cold]
fn mismatch(value: &Value, expected: &dyn Expected) -> ValueError {
    ValueError::invalid_type(unexpected(value), expected)
}

/// The items of a list, one after the other.
struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = ValueError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ValueError> {
        self.0.next().map(|value| seed.deserialize(ValueDeserializer(value))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of a map, one after the other.
struct Members {
    left: std::collections::btree_map::IntoIter<String, Value>,
    value: Value,
}

impl Members {
    fn of(members: BTreeMap<String, Value>) -> Self {
        Self { left: members.into_iter(), value: Value::Null }
    }

    /// The next name; its value is put aside.
    fn next(&mut self) -> Option<String> {
        let (name, value) = self.left.next()?;
        self.value = value;
        Some(name)
    }
}

impl<'de> MapAccess<'de> for Members {
    type Error = ValueError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ValueError> {
        let name = self.next();
        name.map(|name| seed.deserialize(ValueDeserializer(Value::String(name)))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, ValueError> {
        let value = std::mem::replace(&mut self.value, Value::Null);
        seed.deserialize(ValueDeserializer(value))
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
