//! `{{placeholders}}`: variables, known before the lesson starts, and what a check found.
//!
//! `{{bucket}}` is a variable. `{{asked: Key}}` looks into the request of the call that a check
//! speaks of, `{{there: Contents[0].Key}}` into the answer of its probe, by `JMESPath`.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// The values of variables, by name.
pub type Vars = BTreeMap<String, String>;

/// What a check found, that its message may speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The request of the call: `{{asked: Key}}`.
    Asked,
    /// The error of the call, `{{error: Code}}` or `{{error: Message}}`.
    Error,
    /// The answer of the probe: `{{there: Contents[].Key}}`.
    There,
    /// What the script printed: `{{printed}}`.
    Printed,
    /// What a metric measured: `{{used: calls}}`, `bytes`, `seconds`, `cost`.
    Used,
    /// The answer that was chosen: `{{chosen}}`.
    Chosen,
}

impl Live {
    /// The word by which a lesson names it.
    pub const fn word(self) -> &'static str {
        match self {
            Live::Asked => "asked",
            Live::Error => "error",
            Live::There => "there",
            Live::Printed => "printed",
            Live::Used => "used",
            Live::Chosen => "chosen",
        }
    }
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Stands as it is.
    Text(&'a str),
    /// A variable's name.
    Name(&'a str),
    /// Something a check found, and where in it (`JMESPath`).
    Live(Live, &'a str),
}

/// The pieces of `text`; the error is what stands between the braces and is no placeholder.
pub fn pieces(text: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, following) = after.split_once("}}").ok_or(after)?;
        if !before.is_empty() {
            found.push(Piece::Text(before));
        }
        found.push(placeholder(inside).ok_or(inside)?);
        rest = following;
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    Ok(found)
}

fn placeholder(inside: &str) -> Option<Piece<'_>> {
    let inside = inside.trim();
    match inside {
        "printed" => return Some(Piece::Live(Live::Printed, "")),
        "chosen" => return Some(Piece::Live(Live::Chosen, "")),
        _ => {}
    }
    if let Some((kind, path)) = inside.split_once(':') {
        let kind = match kind.trim() {
            "asked" => Live::Asked,
            "error" => Live::Error,
            "there" => Live::There,
            "used" => Live::Used,
            _ => return None,
        };
        let path = path.trim();
        return crate::path::parse(path).ok().map(|_| Piece::Live(kind, path));
    }
    is_name(inside).then_some(Piece::Name(inside))
}

/// Whether `name` may be a variable's: small letters, digits and `_`, a letter first.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `text` with the variables put in; all else stays as it is.
pub fn fill(text: &str, vars: &Vars) -> String {
    fill_with(text, vars, |_, _| None)
}

/// `text` with the variables put in, and what `live` knows of what a check found.
pub fn fill_with(text: &str, vars: &Vars, live: impl Fn(Live, &str) -> Option<String>) -> String {
    let Ok(pieces) = pieces(text) else { return text.to_owned() };
    let mut filled = String::with_capacity(text.len());
    for piece in pieces {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Name(name) => match vars.get(name) {
                Some(value) => filled.push_str(value),
                None => filled.extend(["{{", name, "}}"]),
            },
            Piece::Live(kind, path) => match live(kind, path) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(&unfilled(kind, path)),
            },
        }
    }
    filled
}

fn unfilled(kind: Live, path: &str) -> String {
    match kind {
        Live::Printed | Live::Chosen => format!("{{{{{}}}}}", kind.word()),
        _ => format!("{{{{{}: {path}}}}}", kind.word()),
    }
}

/// Puts the variables into a file of Python or data: only declared names count there, since two
/// braces may be part of the language.
pub fn fill_file(text: &str, vars: &Vars) -> String {
    vars.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

/// Puts the variables into every text of `json`.
pub fn fill_json(json: &Json, vars: &Vars) -> Json {
    map_json(json, &|text| fill(text, vars))
}

/// Every text of `json`, changed by `change`.
pub fn map_json(json: &Json, change: &dyn Fn(&str) -> String) -> Json {
    match json {
        Json::String(text) => Json::String(change(text)),
        Json::Array(items) => {
            Json::Array(items.iter().map(|item| map_json(item, change)).collect())
        }
        Json::Object(map) => Json::Object(
            map.iter().map(|(key, item)| (change(key), map_json(item, change))).collect(),
        ),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fall_into_pieces() {
        assert_eq!(
            pieces("a {{bucket}} b {{asked: Key}}"),
            Ok(vec![
                Piece::Text("a "),
                Piece::Name("bucket"),
                Piece::Text(" b "),
                Piece::Live(Live::Asked, "Key"),
            ])
        );
        assert_eq!(pieces("{{printed}}"), Ok(vec![Piece::Live(Live::Printed, "")]));
        assert_eq!(pieces("{one} brace"), Ok(vec![Piece::Text("{one} brace")]));
    }

    #[test]
    fn what_is_no_placeholder_is_told() {
        assert_eq!(pieces("x {{Bucket}}"), Err("Bucket"));
        assert_eq!(pieces("x {{bucket"), Err("bucket"));
        assert_eq!(pieces("{{heard: Key}}"), Err("heard: Key"));
        assert_eq!(pieces("{{asked: [}}"), Err("asked: ["));
    }

    #[test]
    fn values_are_put_in_once() {
        let vars = Vars::from([("a".to_owned(), "{{b}}".to_owned()), ("b".into(), "x".into())]);
        assert_eq!(fill("{{a}} {{c}}", &vars), "{{b}} {{c}}");
        assert_eq!(fill("{{asked: Key}}", &vars), "{{asked: Key}}");
    }
}
