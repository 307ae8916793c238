//! IAM policy documents: reads them, decides by them, and says why.
//!
//! Must never know: any service by name, time but what it is told, anything outside. What a service
//! knows alone (which actions it has, on which resources, by which condition keys) it checks and
//! tells itself; [`Context`] is where it puts what it tells.
//!
//! Start in [`document`] (what a policy says), then [`mod@decide`] (what several of them come to) and
//! [`explain`] (what is told of it). The language:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>. The order in
//! which policies are asked:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>.

mod arn;
pub mod caller;
mod condition;
pub mod context;
mod date;
pub mod decide;
pub mod document;
mod error;
mod evaluate;
pub mod explain;
mod ip;
mod json;
pub mod operator;
mod parse;
mod pattern;
mod principal;
#[cfg(test)]
mod tests;

pub use caller::Caller;
pub use context::Context;
pub use decide::{Decision, Named, Policies, decide};
pub use document::{Effect, Policy, Statement};
pub use error::PolicyError;
pub use evaluate::{Verdict, evaluate};
pub use explain::Explanation;
pub use ip::Cidr;
pub use parse::{Kind, parse};
pub use pattern::{Template, action_fits};

/// What is asked: may `caller` do `action` on `resource`, in these circumstances?
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub caller: &'a Caller,
    /// `s3:GetObject`
    pub action: &'a str,
    /// An ARN; `*` where the action is on no resource in particular.
    pub resource: &'a str,
    /// The circumstances.
    pub context: &'a Context,
}
