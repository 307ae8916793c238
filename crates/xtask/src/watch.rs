//! Watches what an author writes while `cargo xtask play` serves, and tells the open pages.
//!
//! The times of the files are looked at every half second: no library that asks the system is needed for some hundred
//! files, and every editor's way of saving is seen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use cloudarium_static_host::Live;

use crate::project::Project;
use crate::site;
use crate::stamp::files_below;

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Time and length of every file.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Builds anew whenever something changes, and tells the pages; ends with the process.
pub fn forever(project: &Project, build: &site::Args, live: &Live) -> anyhow::Result<()> {
    let mut seen = look(project)?;
    loop {
        thread::sleep(LOOK_EVERY);
        // A file that goes away while it is looked at is seen the next time.
        let Ok(now) = look(project) else { continue };
        let changed = difference(&seen, &now);
        seen = now;
        if changed.is_empty() {
            continue;
        }
        println!("\n{}", words(project, &changed));
        let outcome = site::build(project, build);
        if let Err(error) = outcome {
            println!("{error:#}\n(the page stays as it was)");
            continue;
        }
        live.tell(&event(project, &changed));
    }
}

fn look(project: &Project) -> anyhow::Result<Look> {
    let mut found = Look::new();
    for folder in ["lessons", "web/src", "web/js", "web/editor", "web/styles", "web/python", "docs"]
    {
        for path in files_below(&project.path(folder))? {
            note(&path, &mut found);
        }
    }
    note(&project.path("index.html"), &mut found);
    Ok(found)
}

fn note(path: &Path, into: &mut Look) {
    if let Ok(data) = fs::metadata(path) {
        into.insert(path.to_owned(), (data.modified().ok(), data.len()));
    }
}

fn difference(before: &Look, now: &Look) -> BTreeSet<PathBuf> {
    let fresh = now.iter().filter(|(path, look)| before.get(*path) != Some(*look));
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    fresh.map(|(path, _)| path).chain(gone).cloned().collect()
}

/// `{"lessons":["s3/01-a"],"page":false}`: the lessons that changed, and whether the page itself did.
fn event(project: &Project, changed: &BTreeSet<PathBuf>) -> String {
    let root = project.path("lessons");
    let mut lessons = BTreeSet::new();
    let mut page = false;
    for path in changed {
        match path.strip_prefix(&root) {
            Ok(inside) => {
                let parts: Vec<_> = inside
                    .components()
                    .take(2)
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                lessons.insert(parts.join("/"));
            }
            Err(_) => page |= !path.starts_with(project.path("docs")),
        }
    }
    serde_json::json!({ "lessons": lessons, "page": page }).to_string()
}

fn words(project: &Project, changed: &BTreeSet<PathBuf>) -> String {
    let names = changed.iter().take(3).map(|path| site::relative(&project.root, path));
    let names = names.collect::<Vec<_>>().join(", ");
    let more = changed.len().saturating_sub(3);
    if more == 0 {
        format!("changed: {names}")
    } else {
        format!("changed: {names} and {more} more")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_by_lesson() {
        let project = Project { root: PathBuf::from("/p") };
        let at = |name: &str| PathBuf::from("/p").join(name);
        let look = |names: &[(&str, u64)]| -> Look {
            names.iter().map(|(name, length)| (at(name), (None, *length))).collect()
        };
        let before =
            look(&[("lessons/s3/01-a/lesson.md", 1), ("docs/a.md", 1), ("web/src/a.rs", 1)]);
        let now = look(&[("lessons/s3/01-a/lesson.md", 2), ("web/src/a.rs", 1)]);
        let changed = difference(&before, &now);
        assert_eq!(changed.len(), 2, "one is longer, one is gone");
        assert_eq!(event(&project, &changed), r#"{"lessons":["s3/01-a"],"page":false}"#);
        let page = BTreeSet::from([at("web/src/a.rs")]);
        assert_eq!(event(&project, &page), r#"{"lessons":[],"page":true}"#);
        assert_eq!(words(&project, &page), "changed: web/src/a.rs");
    }
}
