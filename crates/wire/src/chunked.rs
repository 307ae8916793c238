//! `aws-chunked` bodies: chunks, their signatures, and trailing checksums.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html> and
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>

use bytes::{Bytes, BytesMut};
use sha2::{Digest, Sha256};

use crate::sigv4::{Proof, hmac_sha256};

/// A chunk's header is short: a length in hexadecimal, and a signature.
const LINE_MAX: usize = 16 * 1024;

/// A decoded body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decoded {
    /// The bytes that were meant.
    pub body: Bytes,
    /// The fields after the last chunk, in the order they came, names lower-case.
    pub trailers: Vec<(String, String)>,
}

/// Why a chunked body is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkError {
    /// The framing is broken; says where.
    Malformed(&'static str),
    /// What follows the last chunk is no list of fields.
    MalformedTrailer,
    /// The body ends in the middle, or its length is not `x-amz-decoded-content-length`.
    Incomplete {
        /// How many bytes the headers promise.
        expected: u64,
        /// How many came.
        got: u64,
    },
    /// A chunk's or the trailer's signature is missing or wrong.
    SignatureMismatch,
}

/// Whether the chunks are signed, and if so by what.
#[derive(Debug, Clone, Copy)]
pub enum Signing<'a> {
    /// `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, or a key whose secret is not known.
    Unverified,
    /// `STREAMING-AWS4-HMAC-SHA256-PAYLOAD`, with or without `-TRAILER`.
    Verified(&'a Proof),
}

/// Decodes `raw`; `expected` is `x-amz-decoded-content-length` where it was sent.
///
/// # Errors
/// [`ChunkError`]. Nothing of a refused body is to be kept.
pub fn decode(
    raw: &Bytes,
    expected: Option<u64>,
    signing: Signing<'_>,
) -> Result<Decoded, ChunkError> {
    let mut reader = Reader { raw, at: 0, expected };
    let mut chain = Chain::of(signing);
    let mut pieces: Vec<Bytes> = Vec::new();
    let mut length = 0_u64;
    loop {
        let (size, signature) = chunk_header(&reader.line()?)?;
        if size == 0 {
            chain.check_chunk(signature.as_deref(), &[])?;
            break;
        }
        let chunk = reader.take(size, length)?;
        chain.check_chunk(signature.as_deref(), &chunk)?;
        length = length.saturating_add(chunk.len() as u64);
        pieces.push(chunk);
        if !reader.line()?.is_empty() {
            return Err(ChunkError::Malformed("a chunk is not followed by a line end"));
        }
    }
    let trailers = chain.check_trailers(reader.trailers()?)?;
    match expected {
        Some(expected) if expected != length => {
            Err(ChunkError::Incomplete { expected, got: length })
        }
        _ => Ok(Decoded { body: joined(pieces, length), trailers }),
    }
}

/// One chunk is shared as it is; several are copied together once.
fn joined(mut pieces: Vec<Bytes>, length: u64) -> Bytes {
    if pieces.len() <= 1 {
        return pieces.pop().unwrap_or_default();
    }
    let mut body = BytesMut::with_capacity(usize::try_from(length).unwrap_or(0));
    for piece in &pieces {
        body.extend_from_slice(piece);
    }
    body.freeze()
}

/// Reads `1000;chunk-signature=ad80...`.
fn chunk_header(line: &str) -> Result<(usize, Option<String>), ChunkError> {
    let (size, extension) = line.split_once(';').unwrap_or((line, ""));
    let size = size.trim();
    if size.is_empty() || size.len() > 16 || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(ChunkError::Malformed("a chunk's length is no hexadecimal number"));
    }
    let size = usize::from_str_radix(size, 16)
        .map_err(|_| ChunkError::Malformed("a chunk's length is too large"))?;
    let signature = extension.trim().strip_prefix("chunk-signature=").map(str::to_owned);
    Ok((size, signature))
}

