//! Whether a condition holds.

use crate::context::Context;
use crate::document::Condition;
use crate::operator::{Set, Test, truth};

/// Whether `condition` holds.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
pub fn holds(condition: &Condition, context: &Context) -> bool {
    let operator = condition.operator;
    let found = context.get(&condition.key);
    if operator.test == Test::Null {
        let absent = found.is_none_or(<[String]>::is_empty);
        return condition.values.iter().any(|value| truth(value.source()) == Some(absent));
    }
    let Some(values) = found else { return holds_without(condition) };
    // Of a list that says nothing nothing can be asked.
    let said = || values.iter().filter(|value| operator.set.is_none() || !value.is_empty());
    match operator.set {
        Some(Set::AllValues) => said().all(|value| passes(condition, value, context)),
        Some(Set::AnyValue) => said().any(|value| passes(condition, value, context)),
        // guess: a key with several values wants a set operator; without one, AWS does not say what
        // happens. Each comparison is made so that it cannot pass by one value in spite of another.
        None if values.is_empty() => holds_without(condition),
        None if operator.negated => said().all(|value| passes(condition, value, context)),
        None => said().any(|value| passes(condition, value, context)),
    }
}

/// The same where the request does not have the key.
fn holds_without(condition: &Condition) -> bool {
    let operator = condition.operator;
    operator.if_exists
        || match operator.set {
            Some(Set::AllValues) => true,
            Some(Set::AnyValue) => false,
            None => operator.negated,
        }
}

/// Any of a policy's values may be met; where they must not be, none may.
fn passes(condition: &Condition, value: &str, context: &Context) -> bool {
    let test = condition.operator.test;
    let met = condition.values.iter().any(|wanted| test.passes(value, wanted, context));
    met != condition.operator.negated
}
