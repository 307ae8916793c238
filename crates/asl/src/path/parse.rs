//! Text to [`Path`].

use super::filter::{self, Filter};
use super::{Function, Path, Root, Step};

/// Reads a path; `None`: it is none.
pub fn parse(text: &str) -> Option<Path> {
    let rest = text.strip_prefix('$')?;
    let (root, rest) = if let Some(rest) = rest.strip_prefix('$') {
        (Root::Context, rest)
    } else {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        if name.is_empty() {
            (Root::Input, rest)
        } else if is_variable_name(name) {
            (Root::Variable(name.to_owned()), rest)
        } else {
            return None;
        }
    };
    let mut reader = Reader { rest };
    let (steps, function) = reader.steps()?;
    reader.rest.is_empty().then(|| Path { text: text.to_owned(), root, steps, function })
}

/// Whether it may be a variable's name: a Unicode identifier.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html>
pub fn is_variable_name(name: &str) -> bool {
    let mut chars = name.chars();
    let start = |c: char| c.is_alphabetic() || c == '_';
    chars.next().is_some_and(start) && chars.all(|c| start(c) || c.is_numeric())
}

/// Reads steps from the front of a text.
pub(super) struct Reader<'a> {
    pub rest: &'a str,
}

impl<'a> Reader<'a> {
    pub fn eat(&mut self, token: &str) -> bool {
        let found = self.rest.strip_prefix(token);
        if let Some(rest) = found {
            self.rest = rest;
        }
        found.is_some()
    }

    pub fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !keep(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// All steps, up to what is none.
    pub fn steps(&mut self) -> Option<(Vec<Step>, Option<Function>)> {
        let mut steps = Vec::new();
        loop {
            if self.eat("..") {
                steps.push(Step::Deep);
                if self.rest.starts_with('[') {
                    continue;
                }
                steps.push(self.dotted()?);
            } else if self.eat(".") {
                if self.rest.starts_with('[') {
                    continue;
                }
                let name = self.name()?;
                if self.eat("()") {
                    return Some((steps, Some(function(name)?)));
                }
                steps.push(named(name));
            } else if self.eat("[") {
                steps.push(self.bracket()?);
            } else {
                return Some((steps, None));
            }
        }
    }

    fn dotted(&mut self) -> Option<Step> {
        self.name().map(named)
    }

    fn name(&mut self) -> Option<&'a str> {
        const ENDS: &str = ".[]()'\"@?&|<>=!, \t\n{}$^`~%\\#;:";
        let name = self.take_while(|c| !ENDS.contains(c));
        (!name.is_empty()).then_some(name)
    }

    fn bracket(&mut self) -> Option<Step> {
        self.space();
        let step = if self.eat("?") {
            Step::Filter(self.filter()?)
        } else if self.eat("*") {
            Step::Wild
        } else if self.rest.starts_with(['\'', '"']) {
            let mut keys = self.list(Self::quoted)?;
            if keys.len() == 1 { Step::Key(keys.pop()?) } else { Step::Keys(keys) }
        } else {
            self.numbers()?
        };
        self.space();
        self.eat("]").then_some(step)
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut list = Vec::new();
        loop {
            self.space();
            list.push(read(self)?);
            self.space();
            if !self.eat(",") {
                return Some(list);
            }
        }
    }

    /// A quoted string; a backslash keeps what follows it.
    pub fn quoted(&mut self) -> Option<String> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.rest = self.rest.get(at + c.len_utf8()..)?;
                return Some(text);
            }
            text.push(if c == '\\' { chars.next()?.1 } else { c });
        }
        None
    }

    fn numbers(&mut self) -> Option<Step> {
        let first = self.number();
        self.space();
        if self.eat(":") {
            self.space();
            let last = self.number();
            return Some(Step::Slice(first, last));
        }
        let first = first?;
        if !self.rest.starts_with(',') {
            return Some(Step::Index(first));
        }
        self.eat(",");
        let mut indices = vec![first];
        indices.extend(self.list(Self::number)?);
        Some(Step::Indices(indices))
    }

    fn number(&mut self) -> Option<i64> {
        let digits = self.take_while(|c| c == '-' || c.is_ascii_digit());
        digits.parse().ok()
    }

    fn filter(&mut self) -> Option<Filter> {
        self.space();
        if !self.eat("(") {
            return None;
        }
        let filter = filter::read(self, 0)?;
        self.space();
        self.eat(")").then_some(filter)
    }
}

fn named(name: &str) -> Step {
    if name == "*" { Step::Wild } else { Step::Key(name.to_owned()) }
}

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "length" | "size" => Function::Length,
        "sum" => Function::Sum,
        "min" => Function::Min,
        "max" => Function::Max,
        "avg" => Function::Avg,
        "keys" => Function::Keys,
        _ => return None,
    })
}
