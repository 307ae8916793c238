//! JSONata as Step Functions has it: `jsonata-core`, with AWS's functions, our clock and our
//! randomness, and an end to every evaluation.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>

mod added;
mod references;
mod words;

pub use references::References;
pub(crate) use words::{after_sentence, without_code};

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::parser;
use jsonata_core::value::JValue;
use serde_json::Value;

/// How deep an evaluation may nest: on AWS all ends that were measured lie between 99 and 101.
/// <https://github.com/floci-io/floci/issues/2737>
const DEPTH_MAX: usize = 100;
/// How many times an evaluation may call functions that the expression defines.
const CALLS_MAX: u64 = 500_000;
/// How long a sequence may become: the longest that AWS's memory for an evaluation held.
const SEQUENCE_MAX: usize = 873_782;
/// What counts such calls; no expression can name it.
const TICK: &str = " tick";

/// An expression that was read.
#[derive(Clone)]
pub struct Expression {
    /// As it was written, without `{%` and `%}`.
    pub text: String,
    ast: Rc<AstNode>,
    variables: BTreeSet<String>,
    /// Whether it may evaluate other expressions.
    may_eval: bool,
}

/// What an evaluation sees.
pub struct Surroundings<'a> {
    /// What stands for `$name`, `$states` among them.
    pub variable: &'a dyn Fn(&str) -> Option<Value>,
    /// Milliseconds since 1970.
    pub now_ms: i64,
    /// 64 random bits.
    pub random: &'a mut dyn FnMut() -> u64,
}

/// Why an evaluation failed: JSONata's code, if there is one, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationError(pub String);

/// The expression in a string that is `{% … %}`; `None`: it is no expression.
pub fn inner(text: &str) -> Option<&str> {
    text.strip_prefix("{%")?.strip_suffix("%}").map(str::trim)
}

impl Expression {
    /// Reads an expression as AWS does: its `$eval` is no function.
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>
    ///
    /// # Errors
    /// JSONata's words.
    pub fn compile(text: &str) -> Result<Self, EvaluationError> {
        Ok(Self { may_eval: false, ..Self::compile_all(text)? })
    }

    /// Reads an expression of the whole of JSONata.
    ///
    /// # Errors
    /// JSONata's words.
    pub fn compile_all(text: &str) -> Result<Self, EvaluationError> {
        let ast =
            parser::parse(text).map_err(|error| EvaluationError(words::of_parser(text, &error)))?;
        let mut variables = BTreeSet::new();
        let ast = if text.contains('$') || text.contains("function") || text.contains('λ') {
            counted(ast, &mut variables)?
        } else {
            ast
        };
        Ok(Self { text: text.to_owned(), ast: Rc::new(ast), variables, may_eval: true })
    }

    /// What it refers to.
    pub fn references(&self) -> References {
        References::of(&self.ast)
    }

    /// The names of the variables and functions that it mentions, without `$`.
    pub fn variables(&self) -> &BTreeSet<String> {
        &self.variables
    }

    /// Evaluates it; `None`: it gives nothing.
    ///
    /// # Errors
    /// JSONata's words.
    pub fn evaluate(
        &self,
        around: &mut Surroundings<'_>,
    ) -> Result<Option<Value>, EvaluationError> {
        self.evaluate_on(&JValue::Undefined, around)
    }

    /// Evaluates it with `input` as `$`.
    ///
    /// # Errors
    /// JSONata's words.
    pub fn evaluate_with(
        &self,
        input: Option<Value>,
        around: &mut Surroundings<'_>,
    ) -> Result<Option<Value>, EvaluationError> {
        self.evaluate_on(&input.map_or(JValue::Undefined, JValue::from), around)
    }

