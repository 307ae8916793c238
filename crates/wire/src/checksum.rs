//! The checksums that travel with bodies: `x-amz-checksum-*` and `Content-MD5`.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_64_NVME, Crc, Table};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

static CRC32C: Crc<u32, Table<16>> = Crc::<u32, Table<16>>::new(&CRC_32_ISCSI);
static CRC64NVME: Crc<u64, Table<16>> = Crc::<u64, Table<16>>::new(&CRC_64_NVME);

/// A checksum algorithm that is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// CRC-32, as in zip.
    Crc32,
    /// CRC-32 with Castagnoli's polynomial.
    Crc32c,
    /// CRC-64, as `NVMe` has it.
    Crc64nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// MD5, in `Content-MD5`.
    Md5,
}

/// Those that have a header `x-amz-checksum-*`.
const BY_HEADER: [Algorithm; 5] =
    [Algorithm::Crc32, Algorithm::Crc32c, Algorithm::Crc64nvme, Algorithm::Sha1, Algorithm::Sha256];

/// Why a checksum is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChecksumError {
    /// Not base64, or of the wrong length for its algorithm.
    Invalid(Algorithm),
    /// The body has another.
    Mismatch(Algorithm),
    /// `x-amz-trailer` announced it, and it did not come.
    TrailerMissing(String),
}

impl Algorithm {
    /// AWS's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Md5 => "MD5",
        }
    }

    /// The header that carries it.
    pub fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Md5 => "content-md5",
        }
    }

    /// By the header that carries it, in any case.
    pub fn of_header(name: &str) -> Option<Self> {
        BY_HEADER.into_iter().find(|algorithm| algorithm.header().eq_ignore_ascii_case(name))
    }

    /// The checksum of `body`, most significant byte first.
    pub fn digest(self, body: &[u8]) -> Vec<u8> {
        match self {
            Self::Crc32 => crc32fast::hash(body).to_be_bytes().to_vec(),
            Self::Crc32c => CRC32C.checksum(body).to_be_bytes().to_vec(),
            Self::Crc64nvme => CRC64NVME.checksum(body).to_be_bytes().to_vec(),
            Self::Sha1 => Sha1::digest(body).to_vec(),
            Self::Sha256 => Sha256::digest(body).to_vec(),
            Self::Md5 => Md5::digest(body).to_vec(),
        }
    }

    /// The checksum of `body` as its header carries it.
    pub fn base64(self, body: &[u8]) -> String {
        STANDARD.encode(self.digest(body))
    }

    /// How many bytes it has.
    fn length(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64nvme => 8,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Md5 => 16,
        }
    }

    /// Compares `given`, in base64, with the checksum of `body`.
    ///
    /// # Errors
    /// [`ChecksumError::Invalid`] and [`ChecksumError::Mismatch`].
    pub fn verify(self, given: &str, body: &[u8]) -> Result<(), ChecksumError> {
        let given = STANDARD.decode(given.trim()).map_err(|_| ChecksumError::Invalid(self))?;
        if given.len() != self.length() {
            return Err(ChecksumError::Invalid(self));
        }
        if given == self.digest(body) { Ok(()) } else { Err(ChecksumError::Mismatch(self)) }
    }
}

/// Checks every checksum among `fields` (headers and trailers of one request) against the decoded
/// body.
///
/// # Errors
/// The first that is refused.
pub fn verify_all<'a>(
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    body: &[u8],
) -> Result<(), ChecksumError> {
    for (name, value) in fields {
        if let Some(algorithm) = Algorithm::of_header(name) {
            algorithm.verify(value, body)?;
        } else if name.eq_ignore_ascii_case(Algorithm::Md5.header()) {
            Algorithm::Md5.verify(value, body)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checksums of `123456789`: the check values of the CRC catalogue, RFC 1321, RFC 3174.
    const CHECKS: [(Algorithm, &str); 6] = [
        (Algorithm::Crc32, "cbf43926"),
        (Algorithm::Crc32c, "e3069283"),
        (Algorithm::Crc64nvme, "ae8b14860a799888"),
        (Algorithm::Sha1, "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
        (Algorithm::Sha256, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
        (Algorithm::Md5, "25f9e794323b453885f5181f1b624d0b"),
    ];

    #[test]
    fn check_values() {
        for (algorithm, check) in CHECKS {
            assert_eq!(hex::encode(algorithm.digest(b"123456789")), check, "{algorithm:?}");
        }
    }

    #[test]
    fn right_wrong_and_garbled() {
        for (algorithm, _) in CHECKS {
            let good = algorithm.base64(b"body");
            assert_eq!(algorithm.verify(&good, b"body"), Ok(()));
            assert_eq!(algorithm.verify(&good, b"bodY"), Err(ChecksumError::Mismatch(algorithm)));
            for garbled in ["", "AA==", "not base64"] {
                let refused = algorithm.verify(garbled, b"body");
                assert_eq!(refused, Err(ChecksumError::Invalid(algorithm)), "{garbled:?}");
            }
        }
    }

    #[test]
    fn all_fields_are_checked() {
        let (good, bad) = (Algorithm::Crc32.base64(b"b"), Algorithm::Sha1.base64(b"c"));
        let fields = [("X-Amz-Checksum-Crc32", good.as_str()), ("x-amz-checksum-sha1", &bad)];
        assert_eq!(verify_all(fields.into_iter().take(1), b"b"), Ok(()));
        let refused = verify_all(fields.into_iter(), b"b");
        assert_eq!(refused, Err(ChecksumError::Mismatch(Algorithm::Sha1)));
    }
}
