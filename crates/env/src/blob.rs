//! Bodies: kept once, by content, outside the state that snapshots copy.
//!
//! A million small ones take little more than their bytes; a large one may lie in a file of the host's ([`FarFiles`]),
//! from which it is read when it is asked for.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bodies up to this long are kept in memory of exactly their size: what they came in may be larger, and counts its users.
const SMALL_BYTES_MAX: usize = 4096;

/// Names a body by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlobRef {
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// How many bytes.
    pub length: u64,
}

impl BlobRef {
    /// The name of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self { digest: Sha256::digest(bytes).into(), length: bytes.len() as u64 }
    }
}

/// Where a body lies outside memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FarPlace {
    /// The file's name.
    pub file: &'static str,
    /// Where in it the body begins.
    pub start: u64,
}

/// Files of the host's whose parts can be read at once, whatever else is written meanwhile.
pub trait FarFiles {
    /// How many bytes a file has; `None` if it cannot be read.
    fn length(&self, file: &str) -> Option<u64>;
    /// The bytes of `range`; `None` if they are not all there.
    fn read(&self, file: &str, range: Range<u64>) -> Option<Bytes>;
}

/// Where bodies are kept.
pub trait Blobs {
    /// Keeps `bytes`; the same bytes are kept once.
    fn put(&mut self, bytes: Bytes) -> BlobRef;
    /// Keeps `bytes` under a name that was theirs when they were written down.
    fn put_named(&mut self, blob: BlobRef, bytes: Bytes);
    /// The bytes of `range` within the body; `None` if the body is not here or the range is
    /// outside it. Shares memory with the store where it can.
    fn get(&self, blob: &BlobRef, range: Range<u64>) -> Option<Bytes>;
    /// How many bytes are kept in all.
    fn bytes(&self) -> u64;
    /// Lets go of every body for which `keep` says no.
    fn retain(&mut self, keep: &dyn Fn(&BlobRef) -> bool);
    /// Reads bodies that lie outside memory from these files.
    fn read_far_by(&mut self, _files: Rc<dyn FarFiles>) {}
    /// The body lies there from now on, and in memory no more. A store that reads no files keeps it in memory.
    fn lay_far(&mut self, _blob: &BlobRef, _place: FarPlace) {}
    /// Takes all that lies in this file back into memory, before the file goes.
    fn take_back(&mut self, _file: &str) {}
    /// Whether the whole body is kept.
    fn holds(&self, blob: &BlobRef) -> bool {
        self.get(blob, blob.length..blob.length).is_some()
    }
}

/// Bodies in memory, but for those that were laid elsewhere.
#[derive(Clone, Default)]
pub struct MemoryBlobs {
    bodies: BTreeMap<[u8; 32], Kept>,
    bytes: u64,
    files: Option<Rc<dyn FarFiles>>,
}

/// One body. Small ones are many: this has the size of one reference to bytes.
#[derive(Debug, Clone)]
enum Kept {
    Small(Arc<[u8]>),
    Large(Box<Large>),
}

#[derive(Debug, Clone)]
enum Large {
    Here(Bytes),
    Far { place: FarPlace, length: u64 },
}

impl Kept {
    fn of(bytes: Bytes) -> Self {
        if bytes.len() <= SMALL_BYTES_MAX {
            Self::Small(Arc::from(bytes.as_ref()))
        } else {
            Self::Large(Box::new(Large::Here(bytes)))
        }
    }

    fn length(&self) -> u64 {
        match self {
            Self::Small(bytes) => bytes.len() as u64,
            Self::Large(large) => match large.as_ref() {
                Large::Here(bytes) => bytes.len() as u64,
                Large::Far { length, .. } => *length,
            },
        }
    }
}

impl fmt::Debug for MemoryBlobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bodies, bytes, files } = self;
        let far = files.is_some();
        f.debug_struct("MemoryBlobs")
            .field("bodies", bodies)
            .field("bytes", bytes)
            .field("far", &far)
            .finish()
    }
}

/// `range` of `bytes`, sharing their memory.
fn part(bytes: &Bytes, range: Range<u64>) -> Option<Bytes> {
    let start = usize::try_from(range.start).ok()?;
    let end = usize::try_from(range.end).ok()?;
    (start <= end && end <= bytes.len()).then(|| bytes.slice(start..end))
}

impl Blobs for MemoryBlobs {
    fn put(&mut self, bytes: Bytes) -> BlobRef {
        let blob = BlobRef::of(&bytes);
        self.put_named(blob, bytes);
        blob
    }

    fn put_named(&mut self, blob: BlobRef, bytes: Bytes) {
        if let Entry::Vacant(entry) = self.bodies.entry(blob.digest) {
            entry.insert(Kept::of(bytes));
            self.bytes += blob.length;
        }
    }

    fn get(&self, blob: &BlobRef, range: Range<u64>) -> Option<Bytes> {
        match self.bodies.get(&blob.digest)? {
            Kept::Small(bytes) => part(&Bytes::from_owner(bytes.clone()), range),
            Kept::Large(large) => match large.as_ref() {
                Large::Here(bytes) => part(bytes, range),
                Large::Far { length, .. } if range.end > *length || range.start > range.end => None,
                Large::Far { .. } if range.is_empty() => Some(Bytes::new()),
                Large::Far { place, .. } => {
                    let at = place.start + range.start..place.start + range.end;
                    self.files.as_ref()?.read(place.file, at)
                }
            },
        }
    }

    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn retain(&mut self, keep: &dyn Fn(&BlobRef) -> bool) {
        let named =
            |digest: &[u8; 32], kept: &Kept| BlobRef { digest: *digest, length: kept.length() };
        self.bodies.retain(|digest, kept| keep(&named(digest, kept)));
        self.bytes = self.bodies.values().map(Kept::length).sum();
    }

