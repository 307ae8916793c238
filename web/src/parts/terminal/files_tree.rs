//! A home's listing as a tree.

use crate::state::homes::{Entry, Listing};

/// A file, or a folder with what is in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    pub entry: Entry,
    pub children: Vec<Node>,
}

impl Node {
    /// How many files are below.
    pub fn files(&self) -> usize {
        self.children.iter().map(|child| if child.entry.folder { child.files() } else { 1 }).sum()
    }
}

/// The tree; folders that begin with a dot last.
pub fn tree(listing: &Listing) -> Vec<Node> {
    let mut nodes = below(&listing.entries, "");
    nodes.sort_by_key(|node| node.entry.name().starts_with('.'));
    nodes
}

fn below(entries: &[Entry], folder: &str) -> Vec<Node> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let is_child = |entry: &&Entry| {
        entry.path.strip_prefix(&prefix).is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
    };
    let children = entries.iter().filter(is_child);
    children
        .map(|entry| Node {
            entry: entry.clone(),
            children: if entry.folder { below(entries, &entry.path) } else { vec![] },
        })
        .collect()
}

/// The icon of a file, by its name.
pub fn icon(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default() {
        "py" => "python",
        "csv" | "tsv" | "parquet" | "json" => "table",
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "mp4" => "image",
        _ => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_a_tree() {
        let entry = |path: &str, folder| Entry { path: path.into(), folder, ..Entry::default() };
        let entries = vec![
            entry(".aws", true),
            entry(".aws/config", false),
            entry("work", true),
            entry("work/a", true),
            entry("work/a/x.csv", false),
            entry("work/ab", false),
        ];
        let nodes = tree(&Listing { entries, ..Listing::default() });
        let names: Vec<_> = nodes.iter().map(|node| (node.entry.name(), node.files())).collect();
        assert_eq!(names, [("work", 2), (".aws", 1)]);
        let inside: Vec<_> = nodes[0].children.iter().map(|node| node.entry.name()).collect();
        assert_eq!(inside, ["a", "ab"]);
    }
}
