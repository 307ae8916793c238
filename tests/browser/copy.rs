//! The built site with something about it changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::webdriver::Kind;

/// A copy of the built site whose files may be changed.
pub struct Copy(pub PathBuf);

impl Copy {
    /// `name` tells it from the copies of other scenarios.
    pub fn new(name: &str, kind: Kind) -> Copy {
        let root = format!("cloudarium-{name}-{}-{}", kind.name(), std::process::id());
        let root = std::env::temp_dir().join(root);
        link(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"), &root);
        Copy(root)
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Writes a file anew: it may be a link to the site's own.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::remove_file(&path).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, file: &str) {
        fs::remove_file(self.0.join(file)).unwrap();
    }

    pub fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.text(file);
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replace(old, new));
    }

    pub fn json(&self, file: &str) -> Json {
        serde_json::from_str(&self.text(file)).unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// The files below `from`, below `to`; copied only where they cannot be linked.
fn link(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            link(&path, &place);
        } else if fs::hard_link(&path, &place).is_err() {
            fs::copy(&path, &place).unwrap();
        }
    }
}
