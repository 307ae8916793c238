//! Payload templates: `Parameters`, `Arguments`, `Output`, `Assign` and their like, in both query
//! languages.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::fail::Failure;
use crate::intrinsic::{self, Call};
use crate::jsonata::{self, Expression};
use crate::path::{self, Path};
use crate::view::View;

/// A query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Paths and intrinsic functions.
    #[default]
    JsonPath,
    /// Expressions.
    Jsonata,
}

/// A payload template that was read.
#[derive(Debug, Clone)]
pub enum Template {
    /// What is always the same.
    Literal(Value),
    /// What a path leads to.
    Path(Path),
    /// What an intrinsic function gives.
    Call(Call),
    /// What an expression gives.
    Expression(Rc<Expression>),
    /// Members, in order.
    Object(Vec<(String, Template)>),
    /// Items.
    List(Vec<Template>),
}

impl Template {
    /// Reads a template; what cannot be read is kept as it is, since validation refuses it before.
    pub fn compile(value: &Value, language: Language) -> Self {
        if !is_dynamic(value, language) {
            return Self::Literal(value.clone());
        }
        match value {
            Value::Object(map) => {
                Self::Object(map.iter().map(|(key, value)| member(key, value, language)).collect())
            }
            Value::Array(list) => {
                Self::List(list.iter().map(|item| Self::compile(item, language)).collect())
            }
            Value::String(text) if language == Language::Jsonata => expression(text),
            other => Self::Literal(other.clone()),
        }
    }

    /// Reads a path or an intrinsic call that stands by itself.
    pub fn query(text: &str) -> Option<Self> {
        if text.starts_with("States.") {
            intrinsic::parse(text).map(Self::Call)
        } else {
            path::parse(text).map(Self::Path)
        }
    }

    /// What it gives. `field` names it in failures: `Output`; `input` is what `$` stands for in
    /// JSONPath.
    pub fn evaluate(
        &self,
        view: &mut View<'_>,
        input: &Value,
        field: &str,
    ) -> Result<Value, Failure> {
        match self {
            Self::Literal(value) => Ok(value.clone()),
            Self::Path(path) => view.find(path, input).map_err(|_| {
                Failure::runtime(format!(
                    "The JSONPath '{}' specified for the field '{}' could not be found in the \
                     input '{}'",
                    path.text,
                    last(field),
                    view.searched(path, input),
                ))
            }),
            Self::Call(call) => view.run(call, input),
            Self::Expression(expression) => view.evaluate(expression, field),
            Self::Object(members) => {
                let mut map = Map::with_capacity(members.len());
                for (key, template) in members {
                    let (name, place) = match template {
                        Self::Path(_) | Self::Call(_) => (key.as_str(), format!("{field}/{key}.$")),
                        _ => (key.as_str(), format!("{field}/{key}")),
                    };
                    map.insert(name.to_owned(), template.evaluate(view, input, &place)?);
                }
                Ok(Value::Object(map))
            }
            Self::List(items) => items
                .iter()
                .enumerate()
                .map(|(at, item)| item.evaluate(view, input, &format!("{field}[{at}]")))
                .collect(),
        }
    }
}

/// The last name of a field's place.
fn last(field: &str) -> &str {
    field.rsplit('/').next().unwrap_or(field)
}

fn member(key: &str, value: &Value, language: Language) -> (String, Template) {
    if language == Language::JsonPath
        && let (Some(name), Value::String(text)) = (key.strip_suffix(".$"), value)
        && let Some(query) = Template::query(text)
    {
        return (name.to_owned(), query);
    }
    (key.to_owned(), Template::compile(value, language))
}

fn expression(text: &str) -> Template {
    let compiled = jsonata::inner(text).and_then(|inner| Expression::compile(inner).ok());
    compiled.map_or_else(
        || Template::Literal(Value::String(text.to_owned())),
        |expression| Template::Expression(Rc::new(expression)),
    )
}

fn is_dynamic(value: &Value, language: Language) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, value)| {
            (language == Language::JsonPath && key.ends_with(".$")) || is_dynamic(value, language)
        }),
        Value::Array(list) => list.iter().any(|item| is_dynamic(item, language)),
        Value::String(text) => language == Language::Jsonata && jsonata::inner(text).is_some(),
        _ => false,
    }
}
