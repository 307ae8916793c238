//! Words and places, those that AWS was seen to tell first.

use crate::{Source, refusal};

fn told(text: &str) -> String {
    refusal(text, Source::Text).map(|it| it.to_string()).unwrap_or_default()
}

fn told_of_bytes(text: &str) -> String {
    refusal(text, Source::Bytes).map(|it| it.to_string()).unwrap_or_default()
}

#[test]
fn json_is_not_refused() {
    for text in ["{}", " [1, {\"a\": null}] ", "\"\\u00e9\\n\"", "-1.5e+3", "true", "[0, -0.5]\r\n"]
    {
        assert_eq!(told(text), "", "{text}");
    }
}

/// Seen from `StartExecution`, by a user who kept the answer in notes on a course.
#[test]
fn what_start_execution_told() {
    let text = r#"{"courseId": "6225", "department": "CSYE", "boardId": """, "size": "0"}"#;
    let words =
        "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries";
    let expected = format!(
        "com.fasterxml.jackson.core.JsonParseException: {words}\n at [Source: (String)\"{text}\"; \
         line: 1, column: 58]"
    );
    assert_eq!(refusal(text, Source::Text).map(|it| it.exception()), Some(expected));
}

/// Seen from Lambda: <https://github.com/ballerina-platform/module-ballerina-c2c/issues/15> and
/// <https://github.com/aws/aws-cli/issues/6433>.
#[test]
fn what_invoke_told() {
    let told = told_of_bytes("0Da");
    let words = "Unexpected character ('D' (code 68)): Expected space separating root-level values";
    assert_eq!(told, format!("{words}\n at [Source: (byte[])\"0Da\"; line: 1, column: 3]"));
    let told = told_of_bytes("z{");
    assert!(told.starts_with("Unrecognized token 'z': was expecting (JSON String,"), "{told}");
    assert!(told.ends_with("; line: 1, column: 3]"), "{told}");
}

/// Texts, what is wrong with them in words, and where.
const REFUSED: &[(&str, &str, (usize, usize))] = &[
    (
        "{'a': 1}",
        "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
        (1, 3),
    ),
    (
        "{\"a\": 1,}",
        "Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
        (1, 10),
    ),
    (
        "{\n  \"a\" 1}",
        "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
        (2, 8),
    ),
    (
        "[1,]",
        "Unexpected character (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        (1, 5),
    ),
    (
        "[1\r\n 2]",
        "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries",
        (2, 3),
    ),
    (
        "hello",
        "Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        (1, 6),
    ),
    (
        "[nul]",
        "Unrecognized token 'nul': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        (1, 5),
    ),
    (
        "[NaN]",
        "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow",
        (1, 5),
    ),
    ("[01]", "Invalid numeric value: Leading zeroes not allowed", (1, 3)),
    (
        "[-a]",
        "Unexpected character ('a' (code 97)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
        (1, 4),
    ),
    (
        "[1.]",
        "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit",
        (1, 5),
    ),
    (
        "[1e]",
        "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit",
        (1, 5),
    ),
    ("\"\\q\"", "Unrecognized character escape 'q' (code 113)", (1, 4)),
    (
        "\"\\u00g0\"",
        "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence",
        (1, 7),
    ),
    (
        "\"a\nb\"",
        "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value",
        (1, 4),
    ),
    ("\"abc", "Unexpected end-of-input: was expecting closing quote for a string value", (1, 5)),
    ("{\"abc", "Unexpected end-of-input in field name", (1, 6)),
    ("{\"a\"", "Unexpected end-of-input within/between Object entries", (1, 5)),
    ("[1,", "Unexpected end-of-input within/between Array entries", (1, 4)),
    (
        "// a",
        "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
        (1, 2),
    ),
    (
        "[€]",
        "Unexpected character ('€' (code 8364 / 0x20ac)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        (1, 3),
    ),
    ("", "No content to map due to end-of-input", (1, 0)),
    (
        "{} {}",
        "Trailing token (of type START_OBJECT) found after value (bound as `com.fasterxml.jackson.databind.JsonNode`): not allowed as per `DeserializationFeature.FAIL_ON_TRAILING_TOKENS`",
        (1, 5),
    ),
];

#[test]
fn what_else_is_refused() {
    for (text, words, (line, column)) in REFUSED {
        let place = format!("[Source: (String)\"{text}\"; line: {line}, column: {column}]");
        assert_eq!(told(text), format!("{words}\n at {place}"), "{text}");
    }
}

#[test]
fn what_is_not_closed() {
    let source = "[Source: (String)\"{\"a\": [\"";
    assert_eq!(
        told("{\"a\": ["),
        format!(
            "Unexpected end-of-input: expected close marker for Array (start marker at {source}; \
             line: 1, column: 7])\n at {source}; line: 1, column: 8]"
        )
    );
    let ended = refusal("{", Source::Text).map(|it| it.exception()).unwrap_or_default();
    assert!(ended.starts_with("com.fasterxml.jackson.core.io.JsonEOFException: Unexpected"));
    let source = "[Source: (String)\"[}\"";
    assert_eq!(
        told("[}"),
        format!(
            "Unexpected close marker '}}': expected ']' (for Array starting at {source}; line: 1, \
             column: 1])\n at {source}; line: 1, column: 3]"
        )
    );
}

#[test]
fn what_a_place_repeats() {
    let long = format!("[\"{}\" x]", "é".repeat(600));
    let cut = told(&long);
    assert!(cut.ends_with("é\"[truncated 106 chars]; line: 1, column: 606]"), "{cut}");
    let cut = told_of_bytes(&long);
    assert!(cut.ends_with("é\"[truncated 706 bytes]; line: 1, column: 1206]"), "{cut}");
    assert!(told("[\t1 2]").contains("\"[\\u00091 2]\"; line: 1, column: 6]"));
}
