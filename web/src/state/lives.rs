//! The lives of resources as the worker tells them, and what a moment of the past looks like from now.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The turns of objects' lives, earliest first, by key.
pub type Lives = BTreeMap<String, Vec<Turn>>;

/// What is asked of an object in its turns: all by which one content is told from another.
pub const TOLD: [&str; 4] = ["ETag", "LastModified", "VersionId", "DeleteMarker"];

/// A turn in the life of a resource.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Turn {
    /// The call that did it, or the last one before time did.
    pub call: u64,
    /// How many jumps in time followed that call.
    pub jump: u32,
    /// Virtual time in ms.
    pub at: f64,
    /// Whether the call did it; else time that went by.
    pub by_call: bool,
    /// `added`, `changed`, `removed`
    pub kind: String,
    /// What the resource then was, of what was asked for.
    pub after: Option<Value>,
}

/// One life of the worker's answer.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Life {
    pub path: Vec<String>,
    pub turns: Vec<Turn>,
}

/// What happened to an object in a turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    Put,
    /// Put once more: with other content, or at another time.
    PutOver,
    /// Its metadata, tags, class, lock.
    Changed,
    /// A delete marker hides it.
    Hidden,
    Deleted,
}

impl Turn {
    /// Whether it is later than what was after `call`.
    pub const fn is_after(&self, call: u64) -> bool {
        self.call > call || self.call == call && self.jump > 0
    }

    /// Whether it is what `call` left behind.
    pub const fn is_at(&self, call: u64) -> bool {
        self.call == call && self.jump == 0
    }

    fn member(&self, name: &str) -> Option<&Value> {
        self.after.as_ref()?.get(name)
    }

    fn is_marker(&self) -> bool {
        self.member("DeleteMarker").and_then(Value::as_bool) == Some(true)
    }
}

/// What happened to an object, turn by turn.
pub fn story(turns: &[Turn]) -> impl DoubleEndedIterator<Item = (&Turn, Happened)> {
    let before = std::iter::once(None).chain(turns.iter().map(Some));
    let told: Vec<_> =
        turns.iter().zip(before).map(|(turn, old)| (turn, happened(turn, old))).collect();
    told.into_iter()
}

fn happened(turn: &Turn, before: Option<&Turn>) -> Happened {
    let same = |name| before.is_some_and(|before| before.member(name) == turn.member(name));
    match turn.kind.as_str() {
        "removed" => Happened::Deleted,
        _ if turn.is_marker() => Happened::Hidden,
        "added" => Happened::Put,
        _ if before.is_some_and(Turn::is_marker) => Happened::Put,
        // What it was before the earliest turn that is known is not.
        _ if before.is_some() && !(same("ETag") && same("LastModified") && same("VersionId")) => {
            Happened::PutOver
        }
        _ => Happened::Changed,
    }
}

/// What a moment of the past is for an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Fate {
    /// What the call that is looked at has done to it.
    pub then: Option<Happened>,
    /// The last that has happened to it since, and by which call if by one; nothing if it is the same.
    pub since: Option<(Happened, Option<u64>)>,
}

impl Fate {
    /// That of a life, looked at after `call`.
    pub fn of(turns: &[Turn], call: u64) -> Self {
        let then = story(turns).find(|(turn, _)| turn.is_at(call) && turn.by_call);
        let since = story(turns).next_back().filter(|(turn, _)| turn.is_after(call));
        Self {
            then: then.map(|(_, happened)| happened),
            since: since.map(|(turn, it)| (it, turn.by_call.then_some(turn.call))),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Happened::{Changed, Deleted, Hidden, Put, PutOver};
    use super::*;

    fn turn(call: u64, kind: &str, after: Value) -> Turn {
        let after = (!after.is_null()).then_some(after);
        Turn { call, by_call: true, kind: kind.to_owned(), after, ..Turn::default() }
    }

    #[test]
    fn a_life_is_told_in_words_of_objects() {
        let turns = [
            turn(2, "added", json!({ "ETag": "a", "LastModified": "1" })),
            turn(3, "changed", json!({ "ETag": "a", "LastModified": "1", "Tags": {} })),
            turn(4, "changed", json!({ "ETag": "b", "LastModified": "1", "Tags": {} })),
            turn(5, "changed", json!({ "DeleteMarker": true })),
            turn(6, "changed", json!({ "ETag": "b", "LastModified": "1" })),
            turn(7, "removed", Value::Null),
        ];
        let told: Vec<_> = story(&turns).map(|(_, happened)| happened).collect();
        assert_eq!(told, [Put, Changed, PutOver, Hidden, Put, Deleted]);
    }

    #[test]
    fn the_last_turn_tells_how_it_is_now() {
        let turns = [turn(2, "added", json!({ "ETag": "a" })), turn(4, "removed", Value::Null)];
        assert_eq!(Fate::of(&turns, 3), Fate { then: None, since: Some((Deleted, Some(4))) });
        assert_eq!(Fate::of(&turns, 4), Fate { then: Some(Deleted), since: None });
        assert_eq!(Fate::of(&[], 1), Fate::default());
        // A jump in time after the call that is looked at is later than it.
        let expired = Turn { jump: 1, by_call: false, ..turn(4, "removed", Value::Null) };
        assert_eq!(Fate::of(&[expired], 4), Fate { then: None, since: Some((Deleted, None)) });
    }
}
