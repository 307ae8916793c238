//! AWS's own example of signed chunks, and what can be wrong with chunks.

use bytes::Bytes;

use super::*;
use crate::sigv4::{Credential, Proof, signing_key};

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>, "Example": 66,560 bytes
/// of `a` in chunks of 65,536, 1,024 and 0.
fn aws_example() -> (Bytes, Proof) {
    let credential = Credential {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        date: "20130524".into(),
        region: "us-east-1".into(),
        service: "s3".into(),
    };
    let proof = Proof {
        signing_key: signing_key("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", &credential),
        signed_at: "20130524T000000Z".into(),
        scope: credential.scope(),
        seed_signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9".into(),
    };
    let mut raw = Vec::new();
    for (size, signature) in [
        (65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
        (1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
        (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
    ] {
        raw.extend_from_slice(format!("{size:x};chunk-signature={signature}\r\n").as_bytes());
        raw.extend(std::iter::repeat_n(b'a', size));
        raw.extend_from_slice(b"\r\n");
    }
    (raw.into(), proof)
}

#[test]
fn aws_example_is_verified() {
    let (raw, proof) = aws_example();
    let decoded = decode(&raw, Some(66_560), Signing::Verified(&proof)).unwrap();
    assert_eq!(decoded.body, vec![b'a'; 66_560]);
    assert!(decoded.trailers.is_empty());
}

#[test]
fn one_changed_byte_breaks_the_chain() {
    let (raw, proof) = aws_example();
    let mut raw = raw.to_vec();
    raw[60_000] = b'b';
    let refused = decode(&raw.into(), None, Signing::Verified(&proof));
    assert_eq!(refused, Err(ChunkError::SignatureMismatch));
}

#[test]
fn unsigned_chunks_with_a_trailer() {
    let raw = Bytes::from_static(b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n");
    let decoded = decode(&raw, Some(5), Signing::Unverified).unwrap();
    assert_eq!(decoded.body, "hello");
    assert_eq!(decoded.trailers, [("x-amz-checksum-crc32".into(), "NhCmhg==".into())]);
}

#[test]
fn every_cut_is_noticed() {
    let raw = Bytes::from_static(b"5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n");
    assert_eq!(decode(&raw, Some(8), Signing::Unverified).unwrap().body, "helloabc");
    let whole = raw.len();
    // The last four bytes end the body: `\r\n` of the last chunk, and an empty line.
    for cut in 0..whole - 4 {
        let cut_short = decode(&raw.slice(..cut), Some(8), Signing::Unverified);
        assert!(cut_short.is_err(), "cut at {cut}: {cut_short:?}");
    }
}

#[test]
fn a_wrong_length_is_noticed() {
    let raw = Bytes::from_static(b"5\r\nhello\r\n0\r\n\r\n");
    let refused = decode(&raw, Some(6), Signing::Unverified);
    assert_eq!(refused, Err(ChunkError::Incomplete { expected: 6, got: 5 }));
}

#[test]
fn broken_framing_is_malformed() {
    for raw in [
        &b"zz\r\nhello\r\n0\r\n\r\n"[..],
        b"\r\n",
        b"-5\r\nhello\r\n",
        b"fffffffffffffffff\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"\xff\xfe\r\n",
    ] {
        let refused = decode(&Bytes::copy_from_slice(raw), None, Signing::Unverified);
        assert!(matches!(refused, Err(ChunkError::Malformed(_))), "{raw:?}: {refused:?}");
    }
    let refused = decode(&Bytes::from_static(b"0\r\nno colon here\r\n"), None, Signing::Unverified);
    assert_eq!(refused, Err(ChunkError::MalformedTrailer));
    let refused = decode(&Bytes::from_static(b"ffffffffffffffff\r\nx"), None, Signing::Unverified);
    assert!(matches!(refused, Err(ChunkError::Incomplete { .. })), "{refused:?}");
    let endless = Bytes::from(vec![b'0'; LINE_MAX + 1]);
    assert!(matches!(decode(&endless, None, Signing::Unverified), Err(ChunkError::Malformed(_))));
}
