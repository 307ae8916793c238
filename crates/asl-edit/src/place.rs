//! Where a state stands, where one can be put, and where each leads to.

use std::collections::BTreeSet;

use crate::Refusal;
use crate::draft::Draft;
use crate::tree::Span;

/// A way out of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// `Next`, or `End`.
    Next,
    /// A rule of a Choice, by its place.
    Rule(usize),
    /// `Default` of a Choice.
    Default,
    /// A Catcher, by its place.
    Catch(usize),
}

/// A `States` map: the machine's own, or one within a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ScopeAt {
    /// The Parallel or Map state; none: the machine itself.
    pub state: Option<String>,
    /// Which branch of a Parallel.
    pub branch: usize,
}

/// Where a state can be put.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// At the beginning of a scope.
    Start(ScopeAt),
    /// On a way out of a state.
    On {
        /// The state.
        state: String,
        /// The way.
        way: Way,
    },
}

impl Place {
    /// Behind a state.
    pub fn after(state: impl Into<String>) -> Self {
        Self::On { state: state.into(), way: Way::Next }
    }
}

/// Where a way leads to; `None`: the machine, the branch or the iteration ends.
pub type Target = Option<String>;

/// A state in the text.
#[derive(Debug, Clone)]
pub struct Found {
    /// The scope that it stands in: the machine, a branch, a processor.
    pub scope: Span,
    /// Which that is.
    pub at: ScopeAt,
    /// The state.
    pub state: Span,
}

impl Found {
    /// The `States` of its scope.
    pub fn states(&self) -> &Span {
        static NONE: Span = Span { from: 0, to: 0, members: Vec::new(), items: Vec::new() };
        self.scope.get("States").unwrap_or(&NONE)
    }
}

/// The scopes within a state: branches of a Parallel, the processor of a Map.
pub fn inner(state: &Span) -> Vec<&Span> {
    let branches = state.list("Branches").iter();
    let processor = state.get("ItemProcessor").or_else(|| state.get("Iterator"));
    branches.chain(processor).collect()
}

