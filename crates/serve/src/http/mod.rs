//! HTTP/1.1 as this host speaks it (RFC 9112): requests are read as they are, never normalised, as
//! S3 keys such as `../x` and `a//b` live in the path.
//!
//! It is written here instead of taken from a library because every refusal must be an AWS error
//! with code and words, and because nothing may touch the path, the query or the headers' order.

pub mod answer;
pub mod body;
pub mod head;
pub mod refusal;

pub use head::{Framing, Head};
pub use refusal::Refusal;
