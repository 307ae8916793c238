//! The CRC of a whole body from the CRCs of its parts, without a look at the bytes: what a part adds to the remainder is
//! shifted by the length of what follows it, which is a multiplication modulo the polynomial.
//!
//! The identity of zlib's `crc32_combine`, for any CRC that is reflected, begins with ones and is inverted at its end, as the
//! three of S3 are. <https://github.com/madler/zlib/blob/v1.3.1/crc32.c>

use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME};

use crate::model::Algorithm;

/// A polynomial modulo which is computed, its highest power in the lowest bit.
#[derive(Clone, Copy)]
pub struct Field {
    polynomial: u64,
    /// The highest bit: `x` to the power of 0.
    one: u64,
}

impl Field {
    /// Of this algorithm; `None` if it is no CRC.
    pub fn of(algorithm: Algorithm) -> Option<Self> {
        let narrow = |polynomial: u32| Self {
            polynomial: u64::from(polynomial.reverse_bits()),
            one: 1 << (u32::BITS - 1),
        };
        match algorithm {
            Algorithm::Crc32 => Some(narrow(CRC_32_ISO_HDLC.poly)),
            Algorithm::Crc32c => Some(narrow(CRC_32_ISCSI.poly)),
            Algorithm::Crc64nvme => Some(Self {
                polynomial: CRC_64_NVME.poly.reverse_bits(),
                one: 1 << (u64::BITS - 1),
            }),
            _ => None,
        }
    }

    /// The CRC of a body from that of its beginning, and that of the rest, which has `length` bytes.
    pub fn join(self, beginning: u64, rest: u64, length: u64) -> u64 {
        self.times(self.power_of_256(length), beginning) ^ rest
    }

    /// `x` to the power of 8 times `exponent`.
    fn power_of_256(self, mut exponent: u64) -> u64 {
        let (mut product, mut square) = (self.one, self.one >> 8);
        while exponent > 0 {
            if exponent & 1 == 1 {
                product = self.times(square, product);
            }
            square = self.times(square, square);
            exponent >>= 1;
        }
        product
    }

    fn times(self, one: u64, mut other: u64) -> u64 {
        let (mut product, mut bit) = (0, self.one);
        while bit > 0 {
            if one & bit != 0 {
                product ^= other;
            }
            other = if other & 1 == 1 { (other >> 1) ^ self.polynomial } else { other >> 1 };
            bit >>= 1;
        }
        product
    }
}
