//! How what a cloud remembers is written down: compact, canonical (equal values give equal bytes), and open to members that
//! are yet to come.
//!
//! The bytes are those of postcard (<https://postcard.jamesmunns.com/wire-format>), but for one thing: before the members of
//! each struct stands how many there are. So a struct may get another member **at its end, with `#[serde(default)]`**: what was
//! saved before is read, and the member is its default. An enum may get another variant at its end. Nothing else may change:
//! no member goes, moves, or becomes of another type. What is written by a later version is refused, in words, and left alone.
//!
//! What was saved by postcard itself tells no counts. It is read by those that hold now; a struct that had fewer then is told
//! by an [`Older`].

mod read;
mod write;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Stands before what is written so. As the number that postcard begins a map or a list with, it would be one of more entries
/// than there is memory.
const MARK: [u8; 6] = [0xff, 0xff, 0xff, 0xff, 0xff, 3];

/// Ends the words of what a later version wrote.
pub const LATER: &str = "it was saved by a later version";

/// Why bytes cannot be written or read, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl serde::ser::Error for Error {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

/// How members are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As many as there are now, but for those structs.
    Postcard(Older),
    /// Each struct says how many it has.
    Counted,
}

/// Structs that had fewer members at some time when postcard wrote: the name, the first member (names alone are not unique),
/// and how many there were.
pub type Older = &'static [(&'static str, &'static str, usize)];

/// The bytes of a value, in the format of now.
///
/// # Errors
/// When a value cannot be written: a sequence without a length.
pub fn to_bytes<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    extend(value, MARK.to_vec())
}

