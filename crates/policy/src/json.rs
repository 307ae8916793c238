//! JSON as policies need it: members in their order, none twice, and where statements stand.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::document::Lines;
use crate::error::PolicyError;

/// A value. Numbers and truth values are told as they would be written.
pub enum Node {
    /// A text, a number or a truth value.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object: its members in order.
    Object(Vec<(String, Node)>),
    /// `null`
    Null,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("JSON")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Text(truth.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Text(number.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

/// The members of an object, of which each is taken once.
pub struct Fields(Vec<(String, Node)>);

impl Fields {
    /// The members of `node`.
    pub fn of(node: Node) -> Result<Self, PolicyError> {
        match node {
            Node::Object(members) => Ok(Self(members)),
            _ => Err(PolicyError::Syntax),
        }
    }

    /// Takes the member `name`; one that stands twice is refused.
    pub fn take(&mut self, name: &str) -> Result<Option<Node>, PolicyError> {
        let Some(at) = self.0.iter().position(|(found, _)| found == name) else { return Ok(None) };
        let (_, node) = self.0.remove(at);
        if self.0.iter().any(|(found, _)| found == name) {
            return Err(PolicyError::Twice(name.to_owned()));
        }
        Ok(Some(node))
    }

    /// The members that are left.
    pub fn rest(self) -> Vec<(String, Node)> {
        self.0
    }

    /// Refuses members that are left: there are no others.
    pub fn end(self) -> Result<(), PolicyError> {
        match self.0.into_iter().next() {
            Some((name, _)) => Err(PolicyError::UnknownField(name)),
            None => Ok(()),
        }
    }
}

impl Node {
    /// The elements of a list, or the one thing that stands for a list of it.
    pub fn items(self) -> Vec<Node> {
        match self {
            Self::List(items) => items,
            one => vec![one],
        }
    }

    /// One text.
    pub fn text(self) -> Result<String, PolicyError> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(PolicyError::Syntax),
        }
    }

    /// One text or several.
    pub fn texts(self) -> Result<Vec<String>, PolicyError> {
        self.items().into_iter().map(Self::text).collect()
    }
}

/// Where the statements of a policy stand in its text, which is JSON: they are the objects right
/// below the whole, or in a list there.
pub fn statement_lines(source: &str) -> Vec<Lines> {
    let mut found = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let (mut line, mut quoted, mut escaped) = (1, false, false);
    for byte in source.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => open.push((byte, line)),
            b'}' | b']' => {
                let Some((_, first)) = open.pop().filter(|(opened, _)| *opened == b'{') else {
                    continue;
                };
                if matches!(open.as_slice(), [(b'{', _)] | [(b'{', _), (b'[', _)]) {
                    found.push(Lines { first, last: line });
                }
            }
            _ => {}
        }
    }
    found
}
