//! What a Choice state compares.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>

use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::fail::Failure;
use crate::jsonata::{self, Expression};
use crate::path::{self, Path};
use crate::template::{Language, Template};
use crate::time;
use crate::view::View;

/// One of a Choice state's `Choices`.
#[derive(Debug, Clone)]
pub struct Rule {
    /// When it applies.
    pub test: Test,
    /// What follows then.
    pub next: Option<usize>,
    /// `Assign`
    pub assign: Vec<(String, Template)>,
    /// `Output`
    pub output: Option<Template>,
}

/// When a rule applies.
#[derive(Debug, Clone)]
pub enum Test {
    /// All of them.
    And(Vec<Test>),
    /// One of them.
    Or(Vec<Test>),
    /// Not this.
    Not(Box<Test>),
    /// A value stands in a relation to another.
    Compare(Path, Comparison, Operand),
    /// An expression gives true.
    Condition(Rc<Expression>),
    /// It is given.
    Given(bool),
}

/// What a value is compared with.
#[derive(Debug, Clone)]
pub enum Operand {
    /// It is given.
    Given(Value),
    /// It is looked up.
    Path(Path),
}

/// The type that both values must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Strings, by their UTF-16 units as Java has it.
    Text,
    /// Numbers.
    Numeric,
    /// Booleans.
    Boolean,
    /// Moments.
    Timestamp,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Values of a type, in one of these orders.
    Ordered(Kind, &'static [Ordering]),
    /// A string fits a pattern.
    Matches,
    /// `IsNull`
    Null,
    /// `IsPresent`
    Present,
    /// `IsNumeric`
    Number,
    /// `IsString`
    String,
    /// `IsBoolean`
    Boolean,
    /// `IsTimestamp`
    Timestamp,
}

/// All comparisons by name.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html#amazon-states-language-choice-state-rules>
pub const OPERATORS: [&str; 39] = [
    "StringEquals",
    "StringEqualsPath",
    "StringLessThan",
    "StringLessThanPath",
    "StringGreaterThan",
    "StringGreaterThanPath",
    "StringLessThanEquals",
    "StringLessThanEqualsPath",
    "StringGreaterThanEquals",
    "StringGreaterThanEqualsPath",
    "StringMatches",
    "NumericEquals",
    "NumericEqualsPath",
    "NumericLessThan",
    "NumericLessThanPath",
    "NumericGreaterThan",
    "NumericGreaterThanPath",
    "NumericLessThanEquals",
    "NumericLessThanEqualsPath",
    "NumericGreaterThanEquals",
    "NumericGreaterThanEqualsPath",
    "BooleanEquals",
    "BooleanEqualsPath",
    "TimestampEquals",
    "TimestampEqualsPath",
    "TimestampLessThan",
    "TimestampLessThanPath",
    "TimestampGreaterThan",
    "TimestampGreaterThanPath",
    "TimestampLessThanEquals",
    "TimestampLessThanEqualsPath",
    "TimestampGreaterThanEquals",
    "TimestampGreaterThanEqualsPath",
    "IsNull",
    "IsPresent",
    "IsNumeric",
    "IsString",
    "IsBoolean",
    "IsTimestamp",
];

const EQUAL: &[Ordering] = &[Ordering::Equal];
const LESS: &[Ordering] = &[Ordering::Less];
const GREATER: &[Ordering] = &[Ordering::Greater];
const LESS_EQUAL: &[Ordering] = &[Ordering::Less, Ordering::Equal];
const GREATER_EQUAL: &[Ordering] = &[Ordering::Greater, Ordering::Equal];

impl Comparison {
    /// The comparison that an operator's name means, without `Path`.
    pub fn named(name: &str) -> Option<Self> {
        let kinds = [
            ("String", Kind::Text),
            ("Numeric", Kind::Numeric),
            ("Boolean", Kind::Boolean),
            ("Timestamp", Kind::Timestamp),
        ];
        match name {
            "StringMatches" => return Some(Self::Matches),
            "IsNull" => return Some(Self::Null),
            "IsPresent" => return Some(Self::Present),
            "IsNumeric" => return Some(Self::Number),
            "IsString" => return Some(Self::String),
            "IsBoolean" => return Some(Self::Boolean),
            "IsTimestamp" => return Some(Self::Timestamp),
            _ => {}
        }
        let (kind, relation) = kinds.into_iter().find_map(|(prefix, kind)| {
            name.strip_prefix(prefix).map(|relation| (kind, relation))
        })?;
        let orders = match relation {
            "Equals" => EQUAL,
            _ if kind == Kind::Boolean => return None,
            "LessThan" => LESS,
            "GreaterThan" => GREATER,
            "LessThanEquals" => LESS_EQUAL,
            "GreaterThanEquals" => GREATER_EQUAL,
            _ => return None,
        };
        Some(Self::Ordered(kind, orders))
    }

    /// Whether it has a twin whose name ends in `Path`.
    pub fn has_path(self) -> bool {
        matches!(self, Self::Ordered(..))
    }

    /// Whether `left` stands in this relation to `right`.
    fn holds(self, left: &Value, right: &Value) -> bool {
        let asked = right.as_bool().unwrap_or(false);
        match self {
            Self::Ordered(kind, orders) => {
                order(kind, left, right).is_some_and(|order| orders.contains(&order))
            }
            Self::Matches => {
                left.as_str().zip(right.as_str()).is_some_and(|(text, pattern)| fits(text, pattern))
            }
            Self::Null => left.is_null() == asked,
            Self::Present => asked,
            Self::Number => left.is_number() == asked,
            Self::String => left.is_string() == asked,
            Self::Boolean => left.is_boolean() == asked,
            Self::Timestamp => left.as_str().and_then(time::parse).is_some() == asked,
        }
    }
}

