//! Tables: what each part of the language does, with AWS's page for it.

mod conditions;
mod decisions;
mod documents;
mod patterns;
mod principals;

use crate::caller::Caller;
use crate::context::Context;
use crate::document::Policy;
use crate::parse::{Kind, parse};

const USER: &str = "arn:aws:iam::111122223333:user/team/alice";
const OTHER: &str = "arn:aws:iam::444455556666:user/bob";
const OBJECT: &str = "arn:aws:s3:::shop/orders/2026/a.csv";

fn user() -> Caller {
    Caller::from_arn("111122223333", USER, "AIDAALICE")
}

fn other() -> Caller {
    Caller::from_arn("444455556666", OTHER, "AIDABOB")
}

fn context(pairs: &[(&str, &str)]) -> Context {
    let mut context = Context::default();
    for (key, value) in pairs {
        context.set(key, *value);
    }
    context
}

/// A policy on a resource with one statement, of these members.
fn resource_policy(members: &str) -> Policy {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#);
    parse(&text, Kind::Resource).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn identity_policy(members: &str) -> Policy {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{{{members}}}]}}"#);
    parse(&text, Kind::Identity).unwrap_or_else(|error| panic!("{error}: {text}"))
}
