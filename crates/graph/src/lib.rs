//! The picture of a state machine: where its states stand, and how the lines between them run.
//!
//! Must never know: how it is drawn, any service, executions. A definition goes in as JSON, even one
//! that is not finished; boxes and lines come out, in units of a text's size.
//! Start in [`layout`]; `scope.rs` reads a `States` map, `layers.rs` gives every state its place.

mod layers;
mod scope;

use serde_json::Value;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

impl Rect {
    /// Whether two have more than an edge in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// Whether `other` lies within it.
    pub fn holds(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && self.x + self.width >= other.x + other.width
            && self.y + self.height >= other.y + other.height
    }
}

/// What a box is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Where the machine, a branch or an iteration begins.
    Start,
    /// Where it ends.
    End,
    /// A state, by its `Type`.
    State(String),
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The state's name; empty for a start or an end.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub rect: Rect,
    /// The Parallel or Map state that it stands in.
    pub parent: Option<usize>,
    /// Which branch of that.
    pub branch: usize,
}

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// `Next`, or the way from a start or to an end.
    Next,
    /// A rule of a Choice state.
    Rule,
    /// `Default` of a Choice state.
    Default,
    /// A Catcher.
    Catch,
}

/// A line between two boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Where it begins: a place in [`Layout::nodes`].
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it means.
    pub line: Line,
    /// Which rule of the Choice or which Catcher it is.
    pub at: usize,
    /// What stands beside it: what a rule compares, the errors of a Catcher.
    pub label: String,
    /// The middle of the place that is kept for the label.
    pub label_at: Option<(f64, f64)>,
    /// Its corners, from its beginning to its end.
    pub points: Vec<(f64, f64)>,
}

/// The whole picture. Its upper left corner is at 0, 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
    /// Boxes; what holds others comes before them.
    pub nodes: Vec<Node>,
    /// Lines.
    pub edges: Vec<Edge>,
}

/// How wide a label is.
pub type Measure<'a> = &'a dyn Fn(&str) -> f64;

/// How high the place of a label is.
pub const LABEL_HEIGHT: f64 = layers::LABEL_HEIGHT;

/// How wide a label is that is cut when it is long.
pub fn label_width(label: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "thirty letters")]
    let letters = label.chars().take(30).count() as f64;
    letters.mul_add(6.1, 8.0)
}

/// Lays a definition out. What is no definition gives an empty picture.
pub fn layout(definition: &Value) -> Layout {
    layout_with(definition, &label_width)
}

/// [`layout`] for labels that are drawn in other words than [`Edge::label`].
pub fn layout_with(definition: &Value, measure: Measure<'_>) -> Layout {
    let mut picture = Layout::default();
    let whole = scope::place(definition, 0, measure);
    let (width, height) = (whole.width, whole.height);
    scope::put(whole, (0.0, 0.0), (None, 0), &mut picture);
    (picture.width, picture.height) = (width, height);
    picture
}
