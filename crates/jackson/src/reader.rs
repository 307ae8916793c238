//! The structure of a text: what may follow what.

use crate::refusal::{EOF, MISMATCHED, PARSE, Refusal, Source, described, place};

/// What a value may be, as refusals list it.
pub const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Reads a text to its end, or to its first mistake.
pub struct Reader<'a> {
    text: &'a str,
    pub source: Source,
    at: usize,
    line: usize,
    line_start: usize,
    open: Vec<Open>,
}

/// An object or array that has begun.
struct Open {
    is_object: bool,
    has_entries: bool,
    start: (usize, usize),
}

impl<'a> Reader<'a> {
    /// Begins.
    pub fn new(text: &'a str, source: Source) -> Self {
        Self { text, source, at: 0, line: 1, line_start: 0, open: Vec::new() }
    }

    /// Reads one value, after which nothing may follow.
    pub fn whole(&mut self) -> Result<(), Refusal> {
        if self.token()?.is_none() {
            let place = place(self.text, self.source, (1, 0));
            let message = format!("No content to map due to end-of-input\n at {place}");
            return Err(Refusal::new(MISMATCHED, message));
        }
        while !self.open.is_empty() {
            self.token()?;
        }
        let Some(token) = self.token()? else { return Ok(()) };
        // guess: that what follows is refused, and so by the parser.
        let words = format!(
            "Trailing token (of type {token}) found after value (bound as \
             `com.fasterxml.jackson.databind.JsonNode`): not allowed as per \
             `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`"
        );
        Err(self.located(MISMATCHED, words))
    }

    /// The kind of the next token; a name and its value are one. `None`: the text is at its end.
    fn token(&mut self) -> Result<Option<&'static str>, Refusal> {
        let Some(mut next) = self.visible()? else { return self.ended() };
        if matches!(next, '}' | ']') {
            return self.close(next).map(Some);
        }
        if self.open.last().is_some_and(|open| open.has_entries) {
            next = self.after_comma(next)?;
        }
        let in_object = self.open.last_mut().is_some_and(|open| {
            open.has_entries = true;
            open.is_object
        });
        if in_object {
            next = self.after_name(next)?;
        }
        self.value(next).map(Some)
    }

    fn ended(&self) -> Result<Option<&'static str>, Refusal> {
        let Some(open) = self.open.last() else { return Ok(None) };
        let start = place(self.text, self.source, open.start);
        let kind = self.kind();
        Err(self.eof(&format!(": expected close marker for {kind} (start marker at {start})")))
    }

    fn close(&mut self, marker: char) -> Result<&'static str, Refusal> {
        let is_object = marker == '}';
        if self.open.last().is_some_and(|open| open.is_object == is_object) {
            self.open.pop();
            return Ok(if is_object { "END_OBJECT" } else { "END_ARRAY" });
        }
        let expected = if is_object { ']' } else { '}' };
        let start = self.open.last().map_or((1, 0), |open| open.start);
        let (kind, start) = (self.kind(), place(self.text, self.source, start));
        self.refuse(format!(
            "Unexpected close marker '{marker}': expected '{expected}' (for {kind} starting at \
             {start})"
        ))
    }

    /// The character after a comma, which is to be here.
    fn after_comma(&mut self, found: char) -> Result<char, Refusal> {
        let kind = self.kind();
        if found != ',' {
            let expected = format!("was expecting comma to separate {kind} entries");
            return self.unexpected(found, &expected);
        }
        let words = format!("Unexpected end-of-input within/between {kind} entries");
        self.visible()?.ok_or_else(|| self.located(PARSE, words))
    }

    /// The character after a name and its colon.
    fn after_name(&mut self, found: char) -> Result<char, Refusal> {
        if found != '"' {
            return self.unexpected(found, "was expecting double-quote to start field name");
        }
        self.quoted("name", " in field name")?;
        let missing = " within/between Object entries";
        let colon = self.visible()?.ok_or_else(|| self.eof(missing))?;
        if colon != ':' {
            let expected = "was expecting a colon to separate field name and value";
            return self.unexpected(colon, expected);
        }
        self.visible()?.ok_or_else(|| self.eof(missing))
    }

    /// An object or array begins.
    pub fn begin(&mut self, is_object: bool) {
        let (line, column) = self.here();
        self.open.push(Open { is_object, has_entries: false, start: (line, column - 1) });
    }

    /// Whether what is read stands in no object and no array.
    pub fn is_root(&self) -> bool {
        self.open.is_empty()
    }

    /// The next character that is no white space.
    pub fn visible(&mut self) -> Result<Option<char>, Refusal> {
        while let Some(next) = self.step() {
            match next {
                '\n' => self.new_line(),
                '\r' => {
                    if self.peek() == Some('\n') {
                        self.step();
                    }
                    self.new_line();
                }
                ' ' | '\t' => {}
                '/' => {
                    let words = "maybe a (non-standard) comment? (not recognized as one since \
                                 Feature 'ALLOW_COMMENTS' not enabled for parser)";
                    return self.unexpected(next, words);
                }
                next if next < ' ' => {
                    return self.refuse(format!(
                        "Illegal character ({}): only regular white space (\\r, \\n, \\t) is \
                         allowed between tokens",
                        described(next)
                    ));
                }
                next => return Ok(Some(next)),
            }
        }
        Ok(None)
    }

    fn new_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
    }

    /// The next character, which is read by this.
    pub fn step(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn kind(&self) -> &'static str {
        self.open.last().map_or("root", |open| if open.is_object { "Object" } else { "Array" })
    }

    /// Line and column of the next character, from 1.
    fn here(&self) -> (usize, usize) {
        let before = self.text.get(self.line_start..self.at).unwrap_or_default();
        let units = match self.source {
            Source::Text => before.encode_utf16().count(),
            Source::Bytes => before.len(),
        };
        (self.line, units + 1)
    }

    /// A refusal here.
    pub fn refuse<T>(&self, words: String) -> Result<T, Refusal> {
        Err(self.located(PARSE, words))
    }

    /// A character that may not be here.
    pub fn unexpected<T>(&self, found: char, expected: &str) -> Result<T, Refusal> {
        self.refuse(format!("Unexpected character ({}): {expected}", described(found)))
    }

    /// The text ends here.
    pub fn eof(&self, words: &str) -> Refusal {
        self.located(EOF, format!("Unexpected end-of-input{words}"))
    }

    fn located(&self, class: &'static str, words: String) -> Refusal {
        let place = place(self.text, self.source, self.here());
        Refusal::new(class, format!("{words}\n at {place}"))
    }
}
