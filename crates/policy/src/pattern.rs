//! Texts with wildcards and variables.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::context::Context;
use crate::document::Version;

/// A text of a policy: a resource, or a value that a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As written, wildcards and all.
    Text(String),
    /// `${*}`, `${?}`, `${$}`: the character itself.
    Literal(char),
    /// `${key}`, `${key, 'default'}`
    Variable { key: String, default: Option<String> },
}

/// A template whose variables have their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// This character.
    Char(char),
    /// `*`: any characters.
    Any,
    /// `?`: any one character.
    One,
}

impl Template {
    /// Reads a text by the rules of `version`.
    pub fn parse(source: &str, version: Version) -> Self {
        let pieces = match version {
            Version::V2008 => vec![Piece::Text(source.to_owned())],
            Version::V2012 => pieces(source),
        };
        Self { source: source.to_owned(), pieces }
    }

    /// As written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether it stands for one text alone: without wildcards and variables.
    pub fn is_fixed(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Text(text) => !text.contains(['*', '?']),
            Piece::Literal(_) => true,
            Piece::Variable { .. } => false,
        })
    }

    /// Whether it has a variable.
    pub fn has_variables(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Variable { .. }))
    }

    /// The text with its variables' values, wildcards as written; `None` if one has no value.
    pub fn text(&self, context: &Context) -> Option<String> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Literal(character) => text.push(*character),
                Piece::Variable { key, default } => {
                    text.push_str(value(context, key, default.as_deref())?);
                }
            }
        }
        Some(text)
    }

    /// The same with its wildcards told from characters. What a variable stands for is taken
    /// literally. guess: AWS does not say whether a `*` in a user's tag is a wildcard.
    pub fn tokens(&self, context: &Context) -> Option<Vec<Token>> {
        let mut tokens = Vec::with_capacity(self.source.len());
        for piece in &self.pieces {
            match piece {
                Piece::Text(part) => tokens.extend(part.chars().map(Token::of)),
                Piece::Literal(character) => tokens.push(Token::Char(*character)),
                Piece::Variable { key, default } => {
                    let value = value(context, key, default.as_deref())?;
                    tokens.extend(value.chars().map(Token::Char));
                }
            }
        }
        Some(tokens)
    }
}

impl Token {
    fn of(character: char) -> Self {
        match character {
            '*' => Self::Any,
            '?' => Self::One,
            other => Self::Char(other),
        }
    }
}

fn value<'a>(context: &'a Context, key: &str, default: Option<&'a str>) -> Option<&'a str> {
    context.one(key).or(default)
}

/// What is no variable (`${`, `${}`) is text.
fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = source;
    let mut text = String::new();
    while let Some(at) = rest.find("${") {
        let (before, opened) = rest.split_at(at);
        text.push_str(before);
        let inside = opened.get(2..).unwrap_or_default();
        let closed = inside.find('}').and_then(|end| {
            let piece = variable(inside.get(..end)?)?;
            Some((piece, inside.get(end + 1..).unwrap_or_default()))
        });
        if let Some((piece, after)) = closed {
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(piece);
            rest = after;
        } else {
            text.push_str("${");
            rest = inside;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

fn variable(inside: &str) -> Option<Piece> {
    match inside {
        "*" => return Some(Piece::Literal('*')),
        "?" => return Some(Piece::Literal('?')),
        "$" => return Some(Piece::Literal('$')),
        _ => {}
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) => {
            let default = default.trim().strip_prefix('\'')?.strip_suffix('\'')?;
            (key.trim(), Some(default.to_owned()))
        }
        None => (inside.trim(), None),
    };
    let is_key = key.contains(':') && !key.contains(['$', '{']);
    is_key.then(|| Piece::Variable { key: key.to_owned(), default })
}

/// Whether the whole of `value` fits. Takes at most their lengths multiplied.
pub fn fits(tokens: &[Token], value: &str) -> bool {
    let value: Vec<char> = value.chars().collect();
    let (mut token, mut at) = (0, 0);
    // Where the last `*` was, and how far it reaches.
    let mut star: Option<(usize, usize)> = None;
    while let Some(character) = value.get(at) {
        match tokens.get(token) {
            Some(Token::Any) => {
                star = Some((token, at));
                token += 1;
            }
            Some(Token::One) => {
                token += 1;
                at += 1;
            }
            Some(Token::Char(wanted)) if wanted == character => {
                token += 1;
                at += 1;
            }
            _ => {
                let Some((place, reach)) = star else { return false };
                star = Some((place, reach + 1));
                token = place + 1;
                at = reach + 1;
            }
        }
    }
    tokens.iter().skip(token).all(|token| *token == Token::Any)
}

/// Whether `value` fits a pattern without variables, upper and lower case alike: actions.
pub fn action_fits(pattern: &str, action: &str) -> bool {
    let tokens: Vec<Token> = pattern.to_ascii_lowercase().chars().map(Token::of).collect();
    fits(&tokens, &action.to_ascii_lowercase())
}