impl Draft<'_> {
    /// Finds a state, wherever it stands.
    ///
    /// # Errors
    /// There is none by this name.
    pub fn find(&self, name: &str) -> Result<Found, Refusal> {
        fn within(scope: &Span, at: ScopeAt, name: &str) -> Option<Found> {
            let states = scope.get("States")?;
            if let Some(state) = states.get(name) {
                return Some(Found { scope: scope.clone(), at, state: state.clone() });
            }
            states.members.iter().find_map(|member| {
                inner(&member.value).into_iter().enumerate().find_map(|(branch, scope)| {
                    within(scope, ScopeAt { state: Some(member.name.clone()), branch }, name)
                })
            })
        }
        within(&self.whole, ScopeAt::default(), name)
            .ok_or_else(|| Refusal::NoSuchState(name.to_owned()))
    }

    /// Finds a scope.
    ///
    /// # Errors
    /// It is not there, or no object.
    pub fn scope(&self, at: &ScopeAt) -> Result<Span, Refusal> {
        let Some(name) = &at.state else { return Ok(self.whole.clone()) };
        let found = self.find(name)?;
        let scope = inner(&found.state).into_iter().nth(at.branch).cloned();
        scope.ok_or_else(|| Refusal::NoSuchPlace(name.clone()))
    }

    /// The type of a state.
    pub fn kind(&self, state: &Span) -> String {
        self.string_of(state, "Type").unwrap_or_default()
    }

    /// All ways out of a state, with where they lead to. A Succeed and a Fail have none.
    pub fn ways(&self, state: &Span) -> Vec<(Way, Target)> {
        let kind = self.kind(state);
        let mut ways = Vec::new();
        if kind == "Choice" {
            for (at, rule) in state.list("Choices").iter().enumerate() {
                ways.push((Way::Rule(at), self.string_of(rule, "Next")));
            }
            ways.extend(self.string_of(state, "Default").map(|to| (Way::Default, Some(to))));
        } else if !matches!(kind.as_str(), "Succeed" | "Fail") {
            ways.push((Way::Next, self.string_of(state, "Next")));
        }
        for (at, catcher) in state.list("Catch").iter().enumerate() {
            ways.push((Way::Catch(at), self.string_of(catcher, "Next")));
        }
        ways
    }

    /// The way on which goes what follows a state: `Next`; for a Choice its Default, else its first rule.
    pub fn main_way(&self, state: &Span) -> Option<(Way, Target)> {
        let ways = self.ways(state);
        let main = ways.iter().find(|(way, _)| matches!(way, Way::Next | Way::Default));
        main.or_else(|| ways.iter().find(|(way, _)| matches!(way, Way::Rule(_)))).cloned()
    }

    /// The states of a scope that are reached from its beginning.
    pub fn reached(&self, scope: &Span) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<String> = self.string_of(scope, "StartAt").into_iter().collect();
        while let Some(name) = open.pop() {
            let Some(state) = scope.get("States").and_then(|states| states.get(&name)) else {
                continue;
            };
            if reached.insert(name) {
                open.extend(self.ways(state).into_iter().filter_map(|(_, to)| to));
            }
        }
        reached
    }

    /// The names of all states, those within others too.
    pub fn names(&self) -> Vec<String> {
        fn add(scope: &Span, names: &mut Vec<String>) {
            for member in scope.get("States").into_iter().flat_map(|states| &states.members) {
                names.push(member.name.clone());
                inner(&member.value).into_iter().for_each(|scope| add(scope, names));
            }
        }
        let mut names = Vec::new();
        add(&self.whole, &mut names);
        names
    }

    /// A name like this one that no state has.
    pub fn free_name(&self, like: &str) -> String {
        free(like, &self.names().into_iter().collect())
    }

    /// Where a place leads to now.
    ///
    /// # Errors
    /// The place is not there.
    pub fn target(&self, place: &Place) -> Result<Target, Refusal> {
        match place {
            Place::Start(at) => {
                let scope = self.scope(at)?;
                let start = self.string_of(&scope, "StartAt");
                let there = |name: &String| {
                    scope.get("States").is_some_and(|states| states.get(name).is_some())
                };
                Ok(start.filter(there))
            }
            Place::On { state, way } => {
                let found = self.find(state)?;
                let kind = self.kind(&found.state);
                if *way == Way::Default && kind == "Choice" {
                    return Ok(self.string_of(&found.state, "Default"));
                }
                let ways = self.ways(&found.state);
                let way = ways.into_iter().find(|(one, _)| one == way);
                way.map(|(_, to)| to).ok_or_else(|| match kind.as_str() {
                    "Succeed" | "Fail" => Refusal::NothingFollows(state.clone()),
                    _ => Refusal::NoSuchPlace(state.clone()),
                })
            }
        }
    }

    /// Has a way of a state lead elsewhere.
    ///
    /// # Errors
    /// Only `Next` can end; the way has to be there.
    pub fn lead(&mut self, name: &str, way: Way, to: Option<&str>) -> Result<(), Refusal> {
        let state = self.find(name)?.state;
        let target = to.map(serde_json::Value::from);
        let no_place = || Refusal::NoSuchPlace(name.to_owned());
        let (object, field) = match way {
            Way::Next => {
                self.lead_on(&state, target);
                return Ok(());
            }
            Way::Default => (&state, "Default"),
            Way::Rule(at) => (state.list("Choices").get(at).ok_or_else(no_place)?, "Next"),
            Way::Catch(at) => (state.list("Catch").get(at).ok_or_else(no_place)?, "Next"),
        };
        match (target, object.get(field)) {
            (Some(target), Some(old)) => self.replace(old, &target),
            (Some(target), None) => {
                self.add(object, field, &target.to_string(), crate::draft::Beside::Last);
            }
            (None, Some(_)) if way == Way::Default => self.remove(object, &[field]),
            (None, None) if way == Way::Default => {}
            (None, _) => return Err(Refusal::CannotEnd(name.to_owned())),
        }
        Ok(())
    }

    /// `Next` or `End`: one takes the place of the other.
    fn lead_on(&mut self, state: &Span, to: Option<serde_json::Value>) {
        let (next, end) = (state.member("Next"), state.member("End"));
        let (field, value) = to.map_or(("End", true.into()), |to| ("Next", to));
        match (next.or(end), field) {
            (Some(old), field) if old.name == field => self.replace(&old.value, &value),
            (Some(old), field) => {
                let colon = self.part(old.name_to, old.value.from);
                let text = format!("\"{field}\"{colon}{value}");
                self.change(old.from, old.value.to, text);
                // With both in it, the other goes.
                if next.is_some() && end.is_some() {
                    self.remove(state, &["End"]);
                }
            }
            (None, field) => {
                self.add(state, field, &value.to_string(), crate::draft::Beside::Last);
            }
        }
    }
}

/// A name like this one that is not taken: with a number, and not too long.
pub(crate) fn free(like: &str, taken: &BTreeSet<String>) -> String {
    let like: String = like.trim().chars().take(74).collect();
    let like = if like.is_empty() { "State".to_owned() } else { like };
    let numbered = (2..).map(|count| format!("{like} {count}"));
    let mut names = std::iter::once(like.clone()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

/// All places of a definition where a state can be put, in the order of the text.
pub fn places(text: &str) -> Vec<Place> {
    fn add(draft: &Draft<'_>, scope: &Span, at: ScopeAt, all: &mut Vec<Place>) {
        all.push(Place::Start(at));
        for member in scope.get("States").into_iter().flat_map(|states| &states.members) {
            let ways = draft.ways(&member.value).into_iter().map(|(way, _)| way);
            let name = member.name.clone();
            all.extend(ways.map(|way| Place::On { state: name.clone(), way }));
            for (branch, scope) in inner(&member.value).into_iter().enumerate() {
                add(draft, scope, ScopeAt { state: Some(name.clone()), branch }, all);
            }
        }
    }
    let mut all = Vec::new();
    if let Ok(draft) = Draft::of(text) {
        add(&draft, &draft.whole, ScopeAt::default(), &mut all);
    }
    all
}
