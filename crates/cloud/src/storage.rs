//! Where a journal is kept: a handful of named append-only files.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_env::FarFiles;

/// Every name that a journal uses, so that a host can open them all beforehand.
pub const FILES: [&str; 6] =
    ["journal.0", "journal.1", "snapshot.0", "snapshot.1", "blobs.0", "blobs.1"];

/// Inputs since the snapshot of the same slot.
pub(crate) const JOURNALS: [&str; 2] = ["journal.0", "journal.1"];
/// The whole state but bodies.
pub(crate) const SNAPSHOTS: [&str; 2] = ["snapshot.0", "snapshot.1"];
/// Bodies, each once.
pub(crate) const BLOBS: [&str; 2] = ["blobs.0", "blobs.1"];

/// Named files. The journal never overwrites what it still needs, and checks all that it reads, so
/// that no method need be atomic; only [`Storage::flush`] is a promise.
pub trait Storage {
    /// Adds `parts`, one after the other, at the end of `name` (created when missing).
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError>;
    /// When it returns, all that was written to `name` survives the end of this process.
    fn flush(&mut self, name: &str) -> Result<(), StorageError>;
    /// All of `name`; empty when there is no such file.
    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError>;
    /// Makes `bytes` the whole of `name`, and flushes it.
    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError>;
    /// Cuts `name` down to `length` bytes.
    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError>;
    /// A way to read parts of the files at once, where the host has one: large bodies then lie there alone.
    fn far(&self) -> Option<Rc<dyn FarFiles>> {
        None
    }
}

/// Why nothing could be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageError {
    /// No space is left (or the browser's quota is used up).
    Full,
    /// There is no storage here, or it was taken away; with the host's words.
    Gone(String),
    /// Anything else that the host says.
    Failed(String),
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full => f.write_str("no space is left"),
            Self::Gone(why) => write!(f, "the storage is gone: {why}"),
            Self::Failed(why) => write!(f, "the storage failed: {why}"),
        }
    }
}

impl std::error::Error for StorageError {}

/// Files in memory: for tests, and for clouds that nothing is kept of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemoryStorage {
    files: BTreeMap<String, Vec<u8>>,
}

impl Storage for MemoryStorage {
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError> {
        let file = self.files.entry(name.to_owned()).or_default();
        for part in parts {
            file.extend_from_slice(part);
        }
        Ok(())
    }

    fn flush(&mut self, _name: &str) -> Result<(), StorageError> {
        Ok(())
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        Ok(self.files.get(name).cloned().unwrap_or_default())
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError> {
        if let Some(file) = self.files.get_mut(name) {
            file.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        }
        Ok(())
    }
}
