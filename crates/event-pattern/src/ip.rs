//! Addresses, and blocks of them.

use std::net::IpAddr;

use crate::Invalid;

/// A block of addresses: those whose first bits are these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    address: IpAddr,
    bits: u32,
}

impl Block {
    /// Reads `10.0.0.0/24`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let Some((address, bits)) = text.split_once('/').filter(|(_, bits)| !bits.contains('/'))
        else {
            return Err(Invalid::new("Malformed CIDR, one '/' required"));
        };
        let bits: i32 = bits
            .parse()
            .map_err(|_| Invalid::new("Malformed CIDR, mask bits must be an integer"))?;
        let bits = u32::try_from(bits)
            .map_err(|_| Invalid::new("Malformed CIDR, mask bits must not be negative"))?;
        let parsed: IpAddr = address
            .parse()
            .map_err(|_| Invalid::new(format!("Nonstandard IP address: {address}")))?;
        match parsed {
            IpAddr::V4(_) if bits > 31 => Err(Invalid::new("IPv4 mask bits must be < 32")),
            IpAddr::V6(_) if bits > 127 => Err(Invalid::new("IPv6 mask bits must be < 128")),
            _ => Ok(Self { address: parsed, bits }),
        }
    }

    /// Whether a text is an address within.
    pub fn holds(&self, text: &str) -> bool {
        match (self.address, text.parse::<IpAddr>()) {
            (IpAddr::V4(block), Ok(IpAddr::V4(it))) => {
                shares(u32::from(block).into(), u32::from(it).into(), 32 - self.bits)
            }
            (IpAddr::V6(block), Ok(IpAddr::V6(it))) => {
                shares(u128::from(block), u128::from(it), 128 - self.bits)
            }
            _ => false,
        }
    }
}

/// Whether two numbers are the same but for their last bits.
fn shares(one: u128, other: u128, free_bits: u32) -> bool {
    (one ^ other).checked_shr(free_bits).unwrap_or(0) == 0
}

/// Whether two texts are the same address, however each is written.
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.parse::<IpAddr>(), other.parse::<IpAddr>());
    one.is_ok() && one == other
}
