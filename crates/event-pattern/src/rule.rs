//! What may stand at a path: one of the rules of a list.

use serde_json::Value as Json;

use crate::ip::{self, Block};

/// A rule for one value.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// This text.
    Text(String),
    /// This number, as it is written and what it comes to.
    Number(f64),
    /// `true`, `false` or `null`.
    Word(Json),
    /// There is (or is not) a value.
    Exists(bool),
    /// Texts that begin so.
    Prefix(String),
    /// Texts that end so.
    Suffix(String),
    /// This text, however its letters are cased.
    IgnoreCase(String),
    /// Texts that begin so, however their letters are cased.
    PrefixIgnoreCase(String),
    /// Texts that end so, however their letters are cased.
    SuffixIgnoreCase(String),
    /// Texts of these pieces, with anything between them.
    Wildcard(Wildcard),
    /// Numbers that compare so: the bounds, and whether each is one of them.
    Numeric {
        /// The least.
        bottom: Option<(f64, bool)>,
        /// The greatest.
        top: Option<(f64, bool)>,
    },
    /// Addresses of this block.
    Cidr(Block),
    /// Values that none of these rules fits.
    AnythingBut(Vec<Rule>),
}

/// Pieces of a text, between which anything may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wildcard(pub Vec<String>);

impl Wildcard {
    fn fits(&self, text: &str) -> bool {
        let mut pieces = self.0.iter();
        let Some(rest) = pieces.next().and_then(|first| text.strip_prefix(first.as_str())) else {
            return false;
        };
        let Some(last) = pieces.next_back() else { return rest.is_empty() };
        let mut rest = rest;
        for piece in pieces {
            let Some((_, after)) = rest.split_once(piece.as_str()) else { return false };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }
}

impl Rule {
    /// The operator's name, of a rule that has one.
    pub fn operator(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) | Self::Number(_) | Self::Word(_) => None,
            Self::Exists(_) => Some("exists"),
            Self::Prefix(_) | Self::PrefixIgnoreCase(_) => Some("prefix"),
            Self::Suffix(_) | Self::SuffixIgnoreCase(_) => Some("suffix"),
            Self::IgnoreCase(_) => Some("equals-ignore-case"),
            Self::Wildcard(_) => Some("wildcard"),
            Self::Numeric { .. } => Some("numeric"),
            Self::Cidr(_) => Some("cidr"),
            Self::AnythingBut(_) => Some("anything-but"),
        }
    }

    /// Whether the rule asks for there being nothing.
    pub fn wants_nothing(&self) -> bool {
        *self == Self::Exists(false)
    }

    /// Whether a value that is there is as the rule wants it.
    pub fn fits(&self, value: &Json) -> bool {
        let text = value.as_str();
        let is = |test: &dyn Fn(&str) -> bool| text.is_some_and(test);
        match self {
            Self::Text(wanted) => is(&|it| it == wanted || ip::is_same(it, wanted)),
            Self::Number(wanted) => value.as_f64().is_some_and(|it| same(it, *wanted)),
            Self::Word(wanted) => value == wanted,
            Self::Exists(wanted) => *wanted,
            Self::Prefix(begin) => is(&|it| it.starts_with(begin.as_str())),
            Self::Suffix(end) => is(&|it| it.ends_with(end.as_str())),
            Self::IgnoreCase(wanted) => is(&|it| it.to_lowercase() == wanted.to_lowercase()),
            Self::PrefixIgnoreCase(begin) => {
                is(&|it| it.to_lowercase().starts_with(&begin.to_lowercase()))
            }
            Self::SuffixIgnoreCase(end) => {
                is(&|it| it.to_lowercase().ends_with(&end.to_lowercase()))
            }
            Self::Wildcard(wildcard) => is(&|it| wildcard.fits(it)),
            Self::Numeric { bottom, top } => value.as_f64().is_some_and(|it| {
                bottom.is_none_or(|(least, itself)| it > least || (itself && same(it, least)))
                    && top.is_none_or(|(most, itself)| it < most || (itself && same(it, most)))
            }),
            Self::Cidr(block) => is(&|it| block.holds(it)),
            Self::AnythingBut(rules) => !rules.iter().any(|rule| rule.fits(value)),
        }
    }
}

#[expect(clippy::float_cmp, reason = "both were read from JSON: the same number is the same bits")]
fn same(one: f64, other: f64) -> bool {
    one == other
}
