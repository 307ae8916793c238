//! The body of a request, read into memory as it arrives.

use bytes::{Buf, Bytes, BytesMut};

use super::Refusal;

/// How long a body may be: the longest object that one PUT may carry (5 GiB), and room for the
/// framing of aws-chunked. <https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html>
pub const BODY_BYTES_MAX: u64 = 5 * (1 << 30) + (64 << 20);

/// How much memory a body gets at first, whatever length the client claims.
const FIRST_BYTES: u64 = 1 << 20;

/// How long a chunk's size line with its extensions, or a trailer line, may be.
const LINE_BYTES_MAX: usize = 8 * 1024;

/// How many bytes of trailer fields are read (and let go: AWS's trailers travel inside the body).
const TRAILER_BYTES_MAX: usize = 64 * 1024;

/// A body of known length on its way in. Small ones are copied, so that they do not hold on to the
/// connection's buffer; long ones grow by steps that end exactly at their length.
#[derive(Debug)]
pub struct Sized {
    pub(crate) bytes: BytesMut,
    length: u64,
}

impl Sized {
    /// A body of `length` bytes, none of which has come.
    pub fn new(length: u64) -> Result<Self, Refusal> {
        if length > BODY_BYTES_MAX {
            return Err(Refusal::BodyTooLarge);
        }
        let first = usize::try_from(length.min(FIRST_BYTES)).unwrap_or(0);
        Ok(Self { bytes: BytesMut::with_capacity(first), length })
    }

    /// Takes what belongs to the body off the front of `buffer`.
    pub fn take(&mut self, buffer: &mut BytesMut) {
        let part = self.missing().min(buffer.len());
        self.bytes.extend_from_slice(buffer.get(..part).unwrap_or_default());
        buffer.advance(part);
    }

    /// How many bytes have not come.
    pub fn missing(&self) -> usize {
        usize::try_from(self.length).unwrap_or(usize::MAX).saturating_sub(self.bytes.len())
    }

    /// Makes room for more, never for more than is missing.
    pub fn make_room(&mut self) {
        if self.bytes.len() == self.bytes.capacity() {
            let more = self.missing().min(self.bytes.len().max(4096));
            self.bytes.reserve(more);
        }
    }

    /// The whole body.
    pub fn finish(self) -> Bytes {
        self.bytes.freeze()
    }
}

/// A body in chunks (RFC 9112 7.1) on its way in.
#[derive(Debug, Default)]
pub struct Chunked {
    bytes: BytesMut,
    state: State,
    trailer_bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Size,
    Data(u64),
    DataEnd,
    Trailer,
    Done,
}

impl Chunked {
    /// Takes what belongs to the body off the front of `buffer`; `true` when that is all of it.
    pub fn take(&mut self, buffer: &mut BytesMut) -> Result<bool, Refusal> {
        loop {
            match self.state {
                State::Done => return Ok(true),
                State::Data(left) => {
                    let part = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
                    self.bytes.extend_from_slice(buffer.get(..part).unwrap_or_default());
                    buffer.advance(part);
                    let left = left - part as u64;
                    if left > 0 {
                        self.state = State::Data(left);
                        return Ok(false);
                    }
                    self.state = State::DataEnd;
                }
                State::Size | State::DataEnd | State::Trailer => {
                    let Some(line) = take_line(buffer)? else { return Ok(false) };
                    self.line(&line)?;
                }
            }
        }
    }

    /// The whole body.
    pub fn finish(self) -> Bytes {
        // A copy gives back the room that growing left over.
        Bytes::copy_from_slice(&self.bytes)
    }

    fn line(&mut self, line: &[u8]) -> Result<(), Refusal> {
        self.state = match self.state {
            State::Size => match chunk_size(line)? {
                0 => State::Trailer,
                size if self.bytes.len() as u64 + size > BODY_BYTES_MAX => {
                    return Err(Refusal::BodyTooLarge);
                }
                size => State::Data(size),
            },
            State::DataEnd if line.is_empty() => State::Size,
            State::Trailer if line.is_empty() => State::Done,
            State::Trailer => {
                self.trailer_bytes += line.len();
                if self.trailer_bytes > TRAILER_BYTES_MAX {
                    return Err(Refusal::HeadersTooLarge);
                }
                State::Trailer
            }
            State::DataEnd | State::Data(_) | State::Done => return Err(Refusal::Malformed),
        };
        Ok(())
    }
}

