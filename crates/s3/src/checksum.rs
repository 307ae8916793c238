//! ETags and checksums.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>

mod combine;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use crc::{CRC_32_ISCSI, CRC_64_NVME, Crc, Table};
use md5::Md5;
use serde::Serialize;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh64::Xxh64;

use combine::Field;

use crate::error::Error;
use crate::model::{Algorithm, Checksum, ChecksumKind, Digest as Bits, Etag, Object};

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

/// The ETag of an object that was sent at once, or of a part.
pub fn etag(bytes: &[u8]) -> Etag {
    Etag { md5: Md5::digest(bytes).into(), parts: 0 }
}

/// The ETag of a body that comes in pieces.
pub fn etag_of_all(pieces: &[Bytes]) -> Etag {
    let mut digest = Md5::new();
    for piece in pieces {
        digest.update(piece);
    }
    Etag { md5: digest.finalize().into(), parts: 0 }
}

/// The ETag of a multipart upload: the MD5 of the parts' MD5s, and how many there are.
pub fn multipart_etag(etags: impl Iterator<Item = Etag>) -> Etag {
    let (mut digest, mut parts) = (Md5::new(), 0);
    for etag in etags {
        digest.update(etag.md5);
        parts += 1;
    }
    Etag { md5: digest.finalize().into(), parts }
}

impl Algorithm {
    /// By AWS's name; `Err` where AWS has it and this cloud does not.
    pub fn parse(name: &str) -> Result<Self, Error> {
        Ok(match name.to_ascii_uppercase().as_str() {
            "CRC32" => Self::Crc32,
            "CRC32C" => Self::Crc32c,
            "CRC64NVME" => Self::Crc64nvme,
            "SHA1" => Self::Sha1,
            "SHA256" => Self::Sha256,
            "SHA512" => Self::Sha512,
            "MD5" => Self::Md5,
            "XXHASH64" => Self::Xxhash64,
            "XXHASH3" => Self::Xxhash3,
            "XXHASH128" => Self::Xxhash128,
            _ => {
                return Err(Error::request(
                    "Checksum algorithm provided is unsupported. Please try again with any of the \
                     valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
                ));
            }
        })
    }

    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
            Self::Xxhash64 => "XXHASH64",
            Self::Xxhash3 => "XXHASH3",
            Self::Xxhash128 => "XXHASH128",
        }
    }

    /// The checksum of a body that comes in pieces: its bytes, most significant first.
    pub fn digest(self, pieces: &[Bytes]) -> Vec<u8> {
        let mut running = Running::new(self);
        pieces.iter().for_each(|piece| running.update(piece));
        running.finish()
    }

    /// How long a checksum is that fits a [`Bits::Short`].
    fn short_bytes(self) -> usize {
        if matches!(self, Self::Crc32 | Self::Crc32c) { 4 } else { 8 }
    }

    /// What is computed when the client names no kind, for a multipart upload.
    pub fn usual_kind(self) -> ChecksumKind {
        match self {
            Self::Crc64nvme => ChecksumKind::FullObject,
            _ => ChecksumKind::Composite,
        }
    }
}

/// A checksum while bytes still come.
#[allow(clippy::large_enum_variant, reason = "one at a time, and for a moment")]
enum Running {
    Crc32(crc32fast::Hasher),
    Crc32c(crc::Digest<'static, u32, Table<16>>),
    Crc64nvme(crc::Digest<'static, u64, Table<16>>),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
    Md5(Md5),
    Xxhash64(Xxh64),
    Xxhash3(Box<Xxh3>),
    Xxhash128(Box<Xxh3>),
}

impl Running {
    fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Crc32 => Self::Crc32(crc32fast::Hasher::new()),
            Algorithm::Crc32c => Self::Crc32c(CRC32C.digest()),
            Algorithm::Crc64nvme => Self::Crc64nvme(CRC64NVME.digest()),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => Self::Sha512(Sha512::new()),
            Algorithm::Md5 => Self::Md5(Md5::new()),
            Algorithm::Xxhash64 => Self::Xxhash64(Xxh64::new(0)),
            Algorithm::Xxhash3 => Self::Xxhash3(Box::new(Xxh3::new())),
            Algorithm::Xxhash128 => Self::Xxhash128(Box::new(Xxh3::new())),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc32(crc) => crc.update(bytes),
            Self::Crc32c(crc) => crc.update(bytes),
            Self::Crc64nvme(crc) => crc.update(bytes),
            Self::Sha1(hash) => hash.update(bytes),
            Self::Sha256(hash) => hash.update(bytes),
            Self::Sha512(hash) => hash.update(bytes),
            Self::Md5(hash) => hash.update(bytes),
            Self::Xxhash64(hash) => hash.update(bytes),
            Self::Xxhash3(hash) | Self::Xxhash128(hash) => hash.update(bytes),
        }
    }

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Crc32(crc) => crc.finalize().to_be_bytes().to_vec(),
            Self::Crc32c(crc) => crc.finalize().to_be_bytes().to_vec(),
            Self::Crc64nvme(crc) => crc.finalize().to_be_bytes().to_vec(),
            Self::Sha1(hash) => hash.finalize().to_vec(),
            Self::Sha256(hash) => hash.finalize().to_vec(),
            Self::Sha512(hash) => hash.finalize().to_vec(),
            Self::Md5(hash) => hash.finalize().to_vec(),
            Self::Xxhash64(hash) => hash.digest().to_be_bytes().to_vec(),
            Self::Xxhash3(hash) => hash.digest().to_be_bytes().to_vec(),
            Self::Xxhash128(hash) => hash.digest128().to_be_bytes().to_vec(),
        }
    }
}

