//! All lessons together: what one says of another, and of the concepts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::{LessonError, Mistakes, from_toml, position, suggestion};
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
            let at = last_of(text, &concept.id);
            mistakes.add((FILE, at), sentence, "Give each its own id.");
        }
        if concept.sentence.trim().is_empty() {
            let sentence = format!("The concept `{}` says nothing.", concept.id);
            let at = last_of(text, &concept.id);
            mistakes.add((FILE, at), sentence, "Quote its sentence.");
        }
    }
    if mistakes.is_empty() { Ok(raw.concept) } else { Err(mistakes.into_sorted()) }
}

/// Line and column of the last `"id"` in `text`.
fn last_of(text: &str, id: &str) -> (usize, usize) {
    position(text, text.rfind(&format!("\"{id}\"")).unwrap_or(0))
}

/// What is wrong with `lessons` taken together: each mistake with the folder of its lesson.
/// `others`: ids of lessons that could not be read, and which the rest may name all the same.
pub fn mistakes_between(
    lessons: &[Lesson],
    concepts: &[Concept],
    others: &[String],
) -> Vec<(String, LessonError)> {
    let own = lessons.iter().map(|lesson| lesson.front.id.as_str());
    let ids: Vec<&str> = own.chain(others.iter().map(String::as_str)).collect();
    let known: Vec<&str> = concepts.iter().map(|concept| concept.id.as_str()).collect();
    let mut found = Vec::new();
    let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
    for lesson in lessons {
        let mut mistakes = Mistakes::default();
        let id = lesson.front.id.as_str();
        if let Some(other) = folders.insert(id, &lesson.folder) {
            let sentence = format!("The lesson in `{other}` has the id `{id}`, too.");
            mistakes.add(("lesson.md", lesson.id_at), sentence, "Give each lesson its own.");
        }
        for (other, at) in &lesson.mentions {
            if !ids.contains(&other.as_str()) {
                let sentence = format!("There is no lesson `{other}`.");
                mistakes.add(("lesson.md", *at), sentence, suggestion(other, &ids));
            }
        }
        for (concept, at) in lesson.front.concepts.iter().zip(&lesson.concepts_at) {
            if !known.contains(&concept.as_str()) {
                let sentence = format!("There is no concept `{concept}`.");
                mistakes.add(("lesson.md", *at), sentence, suggestion(concept, &known));
            }
        }
        let with_folder = |mistake| (lesson.folder.clone(), mistake);
        found.extend(mistakes.into_sorted().into_iter().map(with_folder));
    }
    found
}
