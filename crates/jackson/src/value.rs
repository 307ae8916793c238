//! What stands for itself: strings, numbers, and the three words.

use crate::reader::{Reader, VALUES};
use crate::refusal::{Refusal, Source, described};

/// Characters of a word that a refusal repeats.
const WORD_MAX: usize = 256;

impl Reader<'_> {
    /// A value that begins with this character; gives the kind of its token.
    pub fn value(&mut self, first: char) -> Result<&'static str, Refusal> {
        match first {
            '"' => {
                let missing = ": was expecting closing quote for a string value";
                self.quoted("string value", missing)?;
                Ok("VALUE_STRING")
            }
            '{' => {
                self.begin(true);
                Ok("START_OBJECT")
            }
            '[' => {
                self.begin(false);
                Ok("START_ARRAY")
            }
            '}' => self.unexpected('}', "expected a value"),
            '-' => self.negative(),
            '0'..='9' => self.number(first),
            't' => self.word("true").map(|()| "VALUE_TRUE"),
            'f' => self.word("false").map(|()| "VALUE_FALSE"),
            'n' => self.word("null").map(|()| "VALUE_NULL"),
            other => self.no_value(other),
        }
    }

    /// No value begins with this character.
    fn no_value(&mut self, first: char) -> Result<&'static str, Refusal> {
        let allowed = match first {
            'N' => "NaN",
            'I' => "Infinity",
            '+' => {
                let next = self.step().ok_or_else(|| self.eof(" in a value"))?;
                return self.no_digit(next);
            }
            other if other.is_alphabetic() || matches!(other, '_' | '$') => {
                return self.unrecognized(other.to_string());
            }
            other => return self.unexpected(other, &format!("expected a valid value {VALUES}")),
        };
        self.word(allowed)?;
        self.refuse(format!(
            "Non-standard token '{allowed}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS \
             to allow"
        ))
    }

    /// The rest of a word, whose first letter was read.
    fn word(&mut self, word: &str) -> Result<(), Refusal> {
        let mut matched = String::new();
        for letter in word.chars() {
            if !matched.is_empty() {
                if self.peek() != Some(letter) {
                    return self.unrecognized(matched);
                }
                self.step();
            }
            matched.push(letter);
        }
        if self.peek().is_some_and(is_of_word) { self.unrecognized(matched) } else { Ok(()) }
    }

    /// A word that is none, of which a part was read.
    fn unrecognized<T>(&mut self, mut word: String) -> Result<T, Refusal> {
        while let Some(next) = self.peek() {
            if !is_of_word(next) {
                // Bytes are looked at by reading them.
                if self.source == Source::Bytes {
                    self.step();
                }
                break;
            }
            self.step();
            word.push(next);
            if word.len() >= WORD_MAX {
                word.push_str("...");
                break;
            }
        }
        self.refuse(format!("Unrecognized token '{word}': was expecting {VALUES}"))
    }

    /// What is between quotes, of which the first was read.
    pub fn quoted(&mut self, what: &str, missing: &str) -> Result<(), Refusal> {
        loop {
            match self.step().ok_or_else(|| self.eof(missing))? {
                '"' => return Ok(()),
                '\\' => self.escape()?,
                control if control < ' ' => {
                    return self.refuse(format!(
                        "Illegal unquoted character ({}): has to be escaped using backslash to be \
                         included in {what}",
                        described(control)
                    ));
                }
                _ => {}
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<(), Refusal> {
        let missing = " in character escape sequence";
        match self.step().ok_or_else(|| self.eof(missing))? {
            'b' | 't' | 'n' | 'f' | 'r' | '"' | '/' | '\\' => Ok(()),
            'u' => {
                for _ in 0..4 {
                    let digit = self.step().ok_or_else(|| self.eof(missing))?;
                    if !digit.is_ascii_hexdigit() {
                        let expected = "expected a hex-digit for character escape sequence";
                        return self.unexpected(digit, expected);
                    }
                }
                Ok(())
            }
            other => self.refuse(format!("Unrecognized character escape {}", described(other))),
        }
    }

    fn negative(&mut self) -> Result<&'static str, Refusal> {
        match self.step().ok_or_else(|| self.eof("No digit following minus sign"))? {
            digit @ '0'..='9' => self.number(digit),
            other => self.no_digit(other),
        }
    }

    fn no_digit<T>(&self, found: char) -> Result<T, Refusal> {
        let expected = "expected digit (0-9) to follow minus sign, for valid numeric value";
        self.not_in_number(found, expected)
    }

    /// A number whose first digit was read.
    fn number(&mut self, first: char) -> Result<&'static str, Refusal> {
        if first == '0' && self.peek().is_some_and(|next| next.is_ascii_digit()) {
            return self.refuse("Invalid numeric value: Leading zeroes not allowed".to_owned());
        }
        self.digits();
        let mut kind = "VALUE_NUMBER_INT";
        if self.peek() == Some('.') {
            kind = "VALUE_NUMBER_FLOAT";
            self.step();
            self.fraction()?;
        }
        if self.peek().is_some_and(|next| matches!(next, 'e' | 'E')) {
            kind = "VALUE_NUMBER_FLOAT";
            self.step();
            self.exponent()?;
        }
        match self.peek() {
            Some(next) if self.is_root() && !matches!(next, ' ' | '\t' | '\n' | '\r') => {
                self.step();
                self.unexpected(next, "Expected space separating root-level values")
            }
            _ => Ok(kind),
        }
    }

    fn fraction(&mut self) -> Result<(), Refusal> {
        if self.digits() > 0 {
            return Ok(());
        }
        let found = self.step().unwrap_or('.');
        self.not_in_number(found, "Decimal point not followed by a digit")
    }

    fn exponent(&mut self) -> Result<(), Refusal> {
        let missing = "expected a digit for number exponent";
        if self.peek().is_some_and(|next| matches!(next, '+' | '-')) {
            self.step();
        }
        if self.digits() > 0 {
            return Ok(());
        }
        let found = self.step().ok_or_else(|| self.eof(missing))?;
        self.not_in_number(found, "Exponent indicator not followed by a digit")
    }

    /// Reads digits; gives how many.
    fn digits(&mut self) -> usize {
        let mut count = 0;
        while self.peek().is_some_and(|next| next.is_ascii_digit()) {
            self.step();
            count += 1;
        }
        count
    }

    fn not_in_number<T>(&self, found: char, why: &str) -> Result<T, Refusal> {
        let found = described(found);
        self.refuse(format!("Unexpected character ({found}) in numeric value: {why}"))
    }
}

/// Whether Java takes it for a part of a name.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}
