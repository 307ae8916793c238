//! The files of bodies, read back: each body once, by content. Where the host reads parts of a file at once, a large body
//! is looked through and stays where it lies.

use std::collections::BTreeMap;
use std::rc::Rc;

use bytes::Bytes;
use cloudarium_env::{BlobRef, Blobs as _, FarFiles, FarPlace, MemoryBlobs};

use crate::frame::{self, HEAD_BYTES};
use crate::journal::{BODY_HEAD_BYTES, FAR_BYTES_MIN};
use crate::storage::BLOBS;
use crate::{Storage, StorageError, record};

/// So much is read at a time.
const WINDOW_BYTES: u64 = 1024 * 1024;

/// The bodies of both files.
#[derive(Default)]
pub struct Bodies {
    /// All that are whole.
    pub all: MemoryBlobs,
    /// What is known of each file.
    pub slots: [BodyFile; 2],
}

/// What is known of a file.
#[derive(Default)]
pub struct BodyFile {
    /// Where each of its bodies begins.
    pub bodies: BTreeMap<BlobRef, u64>,
    /// How many bytes they have.
    pub body_bytes: u64,
    /// Up to where it is whole.
    pub whole_bytes: u64,
    /// How long it is.
    pub file_bytes: u64,
}

/// Reads both files; what is damaged is told in words.
pub fn read(storage: &mut impl Storage, damage: &mut Vec<String>) -> Result<Bodies, StorageError> {
    let mut bodies = Bodies::default();
    let far = storage.far();
    if let Some(files) = &far {
        bodies.all.read_far_by(files.clone());
    }
    for (slot, file) in BLOBS.into_iter().enumerate() {
        let source = match &far {
            Some(files) => Source::far(files.clone(), file)?,
            None => Source::whole(file, storage.read(file)?.into()),
        };
        let found = look_through(source, &mut bodies.all, damage);
        if let Some(place) = bodies.slots.get_mut(slot) {
            *place = found;
        }
    }
    Ok(bodies)
}

/// A file that is read in pieces.
struct Source {
    file: &'static str,
    length: u64,
    /// What was read last, and where it begins.
    window: Bytes,
    start: u64,
    files: Option<Rc<dyn FarFiles>>,
}

impl Source {
    fn whole(file: &'static str, content: Bytes) -> Self {
        Self { file, length: content.len() as u64, window: content, start: 0, files: None }
    }

    fn far(files: Rc<dyn FarFiles>, file: &'static str) -> Result<Self, StorageError> {
        let unreadable = || StorageError::Failed(format!("{file} cannot be read"));
        let length = files.length(file).ok_or_else(unreadable)?;
        Ok(Self { file, length, window: Bytes::new(), start: 0, files: Some(files) })
    }

    /// `length` bytes at `at`; `None` if the file ends before.
    fn get(&mut self, at: u64, length: u64) -> Option<Bytes> {
        let end = at.checked_add(length).filter(|end| *end <= self.length)?;
        if at < self.start || end > self.start + self.window.len() as u64 {
            let until = self.length.min(at + length.max(WINDOW_BYTES));
            self.window = self.files.as_ref()?.read(self.file, at..until)?;
            self.start = at;
        }
        let from = usize::try_from(at - self.start).ok()?;
        let to = usize::try_from(end - self.start).ok()?;
        (to <= self.window.len()).then(|| self.window.slice(from..to))
    }

    /// The CRC-32 of `length` bytes at `at`, added to what `crc` has; `None` if they are not there.
    fn check(&mut self, crc: &mut crc32fast::Hasher, (mut at, length): (u64, u64)) -> Option<()> {
        let end = at + length;
        while at < end {
            let step = WINDOW_BYTES.min(end - at);
            crc.update(&self.get(at, step)?);
            at += step;
        }
        Some(())
    }
}

fn look_through(mut source: Source, all: &mut MemoryBlobs, damage: &mut Vec<String>) -> BodyFile {
    let mut found = BodyFile { file_bytes: source.length, ..BodyFile::default() };
    while let Some(next) = next_body(&mut source, found.whole_bytes, all, &mut found) {
        if !next.whole && next.at >= source.length {
            // A last frame of the right length may be one that a crash left half written.
            break;
        }
        if !next.whole {
            // Those after it are found all the same.
            damage.push(format!("{}: a body is damaged", source.file));
        }
        found.whole_bytes = next.at;
    }
    found
}

/// Where the next frame begins, and whether the one before it was whole.
struct Next {
    at: u64,
    whole: bool,
}

/// Reads the frame at `at`; `None` where the file ends within it.
fn next_body(
    source: &mut Source,
    at: u64,
    all: &mut MemoryBlobs,
    found: &mut BodyFile,
) -> Option<Next> {
    let head = source.get(at, HEAD_BYTES as u64)?;
    let (length, crc) = frame::parts(*head.first_chunk()?);
    let payload = at + HEAD_BYTES as u64;
    let next = payload + u64::from(length);
    if next > source.length {
        return None;
    }
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&length.to_le_bytes());
    source.check(&mut hasher, (payload, u64::from(length)))?;
    let whole = hasher.finalize() == crc;
    if let Some(body_bytes) = (next - at).checked_sub(BODY_HEAD_BYTES).filter(|_| whole) {
        let start = at + BODY_HEAD_BYTES;
        let blob = if source.files.is_some() && body_bytes >= FAR_BYTES_MIN {
            let digest = *source.get(payload, 32)?.first_chunk()?;
            let blob = BlobRef { digest, length: body_bytes };
            all.lay_far(&blob, FarPlace { file: source.file, start });
            blob
        } else {
            let (blob, body) = record::read_blob(&source.get(payload, u64::from(length))?)?;
            // What is read in pieces must not hold on to the piece.
            let is_piece = source.files.is_some();
            all.put_named(blob, if is_piece { Bytes::copy_from_slice(&body) } else { body });
            blob
        };
        found.bodies.insert(blob, start);
        found.body_bytes += blob.length;
    }
    Some(Next { at: next, whole })
}
