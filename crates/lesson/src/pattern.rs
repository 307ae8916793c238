//! Whether a value is like a pattern.

use serde_json::Value as Json;

use crate::check::Pattern;
use crate::path::equal;

/// The keys by which a table with one key is a pattern and no structure. AWS's member names begin
/// with a capital letter or are not among these.
pub(crate) const WORDS: [&str; 6] =
    ["not", "other_case", "starts_with", "contains", "one_of", "present"];

/// Reads a pattern from data: a table is a structure with at least these members, unless its one
/// key is one of [`WORDS`].
pub(crate) fn read(json: &Json) -> Result<Pattern, String> {
    let Json::Object(map) = json else { return Ok(Pattern::Equals(json.clone())) };
    if let (1, Some((word, value))) = (map.len(), map.iter().next())
        && WORDS.contains(&word.as_str())
    {
        return read_word(word, value);
    }
    let members = map.iter().map(|(name, inner)| Ok((name.clone(), read(inner)?)));
    members.collect::<Result<_, String>>().map(Pattern::Subset)
}

/// Reads the pattern `word = value`.
pub(crate) fn read_word(word: &str, value: &Json) -> Result<Pattern, String> {
    let text = || value.as_str().map(str::to_owned).ok_or(format!("`{word}` needs a text"));
    Ok(match word {
        "not" => Pattern::Not(value.clone()),
        "other_case" => Pattern::OtherCase(text()?),
        "starts_with" => Pattern::StartsWith(text()?),
        "contains" => Pattern::Contains(value.clone()),
        "one_of" => match value {
            Json::Array(values) => Pattern::OneOf(values.clone()),
            _ => return Err("`one_of` needs a list".to_owned()),
        },
        "present" => match value {
            Json::Bool(there) => Pattern::Present(*there),
            _ => return Err("`present` is true or false".to_owned()),
        },
        _ => return Err(format!("`{word}` is no pattern")),
    })
}

/// Whether `value` is like `pattern`; a member that is not there is `Null`.
pub(crate) fn fits(pattern: &Pattern, value: &Json) -> bool {
    match pattern {
        Pattern::Equals(wanted) => equal(wanted, value),
        Pattern::Not(unwanted) => !equal(unwanted, value),
        Pattern::OtherCase(wanted) => value
            .as_str()
            .is_some_and(|text| text != wanted && text.to_lowercase() == wanted.to_lowercase()),
        Pattern::StartsWith(start) => value.as_str().is_some_and(|text| text.starts_with(start)),
        Pattern::Contains(part) => match (value, part) {
            (Json::String(text), Json::String(part)) => text.contains(part.as_str()),
            (Json::Array(items), part) => items.iter().any(|item| equal(item, part)),
            _ => false,
        },
        Pattern::OneOf(values) => values.iter().any(|wanted| equal(wanted, value)),
        Pattern::Present(there) => value.is_null() != *there,
        Pattern::Subset(members) => {
            members.iter().all(|(name, inner)| fits(inner, value.get(name).unwrap_or(&Json::Null)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn patterns_say_what_a_request_is_like() {
        let request = json!({"Bucket": "photos", "Key": "Hello.txt", "Metadata": {"a": "1"}});
        let cases = [
            (json!({"Bucket": "photos"}), true),
            (json!({"Bucket": "photo"}), false),
            (json!({"Key": {"other_case": "hello.txt"}}), true),
            (json!({"Key": {"other_case": "Hello.txt"}}), false),
            (json!({"Key": {"not": "hello.txt"}}), true),
            (json!({"Key": {"starts_with": "He"}}), true),
            (json!({"Key": {"contains": "llo"}}), true),
            (json!({"Key": {"one_of": ["a", "Hello.txt"]}}), true),
            (json!({"Body": {"present": false}}), true),
            (json!({"Key": {"present": false}}), false),
            (json!({"Metadata": {"a": "1"}}), true),
            (json!({"Metadata": {"b": "1"}}), false),
            (json!({}), true),
        ];
        for (pattern, fitting) in cases {
            assert_eq!(read(&pattern).map(|p| fits(&p, &request)), Ok(fitting), "{pattern}");
        }
    }

    #[test]
    fn a_word_of_the_wrong_type_is_refused() {
        assert!(read(&json!({"Key": {"one_of": "a"}})).is_err());
        assert!(read(&json!({"Key": {"present": "yes"}})).is_err());
        assert!(read(&json!({"Key": {"starts_with": 1}})).is_err());
    }
}
