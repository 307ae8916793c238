//! What is wrong with a text that is no JSON.

use crate::token::Reader;

/// Why a text is no JSON, in the words and with the place of the parser that AWS's services read it with; `None` if nothing
/// is wrong up to the end of its first value.
pub fn json_refusal(text: &str) -> Option<String> {
    let mut reader = Reader::new(text);
    while !reader.is_done() {
        if let Err(invalid) = reader.next() {
            return Some(invalid.to_string());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_and_where() {
        for text in ["{}", "[1, {\"a\": null}]", "\"a\"", " 1 ", "true"] {
            assert_eq!(json_refusal(text), None, "{text}");
        }
        let told = json_refusal("{'a': 1}").unwrap_or_default();
        let words =
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name";
        assert_eq!(
            told,
            format!("{words}\n at [Source: (String)\"{{'a': 1}}\"; line: 1, column: 2]")
        );
        let told = json_refusal("hello").unwrap_or_default();
        assert!(
            told.starts_with("Unrecognized token 'hello': was expecting (JSON String,"),
            "{told}"
        );
    }
}