impl ChecksumKind {
    /// By AWS's name.
    pub fn parse(name: &str) -> Result<Self, Error> {
        match name {
            "FULL_OBJECT" => Ok(Self::FullObject),
            "COMPOSITE" => Ok(Self::Composite),
            _ => Err(Error::request("Value for x-amz-checksum-type header is invalid.")),
        }
    }

    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullObject => "FULL_OBJECT",
            Self::Composite => "COMPOSITE",
        }
    }
}

impl Checksum {
    /// The checksum of a whole body that comes in pieces.
    pub fn of(algorithm: Algorithm, pieces: &[Bytes]) -> Self {
        let value = Bits::new(&algorithm.digest(pieces));
        Self { algorithm, kind: ChecksumKind::FullObject, parts: 0, value }
    }

    /// The checksum of a whole body from those of its parts, each with its length in bytes: nobody has to read them again.
    /// `None` if another algorithm was used for a part, or one that does not allow it.
    pub fn joined<'a>(
        algorithm: Algorithm,
        mut parts: impl Iterator<Item = (&'a Self, u64)>,
    ) -> Option<Self> {
        let field = Field::of(algorithm)?;
        let joined = parts.try_fold(None, |beginning, (part, length)| match &part.value {
            Bits::Short(rest) if part.algorithm == algorithm => Some(Some(match beginning {
                Some(beginning) => field.join(beginning, *rest, length),
                None => *rest,
            })),
            _ => None,
        });
        let value = Bits::Short(joined??);
        Some(Self { algorithm, kind: ChecksumKind::FullObject, parts: 0, value })
    }

    /// The checksum of a whole body whose pieces come one after the other: no more than one is held at a time.
    pub fn of_each<E>(
        algorithm: Algorithm,
        mut pieces: impl Iterator<Item = Result<Bytes, E>>,
    ) -> Result<Self, E> {
        let mut running = Running::new(algorithm);
        pieces.try_for_each(|piece| {
            running.update(&piece?);
            Ok(())
        })?;
        let value = Bits::new(&running.finish());
        Ok(Self { algorithm, kind: ChecksumKind::FullObject, parts: 0, value })
    }

    /// In base64.
    fn encoded(&self) -> String {
        STANDARD.encode(self.value.bytes(self.algorithm))
    }

    /// In base64; a composite one ends with `-` and the number of parts.
    pub fn shown(&self) -> String {
        let value = self.encoded();
        match self.kind {
            ChecksumKind::FullObject => value,
            ChecksumKind::Composite => format!("{value}-{}", self.parts),
        }
    }

    /// The checksum over the checksums of the parts.
    pub fn composite<'a>(algorithm: Algorithm, parts: impl Iterator<Item = &'a Checksum>) -> Self {
        let digests: Vec<Bytes> =
            parts.map(|part| part.value.bytes(part.algorithm).into()).collect();
        let value = Bits::new(&algorithm.digest(&digests));
        let parts = u16::try_from(digests.len()).unwrap_or(u16::MAX);
        Self { algorithm, kind: ChecksumKind::Composite, parts, value }
    }
}

