//! Checked frames: how records lie in a file, and how damage to them is found.
//!
//! A frame is the length of its payload (u32, little-endian), the CRC-32 of length and payload
//! (u32), and the payload.

use bytes::Bytes;

/// Bytes before the payload.
pub const HEAD_BYTES: usize = 8;

/// The head of a frame whose payload is `parts`, one after the other. `None` if they are too long.
pub fn head(parts: &[&[u8]]) -> Option<[u8; HEAD_BYTES]> {
    let length = u32::try_from(parts.iter().map(|part| part.len()).sum::<usize>()).ok()?;
    let length = length.to_le_bytes();
    let mut crc = crc32fast::Hasher::new();
    crc.update(&length);
    for part in parts {
        crc.update(part);
    }
    let mut head = [0; HEAD_BYTES];
    let (first, second) = head.split_at_mut(length.len());
    first.copy_from_slice(&length);
    second.copy_from_slice(&crc.finalize().to_le_bytes());
    Some(head)
}

/// The length and the CRC-32 that a head tells.
pub fn parts(head: [u8; HEAD_BYTES]) -> (u32, u32) {
    let [length @ .., _, _, _, _] = head;
    let [_, _, _, _, crc @ ..] = head;
    (u32::from_le_bytes(length), u32::from_le_bytes(crc))
}

/// What lies at one place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A whole frame.
    Whole {
        /// What it holds, sharing the file's memory.
        payload: Bytes,
        /// Where the next frame begins.
        next: usize,
    },
    /// The file ends before the frame does: what a crash in the middle of writing leaves.
    Torn,
    /// The frame is all there, and its checksum is wrong.
    Damaged {
        /// Where the next frame begins, if the length is right.
        next: usize,
    },
    /// The end of the file.
    End,
}

/// The frame at `at`.
pub fn read(file: &Bytes, at: usize) -> Frame {
    let Some(rest) = file.get(at..) else { return Frame::End };
    if rest.is_empty() {
        return Frame::End;
    }
    let Some((length, after)) = rest.split_first_chunk::<4>() else { return Frame::Torn };
    let Some((crc, after)) = after.split_first_chunk::<4>() else { return Frame::Torn };
    let payload = usize::try_from(u32::from_le_bytes(*length)).ok();
    let Some(payload) = payload.and_then(|bytes| after.get(..bytes)) else { return Frame::Torn };
    let next = at + HEAD_BYTES + payload.len();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(length);
    hasher.update(payload);
    if hasher.finalize() == u32::from_le_bytes(*crc) {
        Frame::Whole { payload: file.slice_ref(payload), next }
    } else {
        Frame::Damaged { next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(payloads: &[&[u8]]) -> Bytes {
        let mut file = Vec::new();
        for payload in payloads {
            file.extend_from_slice(&head(&[payload]).expect("short"));
            file.extend_from_slice(payload);
        }
        file.into()
    }

    #[test]
    fn frames_follow_each_other() {
        let file = file(&[b"one", b"", b"three"]);
        let mut at = 0;
        for expected in [b"one".as_slice(), b"", b"three"] {
            let Frame::Whole { payload, next } = read(&file, at) else { panic!("not whole") };
            assert_eq!(payload, expected);
            at = next;
        }
        assert_eq!(read(&file, at), Frame::End);
    }

    #[test]
    fn every_cut_is_seen() {
        let file = file(&[b"payload"]);
        for cut in 1..file.len() {
            assert_eq!(read(&file.slice(..cut), 0), Frame::Torn, "cut at {cut}");
        }
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let file = file(&[b"payload"]);
        for bit in 0..file.len() * 8 {
            let mut damaged = file.to_vec();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let frame = read(&damaged.into(), 0);
            assert!(matches!(frame, Frame::Torn | Frame::Damaged { .. }), "bit {bit}: {frame:?}");
        }
    }
}
