//! A serde `Serializer` that makes a [`Value`]. Its `Ok` is an `Option`, so that a struct can leave
//! out members that are `None`.

use cloudarium_env::Timestamp;
use cloudarium_env::time::TIMESTAMP_TOKEN;
use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::ValueError;
use super::handoff::{self, BLOB_TOKEN, VALUE_TOKEN};
use crate::{Map, Value};

type Made = Result<Option<Value>, ValueError>;

/// The one serializer.
pub(crate) struct ValueSerializer;

fn make<T: Serialize + ?Sized>(value: &T) -> Made {
    value.serialize(ValueSerializer)
}

fn union(variant: &str, content: Value) -> Value {
    Value::Map(Map::from([(variant.to_owned(), content)]))
}

impl Serializer for ValueSerializer {
    type Ok = Option<Value>;
    type Error = ValueError;
    type SerializeSeq = ListMaker;
    type SerializeTuple = ListMaker;
    type SerializeTupleStruct = ListMaker;
    type SerializeTupleVariant = ListMaker;
    type SerializeMap = MapMaker;
    type SerializeStruct = MapMaker;
    type SerializeStructVariant = MapMaker;

    fn serialize_bool(self, it: bool) -> Made {
        Ok(Some(Value::Bool(it)))
    }
    fn serialize_i8(self, it: i8) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_i16(self, it: i16) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_i32(self, it: i32) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_i64(self, it: i64) -> Made {
        Ok(Some(Value::Int(it)))
    }
    fn serialize_u8(self, it: u8) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_u16(self, it: u16) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_u32(self, it: u32) -> Made {
        self.serialize_i64(it.into())
    }
    fn serialize_u64(self, it: u64) -> Made {
        self.serialize_i64(i64::try_from(it).map_err(ValueError::custom)?)
    }
    fn serialize_f32(self, it: f32) -> Made {
        self.serialize_f64(it.into())
    }
    fn serialize_f64(self, it: f64) -> Made {
        Ok(Some(Value::Float(it)))
    }
    fn serialize_char(self, it: char) -> Made {
        Ok(Some(Value::String(it.to_string())))
    }
    fn serialize_str(self, it: &str) -> Made {
        Ok(Some(Value::String(it.to_owned())))
    }
    fn serialize_bytes(self, it: &[u8]) -> Made {
        Ok(Some(Value::Blob(bytes::Bytes::copy_from_slice(it))))
    }
    fn serialize_none(self) -> Made {
        Ok(None)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, it: &T) -> Made {
        make(it)
    }
    fn serialize_unit(self) -> Made {
        Ok(Some(Value::Null))
    }
    fn serialize_unit_struct(self, _: &'static str) -> Made {
        Ok(Some(Value::Map(Map::new())))
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, it: &T) -> Made {
        match name {
            BLOB_TOKEN | VALUE_TOKEN => {
                handoff::ask();
                let made = make(it);
                let taken = handoff::take();
                made.map(|_| taken)
            }
            TIMESTAMP_TOKEN => match make(it)? {
                Some(Value::Int(ms)) => Ok(Some(Value::Timestamp(Timestamp::from_ms(ms)))),
                _ => Err(ValueError::custom("expected milliseconds")),
            },
            _ => make(it),
        }
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        it: &T,
    ) -> Made {
        Ok(Some(union(variant, make(it)?.unwrap_or_default())))
    }
    fn serialize_seq(self, length: Option<usize>) -> Result<ListMaker, ValueError> {
        Ok(ListMaker { variant: None, items: Vec::with_capacity(length.unwrap_or(0)) })
    }
    fn serialize_tuple(self, length: usize) -> Result<ListMaker, ValueError> {
        self.serialize_seq(Some(length))
    }
    fn serialize_tuple_struct(self, _: &'static str, n: usize) -> Result<ListMaker, ValueError> {
        self.serialize_seq(Some(n))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<ListMaker, ValueError> {
        Ok(ListMaker { variant: Some(variant), items: Vec::with_capacity(length) })
    }
    fn serialize_map(self, _: Option<usize>) -> Result<MapMaker, ValueError> {
        Ok(MapMaker { variant: None, key: None, map: Map::new() })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<MapMaker, ValueError> {
        self.serialize_map(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<MapMaker, ValueError> {
        Ok(MapMaker { variant: Some(variant), key: None, map: Map::new() })
    }
}

/// Collects a list.
pub(crate) struct ListMaker {
    variant: Option<&'static str>,
    items: Vec<Value>,
}

impl ListMaker {
    fn push<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), ValueError> {
        self.items.push(make(it)?.unwrap_or_default());
        Ok(())
    }

    fn finish(self) -> Value {
        let list = Value::List(self.items);
        match self.variant {
            Some(variant) => union(variant, list),
            None => list,
        }
    }
}

/// Collects the entries of a map or the members of a structure.
pub(crate) struct MapMaker {
    variant: Option<&'static str>,
    key: Option<String>,
    map: Map,
}

impl MapMaker {
    fn member<T: Serialize + ?Sized>(&mut self, name: &str, it: &T) -> Result<(), ValueError> {
        if let Some(value) = make(it)? {
            self.map.insert(name.to_owned(), value);
        }
        Ok(())
    }

    fn finish(self) -> Value {
        let map = Value::Map(self.map);
        match self.variant {
            Some(variant) => union(variant, map),
            None => map,
        }
    }
}

macro_rules! list_maker {
    ($($trait:ident $method:ident),*) => {$(
        impl $trait for ListMaker {
            type Ok = Option<Value>;
            type Error = ValueError;
            fn $method<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), ValueError> {
                self.push(it)
            }
            fn end(self) -> Made {
                Ok(Some(self.finish()))
            }
        }
    )*};
}

list_maker!(
    SerializeSeq serialize_element, SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field
);

macro_rules! struct_maker {
    ($($trait:ident),*) => {$(
        impl $trait for MapMaker {
            type Ok = Option<Value>;
            type Error = ValueError;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                it: &T,
            ) -> Result<(), ValueError> {
                self.member(name, it)
            }
            fn end(self) -> Made {
                Ok(Some(self.finish()))
            }
        }
    )*};
}

struct_maker!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for MapMaker {
    type Ok = Option<Value>;
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ValueError> {
        self.key = Some(match make(key)? {
            Some(Value::String(text)) => text,
            Some(Value::Int(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            _ => return Err(ValueError::custom("a map's key must be text")),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), ValueError> {
        let key = self.key.take().unwrap_or_default();
        self.map.insert(key, make(it)?.unwrap_or_default());
        Ok(())
    }

    fn end(self) -> Made {
        Ok(Some(self.finish()))
    }
}
