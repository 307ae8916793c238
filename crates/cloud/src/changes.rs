//! What a call changed: resources and their members, and the bill.

use cloudarium_meter::bill::cost_of;
use cloudarium_service::Changed;
use cloudarium_shape::Value;

use crate::Cloud;
use crate::history::Moment;
use crate::state::State;

/// What one call changed, and what time did since the call before where nothing else tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WhatChanged {
    /// Resources in the order of their paths.
    pub resources: Vec<Resource>,
    /// What came onto the bill.
    pub charges: Vec<Charge>,
}

/// One resource that came, went or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The model's name: `s3`.
    pub service: &'static str,
    /// Its names from the outside in.
    pub path: Vec<String>,
    /// Whether it came, went or changed.
    pub kind: Kind,
    /// Its members that differ; all of them when it came.
    pub members: Vec<Member>,
}

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is another than before.
    Changed,
}

impl Kind {
    /// Of a change that a room tells.
    pub(crate) fn of(changed: &Changed) -> Self {
        match (&changed.before, &changed.after) {
            (None, _) => Self::Added,
            (_, None) => Self::Removed,
            _ => Self::Changed,
        }
    }
}

/// One member that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name and those of the members around it: `Metadata`, `author`.
    pub path: Vec<String>,
    /// What it was.
    pub before: Option<Value>,
    /// What it is.
    pub after: Option<Value>,
}

/// One thing that was used more of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The model's name.
    pub service: String,
    /// As AWS's usage reports name it.
    pub usage_type: String,
    /// `PUT`
    pub verb: String,
    /// How many before: requests, or bytes.
    pub before: u64,
    /// How many after.
    pub after: u64,
    /// What it cost, in millionths of a millionth of a US dollar.
    pub pico_usd: u128,
}

impl Cloud {
    /// What `call` changed; `None` if the moments around it are not held.
    pub fn what_changed(&self, call: u64) -> Option<WhatChanged> {
        let history = &self.timeline.history;
        let (moment, point) = history.at(Moment::after(call))?;
        if moment != Moment::after(call) {
            // A read that no moment is held of: a probe.
            return (call <= self.calls().last_seq()).then(WhatChanged::default);
        }
        let before = match &point.before {
            Some(before) => &before.state,
            None => &history.before(moment)?.1.after,
        };
        Some(between(before, &point.after))
    }
}

/// What differs in `after` from `before`.
fn between(before: &State, after: &State) -> WhatChanged {
    let mut resources = Vec::new();
    let rooms = before.rooms.iter().zip(&after.rooms);
    for (then, now) in rooms.filter(|(then, now)| !now.is(then)) {
        let changed = now.service.changes_since(then.service.as_ref());
        resources.extend(changed.into_iter().map(|changed| resource(now.service.name(), changed)));
    }
    resources.sort_by(|a: &Resource, b: &Resource| (a.service, &a.path).cmp(&(b.service, &b.path)));
    let charges = after.usage.since(&before.usage).map(|(what, before, after)| Charge {
        service: what.service.clone(),
        usage_type: what.usage_type.clone(),
        verb: what.verb.clone(),
        before,
        after,
        pico_usd: cost_of(what, after).saturating_sub(cost_of(what, before)),
    });
    WhatChanged { resources, charges: charges.collect() }
}

fn resource(service: &'static str, changed: Changed) -> Resource {
    let kind = Kind::of(&changed);
    let Changed { path, before, after } = changed;
    let mut members = Vec::new();
    // What is gone is told by its name alone.
    if kind != Kind::Removed {
        compare(&mut Vec::new(), before.as_ref(), after.as_ref(), &mut members);
    }
    Resource { service, path, kind, members }
}

/// Compares two trees member by member; lists are one value each.
fn compare(
    path: &mut Vec<String>,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Member>,
) {
    if before == after {
        return;
    }
    let names = |value: Option<&Value>| match value {
        Some(Value::Map(map)) => Some(map.keys().cloned().collect::<Vec<String>>()),
        None => Some(Vec::new()),
        Some(_) => None,
    };
    match (names(before), names(after)) {
        (Some(then), Some(now)) if !(before.is_none() && after.is_none()) => {
            let mut all = then;
            all.extend(now);
            all.sort();
            all.dedup();
            for name in all {
                path.push(name.clone());
                let member = |of: Option<&Value>| of.and_then(|value| value.get(&name)).cloned();
                compare(path, member(before).as_ref(), member(after).as_ref(), found);
                path.pop();
            }
        }
        _ => {
            let (before, after) = (before.cloned(), after.cloned());
            found.push(Member { path: path.clone(), before, after });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(members: &[(&str, Value)]) -> Value {
        Value::Map(
            members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        )
    }

    fn lines(before: Option<&Value>, after: Option<&Value>) -> Vec<String> {
        let mut found = Vec::new();
        compare(&mut Vec::new(), before, after, &mut found);
        let line = |member: &Member| {
            format!("{} {:?} {:?}", member.path.join("."), member.before, member.after)
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn trees_are_compared_by_member() {
        let before = map(&[("Size", Value::Int(1)), ("Tags", map(&[("a", "x".into())]))]);
        let after = map(&[("Size", Value::Int(2)), ("Tags", map(&[("b", "x".into())]))]);
        assert_eq!(
            lines(Some(&before), Some(&after)),
            [
                "Size Some(Int(1)) Some(Int(2))",
                "Tags.a Some(String(\"x\")) None",
                "Tags.b None Some(String(\"x\"))"
            ]
        );
        assert_eq!(lines(Some(&before), Some(&before)), Vec::<String>::new());
    }

    #[test]
    fn what_came_shows_all_its_members() {
        let after = map(&[("Size", Value::Int(2)), ("Empty", map(&[]))]);
        assert_eq!(lines(None, Some(&after)), ["Size None Some(Int(2))"]);
    }

    #[test]
    fn a_member_that_becomes_something_else_is_one_line() {
        let before = map(&[("A", Value::Int(1))]);
        let after = map(&[("A", map(&[("B", Value::Int(1))]))]);
        assert_eq!(lines(Some(&before), Some(&after)).len(), 1);
    }
}
