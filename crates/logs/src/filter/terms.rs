//! `ERROR "INTERNAL SERVER" -debug`, `?ERROR ?WARN`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html#matching-terms-events>

use super::regex::Expression;
use super::{Reader, Wrong};

/// Words and phrases; upper and lower case differ.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    all: Vec<Term>,
    any: Vec<Term>,
    none: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Text(String),
    Regex(Expression),
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
        let has = |term: &Term| match term {
            Term::Text(text) => message.contains(text.as_str()),
            Term::Regex(expression) => expression.is_in(message),
        };
        let only_any = self.all.is_empty() && self.none.is_empty() && !self.any.is_empty();
        if only_any {
            return self.any.iter().any(has);
        }
        self.all.iter().all(has) && !self.none.iter().any(has)
    }
}

/// A word of letters, digits and underscores, or a phrase in quotes: "Terms with characters other
/// than alphanumeric or underscore must be placed inside double quotation marks".
fn term(reader: &mut Reader<'_>) -> Result<Term, Wrong> {
    match reader.rest.chars().next() {
        Some('"') => reader.quoted().map(Term::Text),
        Some('%') => Expression::read(reader).map(Term::Regex),
        None => Err(Wrong::Syntax),
        _ => {
            let word = reader.take_while(|next| !next.is_whitespace());
            let fits = |next: char| next.is_alphanumeric() || next == '_';
            if word.chars().all(fits) && !word.is_empty() {
                return Ok(Term::Text(word.to_owned()));
            }
            Err(Wrong::Term(word.to_owned()))
        }
    }
}
