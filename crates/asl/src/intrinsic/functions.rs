//! What the functions do. A refusal is told in words, without the function's name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;

use super::Function;
use crate::doc;
use crate::hash;

/// The most characters that may be encoded, decoded or hashed.
const CHARACTERS_MAX: usize = 10_000;
/// The most items of a range.
const RANGE_MAX: i64 = 1000;

type Given = Result<Value, String>;

/// Runs `function`, whose arguments are as many as it takes.
pub fn run(function: Function, mut values: Vec<Value>, random: &mut dyn FnMut() -> u64) -> Given {
    let mut take = || if values.is_empty() { Value::Null } else { values.remove(0) };
    match function {
        Function::Array => Ok(Value::Array(values)),
        Function::ArrayPartition => partition(list(take())?, &take()),
        Function::ArrayContains => {
            let list = list(take())?;
            Ok(list.contains(&take()).into())
        }
        Function::ArrayRange => range(integer(&take())?, integer(&take())?, integer(&take())?),
        Function::ArrayGetItem => item(list(take())?, integer(&take())?),
        Function::ArrayLength => Ok(list(take())?.len().into()),
        Function::ArrayUnique => Ok(unique(list(take())?)),
        Function::Base64Encode => Ok(BASE64.encode(short_text(take())?).into()),
        Function::Base64Decode => decode(&short_text(take())?),
        Function::Hash => digest(&take(), &text(take())?),
        Function::JsonMerge => merge(take(), take(), &take()),
        Function::StringToJson => {
            doc::parse(&text(take())?).map_err(|_| "Invalid JSON string.".to_owned())
        }
        Function::JsonToString => Ok(doc::write(&take()).into()),
        Function::MathRandom => {
            let (start, end) = (integer(&take())?, integer(&take())?);
            let seed = take();
            let seed = if seed.is_null() { None } else { Some(integer(&seed)?) };
            between(start, end, seed, random)
        }
        Function::MathAdd => add(integer(&take())?, integer(&take())?),
        Function::StringSplit => Ok(split(&text(take())?, &text(take())?)),
        Function::UUID => Ok(uuid(random(), random()).into()),
        Function::Format => {
            let template = text(take())?;
            format(&template, &values)
        }
    }
}

fn list(value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(list) => Ok(list),
        _ => Err("The first argument must be an array.".to_owned()),
    }
}

fn text(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err("The argument must be a string.".to_owned()),
    }
}

fn short_text(value: Value) -> Result<String, String> {
    let text = text(value)?;
    if text.chars().count() > CHARACTERS_MAX {
        return Err(format!("The input must not be longer than {CHARACTERS_MAX} characters."));
    }
    Ok(text)
}

/// A number, rounded as Java's `Math.round` does: halves upwards.
fn integer(value: &Value) -> Result<i64, String> {
    if let Some(number) = value.as_i64() {
        return Ok(number);
    }
    let number = value.as_f64().ok_or("The argument must be a number.")?;
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates, as Java's does")]
    let rounded = (number + 0.5).floor() as i64;
    Ok(rounded)
}

fn partition(list: Vec<Value>, size: &Value) -> Given {
    let size = integer(size)?;
    let size = usize::try_from(size).ok().filter(|size| *size > 0);
    let size = size.ok_or("The chunk size must be a positive integer.")?;
    let chunks = list.chunks(size).map(|chunk| Value::Array(chunk.to_vec()));
    Ok(chunks.collect())
}

fn range(start: i64, end: i64, step: i64) -> Given {
    if step == 0 {
        return Err("The step must not be 0.".to_owned());
    }
    let span = i128::from(end) - i128::from(start);
    let count = span / i128::from(step);
    if span.signum() * i128::from(step.signum()) < 0 {
        return Ok(Value::Array(Vec::new()));
    }
    if count >= i128::from(RANGE_MAX) {
        return Err(format!("The range must not have more than {RANGE_MAX} elements."));
    }
    let count = i64::try_from(count).unwrap_or(0);
    Ok((0..=count).map(|at| Value::from(start + at * step)).collect())
}

