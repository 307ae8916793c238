//! Whether an answer is what a case says. Objects may have more members than are named; lists are
//! compared item by item, and have as many.
//!
//! In place of a value, `"<any>"` is any value, `"<absent>"` none at all, `"<as name>"` any value,
//! kept as `$name`, and `"<match REGEX>"` a string that the whole regular expression fits.

use serde_json::Value as Json;

use super::json::Kept;

/// Compares; keeps what `<as name>` names. The error tells where they differ.
pub fn compare(expected: &Json, actual: &Json, kept: &mut Kept) -> Result<(), String> {
    compare_at("", expected, Some(actual), kept)
}

fn compare_at(
    place: &str,
    expected: &Json,
    actual: Option<&Json>,
    kept: &mut Kept,
) -> Result<(), String> {
    let shown = if place.is_empty() { "the answer" } else { place };
    if expected.as_str() == Some("<absent>") {
        return match actual {
            None => Ok(()),
            Some(actual) => Err(format!("{shown}: expected none, got {}", short(actual))),
        };
    }
    let Some(actual) = actual else {
        // Nothing fits an object of which nothing is asked: boto3 makes empty maps of no headers.
        if let Json::Object(members) = expected
            && members.values().all(|member| member.as_str() == Some("<absent>"))
        {
            return Ok(());
        }
        return Err(format!("{shown}: expected {}, got none", short(expected)));
    };
    let differs = || Err(format!("{shown}: expected {}, got {}", short(expected), short(actual)));
    match (expected, actual) {
        (Json::String(text), _) if text.starts_with('<') && text.ends_with('>') => {
            if placeholder(text, actual, kept)? { Ok(()) } else { differs() }
        }
        (Json::Object(members), Json::Object(found)) => {
            members.iter().try_for_each(|(name, it)| {
                compare_at(&format!("{place}.{name}"), it, found.get(name), kept)
            })
        }
        (Json::Array(items), Json::Array(found)) => {
            if items.len() != found.len() {
                let (items, found) = (items.len(), found.len());
                return Err(format!("{shown}: expected {items} items, got {found}"));
            }
            items.iter().zip(found).enumerate().try_for_each(|(index, (item, found))| {
                compare_at(&format!("{place}[{index}]"), item, Some(found), kept)
            })
        }
        _ if expected == actual => Ok(()),
        _ => differs(),
    }
}

fn placeholder(text: &str, actual: &Json, kept: &mut Kept) -> Result<bool, String> {
    let inner = text.trim_start_matches('<').trim_end_matches('>');
    match inner.split_once(' ') {
        None if inner == "any" => Ok(true),
        Some(("as", name)) => {
            kept.insert(name.to_owned(), actual.clone());
            Ok(true)
        }
        Some(("match", pattern)) => {
            let pattern = regex_lite::Regex::new(&format!("^(?s:{pattern})$"))
                .map_err(|error| format!("{text}: {error}"))?;
            Ok(actual.as_str().is_some_and(|actual| pattern.is_match(actual)))
        }
        _ => Ok(actual.as_str() == Some(text)),
    }
}

/// `expected` with the values of `actual`; placeholders that fit stay.
pub fn updated(expected: &Json, actual: &Json) -> Json {
    match (expected, actual) {
        (Json::Object(members), Json::Object(found)) => Json::Object(
            members
                .iter()
                .filter_map(|(name, it)| match found.get(name) {
                    Some(found) => Some((name.clone(), updated(it, found))),
                    None if it.as_str() == Some("<absent>") => Some((name.clone(), it.clone())),
                    None => None,
                })
                .collect(),
        ),
        (Json::Array(items), Json::Array(found)) if items.len() == found.len() => {
            items.iter().zip(found).map(|(item, found)| updated(item, found)).collect()
        }
        _ if compare(expected, actual, &mut Kept::new()).is_ok() => expected.clone(),
        _ => actual.clone(),
    }
}

fn short(json: &Json) -> String {
    let text = json.to_string();
    match text.char_indices().nth(300) {
        Some((at, _)) => format!("{}...", text.split_at(at).0),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, compare, updated};
    use serde_json::json;

    #[test]
    fn what_fits() {
        let actual = json!({"a": 1, "b": ["x", "y"], "c": {"d": "abc"}});
        for fits in [
            json!({}),
            json!({"a": 1}),
            json!({"b": ["x", "<any>"]}),
            json!({"c": {"d": "<match a.c>"}, "z": "<absent>"}),
            json!({"z": {}, "y": {"x": "<absent>"}}),
        ] {
            assert_eq!(compare(&fits, &actual, &mut Kept::new()), Ok(()), "{fits}");
        }
        for (unfit, place) in [
            (json!({"a": 2}), ".a: expected 2, got 1"),
            (json!({"z": "<any>"}), ".z: expected"),
            (json!({"z": {"x": 1}}), ".z: expected"),
            (json!({"b": ["x"]}), ".b: expected 1 items, got 2"),
            (json!({"b": ["x", "z"]}), ".b[1]: expected"),
            (json!({"c": {"d": "<match b>"}}), ".c.d: expected"),
            (json!({"c": "<absent>"}), ".c: expected none"),
        ] {
            let error = compare(&unfit, &actual, &mut Kept::new()).unwrap_err();
            assert!(error.starts_with(place), "{error}");
        }
    }

    #[test]
    fn what_is_kept() {
        let mut kept = Kept::new();
        compare(&json!({"a": "<as Id>"}), &json!({"a": 7}), &mut kept).unwrap();
        assert_eq!(kept["Id"], json!(7));
    }

    #[test]
    fn what_is_rewritten() {
        let expected = json!({"a": 1, "b": "<any>", "gone": 2, "none": "<absent>"});
        let actual = json!({"a": 3, "b": 4, "more": 5});
        let wanted = json!({"a": 3, "b": "<any>", "none": "<absent>"});
        assert_eq!(updated(&expected, &actual), wanted);
    }
}
