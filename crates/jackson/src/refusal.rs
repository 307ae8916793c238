//! A refusal: the exception's class, its words, and the place.

use std::fmt;

/// Characters, or bytes, of a text that a place repeats.
const SHOWN_MAX: usize = 500;

/// What a text is read from, as places name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A Java string: columns count UTF-16 units.
    Text,
    /// Bytes: columns count them.
    Bytes,
}

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    class: &'static str,
    message: String,
}

/// It is not what JSON has.
pub const PARSE: &str = "com.fasterxml.jackson.core.JsonParseException";
/// It ends too early.
pub const EOF: &str = "com.fasterxml.jackson.core.io.JsonEOFException";
/// It is JSON, and not what was asked for.
pub const MISMATCHED: &str = "com.fasterxml.jackson.databind.exc.MismatchedInputException";

impl Refusal {
    /// A refusal.
    pub fn new(class: &'static str, message: String) -> Self {
        Self { class, message }
    }

    /// The exception as Java writes it: its class, then its message.
    pub fn exception(&self) -> String {
        format!("{}: {}", self.class, self.message)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// `[Source: (String)"..."; line: 1, column: 5]`
pub fn place(text: &str, source: Source, (line, column): (usize, usize)) -> String {
    let (kind, unit, length) = match source {
        Source::Text => ("String", "chars", text.encode_utf16().count()),
        Source::Bytes => ("byte[]", "bytes", text.len()),
    };
    let mut left = SHOWN_MAX;
    let fits = |it: &char| {
        let units = if source == Source::Text { it.len_utf16() } else { it.len_utf8() };
        let rest = left.checked_sub(units);
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let shown: String = text.chars().take_while(fits).map(shown).collect();
    let cut = length.saturating_sub(SHOWN_MAX);
    let cut = if cut == 0 { String::new() } else { format!("[truncated {cut} {unit}]") };
    format!("[Source: ({kind})\"{shown}\"{cut}; line: {line}, column: {column}]")
}

/// Control characters are written as JSON escapes them, ends of lines as they are.
fn shown(character: char) -> String {
    if character.is_control() && !matches!(character, '\n' | '\r') {
        return format!("\\u{:04X}", u32::from(character));
    }
    character.to_string()
}

/// `'a' (code 97)`
pub fn described(character: char) -> String {
    let code = u32::from(character);
    if character.is_control() {
        return format!("(CTRL-CHAR, code {code})");
    }
    // A character of two units is met by its first.
    let mut units = [0; 2];
    let first = character.encode_utf16(&mut units).first().copied().map_or(code, u32::from);
    if code > 255 {
        return format!("'{character}' (code {first} / 0x{first:x})");
    }
    format!("'{character}' (code {code})")
}