impl Bits {
    fn new(bytes: &[u8]) -> Self {
        if bytes.len() > 8 {
            return Self::Long(bytes.into());
        }
        Self::Short(bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }

    fn bytes(&self, algorithm: Algorithm) -> Vec<u8> {
        match self {
            Self::Long(bytes) => bytes.to_vec(),
            Self::Short(number) => {
                let bytes = number.to_be_bytes();
                bytes.get(8 - algorithm.short_bytes()..).unwrap_or(&bytes).to_vec()
            }
        }
    }
}

/// The members `ChecksumCRC32` and so on: one is there at most. Part of many inputs and outputs,
/// so it is made from and turned into their members here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Members {
    #[serde(rename = "ChecksumCRC32", skip_serializing_if = "Option::is_none")]
    pub crc32: Option<String>,
    #[serde(rename = "ChecksumCRC32C", skip_serializing_if = "Option::is_none")]
    pub crc32c: Option<String>,
    #[serde(rename = "ChecksumCRC64NVME", skip_serializing_if = "Option::is_none")]
    pub crc64nvme: Option<String>,
    #[serde(rename = "ChecksumSHA1", skip_serializing_if = "Option::is_none")]
    pub sha1: Option<String>,
    #[serde(rename = "ChecksumSHA256", skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    #[serde(rename = "ChecksumSHA512", skip_serializing_if = "Option::is_none")]
    pub sha512: Option<String>,
    #[serde(rename = "ChecksumMD5", skip_serializing_if = "Option::is_none")]
    pub md5: Option<String>,
    #[serde(rename = "ChecksumXXHASH64", skip_serializing_if = "Option::is_none")]
    pub xxhash64: Option<String>,
    #[serde(rename = "ChecksumXXHASH3", skip_serializing_if = "Option::is_none")]
    pub xxhash3: Option<String>,
    #[serde(rename = "ChecksumXXHASH128", skip_serializing_if = "Option::is_none")]
    pub xxhash128: Option<String>,
}

impl Members {
    /// The members of an output that show `checksum`.
    pub fn show(checksum: &Checksum) -> Self {
        let mut members = Self::default();
        *members.slot(checksum.algorithm) = Some(checksum.shown());
        members
    }

    /// The same without the number of parts: so `GetObjectAttributes` shows a composite one.
    /// <https://github.com/floci-io/floci/issues/3083>
    pub fn show_plain(checksum: &Checksum) -> Self {
        let mut members = Self::default();
        *members.slot(checksum.algorithm) = Some(checksum.encoded());
        members
    }

    /// Which checksums were sent.
    pub fn all(&self) -> Vec<(Algorithm, &str)> {
        [
            (Algorithm::Crc32, &self.crc32),
            (Algorithm::Crc32c, &self.crc32c),
            (Algorithm::Crc64nvme, &self.crc64nvme),
            (Algorithm::Sha1, &self.sha1),
            (Algorithm::Sha256, &self.sha256),
            (Algorithm::Sha512, &self.sha512),
            (Algorithm::Md5, &self.md5),
            (Algorithm::Xxhash64, &self.xxhash64),
            (Algorithm::Xxhash3, &self.xxhash3),
            (Algorithm::Xxhash128, &self.xxhash128),
        ]
        .into_iter()
        .filter_map(|(algorithm, value)| value.as_deref().map(|value| (algorithm, value)))
        .collect()
    }

    fn slot(&mut self, algorithm: Algorithm) -> &mut Option<String> {
        match algorithm {
            Algorithm::Crc32 => &mut self.crc32,
            Algorithm::Crc32c => &mut self.crc32c,
            Algorithm::Crc64nvme => &mut self.crc64nvme,
            Algorithm::Sha1 => &mut self.sha1,
            Algorithm::Sha256 => &mut self.sha256,
            Algorithm::Sha512 => &mut self.sha512,
            Algorithm::Md5 => &mut self.md5,
            Algorithm::Xxhash64 => &mut self.xxhash64,
            Algorithm::Xxhash3 => &mut self.xxhash3,
            Algorithm::Xxhash128 => &mut self.xxhash128,
        }
    }
}

impl Object {
    /// What is told of a part's checksum: only that of the object's own algorithm.
    pub fn checksum_of_part(&self, part: &Checksum) -> Members {
        let fits = part.algorithm == self.checksum.algorithm;
        if fits { Members::show(part) } else { Members::default() }
    }
}

/// The checksum of an uploaded body: the one that was sent, once it is compared; else CRC64NVME
/// (or `wanted`, in an upload that asked for one).
pub fn of_upload(
    body: &Bytes,
    sent: &Members,
    named: Option<&str>,
    wanted: Option<Algorithm>,
) -> Result<Checksum, Error> {
    let named = named.map(Algorithm::parse).transpose()?;
    let pieces = std::slice::from_ref(body);
    let (algorithm, value) = match sent.all().as_slice() {
        [] if named.is_some() => {
            return Err(Error::request(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or \
                 x-amz-trailer headers were found.",
            ));
        }
        [] => return Ok(Checksum::of(wanted.unwrap_or(Algorithm::Crc64nvme), pieces)),
        [(algorithm, value)] => (*algorithm, *value),
        _ => {
            return Err(Error::request(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
            ));
        }
    };
    if named.is_some_and(|named| named != algorithm) {
        return Err(Error::request("Value for x-amz-sdk-checksum-algorithm header is invalid."));
    }
    let computed = Checksum::of(algorithm, pieces);
    if computed.shown() != value {
        let message = format!(
            "The {} you specified did not match the calculated checksum.",
            algorithm.name()
        );
        return Err(Error::BadDigest { message });
    }
    Ok(computed)
}

