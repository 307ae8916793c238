//! Messages at the bottom right, one at a time.

/// A message, and the one thing that can be done about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Toast {
    pub title: String,
    pub words: String,
    pub remedy: Option<Remedy>,
    pub tone: Tone,
}

/// How a message looks; its words say the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Plain,
    Good,
    Warn,
}

/// What a message offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    TakeOver,
    Restart,
    /// What took something's place is taken back.
    TakeBack,
    /// The newer version of the site comes with a reload.
    Update,
}
