//! Seeded randomness: one stream for each service, so that a call to one never shifts the ids of
//! another.

use std::rc::Rc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

/// A deterministic stream of random bits. Same seed and stream name: same bits, on every platform. A copy shares memory
/// until one of the two is drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rng(Rc<ChaCha8Rng>);

impl Rng {
    /// The stream called `stream` of the cloud seeded with `seed`.
    pub fn new(seed: u64, stream: &str) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream_number(stream));
        Self(Rc::new(rng))
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        Rc::make_mut(&mut self.0).next_u64()
    }

    /// A number from 0 up to, not including, `below`; 0 if `below` is 0.
    pub fn below(&mut self, below: u64) -> u64 {
        let wide = u128::from(self.next_u64()) * u128::from(below);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// `length` characters, each drawn from `alphabet` (ASCII); empty if the alphabet is.
    pub fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        let size = alphabet.len() as u64;
        (0..length)
            .filter_map(|_| {
                let at = usize::try_from(self.below(size)).unwrap_or(0);
                alphabet.get(at).map(|byte| char::from(*byte))
            })
            .collect()
    }

    /// A version 4 UUID in its usual 36 characters.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next_u64(), self.next_u64());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0x0fff,
            (low >> 48) & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }
}

/// FNV-1a: a stable number for a stream's name.
fn stream_number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_stays_below() {
        let mut rng = Rng::new(0, "t");
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.below(1), 0);
        let drawn: std::collections::BTreeSet<u64> = (0..200).map(|_| rng.below(5)).collect();
        assert_eq!(drawn, (0..5).collect());
    }

    #[test]
    fn text_draws_from_its_alphabet() {
        let mut rng = Rng::new(0, "t");
        assert_eq!(rng.text(b"", 3), "");
        assert_eq!(rng.text(b"x", 3), "xxx");
        assert!(rng.text(b"ab", 64).chars().all(|c| c == 'a' || c == 'b'));
    }

    #[test]
    fn the_first_bits_are_the_same_on_every_platform() {
        assert_eq!(Rng::new(42, "s3").next_u64(), FIRST_BITS_OF_SEED_42);
    }

    const FIRST_BITS_OF_SEED_42: u64 = 12_760_170_556_592_381_235;
}
