//! The lessons in the site: the files that a learner may see, and lessons/index.json, which lists them with their
//! summaries, so that the page shows the list before anything else is loaded.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use cloudarium_lesson::{Files as Texts, Lesson, TRACKS};

use crate::project::Project;
use crate::site::{Files, relative};
use crate::stamp::files_below;

/// What a lesson's folder holds for the learner. The rest (wrong answers, clicks) proves the lesson, and stays here.
const SHOWN: &[&str] = &["lesson.md", "starter/", "solution/", "assets/", "figures/"];

/// Adds the lessons to the site.
///
/// `live`: somebody writes them just now. The page then listens for changes, and a lesson with mistakes is there
/// nevertheless: the page says what is wrong with it.
pub fn add(project: &Project, files: &mut Files, live: bool) -> anyhow::Result<()> {
    let root = project.path("lessons");
    let lessons = read_all(&root, files)?;
    let mut list = Vec::new();
    for lesson in &lessons {
        let track = lesson.folder.split('/').next().unwrap_or_default();
        let is_of_track = |other: &&Read| other.folder.split('/').next() == Some(track);
        let in_track = lessons.iter().filter(is_of_track).count();
        let summary = match &lesson.parsed {
            Ok(parsed) => serde_json::to_value(cloudarium_lesson::summary(parsed, in_track))?,
            Err(_) if live => unreadable(lesson),
            Err(mistakes) => bail!("lessons/{}:\n{}", lesson.folder, mistakes.join("\n")),
        };
        list.push(serde_json::json!({
            "folder": lesson.folder,
            "files": lesson.names,
            "summary": summary,
        }));
    }
    let index = if live {
        serde_json::json!({ "lessons": list, "live": true })
    } else {
        serde_json::json!({ "lessons": list })
    };
    files.insert("lessons/index.json".to_owned(), serde_json::to_vec(&index)?);
    Ok(())
}

/// A lesson as it was read.
struct Read {
    folder: String,
    /// Its files that the site shows.
    names: Vec<String>,
    /// The lesson, or all that is wrong with it.
    parsed: Result<Lesson, Vec<String>>,
    text: String,
}

/// What the list says of a lesson that cannot be read: who opens it learns why.
fn unreadable(lesson: &Read) -> serde_json::Value {
    let value = |key: &str| {
        let line = lesson.text.lines().find(|line| {
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        });
        line.and_then(|line| line.split('"').nth(1)).unwrap_or(&lesson.folder).to_owned()
    };
    let track = lesson.folder.split('/').next().unwrap_or_default();
    serde_json::json!({
        "id": value("id"), "title": value("title"), "track": track, "minutes": 0, "level": "",
        "index_in_track": 0, "in_track": 0, "surfaces": [], "requires": [], "steps": [],
    })
}

/// All lessons in the order in which they are taken; their files are added to the site.
fn read_all(root: &Path, files: &mut Files) -> anyhow::Result<Vec<Read>> {
    let mut lessons = Vec::new();
    for track in TRACKS {
        let mut folders = Vec::new();
        if root.join(track).is_dir() {
            for entry in fs::read_dir(root.join(track))? {
                folders.push(entry?.path());
            }
        }
        folders.sort();
        for folder in folders.iter().filter(|folder| folder.join("lesson.md").is_file()) {
            lessons.push(read(root, folder, files)?);
        }
    }
    Ok(lessons)
}

fn read(root: &Path, folder: &Path, files: &mut Files) -> anyhow::Result<Read> {
    let own = relative(root, folder);
    let (mut texts, mut names) = (Texts::new(), Vec::new());
    for path in files_below(folder)? {
        let name = relative(folder, &path);
        let content = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
        texts.insert(name.clone(), content.clone());
        if SHOWN.iter().any(|shown| name.starts_with(shown)) {
            files.insert(format!("lessons/{own}/{name}"), content);
            names.push(name);
        }
    }
    let text = texts.get("lesson.md").map(|text| String::from_utf8_lossy(text).into_owned());
    let parsed = Lesson::parse(&own, &texts)
        .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect());
    Ok(Read { folder: own, names, parsed, text: text.unwrap_or_default() })
}
