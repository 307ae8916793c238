//! Condition operators.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::arn::arn_fits;
use crate::context::Context;
use crate::error::PolicyError;
use crate::ip::Cidr;
use crate::pattern::{Template, fits};
use crate::{date, pattern};

/// `ForAnyValue:StringNotLikeIfExists` and its kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// Which values of the request must pass.
    pub set: Option<Set>,
    /// How a value is compared.
    pub test: Test,
    /// Whether the comparison must fail.
    pub negated: bool,
    /// Whether it holds where the request does not have the key.
    pub if_exists: bool,
}

/// Which values of a key that has several must pass.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// One is enough.
    AnyValue,
    /// All of them, which none are too.
    AllValues,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// Character by character.
    StringEquals,
    /// The same without regard to case.
    StringEqualsIgnoreCase,
    /// With wildcards.
    StringLike,
    /// As numbers.
    Numeric(Order),
    /// As instants.
    Date(Order),
    /// As truth values.
    Bool,
    /// As bytes, which the policy has in base64.
    BinaryEquals,
    /// An address in a range.
    IpAddress,
    /// An ARN, part by part, with wildcards.
    ArnEquals,
    /// The same by its other name.
    ArnLike,
    /// Whether the key is absent.
    Null,
}

/// How two values stand in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Order {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

/// Every operator: its name, its test, and whether the test must fail.
const OPERATORS: &[(&str, Test, bool)] = &[
    ("StringEquals", Test::StringEquals, false),
    ("StringNotEquals", Test::StringEquals, true),
    ("StringEqualsIgnoreCase", Test::StringEqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Test::StringEqualsIgnoreCase, true),
    ("StringLike", Test::StringLike, false),
    ("StringNotLike", Test::StringLike, true),
    ("NumericEquals", Test::Numeric(Order::Equals), false),
    ("NumericNotEquals", Test::Numeric(Order::Equals), true),
    ("NumericLessThan", Test::Numeric(Order::LessThan), false),
    ("NumericLessThanEquals", Test::Numeric(Order::LessThanEquals), false),
    ("NumericGreaterThan", Test::Numeric(Order::GreaterThan), false),
    ("NumericGreaterThanEquals", Test::Numeric(Order::GreaterThanEquals), false),
    ("DateEquals", Test::Date(Order::Equals), false),
    ("DateNotEquals", Test::Date(Order::Equals), true),
    ("DateLessThan", Test::Date(Order::LessThan), false),
    ("DateLessThanEquals", Test::Date(Order::LessThanEquals), false),
    ("DateGreaterThan", Test::Date(Order::GreaterThan), false),
    ("DateGreaterThanEquals", Test::Date(Order::GreaterThanEquals), false),
    ("Bool", Test::Bool, false),
    ("BinaryEquals", Test::BinaryEquals, false),
    ("IpAddress", Test::IpAddress, false),
    ("NotIpAddress", Test::IpAddress, true),
    ("ArnEquals", Test::ArnEquals, false),
    ("ArnNotEquals", Test::ArnEquals, true),
    ("ArnLike", Test::ArnLike, false),
    ("ArnNotLike", Test::ArnLike, true),
    ("Null", Test::Null, false),
];

impl Operator {
    /// Reads a name.
    pub fn parse(name: &str) -> Result<Self, PolicyError> {
        let unknown = || PolicyError::ConditionType(name.to_owned());
        let (set, rest) = match name.split_once(':') {
            Some(("ForAnyValue", rest)) => (Some(Set::AnyValue), rest),
            Some(("ForAllValues", rest)) => (Some(Set::AllValues), rest),
            Some(_) => return Err(unknown()),
            None => (None, name),
        };
        let (plain, if_exists) = match rest.strip_suffix("IfExists") {
            Some(plain) => (plain, true),
            None => (rest, false),
        };
        let row = OPERATORS.iter().find(|(known, _, _)| *known == plain);
        let (_, test, negated) = *row.ok_or_else(unknown)?;
        // Whether the key is there is all that Null asks.
        if test == Test::Null && (if_exists || set.is_some()) {
            return Err(unknown());
        }
        Ok(Self { set, test, negated, if_exists })
    }

    /// Its name.
    pub fn name(self) -> String {
        let row =
            OPERATORS.iter().find(|(_, test, not)| (*test, *not) == (self.test, self.negated));
        let name = row.map_or("", |(name, _, _)| name);
        let set = match self.set {
            None => "",
            Some(Set::AnyValue) => "ForAnyValue:",
            Some(Set::AllValues) => "ForAllValues:",
        };
        format!("{set}{name}{}", if self.if_exists { "IfExists" } else { "" })
    }
}

impl Test {
    /// Refuses a value that no request could be compared with.
    pub fn check(self, value: &str) -> Result<(), PolicyError> {
        let fine = match self {
            Self::Numeric(_) => number(value).is_some(),
            Self::Date(_) => date::parse(value).is_some(),
            Self::Bool | Self::Null => truth(value).is_some(),
            Self::BinaryEquals => STANDARD.decode(value).is_ok(),
            Self::IpAddress if Cidr::parse(value).is_none() => return Err(PolicyError::IpAddress),
            _ => true,
        };
        if fine { Ok(()) } else { Err(PolicyError::ConditionValue) }
    }

    /// Whether `value`, of the request, passes against `template`, of the policy. A variable that
    /// has no value passes nothing.
    pub fn passes(self, value: &str, template: &Template, context: &Context) -> bool {
        let written = || template.text(context);
        match self {
            Self::StringEquals => written().is_some_and(|text| text == value),
            Self::StringEqualsIgnoreCase => {
                written().is_some_and(|text| text.to_lowercase() == value.to_lowercase())
            }
            Self::StringLike => {
                template.tokens(context).is_some_and(|tokens| pattern::fits(&tokens, value))
            }
            Self::ArnEquals | Self::ArnLike => template.tokens(context).is_some_and(|tokens| {
                let any = tokens.iter().all(|token| *token == pattern::Token::Any);
                if any { fits(&tokens, value) } else { arn_fits(&tokens, value) }
            }),
            Self::Numeric(order) => match (number(value), number(template.source())) {
                (Some(value), Some(wanted)) => {
                    value.partial_cmp(&wanted).is_some_and(|found| order.fits(found))
                }
                _ => false,
            },
            Self::Date(order) => match (date::parse(value), date::parse(template.source())) {
                (Some(value), Some(wanted)) => order.fits(value.cmp(&wanted)),
                _ => false,
            },
            Self::Bool => match (truth(value), truth(template.source())) {
                (Some(value), Some(wanted)) => value == wanted,
                _ => false,
            },
            Self::BinaryEquals => {
                STANDARD.decode(template.source()).is_ok_and(|wanted| wanted == value.as_bytes())
            }
            Self::IpAddress => match (value.parse(), Cidr::parse(template.source())) {
                (Ok(address), Some(range)) => range.contains(address),
                _ => false,
            },
            // It is about the key, not about its values.
            Self::Null => false,
        }
    }
}

impl Order {
    fn fits(self, found: Ordering) -> bool {
        match self {
            Self::Equals => found == Ordering::Equal,
            Self::LessThan => found == Ordering::Less,
            Self::LessThanEquals => found != Ordering::Greater,
            Self::GreaterThan => found == Ordering::Greater,
            Self::GreaterThanEquals => found != Ordering::Less,
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// `true` or `false`, in any case.
pub fn truth(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}
