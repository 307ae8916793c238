//! Messages at the bottom right, one at a time.

/// A message, and the one thing that can be done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toast {
    pub title: String,
    pub words: String,
    pub remedy: Option<Remedy>,
}

/// What a message offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    TakeOver,
    Restart,
}
