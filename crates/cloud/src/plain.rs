//! A [`Value`] as bytes, one way only: what the state, the journal and the list of calls keep.
//!
//! A tag, then a length or a number as a LEB128 varint, then what it holds. Reading bounds both the
//! depth and every length, since a journal may come from a stranger's hand-in.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_shape::Value;
use serde::{Deserialize, Deserializer, Serializer};

/// Deeper values are refused: `wire` lets none in that are nearly as deep.
const DEPTH_MAX: usize = 512;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const STRING: u8 = 5;
const BLOB: u8 = 6;
const TIMESTAMP: u8 = 7;
const LIST: u8 = 8;
const MAP: u8 = 9;

/// The bytes of `value`.
pub fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, value);
    out
}

/// The value of `bytes`; `None` if they are none, or go on after one.
pub fn decode(bytes: &[u8]) -> Option<Value> {
    let mut rest = bytes;
    let value = read(&mut rest, DEPTH_MAX)?;
    rest.is_empty().then_some(value)
}

fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(NULL),
        Value::Bool(false) => out.push(FALSE),
        Value::Bool(true) => out.push(TRUE),
        Value::Int(number) => write_fixed(out, INT, number.to_le_bytes()),
        Value::Float(number) => write_fixed(out, FLOAT, number.to_bits().to_le_bytes()),
        Value::Timestamp(at) => write_fixed(out, TIMESTAMP, at.as_ms().to_le_bytes()),
        Value::String(text) => write_bytes(out, STRING, text.as_bytes()),
        Value::Blob(bytes) => write_bytes(out, BLOB, bytes),
        Value::List(items) => {
            out.push(LIST);
            write_length(out, items.len());
            for item in items {
                write(out, item);
            }
        }
        Value::Map(map) => {
            out.push(MAP);
            write_length(out, map.len());
            for (key, item) in map {
                write_length(out, key.len());
                out.extend_from_slice(key.as_bytes());
                write(out, item);
            }
        }
    }
}

fn write_fixed(out: &mut Vec<u8>, tag: u8, bytes: [u8; 8]) {
    out.push(tag);
    out.extend_from_slice(&bytes);
}

fn write_bytes(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    write_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

fn write_length(out: &mut Vec<u8>, length: usize) {
    let mut rest = length;
    while rest >= 0x80 {
        out.push(u8::try_from(rest & 0x7f).unwrap_or(0) | 0x80);
        rest >>= 7;
    }
    out.push(u8::try_from(rest).unwrap_or(0));
}

fn read(rest: &mut &[u8], depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let (tag, after) = rest.split_first()?;
    *rest = after;
    Some(match *tag {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        INT => Value::Int(i64::from_le_bytes(read_fixed(rest)?)),
        FLOAT => Value::Float(f64::from_bits(u64::from_le_bytes(read_fixed(rest)?))),
        TIMESTAMP => Value::Timestamp(Timestamp::from_ms(i64::from_le_bytes(read_fixed(rest)?))),
        STRING => Value::String(read_text(rest)?),
        BLOB => Value::Blob(Bytes::copy_from_slice(read_bytes(rest)?)),
        LIST => {
            let count = read_length(rest)?;
            Value::List((0..count).map(|_| read(rest, depth)).collect::<Option<_>>()?)
        }
        MAP => {
            let count = read_length(rest)?;
            let entries = (0..count).map(|_| Some((read_text(rest)?, read(rest, depth)?)));
            Value::Map(entries.collect::<Option<BTreeMap<_, _>>>()?)
        }
        _ => return None,
    })
}

fn read_fixed(rest: &mut &[u8]) -> Option<[u8; 8]> {
    let (number, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*number)
}

fn read_text(rest: &mut &[u8]) -> Option<String> {
    String::from_utf8(read_bytes(rest)?.to_vec()).ok()
}

fn read_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = read_length(rest)?;
    let (bytes, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(bytes)
}

fn read_length(rest: &mut &[u8]) -> Option<usize> {
    let mut length = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        length |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
    None
}

/// For `#[serde(with = "plain")]`.
pub fn serialize<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&encode(value))
}

/// For `#[serde(with = "plain")]`.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    let bytes = <Bytes as Deserialize>::deserialize(deserializer)?;
    decode(&bytes).ok_or_else(|| serde::de::Error::custom("these bytes are no value"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            (-1e300..1e300).prop_map(Value::Float),
            ".*".prop_map(Value::String),
            prop::collection::vec(any::<u8>(), 0..300).prop_map(|b| Value::Blob(b.into())),
            any::<i64>().prop_map(|ms| Value::Timestamp(Timestamp::from_ms(ms))),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::List),
                prop::collection::btree_map(".*", inner, 0..8).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn a_value_comes_back(value in values()) {
            prop_assert_eq!(decode(&encode(&value)), Some(value));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(0_u8..12, 0..200)) {
            if let Some(value) = decode(&bytes) {
                prop_assert_eq!(decode(&encode(&value)), Some(value));
            }
        }
    }

    #[test]
    fn a_stack_of_lists_is_refused_not_followed() {
        let deep: Vec<u8> = [LIST, 1].repeat(1_000_000);
        assert_eq!(decode(&deep), None);
    }

    #[test]
    fn a_length_beyond_the_end_reserves_nothing() {
        assert_eq!(decode(&[STRING, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
        assert_eq!(decode(&[LIST, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
    }

    #[test]
    fn bytes_after_the_value_are_refused() {
        assert_eq!(decode(&[NULL, NULL]), None);
    }
}
