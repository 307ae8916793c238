//! [`Pattern`], and how an event fits it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::event::{Fields, Membership};
use crate::rule::Rule;
use crate::{Invalid, parse};

/// Ways of combining elements of lists that are tried before an event is held not to fit: only an event and a pattern
/// that were made for it come near.
const TRIES_MAX: usize = 100_000;

/// What must be at some paths, all of it.
pub type Alternative = BTreeMap<String, Vec<Rule>>;

/// Which events are wanted: those that fit one of its alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    alternatives: Vec<Alternative>,
}

impl Pattern {
    /// Reads a pattern. What is wrong with a text that is none is told in AWS's words.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Ok(Self { alternatives: parse::alternatives(text)? })
    }

    /// Whether an event is wanted.
    pub fn matches(&self, event: &Json) -> bool {
        let fields = Fields::of(event);
        self.alternatives.iter().any(|alternative| fits(alternative, &fields))
    }

    /// The operators that it uses: `prefix`, `numeric`.
    pub fn operators(&self) -> BTreeSet<&'static str> {
        let rules = self.alternatives.iter().flat_map(BTreeMap::values).flatten();
        rules.filter_map(Rule::operator).collect()
    }

    /// Whether it asks for what is within this member of an event.
    pub fn looks_into(&self, member: &str) -> bool {
        let mut paths = self.alternatives.iter().flat_map(BTreeMap::keys);
        paths.any(|path| path.strip_prefix(member).is_some_and(|rest| rest.starts_with('.')))
    }
}

/// Whether all rules are met, by values that lie in the same elements of lists.
fn fits(alternative: &Alternative, fields: &Fields<'_>) -> bool {
    let mut wanted = Vec::new();
    for (path, rules) in alternative {
        let found = fields.at(path);
        if found.is_empty() {
            if rules.iter().any(Rule::wants_nothing) {
                continue;
            }
            return false;
        }
        let fitting = found.iter().filter(|field| rules.iter().any(|rule| rule.fits(field.value)));
        let places: BTreeSet<&Membership> = fitting.map(|field| &field.membership).collect();
        if places.is_empty() {
            return false;
        }
        wanted.push(places);
    }
    combines(&wanted, &Membership::new(), &mut 0)
}

/// Whether one place of each can be had together with those that are had.
fn combines(wanted: &[BTreeSet<&Membership>], had: &Membership, tries: &mut usize) -> bool {
    let Some((places, rest)) = wanted.split_first() else { return true };
    places.iter().any(|place| {
        *tries += 1;
        if *tries > TRIES_MAX
            || place.iter().any(|(list, at)| had.get(list).is_some_and(|it| it != at))
        {
            return false;
        }
        let mut both = had.clone();
        both.extend(place.iter());
        combines(rest, &both, tries)
    })
}
