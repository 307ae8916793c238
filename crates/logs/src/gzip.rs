//! Bytes, packed as gzip. <https://www.rfc-editor.org/rfc/rfc1952>

/// The first bytes, as AWS writes them: the format, deflate, no flags, no moment, no level, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0];
const LEVEL: u8 = 6;

/// Packs bytes. The same bytes give the same.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = HEAD.to_vec();
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, LEVEL));
    packed.extend(crc32fast::hash(bytes).to_le_bytes());
    // "The size of the original input data modulo 2^32."
    let size = u32::try_from(bytes.len() as u64 & 0xffff_ffff).unwrap_or(u32::MAX);
    packed.extend(size.to_le_bytes());
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let text = b"hello hello hello hello";
        let packed = packed(text);
        let (head, rest) = packed.split_at(HEAD.len());
        assert_eq!(head, HEAD);
        let (body, tail) = rest.split_at(rest.len() - 8);
        assert_eq!(miniz_oxide::inflate::decompress_to_vec(body).expect("it is deflate"), text);
        assert_eq!(tail[..4], crc32fast::hash(text).to_le_bytes());
        assert_eq!(tail[4..], [23, 0, 0, 0]);
    }
}
