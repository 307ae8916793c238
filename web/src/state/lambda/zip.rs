//! A package out of texts: a zip that stores them as they are. <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use crate::state::lambda::draft::Files;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// What a reader must know: folders.
const VERSION: u16 = 20;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// The first moment that a zip can tell, 1 January 1980: the same texts make the same bytes, and so the same digest.
const DATE: u16 = 0x21;
/// A file that its owner may write and everybody read, as Unix says it.
const MODE: u32 = 0o100_644 << 16;
/// Made on Unix.
const MADE_BY: u16 = 3 << 8 | VERSION;

/// The zip of these files. Sizes and counts stay far below what the form can hold: a tab's texts do.
pub fn pack(files: &Files) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut directory = Vec::new();
    for (path, text) in files {
        let (start, sum) = (length(&zip), crc32fast::hash(text.as_bytes()));
        let about = about(path, text, sum);
        zip.extend(LOCAL);
        zip.extend(&about);
        zip.extend(path.as_bytes());
        zip.extend(text.as_bytes());
        directory.extend(ENTRY);
        directory.extend(MADE_BY.to_le_bytes());
        directory.extend(&about);
        // No comment, the first disk, no attributes of its own.
        directory.extend([0; 6]);
        directory.extend(MODE.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend(path.as_bytes());
    }
    let (start, size) = (length(&zip), length(&directory));
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    zip.extend(&directory);
    zip.extend(END);
    zip.extend([0; 4]);
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(size.to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

/// What the head of a file and its entry in the directory have in common.
fn about(path: &str, text: &str, sum: u32) -> Vec<u8> {
    let size = length(text.as_bytes());
    let name = u16::try_from(path.len()).unwrap_or(u16::MAX);
    let mut about = Vec::new();
    // Stored, at midnight.
    for short in [VERSION, UTF8, 0, 0, DATE] {
        about.extend(short.to_le_bytes());
    }
    for long in [sum, size, size] {
        about.extend(long.to_le_bytes());
    }
    about.extend(name.to_le_bytes());
    about.extend([0; 2]);
    about
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_has_the_bytes_that_its_form_asks_for() {
        let files = Files::from([("a.py".into(), "hi".into())]);
        let zip = pack(&files);
        let local = b"PK\x03\x04\x14\x00\x00\x08\x00\x00\x00\x00\x21\x00\xac\x2a\x93\xd8\x02\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x00a.pyhi";
        assert!(zip.starts_with(local), "{zip:02x?}");
        let end =
            b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00\x32\x00\x00\x00\x24\x00\x00\x00\x00\x00";
        assert!(zip.ends_with(end), "{zip:02x?}");
        assert_eq!(zip.len(), local.len() + 46 + 4 + end.len());
    }
}
