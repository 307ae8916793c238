//! Why a text is no JSON, told as Jackson tells it: the parser that many of AWS's services are built with, and whose words
//! they pass on.
//!
//! Must never know: any service by name, what a text is for. It reads for mistakes alone; who wants values reads them with
//! `serde_json`, and comes here when that has refused the text.
//!
//! Start in [`refusal`]. Words and places are those of the versions 2.10 to 2.15, with which what AWS was seen to tell agrees
//! to the column: a place is the first character that was not read yet.

mod reader;
mod refusal;
#[cfg(test)]
mod tests;
mod value;

pub use refusal::{Refusal, Source};

/// Why a text is no JSON; `None` if Jackson takes it.
pub fn refusal(text: &str, source: Source) -> Option<Refusal> {
    reader::Reader::new(text, source).whole().err()
}
