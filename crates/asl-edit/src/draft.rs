//! A text that is being changed: what is read from it, and the changes that are put into it together.

use serde_json::Value;

use crate::Refusal;
use crate::tree::{self, Member, Span};

/// A text that is being changed.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The text as it is.
    pub text: &'a str,
    /// Where everything stands in it.
    pub whole: Span,
    /// From where to where, and what comes there.
    changes: Vec<(usize, usize, String)>,
}

/// Where a member is put.
#[derive(Debug, Clone, Copy)]
pub enum Beside<'a> {
    /// Before all others.
    First,
    /// After this one.
    After(&'a str),
    /// After all others.
    Last,
}

impl<'a> Draft<'a> {
    /// Reads a text.
    ///
    /// # Errors
    /// What is no JSON.
    pub fn of(text: &'a str) -> Result<Self, Refusal> {
        Ok(Self { text, whole: tree::read(text)?, changes: Vec::new() })
    }

    /// A part of the text.
    pub fn part(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// A value.
    pub fn value(&self, span: &Span) -> Value {
        serde_json::from_str(self.part(span.from, span.to)).unwrap_or_default()
    }

    /// A text's value.
    pub fn string(&self, span: &Span) -> Option<String> {
        serde_json::from_str(self.part(span.from, span.to)).ok()
    }

    /// A member's text.
    pub fn string_of(&self, object: &Span, name: &str) -> Option<String> {
        object.get(name).and_then(|span| self.string(span))
    }

    /// The space at the beginning of the line in which a place stands.
    pub fn indentation(&self, at: usize) -> &'a str {
        let line = self.part(0, at).rfind('\n').map_or(0, |end| end + 1);
        let rest = self.part(line, self.text.len());
        rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }

    /// One step of indentation, as this text has it.
    pub fn unit(&self) -> &'a str {
        let first = self.whole.members.first().map(|member| self.indentation(member.from));
        first.filter(|space| !space.is_empty()).unwrap_or("  ")
    }

    /// Whether the members of an object, or the items of a list, stand in lines of their own.
    pub fn in_lines(&self, span: &Span) -> bool {
        let first = span.members.first().map(|member| member.from);
        let first = first.or_else(|| span.items.first().map(|item| item.from));
        match first {
            Some(first) => self.part(span.from, first).contains('\n'),
            None => self.text.contains('\n'),
        }
    }

    /// What stands between members that stand in one line, and after a colon: a space or nothing.
    fn gap(&self) -> &'static str {
        let first = self.whole.members.first();
        let tight =
            first.is_some_and(|member| self.part(member.name_to, member.value.from).ends_with(':'));
        if tight { "" } else { " " }
    }

    /// How a value is written: its own lines, as far to the left as they go.
    pub fn written(&self, span: &Span) -> String {
        let space = self.indentation(span.from);
        self.part(span.from, span.to).replace(&format!("\n{space}"), "\n")
    }

    /// Puts a text in the place of a part.
    pub fn change(&mut self, from: usize, to: usize, text: impl Into<String>) {
        self.changes.push((from, to, text.into()));
    }

    /// Puts a value in the place of another; one that says the same stays as it is written.
    pub fn replace(&mut self, span: &Span, value: &Value) {
        if self.value(span) == *value {
            return;
        }
        let flat = !span.members.is_empty() || !span.items.is_empty();
        let text = if flat && !self.part(span.from, span.to).contains('\n') {
            inline(value, self.gap())
        } else {
            pretty(value, self.unit())
        };
        self.replace_written(span, &text);
    }

    /// Puts a text of JSON in the place of a value; its further lines go as far to the right as that stands.
    pub fn replace_written(&mut self, span: &Span, written: &str) {
        let space = self.indentation(span.from);
        self.change(span.from, span.to, indented(written, space));
    }

    /// Puts a member into an object, laid out as that is. Its value is a text of JSON that begins at the left.
    pub fn add(&mut self, object: &Span, name: &str, written: &str, beside: Beside<'_>) {
        let named = Value::from(name).to_string();
        let gap = self.gap();
        if !self.in_lines(object) {
            let member = format!("{named}:{gap}{}", one_line(written, gap));
            return self.put_member(object, &member, &format!(",{gap}"), beside);
        }
        let Some(first) = object.members.first() else {
            let (outer, unit) = (self.indentation(object.from), self.unit());
            let member = format!("{named}: {}", indented(written, &format!("{outer}{unit}")));
            let text = format!("{{\n{outer}{unit}{member}\n{outer}}}");
            return self.change(object.from, object.to, text);
        };
        let space = self.indentation(first.from);
        let member = format!("{named}: {}", indented(written, space));
        self.put_member(object, &member, &format!(",\n{space}"), beside);
    }

    fn put_member(&mut self, object: &Span, member: &str, between: &str, beside: Beside<'_>) {
        let after = match beside {
            Beside::First => None,
            Beside::After(name) => object.member(name).or(object.members.last()),
            Beside::Last => object.members.last(),
        };
        match (after, object.members.first()) {
            (Some(after), _) => {
                self.change(after.value.to, after.value.to, format!("{between}{member}"));
            }
            (None, Some(first)) => {
                self.change(first.from, first.from, format!("{member}{between}"));
            }
            (None, None) => self.change(object.from, object.to, format!("{{{member}}}")),
        }
    }

    /// Puts an item into a list, before the one that stands there now.
    pub fn add_item(&mut self, list: &Span, at: usize, written: &str) {
        let (gap, lines) = (self.gap(), self.in_lines(list));
        let Some(first) = list.items.first() else {
            let (outer, unit) = (self.indentation(list.from), self.unit());
            let text = if lines {
                let item = indented(written, &format!("{outer}{unit}"));
                format!("[\n{outer}{unit}{item}\n{outer}]")
            } else {
                format!("[{}]", one_line(written, gap))
            };
            return self.change(list.from, list.to, text);
        };
        let (item, between) = if lines {
            let space = self.indentation(first.from);
            (indented(written, space), format!(",\n{space}"))
        } else {
            (one_line(written, gap), format!(",{gap}"))
        };
        if let Some(next) = list.items.get(at) {
            return self.change(next.from, next.from, format!("{item}{between}"));
        }
        let end = list.items.last().map_or(list.from + 1, |last| last.to);
        self.change(end, end, format!("{between}{item}"));
    }

    /// Takes members out, with the commas and the space that belong to them.
    pub fn remove(&mut self, object: &Span, gone: &[&str]) {
        let ranges = object
            .members
            .iter()
            .map(|member| (member.from, member.value.to, gone.contains(&member.name.as_str())));
        self.take_out(object, &ranges.collect::<Vec<_>>());
    }

    /// Takes an item out of a list.
    pub fn remove_item(&mut self, list: &Span, at: usize) {
        let ranges =
            list.items.iter().enumerate().map(|(here, item)| (item.from, item.to, here == at));
        self.take_out(list, &ranges.collect::<Vec<_>>());
    }

    /// Takes parts of an object or a list out; each is from where, to where, and whether it goes.
    fn take_out(&mut self, whole: &Span, parts: &[(usize, usize, bool)]) {
        let mut kept_to = None;
        let mut waiting: Option<(usize, usize)> = None;
        for (from, to, goes) in parts {
            match (*goes, kept_to) {
                // What goes after something that stays takes the comma before it along.
                (true, Some(kept)) => waiting = Some((waiting.map_or(kept, |(from, _)| from), *to)),
                // What goes before all else takes the comma after it.
                (true, None) => waiting = Some((waiting.map_or(*from, |(from, _)| from), *to)),
                (false, before) => {
                    match (waiting.take(), before) {
                        (Some((gone, to)), Some(_)) => self.change(gone, to, ""),
                        (Some((gone, _)), None) => self.change(gone, *from, ""),
                        (None, _) => {}
                    }
                    kept_to = Some(*to);
                }
            }
        }
        match (waiting, kept_to) {
            (Some((from, to)), Some(_)) => self.change(from, to, ""),
            (Some(_), None) => self.change(whole.from + 1, whole.to - 1, ""),
            (None, _) => {}
        }
    }

    /// The text with all changes.
    ///
    /// # Errors
    /// What is no JSON after all: the text that was to be written was none.
    pub fn done(mut self) -> Result<String, Refusal> {
        self.changes.sort_by_key(|(from, to, _)| (*from, *to));
        let mut text = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        for (from, to, new) in &self.changes {
            text.push_str(self.part(at, *from));
            text.push_str(new);
            at = at.max(*to);
        }
        text.push_str(self.part(at, self.text.len()));
        tree::read(&text).map(|_| text)
    }
}

