//! Lessons as the lesson engine gives them. Prose is a typed tree; it is never HTML.

use serde::Deserialize;

/// A lesson in the list.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outline {
    pub id: String,
    pub title: String,
    pub track: String,
    pub minutes: u32,
    pub level: String,
    pub index_in_track: usize,
    pub steps: Vec<OutlineStep>,
}

/// A step's name.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OutlineStep {
    pub id: String,
    pub title: String,
}

/// A lesson in full.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Lesson {
    pub id: String,
    pub title: String,
    pub track: String,
    pub minutes: u32,
    pub level: String,
    pub index_in_track: usize,
    pub in_track: usize,
    pub surfaces: Vec<String>,
    pub steps: Vec<Step>,
    pub files: Vec<File>,
    pub solution: Vec<File>,
    pub region: String,
    pub open: String,
}

/// One step of it.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Step {
    pub id: String,
    pub title: String,
    pub prose: Vec<Block>,
    pub checks: Vec<Check>,
    pub hints: Vec<Vec<Block>>,
    pub why: Vec<Block>,
    pub console: Option<Console>,
    pub next: Option<Next>,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Check {
    pub id: String,
    pub text: Vec<Inline>,
    /// Passing it is not needed for the step.
    pub bonus: bool,
    pub choice: Option<Choice>,
}

/// A question whose answer is chosen in the panel.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    pub ask: Vec<Inline>,
    pub of: Vec<Vec<Inline>>,
}

/// The same step by clicks.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Console {
    pub route: String,
    pub hotspot: Option<String>,
    pub prose: Vec<Block>,
}

/// Where to go on.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    pub lesson: Option<String>,
    pub freeplay: bool,
}

/// A file that the editor opens with.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct File {
    pub name: String,
    pub text: String,
}

/// What became of a check.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckResult {
    pub id: String,
    pub state: CheckState,
    pub message: Vec<Inline>,
    pub line: Option<u32>,
    /// The API call that the message speaks of.
    pub seq: Option<u64>,
}

/// Passed, failed, or not tried yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckState {
    Pass,
    Fail,
    #[default]
    Wait,
}

/// A block of prose.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Paragraph { inlines: Vec<Inline> },
    Heading { level: u8, inlines: Vec<Inline> },
    Code { language: String, text: String },
    List { ordered: bool, items: Vec<Vec<Block>> },
    Quote { blocks: Vec<Block> },
    Table { head: Vec<Vec<Inline>>, rows: Vec<Vec<Vec<Inline>>> },
}

/// A run of words within a block.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    Text { text: String },
    Code { text: String },
    Strong { inlines: Vec<Inline> },
    Emphasis { inlines: Vec<Inline> },
    Link { href: String, inlines: Vec<Inline> },
    Break,
}

impl Lesson {
    /// The step that the address names, counted from 1; the last one if it names too many.
    pub fn step(&self, number: usize) -> Option<&Step> {
        self.steps.get(number.saturating_sub(1)).or_else(|| self.steps.last())
    }
}

/// The file that the lesson's editor opens with.
pub fn open_file(lesson: Option<&Lesson>) -> String {
    lesson
        .map(|lesson| lesson.open.clone())
        .filter(|n| !n.is_empty())
        .unwrap_or_else(|| "main.py".into())
}
