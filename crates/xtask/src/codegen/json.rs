//! JSON whose objects keep the order in which they were written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Number;

/// Any JSON.
pub enum Json {
    /// `null`
    Null,
    /// `true`
    Bool(bool),
    /// `1`
    Number(Number),
    /// `"a"`
    String(String),
    /// `[]`
    Array(Vec<Json>),
    /// `{}`
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object with what `keep` makes of each of its entries; anything else as it is.
    pub fn filter_map(self, keep: impl Fn(&str, Json) -> Option<Json>) -> Self {
        match self {
            Self::Object(entries) => Self::Object(
                entries
                    .into_iter()
                    .filter_map(|(name, value)| keep(&name, value).map(|value| (name, value)))
                    .collect(),
            ),
            other => other,
        }
    }

    /// An array with what `change` makes of each of its items; anything else as it is.
    pub fn map_items(self, change: impl Fn(Json) -> Json) -> Self {
        match self {
            Self::Array(items) => Self::Array(items.into_iter().map(change).collect()),
            other => other,
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(it) => serializer.serialize_bool(*it),
            Self::Number(it) => it.serialize(serializer),
            Self::String(it) => serializer.serialize_str(it),
            Self::Array(it) => it.serialize(serializer),
            Self::Object(it) => {
                let mut map = serializer.serialize_map(Some(it.len()))?;
                for (name, value) in it {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, it: bool) -> Result<Json, E> {
        Ok(Json::Bool(it))
    }
    fn visit_i64<E>(self, it: i64) -> Result<Json, E> {
        Ok(Json::Number(it.into()))
    }
    fn visit_u64<E>(self, it: u64) -> Result<Json, E> {
        Ok(Json::Number(it.into()))
    }
    fn visit_f64<E>(self, it: f64) -> Result<Json, E> {
        Ok(Number::from_f64(it).map_or(Json::Null, Json::Number))
    }
    fn visit_str<E>(self, it: &str) -> Result<Json, E> {
        Ok(Json::String(it.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(entries))
    }
}
