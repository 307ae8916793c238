//! Intrinsic functions: `States.Format('Hello, {}', $.name)`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html>

pub(crate) mod functions;
mod parse;

use serde_json::Value;

use crate::path::Path;

pub(crate) use functions::{mix, uuid};
pub use parse::parse;

/// How deep calls may stand in calls.
pub const NESTING_MAX: usize = 10;

/// A call that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// As it was written.
    pub text: String,
    /// Which function.
    pub function: Function,
    /// What it is given.
    pub arguments: Vec<Argument>,
}

/// What a function is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A path.
    Path(Path),
    /// A number, `true`, `false` or `null`.
    Literal(Value),
    /// A quoted string, escapes left in it: braces mean something to `States.Format`.
    Text(String),
    /// Another call.
    Call(Call),
}

macro_rules! functions {
    ($($name:ident, $least:literal, $most:literal;)*) => {
        /// An intrinsic function.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function { $(#[doc = concat!("`States.", stringify!($name), "`")] $name,)* }

        impl Function {
            /// The function called so, without `States.`.
            pub fn named(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }

            /// How many arguments it takes, at least and at most.
            pub fn arity(self) -> (usize, usize) {
                match self { $(Self::$name => ($least, $most),)* }
            }
        }
    };
}

functions! {
    Array, 0, 1000;
    ArrayPartition, 2, 2;
    ArrayContains, 2, 2;
    ArrayRange, 3, 3;
    ArrayGetItem, 2, 2;
    ArrayLength, 1, 1;
    ArrayUnique, 1, 1;
    Base64Encode, 1, 1;
    Base64Decode, 1, 1;
    Hash, 2, 2;
    JsonMerge, 3, 3;
    StringToJson, 1, 1;
    JsonToString, 1, 1;
    MathRandom, 2, 3;
    MathAdd, 2, 2;
    StringSplit, 2, 2;
    UUID, 0, 0;
    Format, 1, 1000;
}

/// Why a call gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// A path among its arguments leads nowhere: the path.
    NotFound(String),
    /// The function refuses what it was given: in words.
    Refused(String),
}

impl Call {
    /// Runs the call. `find` looks a path up, `random` gives 64 random bits.
    ///
    /// # Errors
    /// See [`CallError`].
    pub fn run(
        &self,
        find: &dyn Fn(&Path) -> Option<Value>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<Value, CallError> {
        let mut values = Vec::with_capacity(self.arguments.len());
        for (at, argument) in self.arguments.iter().enumerate() {
            values.push(match argument {
                Argument::Path(path) => {
                    find(path).ok_or_else(|| CallError::NotFound(path.text.clone()))?
                }
                Argument::Literal(value) => value.clone(),
                Argument::Text(text) if self.function == Function::Format && at == 0 => {
                    Value::String(text.clone())
                }
                Argument::Text(text) => Value::String(parse::unescape(text)),
                Argument::Call(call) => call.run(find, random)?,
            });
        }
        functions::run(self.function, values, random).map_err(|why| {
            CallError::Refused(format!(
                "The function '{}' had the following error: {why}",
                self.text
            ))
        })
    }

    /// Visits every path among the arguments, those of inner calls too.
    pub fn paths<'a>(&'a self, visit: &mut dyn FnMut(&'a Path)) {
        for argument in &self.arguments {
            match argument {
                Argument::Path(path) => visit(path),
                Argument::Call(call) => call.paths(visit),
                Argument::Literal(_) | Argument::Text(_) => {}
            }
        }
    }
}
