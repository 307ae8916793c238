//! `ERROR "INTERNAL SERVER" -debug`, `?ERROR ?WARN`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html#matching-terms-events>

use super::{Reader, Wrong};

/// Words and phrases; upper and lower case differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Terms {
    /// Reads the pattern.
    pub fn parse(pattern: &str) -> Result<Self, Wrong> {
        let mut terms = Self::default();
        let mut reader = Reader { rest: pattern };
        loop {
            reader.skip_space();
            let kind = match reader.rest.chars().next() {
                None => return Ok(terms),
                Some('?') => &mut terms.any,
                Some('-') => &mut terms.none,
                Some(_) => &mut terms.all,
            };
            if let Some(rest) = reader.rest.strip_prefix(['?', '-']) {
                reader.rest = rest;
            }
            kind.push(term(&mut reader)?);
        }
    }

    /// Whether a message has them. A `?` beside terms of the other kinds counts for nothing, as AWS
    /// documents it.
    pub fn matches(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        let only_any = self.all.is_empty() && self.none.is_empty() && !self.any.is_empty();
        if only_any {
            return self.any.iter().any(has);
        }
        self.all.iter().all(has) && !self.none.iter().any(has)
    }
}

/// A word of letters, digits and underscores, or a phrase in quotes: "Terms with characters other
/// than alphanumeric or underscore must be placed inside double quotation marks".
fn term(reader: &mut Reader<'_>) -> Result<String, Wrong> {
    match reader.rest.chars().next() {
        Some('"') => reader.quoted(),
        Some('%') => Err(Wrong::Regex),
        _ => {
            let word = reader.take_while(|next| next.is_alphanumeric() || next == '_');
            let ends = reader.rest.is_empty() || reader.rest.starts_with(char::is_whitespace);
            if word.is_empty() || !ends { Err(Wrong::Syntax) } else { Ok(word.to_owned()) }
        }
    }
}
