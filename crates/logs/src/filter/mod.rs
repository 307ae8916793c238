//! Filter patterns: read once, then asked of each message.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
//!
//! Three kinds, told apart by how they begin: terms, `{ JSON }`, `[columns]`. In each there may be regular expressions.

mod columns;
mod compare;
mod json;
mod regex;
mod terms;

use std::collections::BTreeMap;

use crate::error::Error;

/// A pattern that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Words that a message must have, may have one of, must not have.
    Terms(terms::Terms),
    /// A condition on a message that is a JSON object.
    Json(json::Condition),
    /// Conditions on the space-delimited fields of a message.
    Columns(columns::Columns),
}

/// What a pattern took out of a message, by the names that it gives them.
pub type Extracted = BTreeMap<String, String>;

impl Filter {
    /// Reads a pattern. An empty one matches everything.
    pub fn parse(pattern: &str) -> Result<Self, Error> {
        let pattern = pattern.trim();
        let read = match pattern.chars().next() {
            Some('{') => json::Condition::parse(pattern).map(Self::Json),
            Some('[') if !pattern.ends_with(']') => Err(Wrong::NotClosed),
            Some('[') => columns::Columns::parse(pattern).map(Self::Columns),
            _ => terms::Terms::parse(pattern).map(Self::Terms),
        };
        read.map_err(|wrong| match wrong {
            // guess: AWS says no more than this.
            Wrong::Syntax => Error::parameter("Invalid filter pattern"),
            // Recorded:
            // <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/logs/pf-logs-filter-pattern-bracket>.
            Wrong::NotClosed => {
                Error::parameter("If a filter pattern starts with '[' it must end with ']'")
            }
            Wrong::Term(term) => Error::parameter(format!("Invalid character(s) in term '{term}'")),
        })
    }

    /// Whether a message matches.
    pub fn matches(&self, message: &str) -> bool {
        match self {
            Self::Terms(terms) => terms.matches(message),
            Self::Json(condition) => condition.matches(message).is_some(),
            Self::Columns(columns) => columns.matches(message).is_some(),
        }
    }

    /// What a message that matches gives; `None`: it does not match.
    pub fn extract(&self, message: &str) -> Option<Extracted> {
        match self {
            Self::Terms(terms) => terms.matches(message).then(Extracted::new),
            Self::Json(condition) => condition.matches(message),
            Self::Columns(columns) => columns.matches(message),
        }
    }
}

/// Why a pattern cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is none.
    Syntax,
    /// It begins as columns do, and does not end so.
    NotClosed,
    /// This word has a character that it cannot have, out of quotes or in a regular expression.
    Term(String),
}

/// A pattern that is read from left to right.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Goes past `token` if it comes next.
    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Goes past a word, in any case, that ends where it ends.
    fn eat_word(&mut self, word: &str) -> bool {
        self.skip_space();
        let Some((head, tail)) = self.rest.split_at_checked(word.len()) else { return false };
        let ends = !tail.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        if head.eq_ignore_ascii_case(word) && ends {
            self.rest = tail;
            return true;
        }
        false
    }

    /// Takes characters while `goes_on` says so.
    fn take_while(&mut self, goes_on: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|next| !goes_on(next)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes the text between double quotes; a backslash keeps the next character as it is.
    fn quoted(&mut self) -> Result<String, Wrong> {
        let mut text = String::new();
        let mut letters = self.rest.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return Ok(text);
                }
                '\\' => text.extend(letters.next().map(|(_, escaped)| escaped)),
                other => text.push(other),
            }
        }
        Err(Wrong::Syntax)
    }
}
