//! What need not be done again: a stamp holds the hash of a step's inputs, and stands beside its output.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

/// The hash of a step's inputs, as it is being gathered.
#[derive(Clone)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Begins with what the step is, and its version: change it when the step's own work changes.
    pub fn of(step: &str) -> Inputs {
        Inputs(Sha256::new()).text(step)
    }

    /// Adds a word that the output depends on.
    pub fn text(mut self, text: &str) -> Inputs {
        self.0.update(text.len().to_le_bytes());
        self.0.update(text);
        self
    }

    /// Adds a file, by its content.
    pub fn file(self, path: &Path) -> anyhow::Result<Inputs> {
        let content = fs::read(path).with_context(|| format!("read {}", path.display()))?;
        let mut inputs = self.text(&hash(&content));
        inputs.0.update([0]);
        Ok(inputs)
    }

    /// Adds every file below a folder, by name and content.
    pub fn folder(mut self, folder: &Path) -> anyhow::Result<Inputs> {
        for path in files_below(folder)? {
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            self = self.text(&name).file(&path)?;
        }
        Ok(self)
    }

    /// The stamp for these inputs, kept in the file `place`.
    pub fn stamp(self, place: impl Into<PathBuf>) -> Stamp {
        Stamp { place: place.into(), inputs: hex::encode(self.0.finalize()) }
    }
}

/// Says whether a step was already carried out with the same inputs.
pub struct Stamp {
    place: PathBuf,
    inputs: String,
}

impl Stamp {
    /// Whether the step was carried out with the same inputs, and all its `outputs` are there.
    pub fn is_fresh(&self, outputs: &[&Path]) -> bool {
        outputs.iter().all(|output| output.exists())
            && fs::read_to_string(&self.place).is_ok_and(|inputs| inputs == self.inputs)
    }

    /// Notes that the step has been carried out.
    pub fn set(&self) -> anyhow::Result<()> {
        write(&self.place, self.inputs.as_bytes())
    }
}

/// The SHA-256 of some bytes, in hex.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Writes a file whose folder may not be there yet.
pub fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("write {}", path.display()))
}

/// All files below a folder, in order. A folder that is not there has none.
pub fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("read {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