/// Compares `Content-MD5` with the body's ETag.
pub fn check_md5(content_md5: Option<&str>, etag: Etag) -> Result<(), Error> {
    let Some(sent) = content_md5 else { return Ok(()) };
    let digest = STANDARD.decode(sent).ok().filter(|digest| digest.len() == 16);
    match digest {
        None => Err(Error::InvalidDigest { digest: sent.to_owned() }),
        Some(digest) if digest != etag.md5 => Err(Error::BadDigest {
            message: "The Content-MD5 you specified did not match what we received.".to_owned(),
        }),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Checksum, Members, check_md5, etag, multipart_etag, of_upload};
    use bytes::Bytes;

    #[test]
    fn check_values() {
        let body = [Bytes::from_static(b"123456789")];
        let value = |algorithm| Checksum::of(algorithm, &body).shown();
        assert_eq!(value(Algorithm::Crc32), "y/Q5Jg==");
        assert_eq!(value(Algorithm::Crc32c), "4waSgw==");
        assert_eq!(value(Algorithm::Crc64nvme), "rosUhgp5mIg=");
        assert_eq!(value(Algorithm::Sha1), "98O8HYCOBHMq32eZZczDTKeuNEE=");
        assert_eq!(value(Algorithm::Sha256), "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=");
        assert_eq!(value(Algorithm::Md5), "JfnnlDI7RTiF9RgfG2JNCw==");
        assert_eq!(value(Algorithm::Xxhash64), "jLhB20DmroM=");
    }

    #[test]
    fn pieces_are_one_body() {
        let whole = [Bytes::from_static(b"123456789")];
        let pieces = [Bytes::from_static(b"1234"), Bytes::from_static(b"56789")];
        for algorithm in [Algorithm::Crc32, Algorithm::Crc64nvme, Algorithm::Sha256] {
            assert_eq!(algorithm.digest(&whole), algorithm.digest(&pieces));
        }
    }

    #[test]
    fn the_whole_follows_from_the_parts() {
        let bytes: Vec<u8> =
            (0..100_000_u64).map(|at| u8::try_from(at * at % 251).unwrap()).collect();
        let cuts = [0, 1, 1, 4_096, 70_001, 100_000];
        for algorithm in [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64nvme] {
            let pieces = cuts.windows(2).map(|cut| Bytes::copy_from_slice(&bytes[cut[0]..cut[1]]));
            let parts: Vec<(Checksum, u64)> = pieces
                .clone()
                .map(|piece| {
                    (Checksum::of(algorithm, std::slice::from_ref(&piece)), piece.len() as u64)
                })
                .collect();
            let whole = Checksum::of(algorithm, &[bytes.clone().into()]);
            let parts = || parts.iter().map(|(part, length)| (part, *length));
            assert_eq!(Checksum::joined(algorithm, parts()).as_ref(), Some(&whole));
            assert_eq!(Checksum::of_each(algorithm, pieces.map(Ok::<_, ()>)), Ok(whole));
            let other =
                if algorithm == Algorithm::Crc32 { Algorithm::Crc32c } else { Algorithm::Crc32 };
            assert_eq!(Checksum::joined(other, parts()), None);
            assert_eq!(Checksum::joined(Algorithm::Sha256, parts()), None);
        }
    }

    #[test]
    fn etag_of_parts() {
        let parts = [etag(b"a"), etag(b"b")];
        let etag = multipart_etag(parts.into_iter()).to_string();
        assert_eq!(etag, "96e024ba2074fe77e8e965ba43a704be-2");
    }

    #[test]
    fn two_checksums_are_too_many() {
        let (crc32, crc32c) = (Some("a".to_owned()), Some("b".to_owned()));
        let sent = Members { crc32, crc32c, ..Members::default() };
        assert!(of_upload(&Bytes::new(), &sent, None, None).is_err());
    }

    #[test]
    fn content_md5() {
        let etag = etag(b"");
        assert!(check_md5(Some("1B2M2Y8AsgTpgAmY7PhCfg=="), etag).is_ok());
        assert_eq!(check_md5(Some("abc"), etag).unwrap_err().code(), "InvalidDigest");
        let other = check_md5(Some("AAAAAAAAAAAAAAAAAAAAAA=="), etag).unwrap_err();
        assert_eq!(other.code(), "BadDigest");
    }
}
