//! ARNs, compared part by part.

use crate::pattern::{Token, fits};

/// `arn:partition:service:region:account:resource`
const PARTS: usize = 6;

/// Whether `value` fits the pattern. The parts of an ARN are compared one by one, so that a `*` does
/// not reach over a colon; the last has all that follows. A pattern that has fewer parts is compared
/// as one text.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
pub fn arn_fits(pattern: &[Token], value: &str) -> bool {
    let patterns: Vec<&[Token]> =
        pattern.splitn(PARTS, |token| *token == Token::Char(':')).collect();
    if patterns.len() < PARTS {
        return fits(pattern, value);
    }
    let values: Vec<&str> = value.splitn(PARTS, ':').collect();
    values.len() == PARTS && patterns.iter().zip(values).all(|(part, value)| fits(part, value))
}

/// Whether a text has the form of an ARN, or of a pattern of one.
pub fn is_arn(text: &str) -> bool {
    let mut parts = text.splitn(PARTS, ':');
    let first = parts.next() == Some("arn");
    let named = parts.next().is_some_and(|partition| !partition.is_empty())
        && parts.next().is_some_and(|service| !service.is_empty());
    first && named && parts.nth(2).is_some_and(|resource| !resource.is_empty())
}
