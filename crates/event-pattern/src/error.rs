//! Why a text is no pattern, in AWS's words.

use std::fmt;

/// Characters of a pattern that a message repeats.
const SHOWN_CHARS_MAX: usize = 500;

/// Why a text is no pattern: what AWS says after "Event pattern is not valid. Reason: ".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid(String);

impl Invalid {
    /// Words without a place.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The same words, followed by a place in the pattern.
    #[must_use]
    pub fn at(self, source: &str, offset: usize) -> Self {
        Self(format!("{}\n at {}", self.0, place(source, offset)))
    }
}

/// `[Source: (String)"..."; line: 1, column: 5]`: a place as AWS writes it.
pub fn place(source: &str, offset: usize) -> String {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
    let shown: String = source.chars().take(SHOWN_CHARS_MAX).collect();
    let more = source.chars().count().saturating_sub(SHOWN_CHARS_MAX);
    let rest = if more == 0 { String::new() } else { format!("[truncated {more} chars]") };
    format!("[Source: (String)\"{shown}\"{rest}; line: {line}, column: {column}]")
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Invalid {}