struct Reader<'a> {
    raw: &'a Bytes,
    at: usize,
    expected: Option<u64>,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.raw.get(self.at..).unwrap_or_default()
    }

    /// The line that starts here, without its end.
    fn line(&mut self) -> Result<String, ChunkError> {
        let rest = self.rest();
        let window = rest.get(..LINE_MAX.min(rest.len())).unwrap_or_default();
        let Some(end) = window.windows(2).position(|pair| pair == b"\r\n") else {
            return Err(if window.len() == LINE_MAX {
                ChunkError::Malformed("a chunk's header does not end")
            } else {
                self.cut_short(0)
            });
        };
        let text = window.get(..end).unwrap_or_default();
        let line = std::str::from_utf8(text)
            .map_err(|_| ChunkError::Malformed("a chunk's header is no text"))?
            .to_owned();
        self.at += end + 2;
        Ok(line)
    }

    fn take(&mut self, size: usize, before: u64) -> Result<Bytes, ChunkError> {
        let end = self.at.checked_add(size).filter(|end| *end <= self.raw.len());
        let Some(end) = end else {
            return Err(self.cut_short(before.saturating_add(self.rest().len() as u64)));
        };
        let chunk = self.raw.slice(self.at..end);
        self.at = end;
        Ok(chunk)
    }

    fn cut_short(&self, got: u64) -> ChunkError {
        ChunkError::Incomplete { expected: self.expected.unwrap_or(got.saturating_add(1)), got }
    }

    /// The fields after the last chunk, up to an empty line or the end.
    fn trailers(&mut self) -> Result<Vec<(String, String)>, ChunkError> {
        let mut trailers = Vec::new();
        while !self.rest().is_empty() {
            let line = self.line()?;
            // Some clients end a trailer by a bare line feed before the empty line.
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let (name, value) = line.split_once(':').ok_or(ChunkError::MalformedTrailer)?;
            trailers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        Ok(trailers)
    }
}

/// Each signature signs the one before it.
struct Chain<'a> {
    proof: Option<&'a Proof>,
    previous: String,
}

impl<'a> Chain<'a> {
    fn of(signing: Signing<'a>) -> Self {
        match signing {
            Signing::Unverified => Self { proof: None, previous: String::new() },
            Signing::Verified(proof) => {
                Self { proof: Some(proof), previous: proof.seed_signature.clone() }
            }
        }
    }

    fn check_chunk(&mut self, signature: Option<&str>, chunk: &[u8]) -> Result<(), ChunkError> {
        let Some(proof) = self.proof else { return Ok(()) };
        let text = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{}\n{}\n{}\n{}\n{}",
            proof.signed_at,
            proof.scope,
            self.previous,
            hex::encode(Sha256::digest(b"")),
            hex::encode(Sha256::digest(chunk))
        );
        self.advance(proof, &text, signature)
    }

    /// Checks and takes out `x-amz-trailer-signature`, if there are trailers.
    fn check_trailers(
        &mut self,
        mut trailers: Vec<(String, String)>,
    ) -> Result<Vec<(String, String)>, ChunkError> {
        let at = trailers.iter().position(|(name, _)| name == "x-amz-trailer-signature");
        let signature = at.map(|at| trailers.remove(at).1);
        if let (Some(proof), false) = (self.proof, trailers.is_empty()) {
            let mut fields = String::new();
            for (name, value) in &trailers {
                fields.extend([name.as_str(), ":", value, "\n"]);
            }
            let text = format!(
                "AWS4-HMAC-SHA256-TRAILER\n{}\n{}\n{}\n{}",
                proof.signed_at,
                proof.scope,
                self.previous,
                hex::encode(Sha256::digest(fields.as_bytes()))
            );
            self.advance(proof, &text, signature.as_deref())?;
        }
        Ok(trailers)
    }

    fn advance(
        &mut self,
        proof: &Proof,
        text: &str,
        signature: Option<&str>,
    ) -> Result<(), ChunkError> {
        let expected = hex::encode(hmac_sha256(&proof.signing_key, text.as_bytes()));
        if signature != Some(expected.as_str()) {
            return Err(ChunkError::SignatureMismatch);
        }
        self.previous = expected;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