fn item(mut list: Vec<Value>, at: i64) -> Given {
    let found = usize::try_from(at).ok().filter(|at| *at < list.len());
    found.map(|at| list.swap_remove(at)).ok_or_else(|| format!("The index {at} is out of bounds."))
}

fn unique(list: Vec<Value>) -> Value {
    let mut seen = std::collections::BTreeSet::new();
    Value::Array(list.into_iter().filter(|item| seen.insert(doc::write(item))).collect())
}

fn decode(text: &str) -> Given {
    let bytes = BASE64.decode(text).map_err(|_| "The input is not valid Base64.".to_owned())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}

fn digest(data: &Value, algorithm: &str) -> Given {
    let text = match data {
        Value::String(text) => text.clone(),
        other => doc::write(other),
    };
    if text.chars().count() > CHARACTERS_MAX {
        return Err(format!("The input must not be longer than {CHARACTERS_MAX} characters."));
    }
    hash::hex(algorithm, text.as_bytes()).map(Value::String).ok_or_else(|| {
        format!("The algorithm {algorithm} is not one of MD5, SHA-1, SHA-256, SHA-384, SHA-512.")
    })
}

fn merge(left: Value, right: Value, deep: &Value) -> Given {
    let (Value::Object(mut left), Value::Object(right)) = (left, right) else {
        return Err("The arguments to merge must be JSON objects.".to_owned());
    };
    if *deep != Value::Bool(false) {
        return Err("Deep merging is not supported: the third argument must be false.".to_owned());
    }
    left.extend(right);
    Ok(Value::Object(left))
}

fn between(start: i64, end: i64, seed: Option<i64>, random: &mut dyn FnMut() -> u64) -> Given {
    let span = end.checked_sub(start).and_then(|span| u64::try_from(span).ok());
    let span = span.filter(|span| *span > 0).ok_or("The end must be greater than the start.")?;
    // guess: which generator AWS seeds is not documented; the same seed gives the same number here
    // too.
    let bits = seed.map_or_else(random, |seed| mix(seed.cast_unsigned()));
    let offset = (u128::from(bits) * u128::from(span)) >> 64;
    Ok((start + i64::try_from(offset).unwrap_or(0)).into())
}

/// `SplitMix64`: one well-mixed number of one seed.
pub fn mix(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

fn add(left: i64, right: i64) -> Given {
    let fits = |number: i64| i32::try_from(number).is_ok();
    if !fits(left) || !fits(right) {
        return Err("The arguments must be integers of 32 bits.".to_owned());
    }
    Ok((left + right).into())
}

fn split(text: &str, delimiters: &str) -> Value {
    let pieces = text.split(|c| delimiters.contains(c)).filter(|piece| !piece.is_empty());
    pieces.map(|piece| Value::String(piece.to_owned())).collect()
}

/// A version 4 UUID of 128 random bits.
pub fn uuid(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0x0fff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

fn format(template: &str, values: &[Value]) -> Given {
    let mut text = String::with_capacity(template.len());
    let mut values = values.iter();
    let mut chars = template.chars().peekable();
    let unequal = || "The number of arguments does not match the number of occurrences of {}.";
    while let Some(c) = chars.next() {
        match c {
            '\\' => text.extend(chars.next()),
            '{' if chars.peek() == Some(&'}') => {
                chars.next();
                match values.next().ok_or_else(unequal)? {
                    Value::String(value) => text.push_str(value),
                    other => text.push_str(&doc::write(other)),
                }
            }
            '{' | '}' => return Err("A brace that is no {} must be escaped.".to_owned()),
            c => text.push(c),
        }
    }
    if values.next().is_some() { Err(unequal().to_owned()) } else { Ok(text.into()) }
}
