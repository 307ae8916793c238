//! Addresses and ranges of them.

use std::net::IpAddr;

/// A range of addresses: `203.0.113.0/24`; without a prefix, one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cidr {
    /// Any address of the range.
    pub address: IpAddr,
    /// How many bits the addresses of the range share.
    pub prefix_bits: u32,
}

impl Cidr {
    /// Reads a range; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let bits_max = if address.is_ipv4() { 32 } else { 128 };
        let prefix_bits = match prefix {
            Some(prefix) => prefix.trim().parse().ok().filter(|bits| *bits <= bits_max)?,
            None => bits_max,
        };
        Some(Self { address, prefix_bits })
    }

    /// Whether `address` is in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(range), IpAddr::V4(one)) => {
                let apart = 32_u32.saturating_sub(self.prefix_bits);
                shifted(u128::from(range.to_bits()), apart)
                    == shifted(u128::from(one.to_bits()), apart)
            }
            (IpAddr::V6(range), IpAddr::V6(one)) => {
                let apart = 128_u32.saturating_sub(self.prefix_bits);
                shifted(range.to_bits(), apart) == shifted(one.to_bits(), apart)
            }
            _ => false,
        }
    }
}

fn shifted(bits: u128, by: u32) -> u128 {
    bits.checked_shr(by).unwrap_or(0)
}
