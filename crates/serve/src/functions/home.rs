//! The folder of an execution environment: made where nobody else's is, removed with it, and what its paths are
//! called on AWS.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the names of all such folders begin with; the number of the process that made one follows.
const PREFIX: &str = "cloudarium-function-";

/// What lies in it, and what AWS calls that: files first, as they lie beside the folders.
const PLACES: [(&str, &str); 7] = [
    ("bootstrap.mjs", "/var/runtime/index.mjs"),
    ("handler.mjs", "/var/runtime/index.mjs"),
    ("_cloudarium_handler.py", "/var/runtime/bootstrap.py"),
    ("bootstrap.py", "/var/runtime/bootstrap.py"),
    ("task", "/var/task"),
    ("opt", "/opt"),
    ("tmp", "/tmp"),
];

/// A folder that nobody else has. It need not be there.
#[derive(Debug)]
pub struct Home {
    path: PathBuf,
    /// As it is written in texts.
    shown: String,
}

impl Home {
    /// None yet: [`Home::clear`] is asked before it is filled.
    pub fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = above().join(format!("{PREFIX}{}-{number}", std::process::id()));
        let shown = path.display().to_string();
        Self { path, shown }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it with all that is in it.
    pub fn clear(&self) {
        // A process that still ends may be writing: then once more.
        if fs::remove_dir_all(&self.path).is_err() && self.path.exists() {
            let _ = fs::remove_dir_all(&self.path);
        }
    }

    /// A text with the paths that AWS has. The code itself finds its files under the paths that are true here.
    pub fn on_aws(&self, text: &str) -> String {
        if !text.contains(&self.shown) {
            return text.to_owned();
        }
        PLACES.iter().fold(text.to_owned(), |text, (name, there)| {
            text.replace(&format!("{}/{name}", self.shown), there)
        })
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The folder that all such folders are in, as the processes see it.
fn above() -> PathBuf {
    let folder = std::env::temp_dir();
    folder.canonicalize().unwrap_or(folder)
}

/// Removes what processes have left behind that are no more: they were ended before they could do so.
pub fn sweep() {
    let Ok(entries) = fs::read_dir(above()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        let number = rest.split('-').next().and_then(|number| number.parse::<u32>().ok());
        if number.is_some_and(|number| !is_alive(number)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether there is a process of that number. Where nobody can tell, there is.
fn is_alive(number: u32) -> bool {
    if number == std::process::id() || !Path::new("/proc/self").exists() {
        return true;
    }
    Path::new("/proc").join(number.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_aws() {
        let home = Home::new();
        let here = home.path().display();
        let text = format!(
            "File \"{here}/task/main.py\", at file://{here}/handler.mjs:1:2, {here}/opt/python"
        );
        assert_eq!(
            home.on_aws(&text),
            "File \"/var/task/main.py\", at file:///var/runtime/index.mjs:1:2, /opt/python"
        );
        assert_eq!(home.on_aws("/tmp/other"), "/tmp/other");
    }

    #[test]
    fn what_dead_processes_left_is_removed_and_what_others_have_is_not() {
        // No process has this number: it is above the most that Linux gives.
        let dead = above().join(format!("{PREFIX}4194999-0"));
        let other = above().join(format!("{PREFIX}x"));
        let home = Home::new();
        for folder in [&dead, &other, home.path()] {
            fs::create_dir_all(folder.join("task")).expect("it is made");
        }
        sweep();
        assert_eq!(dead.exists(), !Path::new("/proc/self").exists());
        assert!(other.exists() && home.path().exists());
        fs::remove_dir_all(&other).expect("it is removed");
        let path = home.path().to_owned();
        drop(home);
        assert!(!path.exists());
    }
}
