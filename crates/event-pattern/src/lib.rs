//! Event patterns: the language in which rules say which events they want, read and matched.
//!
//! Must never know: any service by name, what becomes of an event. `EventBridge`'s rules, Lambda's event source mappings
//! and whoever else filters by such patterns share this one matcher.
//!
//! Start in [`Pattern`]. The language:
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>. What it leaves open is told
//! by AWS's own implementation (<https://github.com/aws/event-ruler>): an event is a list of paths and values, a pattern a
//! list of alternatives, each of which says what must be at some paths; and the words of refusals, with their places.

mod error;
mod event;
mod ip;
mod json;
mod parse;
mod pattern;
mod rule;
#[cfg(test)]
mod tests;
mod token;

pub use error::Invalid;
pub use json::json_refusal;
pub use pattern::Pattern;
