//! What could stand at a cursor: of the Terminal's line, and of Python's prompt.

use serde::Deserialize;

/// What could stand at the cursor.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Completions {
    /// Where the text to replace begins, in characters.
    pub from: usize,
    pub items: Vec<Item>,
    pub total: usize,
    /// What the page has to look up itself.
    pub resources: Option<Resources>,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Item {
    pub text: String,
    /// What follows it when it is taken: a blank, or nothing where more is to come.
    pub end: String,
    pub hint: String,
    pub value: String,
}

/// Buckets, or keys of a bucket, that begin with `prefix`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Resources {
    /// bucket or key
    pub kind: String,
    pub bucket: String,
    pub prefix: String,
    /// What stands before the name.
    pub lead: String,
}

/// The line with an item in its place, and where the cursor then stands; all in characters.
pub fn taken(line: &str, point: usize, from: usize, item: &Item) -> (String, usize) {
    let before: String = line.chars().take(from).collect();
    let after: String = line.chars().skip(point).collect();
    let end = if after.starts_with(' ') { "" } else { &item.end };
    let begun = format!("{before}{}{end}", item.text);
    let cursor = begun.chars().count();
    (begun + &after, cursor)
}

/// What all items begin with.
pub fn common(items: &[Item]) -> String {
    let mut common = items.first().map(|item| item.text.clone()).unwrap_or_default();
    for item in items {
        while !item.text.starts_with(&common) {
            common.pop();
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_takes_the_place_of_the_word() {
        let item = Item { text: "s3://b/".into(), ..Item::default() };
        assert_eq!(taken("aws s3 ls s3://", 15, 10, &item), ("aws s3 ls s3://b/".into(), 17));
        let item = Item { text: "--key".into(), end: " ".into(), ..Item::default() };
        assert_eq!(taken("aws --k x", 7, 4, &item), ("aws --key x".into(), 9));
        assert_eq!(taken("ü --k", 5, 2, &item), ("ü --key ".into(), 8));
    }
}
