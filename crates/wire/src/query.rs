//! The query of a request target, and forms, which are written alike.

use percent_encoding::percent_decode_str;

/// Parameters, decoded, in the order they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The query of a request target: what stands after its `?`.
    pub fn of(target: &str) -> Self {
        Self::parse(target.split_once('?').map_or("", |(_, query)| query))
    }

    /// Reads `a=1&b`; `+` is a blank, bytes that are no UTF-8 become U+FFFD.
    pub fn parse(text: &str) -> Self {
        Self(
            text.split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    /// The first value of `name`; names are compared to the letter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether `name` is there at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Name and value of every parameter.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn decoded(text: &str) -> String {
    if !text.contains(['%', '+']) {
        return text.to_owned();
    }
    percent_decode_str(&text.replace('+', "%20")).decode_utf8_lossy().into_owned()
}
