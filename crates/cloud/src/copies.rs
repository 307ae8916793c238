//! Copies of a cloud: taken out in one piece, and brought back in memory before they take another's place.

use bytes::Bytes;
use cloudarium_env::Timestamp;
use cloudarium_env::saved::{self, Format};

use crate::journal::{Durable, pack};
use crate::storage::{FILES, MemoryStorage, Storage, StorageError};
use crate::{Config, Keeping};

impl<S: Storage> Durable<S> {
    /// A copy of the cloud as it is now, without its history: smaller than [`Durable::export`].
    pub fn export_without_history(&self) -> Result<Vec<u8>, StorageError> {
        pack(&mut self.in_memory()?)
    }
}

/// The files that an export ([`Durable::export`]) is made of. An error tells why it is none.
pub fn files_of(export: &[u8]) -> Result<Vec<(String, Bytes)>, StorageError> {
    // A list of names and bytes: there is nothing in it that postcard wrote otherwise.
    saved::whole(export, Format::Counted)
        .map_err(|error| StorageError::Failed(format!("no export of a cloud: {error}")))
}

/// Brings a copy back in memory, to see whether it is whole and what it holds. Files that are all empty are a cloud
/// that begins anew ([`crate::Recovery::fresh`]).
pub fn open(files: &[(String, Bytes)]) -> Result<Durable<MemoryStorage>, StorageError> {
    let mut storage = MemoryStorage::default();
    for (name, bytes) in files {
        if !FILES.contains(&name.as_str()) {
            let words = format!("a cloud has no file called {name}");
            return Err(StorageError::Failed(words));
        }
        storage.replace(name, bytes)?;
    }
    let durable = Durable::open(Config::default(), storage, Timestamp::default());
    match durable.keeping() {
        Keeping::Kept => Ok(durable),
        Keeping::InMemory(error) => Err(error.clone()),
    }
}
