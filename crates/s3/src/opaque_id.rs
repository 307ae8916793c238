//! Ids that say nothing to clients, as those of S3's versions and uploads, but tell this cloud where
//! to look: a number is hidden in them. So no index by id is kept, however many there are, and an id
//! that was never given out is known as such, as S3 knows it.

use cloudarium_env::Rng;

/// Of what ids are made.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

/// As long as the ids of AWS's versions.
pub const VERSION_CHARS: usize = 32;

/// As long as the ids of AWS's uploads.
pub const UPLOAD_CHARS: usize = 128;

/// Characters of the number, 6 bits each.
const NUMBER_CHARS: usize = 11;

/// Numbers stay below: what is above in a random text, so that one id in millions is taken for one.
const NUMBER_BITS: u32 = 40;

/// A new id of `chars` characters that hides `number`.
pub fn make(rng: &mut Rng, number: u64, chars: usize) -> String {
    let mut id = rng.text(ALPHABET, chars.saturating_sub(NUMBER_CHARS));
    let mut hidden = number ^ mask(&id);
    for _ in 0..NUMBER_CHARS {
        let at = usize::try_from(hidden & 63).unwrap_or(0);
        id.push(ALPHABET.get(at).map_or('A', |byte| char::from(*byte)));
        hidden >>= 6;
    }
    id
}

/// The number in an id; `None` if it is none that [`make`] gave.
pub fn number(id: &str) -> Option<u64> {
    let (salt, hidden) = id.split_at_checked(id.len().checked_sub(NUMBER_CHARS)?)?;
    let mut number: u128 = 0;
    for byte in hidden.bytes().rev() {
        let at = ALPHABET.iter().position(|known| *known == byte)?;
        number = (number << 6) | u128::try_from(at).ok()?;
    }
    let number = u64::try_from(number).ok()? ^ mask(salt);
    (number < 1 << NUMBER_BITS).then_some(number)
}

/// FNV-1a and a last stir, so that near texts give far masks.
fn mask(salt: &str) -> u64 {
    let hash = salt.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::{UPLOAD_CHARS, VERSION_CHARS, make, number};
    use cloudarium_env::Rng;

    #[test]
    fn numbers_come_back() {
        let mut rng = Rng::new(1, "ids");
        for chars in [VERSION_CHARS, UPLOAD_CHARS] {
            for wanted in [0, 1, 63, 64, 1_000_000, (1 << 40) - 1] {
                let id = make(&mut rng, wanted, chars);
                assert_eq!((id.len(), number(&id)), (chars, Some(wanted)), "{id}");
            }
        }
    }

    #[test]
    fn what_was_not_given_out_is_known() {
        for id in ["", "null", "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD", "é", &"-".repeat(32)] {
            assert_eq!(number(id), None, "{id}");
        }
    }
}
