//! Text to [`Call`].

use serde_json::Value;

use super::{Argument, Call, Function, NESTING_MAX};
use crate::path;

/// Reads a call; `None`: it is none.
pub fn parse(text: &str) -> Option<Call> {
    let mut reader = Reader { rest: text.trim() };
    let call = reader.call(1)?;
    reader.rest.trim().is_empty().then_some(call)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, token: char) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.strip_prefix(token);
        if let Some(rest) = found {
            self.rest = rest;
        }
        found.is_some()
    }

    fn call(&mut self, depth: usize) -> Option<Call> {
        if depth > NESTING_MAX {
            return None;
        }
        let start = self.rest;
        let rest = self.rest.strip_prefix("States.")?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (name, rest) = rest.split_at(end);
        self.rest = rest;
        let function = Function::named(name)?;
        let mut arguments = Vec::new();
        if !self.eat('(') {
            return None;
        }
        if !self.eat(')') {
            loop {
                arguments.push(self.argument(depth)?);
                if self.eat(')') {
                    break;
                }
                if !self.eat(',') {
                    return None;
                }
            }
        }
        let (least, most) = function.arity();
        let text = start.get(..start.len() - self.rest.len())?.to_owned();
        (least..=most).contains(&arguments.len()).then_some(Call { text, function, arguments })
    }

    fn argument(&mut self, depth: usize) -> Option<Argument> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '\'' => self.text().map(Argument::Text),
            '$' => {
                let end = path_end(self.rest);
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                path::parse(text.trim_end()).map(Argument::Path)
            }
            'S' => self.call(depth + 1).map(Argument::Call),
            _ => {
                let end = self.rest.find([',', ')'])?;
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                let value: Value = serde_json::from_str(text.trim()).ok()?;
                let plain = !matches!(value, Value::Array(_) | Value::Object(_) | Value::String(_));
                plain.then_some(Argument::Literal(value))
            }
        }
    }

    /// A string in single quotes. A backslash may stand before `'`, `{`, `}` and `\` only.
    fn text(&mut self) -> Option<String> {
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' => {
                    let text = self.rest.get(1..at)?.to_owned();
                    self.rest = self.rest.get(at + 1..)?;
                    return Some(text);
                }
                '\\' if !matches!(chars.next()?.1, '\'' | '{' | '}' | '\\') => return None,
                _ => {}
            }
        }
        None
    }
}

/// Where a path ends: at a comma or a closing parenthesis that no bracket of its own holds.
fn path_end(text: &str) -> usize {
    let (mut brackets, mut parentheses, mut quote) = (0_usize, 0_usize, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => quote = Some(c),
            ('[', None) => brackets += 1,
            (']', None) => brackets = brackets.saturating_sub(1),
            ('(', None) => parentheses += 1,
            (')', None) if parentheses > 0 => parentheses -= 1,
            (',' | ')', None) if brackets == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// The string that is meant: a backslash keeps what follows it.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}
