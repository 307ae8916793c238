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
const SHOWN: &[&str] = &["lesson.md", "starter/", "solution/", "assets/"];

/// Adds the lessons to the site.
pub fn add(project: &Project, files: &mut Files) -> anyhow::Result<()> {
    let root = project.path("lessons");
    let lessons = read_all(&root, files)?;
    let mut list = Vec::new();
    for (lesson, names) in &lessons {
        let track = &lesson.front.track;
        let in_track = lessons.iter().filter(|(other, _)| other.front.track == *track).count();
        list.push(serde_json::json!({
            "folder": lesson.folder,
            "files": names,
            "summary": cloudarium_lesson::summary(lesson, in_track),
        }));
    }
    let index = serde_json::json!({ "lessons": list });
    files.insert("lessons/index.json".to_owned(), serde_json::to_vec(&index)?);
    Ok(())
}

/// All lessons in the order in which they are taken, with the names of the files that were added to the site.
fn read_all(root: &Path, files: &mut Files) -> anyhow::Result<Vec<(Lesson, Vec<String>)>> {
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

fn read(root: &Path, folder: &Path, files: &mut Files) -> anyhow::Result<(Lesson, Vec<String>)> {
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
    match Lesson::parse(&own, &texts) {
        Ok(lesson) => Ok((lesson, names)),
        Err(mistakes) => {
            let list: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            bail!("lessons/{own}:\n{}", list.join("\n"))
        }
    }
}
