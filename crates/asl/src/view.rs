//! [`View`]: what paths and expressions of a state see.

use serde_json::Value;

use crate::doc;
use crate::fail::Failure;
use crate::intrinsic::{Call, CallError};
use crate::jsonata::{self, Expression, Surroundings};
use crate::path::{NoResult, Path, Root};

/// A value that is made when it is first asked for.
pub struct Lazy<'a> {
    cell: std::cell::OnceCell<Value>,
    make: &'a dyn Fn() -> Value,
}

impl<'a> Lazy<'a> {
    /// A value that `make` makes.
    pub fn new(make: &'a dyn Fn() -> Value) -> Self {
        Self { cell: std::cell::OnceCell::new(), make }
    }

    /// The value.
    pub fn get(&self) -> &Value {
        self.cell.get_or_init(self.make)
    }
}

/// What paths and expressions of a state see.
pub struct View<'a> {
    /// The Context object.
    pub context: &'a Lazy<'a>,
    /// A variable.
    pub variable: &'a dyn Fn(&str) -> Option<Value>,
    /// `$states` without its context.
    pub states: &'a serde_json::Map<String, Value>,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// 64 random bits.
    pub random: &'a mut dyn FnMut() -> u64,
}

impl View<'_> {
    /// What a path leads to.
    ///
    /// # Errors
    /// It leads nowhere.
    pub fn find(&self, path: &Path, input: &Value) -> Result<Value, NoResult> {
        match &path.root {
            Root::Input => path.find(input).map(std::borrow::Cow::into_owned),
            Root::Context => path.find(self.context.get()).map(std::borrow::Cow::into_owned),
            Root::Variable(name) => {
                let value = (self.variable)(name)
                    .ok_or_else(|| NoResult(format!("Variable '{name}' is not defined")))?;
                path.find(&value).map(std::borrow::Cow::into_owned)
            }
        }
    }

    /// What a path was looked up in, for a cause.
    pub fn searched(&self, path: &Path, input: &Value) -> String {
        match &path.root {
            Root::Context => doc::write(self.context.get()),
            Root::Input | Root::Variable(_) => doc::write(input),
        }
    }

    /// What an intrinsic function gives.
    pub fn run(&mut self, call: &Call, input: &Value) -> Result<Value, Failure> {
        let find = |path: &Path| match &path.root {
            Root::Input => path.find(input).ok().map(std::borrow::Cow::into_owned),
            Root::Context => path.find(self.context.get()).ok().map(std::borrow::Cow::into_owned),
            Root::Variable(name) => {
                let value = (self.variable)(name)?;
                path.find(&value).ok().map(std::borrow::Cow::into_owned)
            }
        };
        call.run(&find, self.random).map_err(|error| match error {
            CallError::NotFound(path) => Failure::runtime(format!(
                "The function '{}' had the following error: The JsonPath argument for the field \
                 '{path}' could not be found in the input '{}'",
                call.text,
                doc::write(input),
            )),
            CallError::Refused(why) => Failure::placed("States.IntrinsicFailure", why),
        })
    }

    /// What an expression gives. `field` names its place in failures.
    pub fn evaluate(&mut self, expression: &Expression, field: &str) -> Result<Value, Failure> {
        let (context, states, variable) = (self.context, self.states, self.variable);
        let lookup = |name: &str| {
            if name == "states" {
                let mut all = states.clone();
                all.insert("context".to_owned(), context.get().clone());
                return Some(Value::Object(all));
            }
            variable(name)
        };
        let mut around =
            Surroundings { variable: &lookup, now_ms: self.now_ms, random: &mut *self.random };
        let result = expression.evaluate(&mut around).map_err(|error| {
            Failure::evaluation(
                field,
                format!(
                    "The JSONata expression '{}' specified for the field '{field}' threw an error \
                     during evaluation{}",
                    expression.text,
                    jsonata::after_sentence(&error.0)
                ),
            )
        })?;
        result.ok_or_else(|| {
            Failure::evaluation(
                field,
                format!(
                    "The JSONata expression '{}' specified for the field '{field}' returned nothing \
                     (undefined).",
                    expression.text
                ),
            )
        })
    }
}

/// An expression gave a value of another type than is needed.
pub fn unexpected(expression: &Expression, field: &str, expected: &str, value: &Value) -> Failure {
    Failure::evaluation(
        field,
        format!(
            "The JSONata expression '{}' specified for the field '{field}' returned an unexpected \
             result type. Expected '{expected}', but was '{}' for value: {}",
            expression.text,
            doc::kind(value),
            doc::write(value)
        ),
    )
}
