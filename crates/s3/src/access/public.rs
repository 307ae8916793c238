//! Whether a bucket policy lets in the public.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>

use std::net::IpAddr;

use cloudarium_policy::document::{Condition, PrincipalId, Principals};
use cloudarium_policy::operator::{Set, Test};
use cloudarium_policy::{Cidr, Effect, Policy, Statement};

/// Keys that tell the public from others, if their value is fixed.
const TELLING_KEYS: [&str; 14] = [
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalservicename",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    "s3:dataaccesspointarn",
    "s3:dataaccesspointaccount",
];

/// Ranges that only private networks have.
const PRIVATE_RANGES: [&str; 3] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/// The broadest ranges that do not count as everyone.
const PREFIX_BITS_MIN_V4: u32 = 8;
const PREFIX_BITS_MIN_V6: u32 = 32;

/// Whether the policy lets in the public: any statement that allows does.
pub fn is_public(policy: &Policy) -> bool {
    policy.statements.iter().any(statement_is_public)
}

/// Whether one statement does.
pub fn statement_is_public(statement: &Statement) -> bool {
    statement.effect == Effect::Allow
        && !statement.principal.as_ref().is_some_and(is_fixed)
        && !statement.conditions.iter().any(keeps_public_out)
}

/// Principals that are someone in particular. An identity provider vouches for anyone.
fn is_fixed(principals: &Principals) -> bool {
    !principals.not
        && principals.entries.iter().all(|entry| match entry {
            PrincipalId::Everyone | PrincipalId::Federated(_) => false,
            PrincipalId::Service(name) => name != "*",
            PrincipalId::Account(_)
            | PrincipalId::Arn(_)
            | PrincipalId::UniqueId(_)
            | PrincipalId::CanonicalUser(_) => true,
        })
}

fn keeps_public_out(condition: &Condition) -> bool {
    let operator = condition.operator;
    // What holds where the key is absent keeps nobody out.
    if operator.negated || operator.if_exists || operator.set == Some(Set::AllValues) {
        return false;
    }
    let key = condition.key.to_ascii_lowercase();
    match operator.test {
        Test::IpAddress => {
            key == "aws:sourceip" && condition.values.iter().all(|it| is_narrow(it.source()))
        }
        Test::StringEquals
        | Test::StringEqualsIgnoreCase
        | Test::StringLike
        | Test::ArnEquals
        | Test::ArnLike => {
            TELLING_KEYS.contains(&key.as_str())
                && condition.values.iter().all(|value| {
                    value.is_fixed()
                        || (key == "s3:dataaccesspointarn" && names_account(value.source()))
                })
        }
        _ => false,
    }
}

/// Values broader than /8 (/32 in version 6) are everyone, but for private networks.
fn is_narrow(range: &str) -> bool {
    let Some(range) = Cidr::parse(range) else { return false };
    let bits_min = match range.address {
        IpAddr::V4(_) => PREFIX_BITS_MIN_V4,
        IpAddr::V6(_) => PREFIX_BITS_MIN_V6,
    };
    let private = PRIVATE_RANGES.iter().filter_map(|it| Cidr::parse(it));
    range.prefix_bits >= bits_min
        || private
            .into_iter()
            .any(|it| it.prefix_bits <= range.prefix_bits && it.contains(range.address))
}

/// An ARN of access points of one account: only their name may be left open.
fn names_account(arn: &str) -> bool {
    let mut parts = arn.splitn(6, ':').skip(4);
    let fixed = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && !part.contains(['*', '?', '$']))
    };
    fixed(parts.next()) && parts.next().is_some_and(|it| it.starts_with("accesspoint/"))
}
