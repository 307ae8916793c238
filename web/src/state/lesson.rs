//! Lessons as the lesson engine gives them. Prose is a typed tree; it is never HTML.

use serde::{Deserialize, Serialize};

use crate::route::{Place, Route};

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
    pub in_track: usize,
    pub surfaces: Vec<String>,
    pub steps: Vec<OutlineStep>,
    /// The file that the editor opens with, as far as it is the same for everybody.
    pub opens: Option<File>,
}

/// A step's name.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OutlineStep {
    pub id: String,
    pub title: String,
    /// How its prose begins, as far as it is the same for everybody.
    pub lead: Vec<Block>,
}

/// Where a lesson is done first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Surface {
    Python,
    Terminal,
    Console,
}

impl Surface {
    /// `surfaces`: a lesson's.
    pub fn first_of(surfaces: &[String]) -> Self {
        match surfaces.first().map(String::as_str) {
            Some("console") => Self::Console,
            Some("terminal") => Self::Terminal,
            _ => Self::Python,
        }
    }
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
    /// probe, log, output, metric or choice
    pub kind: String,
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
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Next {
    pub lesson: Option<String>,
    pub freeplay: bool,
    pub prose: Vec<Block>,
}

/// A file that the editor opens with.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, Serialize)]
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
    Figure { src: String, alt: String, caption: Vec<Block> },
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

impl Outline {
    /// Where it is done first.
    pub fn surface(&self) -> Surface {
        Surface::first_of(&self.surfaces)
    }
}

impl Lesson {
    /// Where it is done first.
    pub fn surface(&self) -> Surface {
        Surface::first_of(&self.surfaces)
    }

    /// What the list of lessons tells of it, without its prose.
    pub fn outline(&self) -> Outline {
        let step = |step: &Step| OutlineStep {
            id: step.id.clone(),
            title: step.title.clone(),
            lead: Vec::new(),
        };
        Outline {
            id: self.id.clone(),
            title: self.title.clone(),
            track: self.track.clone(),
            minutes: self.minutes,
            level: self.level.clone(),
            index_in_track: self.index_in_track,
            in_track: self.in_track,
            surfaces: self.surfaces.clone(),
            steps: self.steps.iter().map(step).collect(),
            opens: None,
        }
    }

    /// Links name a step (`#id`) or a lesson (`lesson:id`): they become addresses of the page.
    #[must_use]
    pub fn linked(mut self) -> Self {
        let ids: Vec<String> = self.steps.iter().map(|step| step.id.clone()).collect();
        let place =
            |id: &str, step| Route::Lesson { id: id.to_owned(), step, place: Place::Unsaid };
        let address = |href: &str| {
            if let Some(id) = href.strip_prefix("lesson:") {
                return Some(place(id, 1).href());
            }
            let at = ids.iter().position(|id| Some(id.as_str()) == href.strip_prefix('#'))?;
            Some(place(&self.id, at + 1).href())
        };
        for step in &mut self.steps {
            let mut texts: Vec<&mut Vec<Block>> = vec![&mut step.prose, &mut step.why];
            texts.extend(&mut step.hints);
            texts.extend(step.console.as_mut().map(|console| &mut console.prose));
            texts.extend(step.next.as_mut().map(|next| &mut next.prose));
            for block in texts.into_iter().flatten() {
                block.link(&address);
            }
            for inline in step.checks.iter_mut().flat_map(|check| &mut check.text) {
                inline.link(&address);
            }
        }
        self
    }

    /// The step that the address names, counted from 1; the last one if it names too many.
    pub fn step(&self, number: usize) -> Option<&Step> {
        self.steps.get(number.saturating_sub(1)).or_else(|| self.steps.last())
    }
}

impl Block {
    fn link(&mut self, address: &impl Fn(&str) -> Option<String>) {
        match self {
            Self::Paragraph { inlines } | Self::Heading { inlines, .. } => {
                inlines.iter_mut().for_each(|inline| inline.link(address));
            }
            Self::List { items, .. } => {
                items.iter_mut().flatten().for_each(|block| block.link(address));
            }
            Self::Quote { blocks } | Self::Figure { caption: blocks, .. } => {
                blocks.iter_mut().for_each(|block| block.link(address));
            }
            Self::Table { head, rows } => {
                let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                cells.flatten().for_each(|inline| inline.link(address));
            }
            Self::Code { .. } => {}
        }
    }
}

impl Inline {
    fn link(&mut self, address: &impl Fn(&str) -> Option<String>) {
        match self {
            Self::Link { href, inlines } => {
                if let Some(to) = address(href) {
                    *href = to;
                }
                inlines.iter_mut().for_each(|inline| inline.link(address));
            }
            Self::Strong { inlines } | Self::Emphasis { inlines } => {
                inlines.iter_mut().for_each(|inline| inline.link(address));
            }
            Self::Text { .. } | Self::Code { .. } | Self::Break => {}
        }
    }
}

/// The file that the lesson's editor opens with.
pub fn open_file(lesson: Option<&Lesson>) -> String {
    lesson
        .map(|lesson| lesson.open.clone())
        .filter(|n| !n.is_empty())
        .unwrap_or_else(|| "main.py".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn links_to_steps_and_lessons_become_addresses() {
        let link = |href: &str| json!({ "kind": "link", "href": href, "inlines": [] });
        let words =
            [link("#b"), link("lesson:other"), link("https://x.example/"), link("#nowhere")];
        let lesson: Lesson = serde_json::from_value(json!({
            "id": "l",
            "steps": [{ "id": "a", "why": [{ "kind": "list", "ordered": false, "items": [[{ "kind": "paragraph", "inlines": words }]] }] }, { "id": "b" }],
        }))
        .unwrap();
        let text = format!("{:?}", lesson.linked().steps.first().unwrap().why);
        for address in
            ["\"#/lesson/l/2\"", "\"#/lesson/other/1\"", "\"https://x.example/\"", "\"#nowhere\""]
        {
            assert!(text.contains(address), "{address} in {text}");
        }
    }
}
