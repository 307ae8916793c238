//! All lessons together: what one says of another, and of the concepts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::{LessonError, Mistakes, from_toml, suggestion};
use crate::lesson::Lesson;

/// A sentence of the concept document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// `s3.object-storage`
    pub id: String,
    /// The part of the document it stands in.
    pub section: String,
    /// The sentence, as the document has it.
    pub sentence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcepts {
    concept: Vec<Concept>,
}

/// Reads `concepts.toml`.
pub fn concepts(text: &str) -> Result<Vec<Concept>, Vec<LessonError>> {
    const FILE: &str = "concepts.toml";
    let raw: RawConcepts =
        toml::from_str(text).map_err(|error| vec![from_toml(FILE, 1, text, &error)])?;
    let mut mistakes = Mistakes::default();
    let mut seen = BTreeSet::new();
    for concept in &raw.concept {
        if !seen.insert(concept.id.as_str()) {
            let sentence = format!("There are two concepts `{}`.", concept.id);
            mistakes.add((FILE, 1), sentence, "Give each its own id.");
        }
        if concept.sentence.trim().is_empty() {
            let sentence = format!("The concept `{}` says nothing.", concept.id);
            mistakes.add((FILE, 1), sentence, "Quote its sentence.");
        }
    }
    if mistakes.is_empty() { Ok(raw.concept) } else { Err(mistakes.into_sorted()) }
}

/// What is wrong with `lessons` taken together: each mistake with the folder of its lesson.
pub fn mistakes_between(lessons: &[Lesson], concepts: &[Concept]) -> Vec<(String, LessonError)> {
    let ids: Vec<&str> = lessons.iter().map(|lesson| lesson.front.id.as_str()).collect();
    let known: Vec<&str> = concepts.iter().map(|concept| concept.id.as_str()).collect();
    let mut found = Vec::new();
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for lesson in lessons {
        let mut mistakes = Mistakes::default();
        let id = lesson.front.id.as_str();
        if let Some(other) = folders.insert(id, &lesson.folder) {
            let sentence = format!("The lesson in `{other}` has the id `{id}`, too.");
            mistakes.add(("lesson.md", 2), sentence, "Give each lesson its own.");
        }
        for (other, line) in &lesson.mentions {
            if !ids.contains(&other.as_str()) {
                let sentence = format!("There is no lesson `{other}`.");
                mistakes.add(("lesson.md", *line), sentence, suggestion(other, &ids));
            }
        }
        for concept in &lesson.front.concepts {
            if !known.contains(&concept.as_str()) {
                let sentence = format!("There is no concept `{concept}`.");
                mistakes.add(("lesson.md", 2), sentence, suggestion(concept, &known));
            }
        }
        let with_folder = |mistake| (lesson.folder.clone(), mistake);
        found.extend(mistakes.into_sorted().into_iter().map(with_folder));
    }
    found
}
