//! A pattern's JSON, a token at a time, with places: refusals name where reading had come to, as AWS's do.

use crate::Invalid;
use crate::error::place;

const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/// Objects and lists within each other.
const DEPTH_MAX: usize = 1_000;

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ListStart,
    /// `]`
    ListEnd,
    /// A member's name.
    Name(String),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

struct Open {
    is_object: bool,
    is_empty: bool,
    at: usize,
}

/// Reads tokens.
pub struct Reader<'a> {
    source: &'a str,
    at: usize,
    open: Vec<Open>,
    /// The value after a name, which is read together with it; where it begins to be known, and where it ends.
    ahead: Option<(Token, usize)>,
    /// What refusals name: where the last token is known from.
    known: usize,
    /// What they name once its text was looked at.
    read: usize,
    begun: bool,
}

impl<'a> Reader<'a> {
    /// Begins.
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0, open: Vec::new(), ahead: None, known: 0, read: 0, begun: false }
    }

    /// Whether the first value has been read to its end.
    pub fn is_done(&self) -> bool {
        self.begun && self.open.is_empty() && self.ahead.is_none()
    }

    /// A refusal at the last token.
    pub fn refuse<T>(&self, words: impl Into<String>) -> Result<T, Invalid> {
        Err(self.locate(Invalid::new(words)))
    }

    /// A refusal with the place of the last token.
    pub fn locate(&self, invalid: Invalid) -> Invalid {
        invalid.at(self.source, self.known)
    }

    /// The text of the last token was looked at: it is known to its end.
    pub fn looked(&mut self) {
        self.known = self.read;
    }

    /// The next token.
    pub fn next(&mut self) -> Result<Token, Invalid> {
        if let Some((token, known)) = self.ahead.take() {
            self.known = known;
            self.read = self.at;
            return Ok(token);
        }
        self.skip_blanks();
        let found = self.open.last().map(|open| (open.is_object, open.is_empty));
        match found {
            None if self.begun => Ok(Token::Null),
            None => {
                self.begun = true;
                self.value()
            }
            Some((true, is_empty)) => self.member(is_empty),
            Some((false, is_empty)) => self.item(is_empty),
        }
    }

    fn member(&mut self, is_empty: bool) -> Result<Token, Invalid> {
        if self.peek()? == '}' {
            return Ok(self.close(Token::ObjectEnd));
        }
        self.separate(is_empty, "Object")?;
        if self.peek()? != '"' {
            return self.unexpected("was expecting double-quote to start field name");
        }
        let name = self.text()?;
        self.skip_blanks();
        if self.peek()? != ':' {
            return self.unexpected("was expecting a colon to separate field name and value");
        }
        self.step();
        self.skip_blanks();
        let value = self.value()?;
        self.ahead = Some((value, self.known));
        Ok(Token::Name(name))
    }

    fn item(&mut self, is_empty: bool) -> Result<Token, Invalid> {
        if self.peek()? == ']' {
            return Ok(self.close(Token::ListEnd));
        }
        self.separate(is_empty, "Array")?;
        self.value()
    }

    /// What stands between two entries.
    fn separate(&mut self, is_empty: bool, kind: &str) -> Result<(), Invalid> {
        if !is_empty {
            if self.peek()? != ',' {
                let words = format!("was expecting comma to separate {kind} entries");
                return self.unexpected(&words);
            }
            self.step();
            self.skip_blanks();
        }
        if let Some(open) = self.open.last_mut() {
            open.is_empty = false;
        }
        Ok(())
    }

    fn close(&mut self, token: Token) -> Token {
        self.open.pop();
        self.step();
        self.reached();
        token
    }

    fn reached(&mut self) {
        self.known = self.at;
        self.read = self.at;
    }

    fn value(&mut self) -> Result<Token, Invalid> {
        match self.peek()? {
            '"' => {
                let known = self.at + 1;
                let text = self.text()?;
                self.known = known;
                self.read = self.at;
                Ok(Token::Text(text))
            }
            open @ ('{' | '[') => {
                if self.open.len() >= DEPTH_MAX {
                    return self.refuse("The pattern is nested too deeply");
                }
                let is_object = open == '{';
                self.open.push(Open { is_object, is_empty: true, at: self.at });
                self.step();
                self.reached();
                Ok(if is_object { Token::ObjectStart } else { Token::ListStart })
            }
            '-' | '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn number(&mut self) -> Result<Token, Invalid> {
        let rest = self.rest();
        let is_part = |it: char| matches!(it, '-' | '+' | '.' | 'e' | 'E') || it.is_ascii_digit();
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or_default();
        // What JSON takes for a number, and no more.
        let Ok(number) = serde_json::from_str::<f64>(text) else {
            // guess: as above.
            return self.unexpected("expected a valid number");
        };
        self.at += end;
        self.reached();
        Ok(Token::Number(number))
    }

    fn word(&mut self) -> Result<Token, Invalid> {
        let rest = self.rest();
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$');
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default().to_owned();
        if word.is_empty() {
            return self.unexpected(&format!("expected a valid value {VALUES}"));
        }
        self.at += end;
        self.reached();
        match word.as_str() {
            "true" => Ok(Token::True),
            "false" => Ok(Token::False),
            "null" => Ok(Token::Null),
            _ => self.refuse(format!("Unrecognized token '{word}': was expecting {VALUES}")),
        }
    }

    /// A text in quotes, at which it stands.
    fn text(&mut self) -> Result<String, Invalid> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, it)| {
            let ends = *it == '"' && !escaped;
            escaped = *it == '\\' && !escaped;
            ends
        });
        let Some((end, _)) = end else {
            self.at = self.source.len();
            self.reached();
            return self
                .refuse("Unexpected end-of-input: was expecting closing quote for a string value");
        };
        let quoted = rest.get(..=end).unwrap_or_default();
        let Ok(text) = serde_json::from_str(quoted) else {
            // guess: which of several sentences it is depends on what is wrong with the text.
            return self
                .refuse("Unrecognized character escape or control character in a string value");
        };
        self.at += end + 1;
        self.reached();
        Ok(text)
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        let blank = |it: char| matches!(it, ' ' | '\t' | '\n' | '\r');
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// The next character, or that there is none.
    fn peek(&mut self) -> Result<char, Invalid> {
        if let Some(next) = self.rest().chars().next() {
            return Ok(next);
        }
        self.reached();
        let Some(open) = self.open.last() else { return self.refuse("No content to map") };
        let kind = if open.is_object { "Object" } else { "Array" };
        let start = place(self.source, open.at);
        self.refuse(format!(
            "Unexpected end-of-input: expected close marker for {kind} (start marker at {start})"
        ))
    }

    fn unexpected<T>(&mut self, expected: &str) -> Result<T, Invalid> {
        self.reached();
        let found = self.peek()?;
        let code = u32::from(found);
        self.refuse(format!("Unexpected character ('{found}' (code {code})): {expected}"))
    }
}
