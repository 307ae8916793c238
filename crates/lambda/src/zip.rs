//! What stands in a zip, without unpacking it: enough to refuse what must not be unpacked.
//!
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>. The host that unpacks it checks
//! each file once more: what a directory says need not be so.

use crate::limits::{UNZIPPED_BYTES_MAX, ZIP_ENTRIES_MAX};

/// Why a zip is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is none, or names a place outside of itself.
    Unreadable,
    /// It unpacks to too much.
    TooLarge,
    /// It holds no file.
    Empty,
}

const END: [u8; 4] = *b"PK\x05\x06";
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const END_BYTES: usize = 22;
const ENTRY_BYTES: usize = 46;
/// A comment at the end may have so many bytes.
const COMMENT_MAX: usize = 65_535;

/// What the files come to, unpacked.
pub fn check(zip: &[u8]) -> Result<u64, Wrong> {
    let directory = directory(zip).ok_or(Wrong::Unreadable)?;
    let (mut rest, mut files, mut unzipped) = (directory.bytes, 0_usize, 0_u64);
    for _ in 0..directory.entries {
        let entry = entry(zip, rest).ok_or(Wrong::Unreadable)?;
        if !is_inside(entry.name) {
            return Err(Wrong::Unreadable);
        }
        files += usize::from(!entry.name.ends_with(b"/"));
        unzipped = unzipped.saturating_add(entry.unzipped_bytes);
        if unzipped >= UNZIPPED_BYTES_MAX {
            return Err(Wrong::TooLarge);
        }
        rest = rest.get(entry.length..).ok_or(Wrong::Unreadable)?;
    }
    if files == 0 { Err(Wrong::Empty) } else { Ok(unzipped) }
}

struct Directory<'a> {
    bytes: &'a [u8],
    entries: usize,
}

fn directory(zip: &[u8]) -> Option<Directory<'_>> {
    let from = zip.len().saturating_sub(END_BYTES + COMMENT_MAX);
    let tail = zip.get(from..)?;
    let at = from + tail.windows(END.len()).rposition(|window| window == END)?;
    let end = zip.get(at..at.checked_add(END_BYTES)?)?;
    let entries = usize::from(short(end, 10)?);
    let length = usize::try_from(long(end, 12)?).ok()?;
    let start = usize::try_from(long(end, 16)?).ok()?;
    // An archive of several files, or one of more than 4 GB, says so by these.
    let several = short(end, 4)? != 0 || short(end, 8)? != short(end, 10)?;
    if several || entries > ZIP_ENTRIES_MAX || entries == 0xffff {
        return None;
    }
    Some(Directory { bytes: zip.get(start..start.checked_add(length)?)?, entries })
}

struct Entry<'a> {
    name: &'a [u8],
    unzipped_bytes: u64,
    length: usize,
}

fn entry<'a>(zip: &[u8], bytes: &'a [u8]) -> Option<Entry<'a>> {
    if bytes.get(..4)? != ENTRY {
        return None;
    }
    let (encrypted, method) = (short(bytes, 8)? & 1 == 1, short(bytes, 10)?);
    if encrypted || !matches!(method, 0 | 8) {
        return None;
    }
    let (packed, unzipped) = (long(bytes, 20)?, long(bytes, 24)?);
    let lengths = [28, 30, 32].map(|at| short(bytes, at).map(usize::from));
    let [Some(name), Some(extra), Some(comment)] = lengths else { return None };
    let local = usize::try_from(long(bytes, 42)?).ok()?;
    let there = zip.get(local..local.checked_add(4)?)? == LOCAL;
    let fits = local.checked_add(usize::try_from(packed).ok()?)? <= zip.len();
    if !there || !fits || (method == 0 && packed != unzipped) {
        return None;
    }
    Some(Entry {
        name: bytes.get(ENTRY_BYTES..ENTRY_BYTES + name)?,
        unzipped_bytes: u64::from(unzipped),
        length: ENTRY_BYTES + name + extra + comment,
    })
}

/// Whether a name stays below the folder that it is unpacked into.
fn is_inside(name: &[u8]) -> bool {
    let Ok(name) = std::str::from_utf8(name) else { return false };
    let parts = name.split(['/', '\\']);
    let climbs = parts.clone().any(|part| part == "..");
    let drive = name.as_bytes().get(1) == Some(&b':');
    !(name.is_empty() || climbs || drive || name.starts_with(['/', '\\']) || name.contains('\0'))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A zip with one stored file of this name and text.
    fn zip(name: &str, text: &str, claimed: u32) -> Vec<u8> {
        let length = u32::try_from(text.len()).unwrap();
        let name_length = u16::try_from(name.len()).unwrap();
        let mut local = LOCAL.to_vec();
        local.resize(30, 0);
        local[26..28].copy_from_slice(&name_length.to_le_bytes());
        local.extend_from_slice(name.as_bytes());
        local.extend_from_slice(text.as_bytes());
        let mut entry = ENTRY.to_vec();
        entry.resize(ENTRY_BYTES, 0);
        entry[10] = if claimed == length { 0 } else { 8 };
        entry[20..24].copy_from_slice(&length.to_le_bytes());
        entry[24..28].copy_from_slice(&claimed.to_le_bytes());
        entry[28..30].copy_from_slice(&name_length.to_le_bytes());
        entry.extend_from_slice(name.as_bytes());
        let mut end = END.to_vec();
        end.resize(END_BYTES, 0);
        (end[8], end[10]) = (1, 1);
        end[12..16].copy_from_slice(&u32::try_from(entry.len()).unwrap().to_le_bytes());
        end[16..20].copy_from_slice(&u32::try_from(local.len()).unwrap().to_le_bytes());
        [local, entry, end].concat()
    }

    #[test]
    fn a_zip_tells_what_it_unpacks_to() {
        assert_eq!(check(&zip("main.py", "x = 1", 5)), Ok(5));
    }

    #[test]
    fn what_is_no_zip_is_refused() {
        assert_eq!(check(b""), Err(Wrong::Unreadable));
        assert_eq!(check(b"def handler(event, context): pass"), Err(Wrong::Unreadable));
        let whole = zip("main.py", "x = 1", 5);
        for end in 0..whole.len() {
            assert!(check(&whole[..end]).is_err(), "cut at {end}");
        }
        assert_eq!(check(&zip("folder/", "", 0)), Err(Wrong::Empty));
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        for name in ["../main.py", "/etc/passwd", "a/../../b", "a\\..\\b", "C:x", "a\0b"] {
            assert_eq!(check(&zip(name, "x", 1)), Err(Wrong::Unreadable), "{name}");
        }
        assert_eq!(check(&zip("a/b..c/d.py", "x", 1)), Ok(1));
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_claims() {
        assert_eq!(check(&zip("zeros", "x", 300_000_000)), Err(Wrong::TooLarge));
    }
}
