//! Changes definitions in Amazon States Language as texts: what an edit does not touch stays byte for byte as it was
//! written, its indentation, the order of its members and its comments.
//!
//! Must never know: any service, how a definition is run or drawn, the page.
//! Start in [`place`] (where a state can be put), then [`states`] (put in, taken out, moved, renamed), [`wrap`],
//! [`fields`] (one value of a state). [`tree`] reads where everything stands in a text, [`draft`] writes. Every edit
//! takes a text and gives a text, or a [`Refusal`] in plain words; none knows what was edited before: that is
//! [`history`]. [`complete`] says what can be written at a place of a path or an expression.

pub mod complete;
pub mod draft;
pub mod fields;
pub mod fresh;
pub mod history;
pub mod place;
pub mod query;
mod refusal;
pub mod states;
pub mod tree;
pub mod wrap;

pub use history::History;
pub use place::{Place, ScopeAt, Way};
pub use refusal::Refusal;

/// A definition after an edit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edited {
    /// The definition's text.
    pub text: String,
    /// The state to look at now, if there is one.
    pub state: Option<String>,
    /// What else the edit brought about, which the learner should be told.
    pub told: Vec<Told>,
}

/// Something that an edit could not keep.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// A field of a state that has no place in what it has become.
    Dropped(String),
    /// A state to which nothing leads any more.
    Unreached(String),
    /// A rule, a Catcher or a Default of this state, which had nowhere to lead to.
    WayGone(String),
}
