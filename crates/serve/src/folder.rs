//! The cloud on disk: a folder of append-only files, owned by one process at a time.
//!
//! What survives: after [`Storage::flush`] the bytes are in the operating system's hands **and**
//! on the disk (`fdatasync`), so an answered write survives the end of this process, a crash of
//! the machine and a power cut, as far as the disk keeps its own word. Many requests share one
//! flush, so that this stays fast. With [`Sync::Process`] the flush is left out: an answered write
//! then survives `kill -9`, but the last seconds before a power cut may be lost (never more than
//! the tail: every record carries a checksum, and a torn tail is dropped).

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, IoSlice, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use cloudarium_cloud::{Storage, StorageError};

/// What an answered write survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Sync {
    /// A power cut: every answer waits until the disk has the write.
    #[default]
    Disk,
    /// The end of this process; after a power cut the last seconds may be missing.
    Process,
}

/// A folder that holds one cloud. Its lock is held until this value is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    sync: Sync,
    files: BTreeMap<String, Open>,
    _lock: File,
}

/// A file that is open for appending, and how long it is.
#[derive(Debug)]
struct Open {
    file: File,
    length: u64,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process has it.
    #[error(
        "{folder} is in use by another cloudarium{process}; stop that one, or choose another --data folder"
    )]
    InUse {
        /// The folder.
        folder: String,
        /// ` (process 123)`, when it can be told.
        process: String,
    },
    /// The folder cannot be made, read or written.
    #[error("{folder} cannot be used: {error}; choose a --data folder that can be written to")]
    Unusable {
        /// The folder.
        folder: String,
        /// The system's words.
        error: std::io::Error,
    },
}

impl Folder {
    /// Takes `path`, which is made when missing.
    pub fn open(path: &Path, sync: Sync) -> Result<Self, FolderError> {
        let unusable = |error| FolderError::Unusable { folder: path.display().to_string(), error };
        std::fs::create_dir_all(path).map_err(unusable)?;
        let mut lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join("lock"))
            .map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(path, &mut lock)),
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        // Only for the words of `in_use`: a full disk must not keep a cloud from being opened.
        let _ = write_owner(&mut lock);
        Ok(Self { path: path.to_owned(), sync, files: BTreeMap::new(), _lock: lock })
    }

    fn file(&mut self, name: &str) -> Result<&mut Open, StorageError> {
        if !self.files.contains_key(name) {
            let path = self.path.join(name);
            let existed = path.exists();
            let file = OpenOptions::new().read(true).append(true).create(true).open(path);
            let file = file.map_err(|error| failed(&error))?;
            let length = file.metadata().map_err(|error| failed(&error))?.len();
            if !existed && self.sync == Sync::Disk {
                // The folder's own entry for the new file must be on the disk as well.
                let folder = File::open(&self.path).map_err(|error| failed(&error))?;
                folder.sync_all().map_err(|error| failed(&error))?;
            }
            self.files.insert(name.to_owned(), Open { file, length });
        }
        self.files.get_mut(name).ok_or_else(|| StorageError::Failed(format!("{name} is not open")))
    }
}

impl Storage for Folder {
    fn append(&mut self, name: &str, parts: &[&[u8]]) -> Result<(), StorageError> {
        let open = self.file(name)?;
        match write_all(&mut open.file, parts) {
            Ok(written) => {
                open.length += written;
                Ok(())
            }
            Err(error) => {
                // Half a record is worth nothing: take it back, so that what follows is readable.
                let _ = open.file.set_len(open.length);
                Err(failed(&error))
            }
        }
    }

    fn flush(&mut self, name: &str) -> Result<(), StorageError> {
        let sync = self.sync;
        let open = self.file(name)?;
        match sync {
            Sync::Disk => open.file.sync_data().map_err(|error| failed(&error)),
            Sync::Process => Ok(()),
        }
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, StorageError> {
        if !self.path.join(name).exists() {
            return Ok(Vec::new());
        }
        let open = self.file(name)?;
        let mut bytes = Vec::new();
        let read =
            open.file.seek(SeekFrom::Start(0)).and_then(|_| open.file.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| failed(&error))
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.truncate(name, 0)?;
        self.append(name, &[bytes])?;
        self.flush(name)
    }

    fn truncate(&mut self, name: &str, length: u64) -> Result<(), StorageError> {
        let open = self.file(name)?;
        open.file.set_len(length).map_err(|error| failed(&error))?;
        open.length = length;
        Ok(())
    }
}

/// Writes `parts` with as few system calls as it takes.
fn write_all(file: &mut File, parts: &[&[u8]]) -> std::io::Result<u64> {
    let total = parts.iter().map(|part| part.len() as u64).sum();
    let mut slices: Vec<IoSlice<'_>> = parts.iter().map(|part| IoSlice::new(part)).collect();
    let mut left = slices.as_mut_slice();
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        match file.write_vectored(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(total)
}

fn failed(error: &std::io::Error) -> StorageError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            StorageError::Full
        }
        ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StorageError::Gone(error.to_string())
        }
        _ => StorageError::Failed(error.to_string()),
    }
}

fn in_use(path: &Path, lock: &mut File) -> FolderError {
    let mut owner = String::new();
    let told = lock.read_to_string(&mut owner).is_ok() && !owner.trim().is_empty();
    let process = if told { format!(" (process {})", owner.trim()) } else { String::new() };
    FolderError::InUse { folder: path.display().to_string(), process }
}

fn write_owner(lock: &mut File) -> std::io::Result<()> {
    lock.set_len(0)?;
    writeln!(lock, "{}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("cloudarium-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        path
    }

    #[test]
    fn what_was_appended_is_there_when_the_folder_is_opened_again() {
        let path = scratch("append");
        let mut folder = Folder::open(&path, Sync::Disk).unwrap();
        assert_eq!(folder.read("journal.0").unwrap(), b"");
        folder.append("journal.0", &[b"one ", b"", b"two"]).unwrap();
        folder.append("journal.0", &[]).unwrap();
        folder.flush("journal.0").unwrap();
        folder.replace("snapshot.0", b"whole").unwrap();
        folder.truncate("journal.0", 5).unwrap();
        folder.append("journal.0", &[b"!"]).unwrap();
        drop(folder);
        let mut folder = Folder::open(&path, Sync::Process).unwrap();
        assert_eq!(folder.read("journal.0").unwrap(), b"one t!");
        assert_eq!(folder.read("snapshot.0").unwrap(), b"whole");
        drop(folder);
        std::fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_folder_has_one_owner() {
        let path = scratch("lock");
        let first = Folder::open(&path, Sync::Disk).unwrap();
        let said = Folder::open(&path, Sync::Disk).unwrap_err().to_string();
        assert!(said.contains(&format!("(process {})", std::process::id())), "{said}");
        drop(first);
        Folder::open(&path, Sync::Disk).unwrap();
        std::fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let path = scratch("file");
        std::fs::write(&path, "in the way").unwrap();
        let said = Folder::open(&path, Sync::Disk).unwrap_err().to_string();
        assert!(said.contains("cannot be used"), "{said}");
        std::fs::remove_file(path).unwrap();
    }
}
