//! `[?(…)]`: what keeps an element.

use std::cmp::Ordering;

use serde_json::Value;

use super::parse::Reader;
use super::{Function, Path, Root, Step, eval};

/// Deeper filters are no paths.
const DEPTH_MAX: usize = 64;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    Or(Vec<Filter>),
    And(Vec<Filter>),
    Not(Box<Filter>),
    /// Something is there.
    Exists(Operand),
    Compare(Operand, Operator, Operand),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// `@…`
    Current(Path),
    /// `$…`
    Root(Path),
    Literal(Value),
}

/// Reads a filter, without the brackets around it.
pub(super) fn read(reader: &mut Reader<'_>, depth: usize) -> Option<Filter> {
    joined(
        reader,
        "||",
        depth,
        |reader, depth| joined(reader, "&&", depth, term, Filter::And),
        Filter::Or,
    )
}

fn joined(
    reader: &mut Reader<'_>,
    operator: &str,
    depth: usize,
    part: impl Fn(&mut Reader<'_>, usize) -> Option<Filter>,
    join: impl Fn(Vec<Filter>) -> Filter,
) -> Option<Filter> {
    if depth > DEPTH_MAX {
        return None;
    }
    let mut parts = vec![part(reader, depth)?];
    loop {
        reader.space();
        if !reader.eat(operator) {
            break;
        }
        parts.push(part(reader, depth)?);
    }
    if parts.len() == 1 { parts.pop() } else { Some(join(parts)) }
}

fn term(reader: &mut Reader<'_>, depth: usize) -> Option<Filter> {
    reader.space();
    if reader.rest.starts_with('!') && !reader.rest.starts_with("!=") {
        reader.eat("!");
        return Some(Filter::Not(Box::new(term(reader, depth + 1)?)));
    }
    if reader.eat("(") {
        let inner = read(reader, depth + 1)?;
        reader.space();
        return reader.eat(")").then_some(inner);
    }
    let left = operand(reader)?;
    reader.space();
    match comparison(reader) {
        Some(operator) => {
            reader.space();
            Some(Filter::Compare(left, operator, operand(reader)?))
        }
        None => Some(Filter::Exists(left)),
    }
}

fn comparison(reader: &mut Reader<'_>) -> Option<Operator> {
    let table = [
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("in ", Operator::In),
        ("nin ", Operator::NotIn),
    ];
    table.into_iter().find(|(token, _)| reader.eat(token)).map(|(_, operator)| operator)
}

fn operand(reader: &mut Reader<'_>) -> Option<Operand> {
    reader.space();
    if reader.eat("@") {
        let (steps, function) = reader.steps()?;
        return Some(Operand::Current(relative(steps, function)));
    }
    if reader.eat("$") {
        let (steps, function) = reader.steps()?;
        return Some(Operand::Root(relative(steps, function)));
    }
    if reader.rest.starts_with(['\'', '"']) {
        return reader.quoted().map(|text| Operand::Literal(Value::String(text)));
    }
    if reader.rest.starts_with('[') {
        let end = reader.rest.find(']')? + 1;
        let (list, rest) = reader.rest.split_at(end);
        reader.rest = rest;
        return serde_json::from_str(&list.replace('\'', "\"")).ok().map(Operand::Literal);
    }
    let word = reader.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '+' | '.'));
    serde_json::from_str(word).ok().map(Operand::Literal)
}

fn relative(steps: Vec<Step>, function: Option<Function>) -> Path {
    Path { text: String::new(), root: Root::Input, steps, function }
}

/// Whether the filter keeps `current`, an element of something in `root`.
pub(super) fn keeps(filter: &Filter, current: &Value, root: &Value) -> bool {
    match filter {
        Filter::Or(parts) => parts.iter().any(|part| keeps(part, current, root)),
        Filter::And(parts) => parts.iter().all(|part| keeps(part, current, root)),
        Filter::Not(inner) => !keeps(inner, current, root),
        Filter::Exists(operand) => value(operand, current, root).is_some(),
        Filter::Compare(left, operator, right) => {
            let (left, right) = (value(left, current, root), value(right, current, root));
            match (left, right) {
                (Some(left), Some(right)) => compare(&left, *operator, &right),
                (left, right) => {
                    *operator == Operator::NotEqual && left.is_some() != right.is_some()
                }
            }
        }
    }
}

fn value(operand: &Operand, current: &Value, root: &Value) -> Option<Value> {
    match operand {
        Operand::Literal(value) => Some(value.clone()),
        Operand::Current(path) => eval::find(path, current).ok().map(std::borrow::Cow::into_owned),
        Operand::Root(path) => eval::find(path, root).ok().map(std::borrow::Cow::into_owned),
    }
}

fn compare(left: &Value, operator: Operator, right: &Value) -> bool {
    let order = match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => left.as_f64().zip(right.as_f64()).and_then(|(left, right)| left.partial_cmp(&right)),
    };
    let equal = order.map_or_else(|| left == right, |order| order == Ordering::Equal);
    match operator {
        Operator::Equal => equal,
        Operator::NotEqual => !equal,
        Operator::Less => order == Some(Ordering::Less),
        Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        Operator::In => right.as_array().is_some_and(|list| list.contains(left)),
        Operator::NotIn => !right.as_array().is_some_and(|list| list.contains(left)),
    }
}
