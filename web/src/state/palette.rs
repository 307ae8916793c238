//! What the command palette finds, and in which order. Pure: the items are gathered elsewhere.

use crate::route::Route;
use crate::state::cloud::ClockWish;
use crate::state::prefs::Theme;

/// A group of the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Action,
    Lesson,
    Resource,
    Call,
    Doc,
}

impl Kind {
    /// In the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Action, Self::Lesson, Self::Resource, Self::Call, Self::Doc];
}

/// What an item does.
#[derive(Clone, PartialEq, Debug)]
pub enum Does {
    Go(Route),
    /// An address outside of the page, in a tab of its own.
    Link(String),
    Run,
    Stop,
    Theme(Theme),
    Region(String),
    Drawer,
    Compare,
    Share,
    SaveAll,
    Import,
    Keys,
    Clock(ClockWish),
    Call(u64),
}

/// Something that can be found.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    pub kind: Kind,
    pub icon: &'static str,
    /// The class that colours the icon.
    pub class: &'static str,
    pub title: String,
    pub sub: String,
    /// The word at the right, when there are no keys.
    pub of: &'static str,
    pub keys: &'static [&'static str],
    pub does: Does,
}

/// How many of a group are shown among all groups, and how many of one group alone.
const SHOWN_OF_EACH: usize = 4;
const SHOWN_OF_ONE: usize = 60;

/// The items that the words of `query` all occur in: the best of each group first. Also how many there were.
pub fn find<'a>(items: &'a [Item], query: &str, kind: Option<Kind>) -> (Vec<&'a Item>, usize) {
    let words = words_of(query);
    let mut shown = vec![];
    let mut count = 0;
    for group in Kind::ALL.into_iter().filter(|group| kind.is_none_or(|kind| kind == *group)) {
        // Calls and documentation are many: they come when they are asked for.
        let quiet = words.is_empty() && kind.is_none() && group > Kind::Resource;
        let of_group = items.iter().filter(|item| item.kind == group && !quiet);
        let mut found: Vec<(u8, &Item)> =
            of_group.filter_map(|item| Some((rank(item, &words)?, item))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        count += found.len();
        let most = if kind.is_some() { SHOWN_OF_ONE } else { SHOWN_OF_EACH };
        shown.extend(found.into_iter().take(most).map(|(_, item)| item));
    }
    (shown, count)
}

fn words_of(query: &str) -> Vec<String> {
    query.split_whitespace().map(str::to_ascii_lowercase).collect()
}

/// 0 is the best; nothing when a word is missing.
fn rank(item: &Item, words: &[String]) -> Option<u8> {
    let (title, sub) = (item.title.to_ascii_lowercase(), item.sub.to_ascii_lowercase());
    let one = |word: &String| match title.find(word.as_str()) {
        Some(0) => Some(0),
        Some(at) => {
            let before = title.get(..at).and_then(|before| before.chars().next_back());
            Some(if before.is_some_and(char::is_alphanumeric) { 2 } else { 1 })
        }
        None => sub.contains(word.as_str()).then_some(3),
    };
    words.iter().try_fold(0, |worst: u8, word| Some(worst.max(one(word)?)))
}

/// The text in pieces, each with whether a word of the query is in it: what is marked.
pub fn marked<'a>(text: &'a str, query: &str) -> Vec<(&'a str, bool)> {
    let lower = text.to_ascii_lowercase();
    let mut hits: Vec<(usize, usize)> = words_of(query)
        .iter()
        .filter_map(|word| lower.find(word.as_str()).map(|at| (at, at + word.len())))
        .collect();
    hits.sort_unstable();
    let (mut pieces, mut at) = (vec![], 0);
    for (from, to) in hits {
        if from >= at {
            pieces.push((text.get(at..from).unwrap_or_default(), false));
            pieces.push((text.get(from..to).unwrap_or_default(), true));
            at = to;
        }
    }
    pieces.push((text.get(at..).unwrap_or_default(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(kind: Kind, title: &str, sub: &str) -> Item {
        Item {
            kind,
            icon: "run",
            class: "",
            title: title.into(),
            sub: sub.into(),
            of: "",
            keys: &[],
            does: Does::Keys,
        }
    }

    fn titles(items: &[Item], query: &str, kind: Option<Kind>) -> Vec<String> {
        find(items, query, kind).0.into_iter().map(|item| item.title.clone()).collect()
    }

    #[test]
    fn all_words_must_be_there_and_titles_come_before_what_stands_beside() {
        let items = [
            item(Kind::Doc, "S3.Client.put_object", "Bucket, Key"),
            item(Kind::Lesson, "Storage classes", "what a PUT costs"),
            item(Kind::Lesson, "Output", ""),
            item(Kind::Lesson, "Put, get, list, delete", "S3"),
            item(Kind::Action, "Run main.py", "puts hello.txt"),
        ];
        let found = titles(&items, "put", None);
        let expected = [
            "Run main.py",
            "Put, get, list, delete",
            "Output",
            "Storage classes",
            "S3.Client.put_object",
        ];
        assert_eq!(found, expected);
        assert_eq!(titles(&items, "put key", None), ["S3.Client.put_object"]);
        assert!(titles(&items, "nothing", None).is_empty());
    }

    #[test]
    fn without_a_query_only_short_groups_are_shown() {
        let items: Vec<Item> = (0..9)
            .map(|n| item(Kind::Doc, &n.to_string(), ""))
            .chain([item(Kind::Action, "Run", "")])
            .collect();
        assert_eq!(titles(&items, "", None), ["Run"]);
        assert_eq!(titles(&items, " ", Some(Kind::Doc)).len(), 9);
        assert_eq!(find(&items, "", Some(Kind::Doc)).1, 9);
    }

    #[test]
    fn what_was_found_is_marked() {
        assert_eq!(
            marked("S3.put_object", "PUT"),
            [("S3.", false), ("put", true), ("_object", false)]
        );
        assert_eq!(marked("Schlüssel", "ssel"), [("Schlü", false), ("ssel", true)]);
        assert_eq!(marked("aba", "a b"), [("a", true), ("b", true), ("a", false)]);
        assert_eq!(marked("x", ""), [("x", false)]);
    }
}
