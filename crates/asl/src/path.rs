//! JSONPath as Step Functions reads it: the dialect of Jayway JsonPath, whose words AWS's causes
//! repeat, with `$$` for the Context object and `$name` for a variable.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html>

mod eval;
mod filter;
mod parse;

use serde_json::Value;

pub use parse::{is_variable_name, parse};

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// `$`: the document at hand.
    Input,
    /// `$$`: the Context object.
    Context,
    /// `$name`: a variable.
    Variable(String),
}

/// A path that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// As it was written.
    pub text: String,
    /// Where it starts.
    pub root: Root,
    pub(crate) steps: Vec<Step>,
    /// A function at its end.
    pub(crate) function: Option<Function>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Keys(Vec<String>),
    Index(i64),
    Indices(Vec<i64>),
    Slice(Option<i64>, Option<i64>),
    Wild,
    /// `..`: all that is below, before the step that follows.
    Deep,
    Filter(filter::Filter),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Length,
    Sum,
    Min,
    Max,
    Avg,
    Keys,
}

/// Why a path gives nothing, in Jayway's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoResult(pub String);

impl Path {
    /// Whether it names one place at most: no wildcard, slice, filter or descent.
    pub fn is_definite(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Step::Key(_) | Step::Index(_)))
    }

    /// Whether it may say where something is put: definite, from `$`, and no function.
    pub fn is_reference(&self) -> bool {
        self.is_definite() && self.function.is_none()
    }

    /// Whether it is the whole of what it starts from.
    pub fn is_root(&self) -> bool {
        self.steps.is_empty() && self.function.is_none()
    }

    /// What it gives in `root`: the value, or the list of values if it is not definite.
    ///
    /// # Errors
    /// Nothing is there.
    pub fn find<'a>(&self, root: &'a Value) -> Result<std::borrow::Cow<'a, Value>, NoResult> {
        eval::find(self, root)
    }

    /// Puts `value` where the path says, making the objects on the way; `false`: it cannot be put
    /// there.
    pub fn put(&self, root: &mut Value, value: Value) -> bool {
        let mut place = root;
        for step in &self.steps {
            match step {
                Step::Key(key) => {
                    if place.is_null() {
                        *place = Value::Object(serde_json::Map::new());
                    }
                    let Value::Object(map) = place else { return false };
                    place = map.entry(key.clone()).or_insert(Value::Null);
                }
                Step::Index(index) => {
                    let Value::Array(list) = place else { return false };
                    let at = eval::index(list.len(), *index);
                    let Some(next) = at.and_then(|at| list.get_mut(at)) else { return false };
                    place = next;
                }
                _ => return false,
            }
        }
        *place = value;
        true
    }

    /// The path in Jayway's own form: `$['a'][0]`.
    pub fn canonical(&self) -> String {
        eval::canonical(&self.steps)
    }
}
