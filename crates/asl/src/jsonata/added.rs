//! The functions that AWS adds to JSONata, and those whose clock and randomness are ours.

use std::cell::Cell;
use std::collections::BTreeSet;

use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;

use super::Surroundings;
use crate::intrinsic::{mix, uuid};
use crate::{doc, hash, time};

/// The most items of `$range` that AWS's memory for an evaluation holds.
const ITEMS_MAX: usize = 360_145;

type Given = Result<JValue, EvaluatorError>;

/// Makes them known; those that draw at random take one number of `around` for all their draws.
pub fn register(
    evaluator: &mut Evaluator,
    mentioned: &BTreeSet<String>,
    around: &mut Surroundings<'_>,
) -> Result<(), EvaluatorError> {
    let now_ms = around.now_ms;
    let has = |name: &str| mentioned.contains(name);
    if has("now") {
        evaluator.register_fn_override("now", move |arguments: &[JValue]| {
            if arguments.is_empty() {
                Ok(JValue::from(time::format(now_ms)))
            } else {
                from_millis(now_ms, arguments)
            }
        })?;
    }
    if has("millis") {
        #[expect(clippy::cast_precision_loss, reason = "JSONata's numbers are such")]
        evaluator
            .register_fn_override("millis", move |_: &[JValue]| Ok(JValue::from(now_ms as f64)))?;
    }
    if has("toMillis") {
        evaluator.register_fn_override("toMillis", move |arguments: &[JValue]| {
            to_millis(now_ms, arguments)
        })?;
    }
    if ["random", "uuid", "shuffle"].into_iter().any(has) {
        draw(evaluator, (around.random)())?;
    }
    if has("partition") {
        evaluator.register_fn("partition", |arguments: &[JValue]| partition(arguments))?;
    }
    if has("range") {
        evaluator.register_fn("range", |arguments: &[JValue]| range(arguments))?;
    }
    if has("hash") {
        evaluator.register_fn("hash", |arguments: &[JValue]| digest(arguments))?;
    }
    if has("parse") {
        evaluator.register_fn("parse", |arguments: &[JValue]| parse(arguments))?;
    }
    Ok(())
}

/// `$toMillis`, whose picture may leave out the date or the year: then they are those of our clock,
/// not of the machine's.
fn to_millis(now_ms: i64, arguments: &[JValue]) -> Given {
    const DAY_MS: i64 = 86_400_000;
    let source = match arguments.len() {
        0 => "$toMillis()",
        1 => "$toMillis($text)",
        _ => "$toMillis($text, $picture)",
    };
    let mut context = jsonata_core::evaluator::Context::new();
    for (name, value) in ["text", "picture"].into_iter().zip(arguments) {
        context.bind(name.to_owned(), value.clone());
    }
    let ast = jsonata_core::parser::parse(source).map_err(|error| refused(&error.to_string()))?;
    let result = Evaluator::with_context(context).evaluate(&ast, &JValue::Undefined)?;
    let picture = arguments.get(1).and_then(JValue::as_str).filter(|text| !text.contains("[Y"));
    let (Some(picture), Some(at_ms)) = (picture, result.as_i64()) else { return Ok(result) };
    let dated =
        ["[M", "[D", "[d", "[W", "[w", "[F", "[X"].iter().any(|part| picture.contains(part));
    let fixed = if dated {
        let (ours, theirs) = (time::format(now_ms), time::format(at_ms));
        let year = ours.get(..4).unwrap_or_default();
        time::parse(&format!("{year}{}", theirs.get(4..).unwrap_or_default())).unwrap_or(at_ms)
    } else {
        now_ms.div_euclid(DAY_MS) * DAY_MS + at_ms.rem_euclid(DAY_MS)
    };
    #[expect(clippy::cast_precision_loss, reason = "JSONata's numbers are such")]
    Ok(JValue::from(fixed as f64))
}

/// `$now(picture, timezone)` is `$fromMillis` of now.
fn from_millis(now_ms: i64, arguments: &[JValue]) -> Given {
    let mut context = jsonata_core::evaluator::Context::new();
    #[expect(clippy::cast_precision_loss, reason = "JSONata's numbers are such")]
    context.bind("at".to_owned(), JValue::from(now_ms as f64));
    for (at, name) in ["picture", "zone"].into_iter().enumerate() {
        context.bind(name.to_owned(), arguments.get(at).cloned().unwrap_or(JValue::Undefined));
    }
    let source = match arguments.len() {
        1 => "$fromMillis($at, $picture)",
        _ => "$fromMillis($at, $picture, $zone)",
    };
    let ast = jsonata_core::parser::parse(source).map_err(|error| refused(&error.to_string()))?;
    Evaluator::with_context(context).evaluate(&ast, &JValue::Undefined)
}

