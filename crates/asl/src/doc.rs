//! [`Doc`]: a JSON document that is passed from state to state, and its text.

use std::cell::OnceCell;
use std::rc::Rc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The most bytes of UTF-8 that a payload may have.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html#service-limits-task-executions>
pub const PAYLOAD_BYTES_MAX: usize = 262_144;

/// A shared JSON document. Copies are cheap; its text is written once, when it is first asked for.
#[derive(Clone)]
pub struct Doc(Rc<Inner>);

/// At least one of value and text is there; the other is made when it is first asked for.
#[derive(Default)]
struct Inner {
    value: OnceCell<Value>,
    text: OnceCell<Rc<str>>,
    /// Whether the text is kept as it was sent.
    raw: bool,
}

impl Doc {
    /// A document.
    pub fn new(value: Value) -> Self {
        Self(Rc::new(Inner { value: value.into(), ..Inner::default() }))
    }

    /// A document whose text is kept as it was sent: the input of an execution.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let kept = OnceCell::from(Rc::from(text));
        Ok(Self(Rc::new(Inner { value: parse(text)?.into(), text: kept, raw: true })))
    }

    /// The document with a text of our own: what a state gives, even if it gives what it was sent.
    #[must_use]
    pub fn rewritten(self) -> Self {
        if self.0.raw { Self::new(self.value().clone()) } else { self }
    }

    /// A document of which only the text is kept, which must be JSON that was written here: many
    /// that wait then take little memory.
    pub fn of_text(text: impl Into<Rc<str>>) -> Self {
        Self(Rc::new(Inner { text: OnceCell::from(text.into()), ..Inner::default() }))
    }

    /// The document with nothing kept but its text.
    #[must_use]
    pub fn packed(&self) -> Self {
        if self.0.value.get().is_none() { self.clone() } else { Self::of_text(self.text()) }
    }

    /// A document of its own: what is made of it does not stay with this one.
    #[must_use]
    pub fn apart(&self) -> Self {
        match (self.0.value.get(), self.0.text.get()) {
            (None, Some(text)) => Self::of_text(Rc::clone(text)),
            _ => self.clone(),
        }
    }

    /// `{}`
    pub fn empty() -> Self {
        Self::new(Value::Object(serde_json::Map::new()))
    }

    /// The value.
    pub fn value(&self) -> &Value {
        self.0
            .value
            .get_or_init(|| self.0.text.get().and_then(|text| parse(text).ok()).unwrap_or_default())
    }

    /// The value, copied only if it is shared.
    pub fn into_value(self) -> Value {
        self.value();
        let value = Rc::try_unwrap(self.0)
            .map_or_else(|shared| shared.value.get().cloned(), |inner| inner.value.into_inner());
        value.unwrap_or_default()
    }

    /// Its text, compact unless it was sent otherwise.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(self.0.text.get_or_init(|| write(self.value()).into()))
    }

    /// Whether its text is longer than a payload may be.
    pub fn is_too_long(&self) -> bool {
        self.text().len() > PAYLOAD_BYTES_MAX
    }
}

impl From<Value> for Doc {
    fn from(value: Value) -> Self {
        Self::new(value)
    }
}

impl PartialEq for Doc {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.value() == other.value()
    }
}

impl std::fmt::Debug for Doc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Doc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Doc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Parses JSON. Nesting deeper than the parser's own limit (128) is an error, never a crash.
///
/// # Errors
/// What is wrong with the text.
pub fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text)
}

/// Writes JSON without spaces.
pub fn write(value: &Value) -> String {
    // A value with string keys always serializes.
    serde_json::to_string(value).unwrap_or_default()
}

/// What kind of value it is, in JSON's words.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
