//! Where everything stands in a text of JSON.

use serde_json::Value;

use crate::Refusal;

/// A value in a text: from where to where, and what lies in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub from: usize,
    /// Where it has ended.
    pub to: usize,
    /// What lies in it, if it is an object.
    pub members: Vec<Member>,
    /// What lies in it, if it is a list.
    pub items: Vec<Span>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where its name begins, with the quotation mark.
    pub from: usize,
    /// Where its name has ended.
    pub name_to: usize,
    /// Its value.
    pub value: Span,
}

impl Span {
    /// The member by this name; of two, the last counts, as everywhere in JSON.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().rev().find(|member| member.name == name)
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.value)
    }

    /// The items of a list that is a member.
    pub fn list(&self, name: &str) -> &[Self] {
        self.get(name).map_or(&[], |list| &list.items)
    }

    /// What a pointer (`/Retry/0/MaxAttempts`) leads to.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        steps(pointer).iter().try_fold(self, |span, step| {
            if span.items.is_empty() {
                span.get(step)
            } else {
                span.items.get(step.parse::<usize>().ok()?)
            }
        })
    }
}

/// The steps of a JSON pointer.
pub fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

/// A pointer's step for a name.
pub fn step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Reads a text.
///
/// # Errors
/// What is no JSON, with the line and the column.
pub fn read(text: &str) -> Result<Span, Refusal> {
    // The parser knows what is JSON, and ends at 128 levels; from then on the text can be trusted.
    serde_json::from_str::<Value>(text).map_err(|error| Refusal::NotJson(format!("{error}.")))?;
    Ok(Reader { text: text.as_bytes(), at: 0 }.value())
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':');
        while self.text.get(self.at).is_some_and(between) {
            self.at += 1;
        }
    }

    fn string(&mut self) -> (usize, usize) {
        let from = self.at;
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        (from, self.at)
    }

    fn member(&mut self) -> Member {
        let (from, name_to) = self.string();
        let name = self.text.get(from..name_to).and_then(|name| serde_json::from_slice(name).ok());
        Member { name: name.unwrap_or_default(), from, name_to, value: self.value() }
    }

    fn value(&mut self) -> Span {
        self.skip();
        let mut span = Span { from: self.at, ..Span::default() };
        match self.text.get(self.at) {
            Some(b'{') => {
                self.at += 1;
                while self.inside(b'}') {
                    span.members.push(self.member());
                }
            }
            Some(b'[') => {
                self.at += 1;
                while self.inside(b']') {
                    span.items.push(self.value());
                }
            }
            Some(b'"') => drop(self.string()),
            _ => {
                let goes_on =
                    |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'}' | b']');
                while self.text.get(self.at).is_some_and(goes_on) {
                    self.at += 1;
                }
            }
        }
        span.to = self.at;
        span
    }

    /// Whether something comes before the end of an object or a list; the end is read.
    fn inside(&mut self, end: u8) -> bool {
        self.skip();
        let more = self.text.get(self.at).is_some_and(|byte| *byte != end);
        self.at += usize::from(!more);
        more
    }
}
