//! Whether what stands for a task's result could be its service's answer.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html>
//!
//! Differences from AWS: results of services whose models are not here are not checked.

use cloudarium_asl::exec::Resource;
use cloudarium_shape::model::{Kind, Member, Service, Shape};
use serde_json::Value as Json;

use super::{convert, target};

/// What is wrong with a result, in AWS's words. `strict`: members that are required must be there.
pub fn check(resource: &Resource, result: &Json, strict: bool) -> Result<(), String> {
    let Some((service, operation)) = target::operation(resource) else { return Ok(()) };
    let check = Check { service, strict };
    check
        .value("result", service.output(operation), result)
        .map_err(|why| format!("Mock result schema validation error: {why}"))
}

struct Check {
    service: &'static Service,
    strict: bool,
}

impl Check {
    fn value(&self, field: &str, shape: &Shape, value: &Json) -> Result<(), String> {
        if shape.document {
            return Ok(());
        }
        let is = |fits: bool, kind: &str| {
            if fits { Ok(()) } else { Err(format!("Field '{field}' must be {kind}")) }
        };
        match &shape.kind {
            Kind::Structure(members) => {
                is(value.is_object(), "an object")?;
                members.iter().try_for_each(|member| self.member(member, value))
            }
            Kind::List(item) => {
                is(value.is_array(), "an array")?;
                let length = value.as_array().map_or(0, Vec::len);
                in_range(field, shape, length)?;
                let mut items = value.as_array().into_iter().flatten();
                items.try_for_each(|inner| self.shape(field, item, inner))
            }
            Kind::Map(_, item) => {
                is(value.is_object(), "an object")?;
                let mut items = value.as_object().into_iter().flatten();
                items.try_for_each(|(_, inner)| self.shape(field, item, inner))
            }
            Kind::Boolean => is(value.is_boolean(), "a boolean"),
            Kind::Integer | Kind::Long | Kind::Float | Kind::Double => {
                is(value.is_number(), "a number")?;
                in_bounds(field, shape, value.as_f64().unwrap_or_default(), "value")
            }
            Kind::Blob | Kind::Timestamp => is(value.is_string(), "a string"),
            Kind::String => {
                is(value.is_string(), "a string")?;
                let text = value.as_str().unwrap_or_default();
                if !shape.enumeration.is_empty() && !shape.enumeration.iter().any(|v| v == text) {
                    return Err(format!("Field '{field}' is not an expected value"));
                }
                in_range(field, shape, text.chars().count())
            }
        }
    }

    fn shape(&self, field: &str, member: &Member, value: &Json) -> Result<(), String> {
        self.value(field, self.service.shape(member.shape), value)
    }

    fn member(&self, member: &Member, value: &Json) -> Result<(), String> {
        let field = convert::pascal(&member.name);
        match value.get(&field).filter(|inner| !inner.is_null()) {
            Some(inner) => self.shape(&field, member, inner),
            None if member.required && self.strict => {
                Err(format!("Required field '{field}' is missing"))
            }
            None => Ok(()),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths are small")]
fn in_range(field: &str, shape: &Shape, length: usize) -> Result<(), String> {
    // guess: the words that numbers have.
    in_bounds(field, shape, length as f64, "length")
}

fn in_bounds(field: &str, shape: &Shape, number: f64, what: &str) -> Result<(), String> {
    if shape.min.is_some_and(|least| number < least) {
        return Err(format!("Field '{field}' is less than the minimum {what}"));
    }
    if shape.max.is_some_and(|most| number > most) {
        return Err(format!("Field '{field}' exceeds the maximum {what}"));
    }
    Ok(())
}
