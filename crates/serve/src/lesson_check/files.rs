//! Lessons in folders.

use std::fs;
use std::path::{Path, PathBuf};

use cloudarium_lesson::{Files, Lesson, concepts, mistakes_between};

/// The files of one lesson.
#[derive(Debug, Clone)]
pub struct LessonFolder {
    /// `s3/02-put-get-list-delete`
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its files, by their path inside it.
    pub files: Files,
}

/// A lesson with files beyond this is no lesson.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// All lessons below `root`, in the order of their folders.
pub fn load(root: &Path) -> Result<Vec<LessonFolder>, String> {
    let mut found = Vec::new();
    for track in folders(root)? {
        for path in folders(&track)? {
            let part = |path: &Path| path.file_name().unwrap_or_default().display().to_string();
            let name = format!("{}/{}", part(&track), part(&path));
            let mut files = Files::new();
            read(&path, "", &mut files)?;
            found.push(LessonFolder { name, path, files });
        }
    }
    if found.is_empty() {
        return Err(format!("There is no lesson in {}.", root.display()));
    }
    Ok(found)
}

/// The lessons that `path` means: a folder of a lesson or above some, or `track/name` below `root`.
pub fn below<'a>(
    root: &Path,
    all: &'a [LessonFolder],
    path: &Path,
) -> Result<Vec<&'a LessonFolder>, String> {
    let full = fs::canonicalize(path).or_else(|_| fs::canonicalize(root.join(path))).ok();
    let is_below = |folder: &&LessonFolder| {
        let own = fs::canonicalize(&folder.path).ok();
        own.zip(full.as_ref()).is_some_and(|(own, full)| own.starts_with(full))
    };
    let found: Vec<&LessonFolder> = all.iter().filter(is_below).collect();
    if found.is_empty() {
        let names: Vec<&str> = all.iter().map(|folder| folder.name.as_str()).collect();
        let names = names.join(", ");
        return Err(format!("{} holds no lesson. There are: {names}.", path.display()));
    }
    Ok(found)
}

/// What is wrong with lessons taken together, each with the name of its folder.
pub(super) fn between(root: &Path, all: &[LessonFolder]) -> Vec<(String, String)> {
    let path = root.join("concepts.toml");
    let every = |words: String| all.iter().map(|f| (f.name.clone(), words.clone())).collect();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => return every(format!("{}: {error}", path.display())),
    };
    let concepts = match concepts(&text) {
        Ok(concepts) => concepts,
        Err(mistakes) => {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            return every(format!("{}/{}", root.display(), told.join("\n")));
        }
    };
    let (mut lessons, mut others) = (Vec::new(), Vec::new());
    for folder in all {
        match Lesson::parse(&folder.name, &folder.files) {
            Ok(lesson) => lessons.push(lesson),
            Err(_) => others.extend(id_of(folder)),
        }
    }
    mistakes_between(&lessons, &concepts, &others)
        .into_iter()
        .map(|(folder, mistake)| {
            let words = format!("1. {}/{mistake}", root.join(&folder).display());
            (folder, words)
        })
        .collect()
}

/// The id of a lesson that has mistakes: who names it has none for that.
fn id_of(folder: &LessonFolder) -> Option<String> {
    let text = String::from_utf8_lossy(folder.files.get("lesson.md")?).into_owned();
    let line = text.lines().find(|line| line.starts_with("id ") || line.starts_with("id="))?;
    Some(line.split('"').nth(1)?.to_owned())
}

fn folders(path: &Path) -> Result<Vec<PathBuf>, String> {
    let words = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(words)? {
        let entry = entry.map_err(words)?.path();
        if entry.is_dir() {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

fn read(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), String> {
    let words = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(words)? {
        let entry = entry.map_err(words)?;
        let name = format!("{prefix}{}", entry.file_name().display());
        let kind = entry.metadata().map_err(words)?;
        if kind.is_dir() && entry.file_name() != "__pycache__" {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else if kind.is_file() {
            if kind.len() > FILE_BYTES_MAX {
                return Err(format!("{} is too large.", entry.path().display()));
            }
            files.insert(name, fs::read(entry.path()).map_err(words)?);
        }
    }
    Ok(())
}