/// The same behind `start`, without a mark: whoever reads it knows the format.
///
/// # Errors
/// As [`to_bytes`].
pub fn extend<T: Serialize + ?Sized>(value: &T, start: Vec<u8>) -> Result<Vec<u8>, Error> {
    let mut writer = write::Writer { out: start };
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

/// What [`to_bytes`] gave; or what postcard gave before, as structs are now, or else as they were at one of these times, the
/// latest first.
///
/// # Errors
/// When the bytes are no such value, or more than one.
pub fn from_bytes<T: DeserializeOwned>(saved: &[u8], older: &[Older]) -> Result<T, Error> {
    if let Some(counted) = saved.strip_prefix(MARK.as_slice()) {
        return whole(counted, Format::Counted);
    }
    let now = whole(saved, Format::Postcard(&[]));
    older.iter().fold(now, |found, older| found.or_else(|_| whole(saved, Format::Postcard(older))))
}

/// Whether bytes are what [`to_bytes`] gave, in this version or another.
pub fn is_counted(saved: &[u8]) -> bool {
    saved.starts_with(&MARK)
}

/// A value that is all of these bytes.
///
/// # Errors
/// When they are no such value, or more than one.
pub fn whole<T: DeserializeOwned>(bytes: &[u8], format: Format) -> Result<T, Error> {
    match take(bytes, format)? {
        (value, []) => Ok(value),
        (_, rest) => Err(Error(format!("{} bytes are left over", rest.len()))),
    }
}

/// A value at the beginning of bytes that are in this format, and what follows it.
///
/// # Errors
/// When there is none.
pub fn take<T: DeserializeOwned>(bytes: &[u8], format: Format) -> Result<(T, &[u8]), Error> {
    let mut reader = read::Reader { rest: bytes, format };
    let value = T::deserialize(&mut reader)?;
    Ok((value, reader.rest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Clone, Default, Serialize, Deserialize)]
    struct Inner {
        id: u64,
        words: String,
    }

    #[derive(Debug, PartialEq, Clone, Serialize, Deserialize)]
    enum Kind {
        None,
        One(i32),
        Two(u8, char),
        Named { at: i64, inner: Inner },
    }

    #[derive(Debug, PartialEq, Clone, Serialize, Deserialize)]
    struct Wrapped(u16);

    #[derive(Debug, PartialEq, Clone, Serialize, Deserialize)]
    struct All {
        flag: bool,
        numbers: (i8, i16, i32, i64, i128, u8, u16, u32, u64, u128),
        floats: (f32, f64),
        text: String,
        optional: Option<u32>,
        unit: (),
        wrapped: Wrapped,
        kinds: Vec<Kind>,
        map: BTreeMap<String, Inner>,
        digest: [u8; 4],
    }

    fn all() -> All {
        let inner = Inner { id: 300, words: "grün".into() };
        All {
            flag: true,
            numbers: (
                -1,
                i16::MIN,
                i32::MAX,
                i64::MIN,
                i128::MIN,
                255,
                256,
                u32::MAX,
                u64::MAX,
                u128::MAX,
            ),
            floats: (1.5, -0.1),
            text: "a\u{1F31F}".into(),
            optional: Some(5),
            unit: (),
            wrapped: Wrapped(7),
            kinds: vec![
                Kind::None,
                Kind::One(-2),
                Kind::Two(1, 'ß'),
                Kind::Named { at: -3, inner: inner.clone() },
            ],
            map: BTreeMap::from([(String::new(), inner)]),
            digest: [0, 1, 2, 255],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = to_bytes(&all()).unwrap();
        assert_eq!(from_bytes::<All>(&bytes, &[]), Ok(all()));
        for cut in 0..bytes.len() {
            assert!(from_bytes::<All>(&bytes[..cut], &[]).is_err(), "cut at {cut}");
        }
        let longer = [bytes, vec![0]].concat();
        assert_eq!(from_bytes::<All>(&longer, &[]), Err(Error("1 bytes are left over".into())));
    }

    #[test]
    fn what_postcard_wrote_is_read() {
        let bytes = postcard::to_allocvec(&all()).unwrap();
        assert_eq!(from_bytes::<All>(&bytes, &[]), Ok(all()));
    }

    #[test]
    fn without_structs_the_bytes_are_postcards() {
        let value = (all().numbers, all().floats, "text", vec![Some('x'), None], [1_u8, 2]);
        assert_eq!(extend(&value, Vec::new()).unwrap(), postcard::to_allocvec(&value).unwrap());
    }

    /// [`Inner`] as a later version may have it.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Later {
        id: u64,
        words: String,
        #[serde(default)]
        more: Vec<u8>,
        #[serde(default)]
        most: Option<Inner>,
    }

    #[test]
    fn a_member_that_came_later_is_its_default() {
        let inner = Inner { id: 1, words: "w".into() };
        let read = Later { id: 1, words: "w".into(), more: vec![], most: None };
        let bytes = to_bytes(&(&inner, &inner)).unwrap();
        let (one, other): (Later, Later) = from_bytes(&bytes, &[]).unwrap();
        assert_eq!((&one, &other), (&read, &read));
        // By postcard, if it is told how many there were.
        let bytes = postcard::to_allocvec(&(&inner, &inner)).unwrap();
        assert!(from_bytes::<(Later, Later)>(&bytes, &[]).is_err());
        let before: Older = &[("Later", "id", 2)];
        assert_eq!(from_bytes::<(Later, Later)>(&bytes, &[before]), Ok((one, other)));
    }

    #[test]
    fn what_a_later_version_wrote_is_refused_in_words() {
        let later = Later { id: 1, words: "w".into(), more: vec![], most: None };
        let refused = from_bytes::<Inner>(&to_bytes(&later).unwrap(), &[]).unwrap_err();
        assert!(refused.to_string().ends_with(LATER), "{refused}");
    }

    #[test]
    fn lengths_that_are_not_there_take_no_memory() {
        let bytes = [MARK.as_slice(), &[0xff, 0xff, 0xff, 0xff, 0x0f]].concat();
        assert!(from_bytes::<Vec<u64>>(&bytes, &[]).is_err());
        assert!(from_bytes::<String>(&bytes, &[]).is_err());
        assert!(from_bytes::<BTreeMap<u8, u8>>(&bytes, &[]).is_err());
    }
}
