//! Metadata that is not ASCII, as answers carry it: encoded by RFC 2047.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// All metadata of an object.
pub fn all(metadata: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    metadata.iter().map(|(name, value)| (name.clone(), encoded(value))).collect()
}

/// A value in ASCII. S3 takes the bytes of a header for ISO 8859-1, as AWS's example shows.
fn encoded(value: &str) -> String {
    if value.is_ascii() {
        return value.to_owned();
    }
    let read: String = value.bytes().map(char::from).collect();
    let strange = read.chars().filter(|c| !c.is_ascii()).count();
    // guess: AWS's example is mostly not ASCII, and in base64; mail programs then choose so.
    if strange * 2 > read.chars().count() {
        return format!("=?UTF-8?B?{}?=", STANDARD.encode(read));
    }
    let mut text = String::from("=?UTF-8?Q?");
    for byte in read.bytes() {
        match byte {
            b' ' => text.push('_'),
            b'=' | b'?' | b'_' => quote(&mut text, byte),
            byte if byte.is_ascii_graphic() => text.push(char::from(byte)),
            byte => quote(&mut text, byte),
        }
    }
    text.push_str("?=");
    text
}

fn quote(text: &mut String, byte: u8) {
    // Writing to a text does not fail.
    let _ = write!(text, "={byte:02X}");
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn aws_example() {
        assert_eq!(encoded("ÄMÄZÕÑ S3"), "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=");
        assert_eq!(encoded("AMAZONS3"), "AMAZONS3");
    }

    #[test]
    fn what_is_mostly_ascii_stays_readable() {
        assert_eq!(encoded("Zoë = a_b?"), "=?UTF-8?Q?Zo=C3=83=C2=AB_=3D_a=5Fb=3F?=");
        assert_eq!(encoded("=?UTF-8?Q?Zo=C3=AB?="), "=?UTF-8?Q?Zo=C3=AB?=");
    }
}
