//! Bodies: kept once, by content, outside the state that snapshots copy.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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

/// Where bodies are kept. Three implementors: memory (here), OPFS (`bridge`), a folder (`serve`).
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
    /// Shows every body that is in memory; a store elsewhere need show none.
    fn each(&self, _visit: &mut dyn FnMut(&BlobRef, &Bytes)) {}
}

/// Bodies in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryBlobs {
    bodies: BTreeMap<BlobRef, Bytes>,
    bytes: u64,
}

impl Blobs for MemoryBlobs {
    fn put(&mut self, bytes: Bytes) -> BlobRef {
        let blob = BlobRef::of(&bytes);
        self.put_named(blob, bytes);
        blob
    }

    fn put_named(&mut self, blob: BlobRef, bytes: Bytes) {
        if let Entry::Vacant(entry) = self.bodies.entry(blob) {
            entry.insert(bytes);
            self.bytes += blob.length;
        }
    }

    fn get(&self, blob: &BlobRef, range: Range<u64>) -> Option<Bytes> {
        let body = self.bodies.get(blob)?;
        let start = usize::try_from(range.start).ok()?;
        let end = usize::try_from(range.end).ok()?;
        (start <= end && end <= body.len()).then(|| body.slice(start..end))
    }

    fn bytes(&self) -> u64 {
        self.bytes
    }

    fn retain(&mut self, keep: &dyn Fn(&BlobRef) -> bool) {
        self.bodies.retain(|blob, _| keep(blob));
        self.bytes = self.bodies.keys().map(|blob| blob.length).sum();
    }

    fn each(&self, visit: &mut dyn FnMut(&BlobRef, &Bytes)) {
        for (blob, bytes) in &self.bodies {
            visit(blob, bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_kept_once_and_shared() {
        let mut blobs = MemoryBlobs::default();
        let body = Bytes::from_static(b"hello");
        let blob = blobs.put(body.clone());
        assert_eq!(blobs.put(Bytes::copy_from_slice(b"hello")), blob);
        assert_eq!(blob.length, 5);
        let got = blobs.get(&blob, 0..5).expect("it is here");
        assert_eq!(got.as_ptr(), body.as_ptr(), "not copied");
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
