//! `[ip, user, ..., status = 4*, bytes > 1000]`: names for the fields of a message, and conditions
//! on them.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html#metric-filters-extract-space-delimited>

use super::compare::{Operand, Relation, operand};
use super::{Extracted, Reader, Wrong};

/// What must be true of the fields of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    before: Vec<Column>,
    /// Those after `...`; `None`: there is none, and every field has its column.
    after: Option<Vec<Column>>,
}

/// One field: its name, and any of these all of which hold.
#[derive(Debug, Clone, PartialEq)]
struct Column {
    name: String,
    any_of: Vec<Vec<(Relation, Operand)>>,
}

impl Columns {
    /// Reads the pattern, brackets included.
    pub fn parse(pattern: &str) -> Result<Self, Wrong> {
        let mut reader = Reader { rest: pattern };
        let mut columns = Self { before: Vec::new(), after: None };
        if !reader.eat("[") {
            return Err(Wrong::Syntax);
        }
        loop {
            if reader.eat("...") {
                if columns.after.replace(Vec::new()).is_some() {
                    return Err(Wrong::Syntax);
                }
            } else {
                let column = Column::read(&mut reader)?;
                match &mut columns.after {
                    Some(after) => after.push(column),
                    None => columns.before.push(column),
                }
            }
            if reader.eat("]") {
                break;
            }
            if !reader.eat(",") {
                return Err(Wrong::Syntax);
            }
        }
        reader.skip_space();
        if reader.rest.is_empty() { Ok(columns) } else { Err(Wrong::Syntax) }
    }

    /// The fields by their names, if the message matches. Those that `...` stands for are called by
    /// their numbers.
    pub fn matches(&self, message: &str) -> Option<Extracted> {
        let fields = fields(message);
        let after: &[Column] = self.after.as_deref().unwrap_or_default();
        let named = self.before.len() + after.len();
        let fits = if self.after.is_some() { fields.len() >= named } else { fields.len() == named };
        if !fits {
            return None;
        }
        let skipped = fields.len() - named;
        let columns = self.before.iter().map(Some);
        let columns =
            columns.chain(std::iter::repeat_n(None, skipped)).chain(after.iter().map(Some));
        let mut extracted = Extracted::new();
        for (at, (column, field)) in columns.zip(&fields).enumerate() {
            if column.is_some_and(|column| !column.holds(field)) {
                return None;
            }
            let name = column.map(|column| column.name.as_str()).filter(|name| !name.is_empty());
            let name = name.map_or_else(|| format!("${}", at + 1), |name| format!("${name}"));
            extracted.insert(name, field.clone());
        }
        Some(extracted)
    }
}

impl Column {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Wrong> {
        let name = name(reader)?;
        let mut any_of: Vec<Vec<(Relation, Operand)>> = Vec::new();
        if let Some(relation) = Relation::read(reader) {
            any_of.push(vec![(relation, value(reader)?)]);
            loop {
                let and = reader.eat("&&");
                if !and && !reader.eat("||") {
                    break;
                }
                if self::name(reader)? != name {
                    return Err(Wrong::Syntax);
                }
                let relation = Relation::read(reader).ok_or(Wrong::Syntax)?;
                let test = (relation, value(reader)?);
                match any_of.last_mut().filter(|_| and) {
                    Some(all_of) => all_of.push(test),
                    None => any_of.push(vec![test]),
                }
            }
        }
        Ok(Self { name, any_of })
    }

    fn holds(&self, field: &str) -> bool {
        let number = field.parse::<f64>().ok().filter(|number| number.is_finite());
        let test = |(relation, operand): &(Relation, Operand)| match (operand, number) {
            (Operand::Number(_), Some(number)) => relation.of_number(number, operand),
            // `404` without quotes is a number, and `4*` fits the digits of one.
            (Operand::Number(_), None) => *relation == Relation::Unequal,
            (Operand::Text(_) | Operand::Regex(_), _) => relation.of_text(field, operand),
        };
        self.any_of.is_empty() || self.any_of.iter().any(|all_of| all_of.iter().all(test))
    }
}

/// A column without a name is one that nobody asks for.
fn name(reader: &mut Reader<'_>) -> Result<String, Wrong> {
    reader.skip_space();
    let name = reader.take_while(|next| next.is_alphanumeric() || next == '_' || next == '-');
    reader.skip_space();
    let ends = reader.rest.starts_with([',', ']', '=', '!', '<', '>']);
    if ends { Ok(name.to_owned()) } else { Err(Wrong::Syntax) }
}

fn value(reader: &mut Reader<'_>) -> Result<Operand, Wrong> {
    operand(reader, |next| next.is_whitespace() || matches!(next, ',' | ']' | '&' | '|'))
}

/// Splits a message at spaces; what stands in `"` or `[` `]` is one field, without them.
fn fields(message: &str) -> Vec<String> {
    let mut fields = Vec::new();
    let mut rest = message.trim();
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '"' => Some('"'),
            '[' => Some(']'),
            _ => None,
        };
        let inside = close.and_then(|close| rest.get(1..)?.split_once(close));
        let (field, after) = match inside {
            Some(split) => split,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        fields.push(field.to_owned());
        rest = after.trim_start();
    }
    fields
}