    fn evaluate_on(
        &self,
        input: &JValue,
        around: &mut Surroundings<'_>,
    ) -> Result<Option<Value>, EvaluationError> {
        let mut context = Context::new();
        for name in &self.variables {
            if let Some(value) = (around.variable)(name) {
                context.bind(name.clone(), JValue::from(value));
            }
        }
        let options = EvaluatorOptions {
            max_stack_depth: Some(DEPTH_MAX),
            max_sequence_length: Some(SEQUENCE_MAX),
            ..EvaluatorOptions::default()
        };
        let mut evaluator = Evaluator::with_options(context, options);
        let failed = |error: EvaluatorError| {
            let functions = self.references().functions;
            EvaluationError(words::of_evaluator(error.message(), &functions))
        };
        if !self.may_eval && self.variables.contains("eval") {
            let refused = |_: &[JValue]| {
                let why = "T1006: Attempted to invoke a non-function";
                Err(EvaluatorError::EvaluationError(why.to_owned()))
            };
            evaluator.register_fn_override("eval", refused).map_err(failed)?;
        }
        added::register(&mut evaluator, &self.variables, around).map_err(failed)?;
        let calls = Cell::new(0_u64);
        let tick = move |_: &[JValue]| {
            calls.set(calls.get() + 1);
            if calls.get() > CALLS_MAX {
                let why = "D1012: Expression evaluation timeout: Check for infinite loop";
                return Err(EvaluatorError::EvaluationError(why.to_owned()));
            }
            Ok(JValue::Undefined)
        };
        evaluator.register_fn(TICK, tick).map_err(failed)?;
        let result = evaluator.evaluate(&self.ast, input).map_err(failed)?;
        Ok(value(&result))
    }
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// JSONata's value as JSON; `None`: it is undefined, or a function.
fn value(result: &JValue) -> Option<Value> {
    Some(match result {
        JValue::Null => Value::Null,
        JValue::Bool(is) => Value::Bool(*is),
        JValue::Number(number) => from_number(*number),
        JValue::String(text) => Value::String(text.to_string()),
        JValue::Array(list) => {
            Value::Array(list.iter().map(|item| value(item).unwrap_or(Value::Null)).collect())
        }
        JValue::Object(map) => Value::Object(
            map.iter().filter_map(|(key, item)| Some((key.clone(), value(item)?))).collect(),
        ),
        _ => return None,
    })
}

/// A whole number without its fraction.
pub(crate) fn from_number(number: f64) -> Value {
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= WHOLE_MAX {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and small enough")]
        let whole = number as i64;
        whole.into()
    } else {
        serde_json::Number::from_f64(number).map_or_else(|| not_finite(number), Value::Number)
    }
}

/// A number that JSON does not know, as AWS's writer has it.
fn not_finite(number: f64) -> Value {
    let name = if number.is_nan() {
        "NaN"
    } else if number > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    };
    name.into()
}

/// Has every function of the expression count its calls, and notes which variables it mentions. The
/// tree is rewritten as data, so that no form of it can be forgotten.
fn counted(ast: AstNode, variables: &mut BTreeSet<String>) -> Result<AstNode, EvaluationError> {
    let unreadable = |error: serde_json::Error| EvaluationError(error.to_string());
    let mut tree = serde_json::to_value(&ast).map_err(unreadable)?;
    rewrite(&mut tree, variables);
    if variables.remove(" function") {
        serde_json::from_value(tree).map_err(unreadable)
    } else {
        Ok(ast)
    }
}

fn rewrite(tree: &mut Value, variables: &mut BTreeSet<String>) {
    match tree {
        Value::Array(list) => {
            for item in list {
                rewrite(item, variables);
            }
        }
        Value::Object(map) => {
            if let Some(Value::String(name)) = map.get("Variable") {
                variables.insert(name.clone());
            }
            if let Some(Value::String(name)) = map.get("Function").and_then(|call| call.get("name"))
            {
                variables.insert(name.clone());
            }
            for item in map.values_mut() {
                rewrite(item, variables);
            }
            if let Some(Value::Object(lambda)) = map.get_mut("Lambda") {
                variables.insert(" function".to_owned());
                count_calls(lambda);
            }
        }
        _ => {}
    }
}

/// Has a function count its calls. A call in its tail must stay there, or it would need a stack.
fn count_calls(lambda: &mut serde_json::Map<String, Value>) {
    let tick = serde_json::json!({"Function": {"name": TICK, "args": [], "is_builtin": true}});
    let before = |place: &mut Value| {
        *place = serde_json::json!({"Block": [tick.clone(), place.take()]});
    };
    let is_thunk = lambda.get("thunk") == Some(&Value::Bool(true));
    let Some(body) = lambda.get_mut("body") else { return };
    // What calls itself nests no deeper by it: it asks something first.
    if let Some(condition) = body.pointer_mut("/Conditional/condition") {
        return before(condition);
    }
    if let Some(Value::Array(items)) = body.pointer_mut("/Block") {
        return items.insert(0, tick);
    }
    if !is_thunk {
        return before(body);
    }
    for call in ["/Function/args/0", "/Call/args/0"] {
        if let Some(argument) = body.pointer_mut(call).filter(|a| a.as_str() != Some("Placeholder"))
        {
            return before(argument);
        }
    }
    before(body);
    lambda.insert("thunk".to_owned(), Value::Bool(false));
}
