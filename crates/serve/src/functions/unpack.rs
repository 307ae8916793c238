//! Unpacks a function's zip into a folder. What the directory claims is checked anew, file by file.

use std::fs;
use std::io;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// What a package may unpack to.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
const BYTES_MAX: usize = 262_144_000;
const END_BYTES: usize = 22;
const ENTRY_BYTES: usize = 46;
const LOCAL_BYTES: usize = 30;

/// Unpacks `zip` into `folder`, over what is there.
pub fn unpack(zip: &[u8], folder: &Path) -> io::Result<()> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "the zip cannot be unpacked");
    let tail = zip.len().saturating_sub(END_BYTES + 65_535);
    let end = zip.get(tail..).and_then(|it| it.windows(4).rposition(|four| four == b"PK\x05\x06"));
    let end = zip.get(tail + end.ok_or_else(wrong)?..).ok_or_else(wrong)?;
    let entries = short(end, 10).ok_or_else(wrong)?;
    let mut at = long(end, 16).ok_or_else(wrong)?;
    let mut left = BYTES_MAX;
    for _ in 0..entries {
        let entry = zip.get(at..).ok_or_else(wrong)?;
        let (name, bytes, length) = file(zip, entry, left).ok_or_else(wrong)?;
        left = left.checked_sub(bytes.len()).ok_or_else(wrong)?;
        at += length;
        write(folder, &name, &bytes)?;
    }
    Ok(())
}

/// A file's name and bytes, and how long its entry is.
fn file(zip: &[u8], entry: &[u8], most: usize) -> Option<(String, Vec<u8>, usize)> {
    let (method, packed) = (short(entry, 10)?, long(entry, 20)?);
    let (name, extra, comment) = (short(entry, 28)?, short(entry, 30)?, short(entry, 32)?);
    let local = zip.get(long(entry, 42)?..)?;
    let start = LOCAL_BYTES + short(local, 26)? + short(local, 28)?;
    let data = local.get(start..start.checked_add(packed)?)?;
    let bytes = match method {
        0 if data.len() <= most => data.to_vec(),
        8 => decompress_to_vec_with_limit(data, most).ok()?,
        _ => return None,
    };
    let text = String::from_utf8(entry.get(ENTRY_BYTES..ENTRY_BYTES + name)?.to_vec()).ok()?;
    Some((text, bytes, ENTRY_BYTES + name + extra + comment))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| matches!(*part, "." | "..") || part.contains([':', '\0'])) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a name leads out of the folder"));
    }
    let path = parts.iter().fold(folder.to_path_buf(), |path, part| path.join(part));
    if name.ends_with('/') {
        return fs::create_dir_all(path);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|two| usize::from(u16::from_le_bytes(*two)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}