/// Takes a line that ends in CR LF, without them.
fn take_line(buffer: &mut BytesMut) -> Result<Option<BytesMut>, Refusal> {
    match buffer.iter().take(LINE_BYTES_MAX).position(|byte| *byte == b'\n') {
        Some(end) => {
            let mut line = buffer.split_to(end + 1);
            let Some(text) = line.strip_suffix(b"\r\n") else { return Err(Refusal::Malformed) };
            let length = text.len();
            line.truncate(length);
            Ok(Some(line))
        }
        None if buffer.len() >= LINE_BYTES_MAX => Err(Refusal::Malformed),
        None => Ok(None),
    }
}

/// Hexadecimal digits, then perhaps an extension, which says nothing to this host.
fn chunk_size(line: &[u8]) -> Result<u64, Refusal> {
    let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii_end();
    if digits.is_empty() || digits.len() > 15 {
        return Err(Refusal::Malformed);
    }
    digits.iter().try_fold(0, |size: u64, digit| {
        let digit = char::from(*digit).to_digit(16).ok_or(Refusal::Malformed)?;
        Ok(size * 16 + u64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunked(parts: &[&str]) -> Result<Option<(Bytes, BytesMut)>, Refusal> {
        let (mut body, mut buffer) = (Chunked::default(), BytesMut::new());
        for (at, part) in parts.iter().enumerate() {
            buffer.extend_from_slice(part.as_bytes());
            if body.take(&mut buffer)? {
                assert_eq!(at, parts.len() - 1, "ended early");
                return Ok(Some((body.finish(), buffer)));
            }
        }
        Ok(None)
    }

    #[test]
    fn chunks_are_joined_however_they_arrive() {
        let text = "4\r\nwiki\r\n5;x=\"y\"\r\npedia\r\nA \r\n in chunks\r\n0\r\nx-t: 1\r\n\r\n";
        let whole = chunked(&[text]).unwrap().unwrap();
        assert_eq!((&whole.0[..], whole.1.len()), (&b"wikipedia in chunks"[..], 0));
        let bytes: Vec<&str> = (0..text.len()).map(|at| &text[at..=at]).collect();
        assert_eq!(chunked(&bytes).unwrap().unwrap().0, whole.0);
        assert_eq!(chunked(&["0\r\n\r\nGET /"]).unwrap().unwrap().1, b"GET /"[..]);
    }

    #[test]
    fn bad_chunks_are_refused() {
        let long = "1".repeat(LINE_BYTES_MAX);
        for text in [
            "\r\n",
            "g\r\n",
            "-1\r\n",
            "1\nx",
            "1\r\nxy\r\n",
            "1 1\r\n",
            "1234567890abcdef\r\n",
            &long,
        ] {
            assert_eq!(chunked(&[text]), Err(Refusal::Malformed), "{text:?}");
        }
        assert_eq!(chunked(&["fffffffffffff\r\n"]), Err(Refusal::BodyTooLarge));
        let trailers = format!("0\r\n{}", "x: y\r\n".repeat(TRAILER_BYTES_MAX));
        assert_eq!(chunked(&[&trailers]), Err(Refusal::HeadersTooLarge));
    }

    #[test]
    fn a_sized_body_takes_no_more_than_its_own() {
        let mut buffer = BytesMut::from(&b"abcdef"[..]);
        let mut body = Sized::new(4).unwrap();
        body.take(&mut buffer);
        assert_eq!((body.missing(), &buffer[..]), (0, &b"ef"[..]));
        assert_eq!(body.finish(), b"abcd"[..]);
        assert_eq!(Sized::new(BODY_BYTES_MAX + 1).unwrap_err(), Refusal::BodyTooLarge);
    }

    #[test]
    fn a_claimed_length_takes_no_memory() {
        let body = Sized::new(BODY_BYTES_MAX).unwrap();
        assert!(body.bytes.capacity() as u64 <= FIRST_BYTES);
    }
}