    fn read_far_by(&mut self, files: Rc<dyn FarFiles>) {
        self.files = Some(files);
    }

    fn lay_far(&mut self, blob: &BlobRef, place: FarPlace) {
        if self.files.is_none() {
            return;
        }
        let far = Kept::Large(Box::new(Large::Far { place, length: blob.length }));
        if self.bodies.insert(blob.digest, far).is_none() {
            self.bytes += blob.length;
        }
    }

    fn take_back(&mut self, file: &str) {
        let Some(files) = self.files.clone() else { return };
        for kept in self.bodies.values_mut() {
            let Kept::Large(large) = kept else { continue };
            let Large::Far { place, length } = large.as_ref() else { continue };
            if place.file == file
                && let Some(bytes) = files.read(place.file, place.start..place.start + length)
            {
                **large = Large::Here(bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_kept_once_and_shared() {
        let mut blobs = MemoryBlobs::default();
        let body = Bytes::from(vec![7; 5000]);
        let blob = blobs.put(body.clone());
        assert_eq!(blobs.put(Bytes::from(vec![7; 5000])), blob);
        assert_eq!((blob.length, blobs.bytes()), (5000, 5000));
        let got = blobs.get(&blob, 0..5).expect("it is here");
        assert_eq!(got.as_ptr(), body.as_ptr(), "not copied");
    }

    #[test]
    fn a_small_one_holds_on_to_nothing_that_it_came_in() {
        let mut blobs = MemoryBlobs::default();
        let came = Bytes::from(vec![1; 100_000]);
        let blob = blobs.put(came.slice(0..10));
        assert!(came.is_unique(), "copied");
        let (one, other) = (blobs.get(&blob, 0..10), blobs.get(&blob, 0..10));
        let at = |bytes: Option<Bytes>| bytes.expect("it is here").as_ptr();
        assert_eq!(at(one), at(other), "once");
        assert_eq!(size_of::<Kept>(), size_of::<Arc<[u8]>>());
    }

    /// A file of two bodies, of which the first is cut off at times.
    struct File(std::cell::RefCell<Vec<u8>>);

    impl FarFiles for File {
        fn length(&self, file: &str) -> Option<u64> {
            (file == "far").then(|| self.0.borrow().len() as u64)
        }

        fn read(&self, _file: &str, range: Range<u64>) -> Option<Bytes> {
            part(&Bytes::from(self.0.borrow().clone()), range)
        }
    }

    #[test]
    fn a_far_body_is_read_where_it_lies_and_comes_back() {
        let mut blobs = MemoryBlobs::default();
        let body: Vec<u8> = (0..=255).cycle().take(6000).collect();
        let blob = blobs.put(Bytes::from(body.clone()));
        let place = FarPlace { file: "far", start: 3 };
        blobs.lay_far(&blob, place);
        assert!(
            matches!(blobs.bodies[&blob.digest], Kept::Large(ref it) if matches!(**it, Large::Here(_)))
        );
        let file = Rc::new(File([b"abc".as_slice(), &body].concat().into()));
        blobs.read_far_by(file.clone());
        blobs.lay_far(&blob, place);
        assert_eq!(blobs.get(&blob, 1..4).as_deref(), Some(&body[1..4]));
        assert_eq!(blobs.get(&blob, 5999..6001), None);
        assert!(blobs.holds(&blob) && blobs.bytes() == 6000);
        file.0.borrow_mut().truncate(100);
        assert_eq!(blobs.get(&blob, 0..6000), None, "what is gone is not made up");
        *file.0.borrow_mut() = [b"abc".as_slice(), &body].concat();
        blobs.take_back("another");
        blobs.take_back("far");
        file.0.borrow_mut().clear();
        assert_eq!(blobs.get(&blob, 0..6000).as_deref(), Some(&body[..]));
    }

    #[test]
    fn what_nothing_names_is_let_go() {
        let mut blobs = MemoryBlobs::default();
        let kept = blobs.put(Bytes::from_static(b"kept"));
        let gone = blobs.put(Bytes::from_static(b"let go"));
        assert_eq!(blobs.bytes(), 10);
        blobs.retain(&|blob| *blob == kept);
        assert_eq!((blobs.bytes(), blobs.get(&gone, 0..1)), (4, None));
        assert!(blobs.get(&kept, 0..4).is_some());
    }

    #[test]
    fn a_range_outside_the_body_is_refused() {
        let mut blobs = MemoryBlobs::default();
        let blob = blobs.put(Bytes::from_static(b"hello"));
        assert_eq!(blobs.get(&blob, 1..3), Some(Bytes::from_static(b"el")));
        assert_eq!(blobs.get(&blob, 5..5), Some(Bytes::new()));
        assert_eq!(blobs.get(&blob, 3..6), None);
        #[expect(clippy::reversed_empty_ranges, reason = "what is tested")]
        let reversed = 3..2;
        assert_eq!(blobs.get(&blob, reversed), None);
        assert_eq!(blobs.get(&BlobRef::of(b"other"), 0..5), None);
    }
}