fn draw(evaluator: &mut Evaluator, seed: u64) -> Result<(), EvaluatorError> {
    let state = std::rc::Rc::new(Cell::new(seed));
    let next = move || {
        state.set(state.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
        mix(state.get())
    };
    let random = next.clone();
    evaluator.register_fn_override("random", move |arguments: &[JValue]| {
        let bits = match arguments.first() {
            None | Some(JValue::Undefined) => random(),
            Some(JValue::Number(seed)) => return Ok(JValue::from(java_random(*seed))),
            Some(_) => {
                return Err(refused("T0410: Argument 1 of function \"random\" must be a number"));
            }
        };
        Ok(JValue::from(fraction(bits)))
    })?;
    let ids = next.clone();
    evaluator.register_fn("uuid", move |_: &[JValue]| Ok(JValue::from(uuid(ids(), ids()))))?;
    evaluator.register_fn_override("shuffle", move |arguments: &[JValue]| {
        let mut items = match arguments.first() {
            Some(JValue::Array(list)) => list.to_vec(),
            None | Some(JValue::Undefined) => return Ok(JValue::Undefined),
            Some(single) => vec![single.clone()],
        };
        for at in (1..items.len()).rev() {
            let other = usize::try_from((u128::from(next()) * (at as u128 + 1)) >> 64).unwrap_or(0);
            items.swap(at, other);
        }
        Ok(JValue::array(items))
    })
}

/// The first `nextDouble` of a `java.util.Random` of this seed, which is what `$random(seed)` gives.
/// <https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Random.html>
#[expect(clippy::cast_possible_truncation, reason = "a cast saturates, as Java's does")]
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn java_random(seed: f64) -> f64 {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;
    let mut state = ((seed as i64).cast_unsigned() ^ MULTIPLIER) & MASK;
    let mut next = |bits: u32| {
        state = state.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
        state >> (48 - bits)
    };
    let high = next(26) << 27;
    (high + next(27)) as f64 / (1_u64 << 53) as f64
}

/// From 0 up to, not including, 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
fn fraction(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

fn refused(why: &str) -> EvaluatorError {
    EvaluatorError::EvaluationError(why.to_owned())
}

fn number(arguments: &[JValue], at: usize, function: &str) -> Result<f64, EvaluatorError> {
    arguments.get(at).and_then(JValue::as_f64).ok_or_else(|| {
        refused(&format!(
            "T0410: Argument {} of function \"{function}\" does not match function signature",
            at + 1
        ))
    })
}

fn text<'a>(arguments: &'a [JValue], at: usize, function: &str) -> Result<&'a str, EvaluatorError> {
    arguments.get(at).and_then(JValue::as_str).ok_or_else(|| {
        refused(&format!(
            "T0410: Argument {} of function \"{function}\" does not match function signature",
            at + 1
        ))
    })
}

fn partition(arguments: &[JValue]) -> Given {
    let Some(first) = arguments.first() else { return Ok(JValue::Undefined) };
    if first.is_undefined() {
        return Ok(JValue::Undefined);
    }
    let size = number(arguments, 1, "partition")?.trunc();
    if size < 1.0 {
        return Err(refused("The chunk size of $partition must be a positive number"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let size = size as usize;
    let items = match first {
        JValue::Array(list) => list.to_vec(),
        single => vec![single.clone()],
    };
    Ok(JValue::array(items.chunks(size).map(|chunk| JValue::array(chunk.to_vec())).collect()))
}

fn range(arguments: &[JValue]) -> Given {
    let start = number(arguments, 0, "range")?.trunc();
    let end = number(arguments, 1, "range")?.trunc();
    let step = number(arguments, 2, "range")?.trunc();
    if step == 0.0 {
        return Err(refused("The step of $range must not be 0"));
    }
    let mut items = Vec::new();
    let mut at = start;
    while (step > 0.0 && at <= end) || (step < 0.0 && at >= end) {
        items.push(JValue::from(at));
        if items.len() > ITEMS_MAX {
            return Err(refused(
                "D2014: The size of the sequence allocated by $range is too large",
            ));
        }
        #[expect(clippy::cast_precision_loss, reason = "few enough")]
        let taken = items.len() as f64;
        at = step.mul_add(taken, start);
    }
    Ok(JValue::array(items))
}

fn digest(arguments: &[JValue]) -> Given {
    let data = text(arguments, 0, "hash")?;
    let algorithm = match arguments.get(1) {
        None | Some(JValue::Undefined) => "SHA-1",
        Some(_) => text(arguments, 1, "hash")?,
    };
    let digest = hash::hex(algorithm, data.as_bytes());
    digest.map(JValue::from).ok_or_else(|| {
        refused("The algorithm of $hash must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512")
    })
}

fn parse(arguments: &[JValue]) -> Given {
    if matches!(arguments.first(), None | Some(JValue::Undefined)) {
        return Ok(JValue::Undefined);
    }
    let json = text(arguments, 0, "parse")?;
    let value = doc::parse(json)
        .map_err(|error| refused(&format!("The argument of $parse is not JSON: {error}")))?;
    Ok(JValue::from(value))
}
