//! `{ $.eventType = "UpdateTrail" && ($.latency > 100 || $.error IS TRUE) }`
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html#metric-filters-extract-json>

use serde_json::Value as Json;

use super::compare::{Operand, Relation, operand};
use super::{Extracted, Reader, Wrong};
use crate::limits::PATTERN_DEPTH_MAX;

/// A condition on a JSON object.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// One property.
    Test(Selector, Test),
}

/// What must be true of a property.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// It is there, and stands so to this.
    Compare(Relation, Operand),
    /// `IS TRUE`, `IS FALSE`
    Is(bool),
    /// `IS NULL`
    IsNull,
    /// `NOT EXISTS`
    NotExists,
}

/// `$.users[0].name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    written: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    At(usize),
    Each,
}

impl Condition {
    /// Reads the pattern, braces included.
    pub fn parse(pattern: &str) -> Result<Self, Wrong> {
        let mut reader = Reader { rest: pattern };
        let opened = reader.eat("{");
        let condition = any(&mut reader, 0)?;
        let closed = reader.eat("}");
        reader.skip_space();
        if opened && closed && reader.rest.is_empty() { Ok(condition) } else { Err(Wrong::Syntax) }
    }

    /// The values of the properties that the pattern names, if the message matches.
    pub fn matches(&self, message: &str) -> Option<Extracted> {
        let json: Json = serde_json::from_str(message).ok().filter(Json::is_object)?;
        if !self.holds(&json) {
            return None;
        }
        let mut extracted = Extracted::new();
        self.extract(&json, &mut extracted);
        Some(extracted)
    }

    fn holds(&self, json: &Json) -> bool {
        match self {
            Self::All(all) => all.iter().all(|one| one.holds(json)),
            Self::Any(any) => any.iter().any(|one| one.holds(json)),
            Self::Test(selector, Test::NotExists) => selector.find(json).is_empty(),
            Self::Test(selector, test) => selector.find(json).iter().any(|value| test.holds(value)),
        }
    }

    fn extract(&self, json: &Json, extracted: &mut Extracted) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.extract(json, extracted));
            }
            Self::Test(selector, _) => {
                if let Some(value) = selector.find(json).first() {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    extracted.insert(selector.written.clone(), text);
                }
            }
        }
    }
}

impl Test {
    fn holds(&self, value: &Json) -> bool {
        match (self, value) {
            (Self::Is(wanted), value) => value.as_bool() == Some(*wanted),
            (Self::IsNull, value) => value.is_null(),
            (Self::NotExists, _) => false,
            (Self::Compare(relation, operand), Json::Number(number)) => {
                number.as_f64().is_some_and(|number| relation.of_number(number, operand))
            }
            (Self::Compare(relation, operand), Json::String(text)) => {
                relation.of_text(text, operand)
            }
            // Of everything else it can only be told that it is there.
            (Self::Compare(relation, operand), _) => {
                *relation == Relation::Equal && *operand == Operand::Text("*".to_owned())
            }
        }
    }
}

impl Selector {
    fn find<'a>(&self, json: &'a Json) -> Vec<&'a Json> {
        let mut found = vec![json];
        for step in &self.steps {
            found = match step {
                Step::Name(name) => found.iter().filter_map(|json| json.get(name)).collect(),
                Step::At(index) => found.iter().filter_map(|json| json.get(*index)).collect(),
                Step::Each => found.iter().filter_map(|json| json.as_array()).flatten().collect(),
            };
        }
        found
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Wrong> {
        reader.skip_space();
        let before = reader.rest;
        if !reader.eat("$") {
            return Err(Wrong::Syntax);
        }
        let mut steps = Vec::new();
        loop {
            if let Some(rest) = reader.rest.strip_prefix('[') {
                reader.rest = rest;
                steps.push(bracket(reader)?);
            } else if let Some(rest) = reader.rest.strip_prefix('.') {
                reader.rest = rest;
                // `$.['cluster.name']`
                if !reader.rest.starts_with('[') {
                    let name = reader.take_while(|it| it.is_alphanumeric() || "_-@:".contains(it));
                    if name.is_empty() {
                        return Err(Wrong::Syntax);
                    }
                    steps.push(Step::Name(name.to_owned()));
                }
            } else {
                break;
            }
        }
        let length = before.len() - reader.rest.len();
        let written = before.get(..length).unwrap_or_default().to_owned();
        if steps.is_empty() { Err(Wrong::Syntax) } else { Ok(Self { written, steps }) }
    }
}

/// What stands between `[` and `]`.
fn bracket(reader: &mut Reader<'_>) -> Result<Step, Wrong> {
    let inside = reader.take_while(|next| next != ']');
    if !reader.eat("]") {
        return Err(Wrong::Syntax);
    }
    let name = |quote: char| inside.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(name) = name('\'').or_else(|| name('"')) {
        return Ok(Step::Name(name.to_owned()));
    }
    if inside == "*" {
        return Ok(Step::Each);
    }
    inside.parse().map(Step::At).map_err(|_| Wrong::Syntax)
}

fn any(reader: &mut Reader<'_>, depth: usize) -> Result<Condition, Wrong> {
    let mut parts = vec![all(reader, depth)?];
    while reader.eat("||") {
        parts.push(all(reader, depth)?);
    }
    Ok(single(parts, Condition::Any))
}

fn all(reader: &mut Reader<'_>, depth: usize) -> Result<Condition, Wrong> {
    let mut parts = vec![one(reader, depth)?];
    while reader.eat("&&") {
        parts.push(one(reader, depth)?);
    }
    Ok(single(parts, Condition::All))
}

fn single(mut parts: Vec<Condition>, wrap: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            wrap(parts)
        }
    }
}

fn one(reader: &mut Reader<'_>, depth: usize) -> Result<Condition, Wrong> {
    if reader.eat("(") {
        if depth >= PATTERN_DEPTH_MAX {
            return Err(Wrong::Syntax);
        }
        let inner = any(reader, depth + 1)?;
        return if reader.eat(")") { Ok(inner) } else { Err(Wrong::Syntax) };
    }
    let selector = Selector::read(reader)?;
    let test = if reader.eat_word("IS") {
        if reader.eat_word("TRUE") {
            Test::Is(true)
        } else if reader.eat_word("FALSE") {
            Test::Is(false)
        } else if reader.eat_word("NULL") {
            Test::IsNull
        } else {
            return Err(Wrong::Syntax);
        }
    } else if reader.eat_word("NOT") {
        if !reader.eat_word("EXISTS") {
            return Err(Wrong::Syntax);
        }
        Test::NotExists
    } else {
        let relation = Relation::read(reader).ok_or(Wrong::Syntax)?;
        let ends = |next: char| next.is_whitespace() || matches!(next, ')' | '}' | '&' | '|');
        Test::Compare(relation, operand(reader, ends)?)
    };
    Ok(Condition::Test(selector, test))
}