fn order(kind: Kind, left: &Value, right: &Value) -> Option<Ordering> {
    match kind {
        Kind::Text => Some(left.as_str()?.encode_utf16().cmp(right.as_str()?.encode_utf16())),
        Kind::Boolean => Some(left.as_bool()?.cmp(&right.as_bool()?)),
        Kind::Timestamp => Some(time::parse(left.as_str()?)?.cmp(&time::parse(right.as_str()?)?)),
        Kind::Numeric => match (left.as_i64(), right.as_i64()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
        },
    }
}

/// Whether `text` fits `pattern`: `*` stands for any text, `\*` and `\\` for themselves.
fn fits(text: &str, pattern: &str) -> bool {
    let mut pieces = vec![String::new()];
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '*' => pieces.push(String::new()),
            '\\' => {
                if let (Some(next), Some(piece)) = (chars.next(), pieces.last_mut()) {
                    piece.push(next);
                }
            }
            c => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(c);
                }
            }
        }
    }
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    if pieces.len() == 1 {
        return text == first;
    }
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in pieces.get(1..pieces.len() - 1).unwrap_or_default() {
        let Some(at) = rest.find(piece.as_str()) else { return false };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
    }
    rest.ends_with(last.as_str())
}

/// Reads the test of a rule.
pub fn compile(fields: &Map<String, Value>, language: Language) -> Option<Test> {
    if language == Language::Jsonata {
        return match fields.get("Condition")? {
            Value::Bool(given) => Some(Test::Given(*given)),
            condition => {
                let inner = jsonata::inner(condition.as_str()?)?;
                Expression::compile(inner).ok().map(|inner| Test::Condition(Rc::new(inner)))
            }
        };
    }
    let list = |value: &Value| {
        let rules = value.as_array()?.iter();
        rules.map(|rule| compile(rule.as_object()?, language)).collect::<Option<Vec<_>>>()
    };
    if let Some(all) = fields.get("And") {
        return list(all).map(Test::And);
    }
    if let Some(any) = fields.get("Or") {
        return list(any).map(Test::Or);
    }
    if let Some(not) = fields.get("Not") {
        return compile(not.as_object()?, language).map(|test| Test::Not(Box::new(test)));
    }
    let variable = path::parse(fields.get("Variable")?.as_str()?)?;
    fields.iter().find_map(|(name, value)| {
        if let Some(comparison) = Comparison::named(name) {
            return Some(Test::Compare(
                variable.clone(),
                comparison,
                Operand::Given(value.clone()),
            ));
        }
        let comparison = Comparison::named(name.strip_suffix("Path")?)?;
        let path = path::parse(value.as_str()?)?;
        Some(Test::Compare(variable.clone(), comparison, Operand::Path(path)))
    })
}

impl Test {
    /// Whether the rule applies. `place` names the rule in failures: `Choices[0]/Condition`.
    pub fn applies(
        &self,
        view: &mut View<'_>,
        input: &Value,
        place: &str,
    ) -> Result<bool, Failure> {
        match self {
            Self::And(all) => {
                for test in all {
                    if !test.applies(view, input, place)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Or(any) => {
                for test in any {
                    if test.applies(view, input, place)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(test) => Ok(!test.applies(view, input, place)?),
            Self::Given(given) => Ok(*given),
            Self::Condition(expression) => match view.evaluate(expression, place)? {
                Value::Bool(applies) => Ok(applies),
                other => Err(crate::view::unexpected(expression, place, "boolean", &other)),
            },
            Self::Compare(variable, comparison, operand) => {
                compare(view, input, (variable, *comparison, operand))
            }
        }
    }
}

fn compare(
    view: &mut View<'_>,
    input: &Value,
    (variable, comparison, operand): (&Path, Comparison, &Operand),
) -> Result<bool, Failure> {
    let left = view.find(variable, input);
    if comparison == Comparison::Present {
        let asked = matches!(operand, Operand::Given(Value::Bool(true)));
        return Ok(left.is_ok() == asked);
    }
    let missing = |path: &Path, _: path::NoResult| {
        Failure::runtime(format!(
            "Invalid path '{}': The choice state's condition path references an invalid value.",
            path.text
        ))
    };
    let left = left.map_err(|why| missing(variable, why))?;
    match operand {
        Operand::Given(right) => Ok(comparison.holds(&left, right)),
        Operand::Path(path) => {
            let right = view.find(path, input).map_err(|why| missing(path, why))?;
            Ok(comparison.holds(&left, &right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, OPERATORS, fits};

    #[test]
    fn every_operator_is_a_comparison() {
        for name in OPERATORS {
            let plain = Comparison::named(name);
            let by_path = name.strip_suffix("Path").and_then(Comparison::named);
            assert!(plain.is_some() || by_path.is_some_and(Comparison::has_path), "{name}");
        }
    }

    #[test]
    fn a_star_stands_for_any_text_unless_it_is_escaped() {
        for (text, pattern, expected) in [
            ("foo23.log", "foo*.log", true),
            ("zebra.log", "*.log", true),
            ("foobar.zebra", "foo*.*", true),
            ("a*b", "a\\*b", true),
            ("axb", "a\\*b", false),
            ("ab", "ab*ab", false),
            ("", "*", true),
            ("", "", true),
            ("a\\b", "a\\\\b", true),
        ] {
            assert_eq!(fits(text, pattern), expected, "{text} {pattern}");
        }
    }
}