impl Member {
    /// The member as a span of its own: name and value.
    pub fn whole(&self) -> Span {
        Span { from: self.from, to: self.value.to, ..Span::default() }
    }
}

/// A text of JSON with further lines that far to the right.
pub fn indented(written: &str, space: &str) -> String {
    written.trim().replace('\n', &format!("\n{space}"))
}

/// A value in one line; `gap` stands after commas and colons.
pub fn inline(value: &Value, gap: &str) -> String {
    let comma = format!(",{gap}");
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, gap)).collect();
            format!("[{}]", items.join(&comma))
        }
        Value::Object(members) => {
            let one = |(name, value): (&String, &Value)| {
                format!("{}:{gap}{}", Value::from(name.as_str()), inline(value, gap))
            };
            format!("{{{}}}", members.iter().map(one).collect::<Vec<_>>().join(&comma))
        }
        other => other.to_string(),
    }
}

/// A value in lines.
pub fn pretty(value: &Value, unit: &str) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items = items.iter().map(|item| indented(&pretty(item, unit), unit));
            let items = items.collect::<Vec<_>>().join(&format!(",\n{unit}"));
            format!("[\n{unit}{items}\n]")
        }
        Value::Object(members) if !members.is_empty() => {
            let one = |(name, value): (&String, &Value)| {
                let value = indented(&pretty(value, unit), unit);
                format!("{}: {value}", Value::from(name.as_str()))
            };
            let members = members.iter().map(one).collect::<Vec<_>>().join(&format!(",\n{unit}"));
            format!("{{\n{unit}{members}\n}}")
        }
        other => other.to_string(),
    }
}

/// A text of JSON in one line; one that is in one line stays as it is.
fn one_line(written: &str, gap: &str) -> String {
    let written = written.trim();
    if !written.contains('\n') {
        return written.to_owned();
    }
    serde_json::from_str(written).map_or_else(|_| written.to_owned(), |value| inline(&value, gap))
}
