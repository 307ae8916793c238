//! Regular expressions in patterns: `%[45][0-9]{2}%`.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions>

use regex_lite::Regex;

use super::{Reader, Wrong};

/// Beside letters and digits: signs that stand for themselves, and those that an expression is made of. Others are
/// written by their numbers (`\x28`).
const SIGNS: &str = ":_#=@/;,-^$?[]{}|\\*+.";

/// An expression, which is looked for anywhere in a text.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    compiled: Regex,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Expression {
    /// Reads one, between the percent signs at the first of which the reader stands.
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Wrong> {
        reader.eat("%");
        let source = reader.take_while(|next| next != '%');
        if source.is_empty() || !reader.rest.starts_with('%') {
            return Err(Wrong::Syntax);
        }
        reader.eat("%");
        let fits = |it: char| it.is_ascii_alphanumeric() || SIGNS.contains(it);
        if !source.chars().all(fits) {
            return Err(Wrong::Term(source.to_owned()));
        }
        let compiled = Regex::new(source).map_err(|_| Wrong::Syntax)?;
        Ok(Self { source: source.to_owned(), compiled })
    }

    /// Whether it is somewhere in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.compiled.is_match(text)
    }
}
