//! What became of resources: every moment that made one, changed it or took it away, as far back as moments are held.
//!
//! It is written down when somebody asks, and from then on only what is new.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use cloudarium_env::Timestamp;
use cloudarium_shape::Value;

use crate::Cloud;
use crate::changes::Kind;
use crate::history::{History, Moment, Point};
use crate::state::State;

/// The names of a resource from the outside in, as [`crate::Resource`] has them.
pub type ResourcePath = Vec<String>;

/// Turns in lives, earliest first.
pub type Lives = BTreeMap<ResourcePath, Vec<Turn>>;

/// A turn in the life of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The first moment that holds its outcome.
    pub moment: Moment,
    /// Virtual time of it.
    pub at: Timestamp,
    /// Whether it was the moment's call that did it; else it came with time: a timer, a jump.
    pub by_call: bool,
    /// Whether the resource came, went or changed.
    pub kind: Kind,
    /// What it was from then on; `None` if it went.
    pub after: Option<Value>,
}

/// The lives of all resources of a service, up to a moment.
pub struct Book {
    service: String,
    /// The earliest moment that it tells of.
    first: Moment,
    /// The moment that it goes up to, and its tick: another way through time has other ticks.
    last: (Moment, u64),
    lives: Lives,
}

impl Cloud {
    /// The turns in the lives of these resources of `service`. What happened before the earliest moment that is held is not
    /// known: a life that begins otherwise than by [`Kind::Added`] is older.
    pub fn lives(&mut self, service: &str, paths: &BTreeSet<ResourcePath>) -> Lives {
        let timeline = &mut self.timeline;
        let kept = timeline.lives.take().filter(|book| book.holds(service, &timeline.history));
        let Some(mut book) = kept.or_else(|| Book::begin(service, &timeline.history)) else {
            return Lives::new();
        };
        book.go_on(&timeline.history);
        let of = |path: &ResourcePath| Some((path.clone(), book.lives.get(path)?.clone()));
        let told = paths.iter().filter_map(of).collect();
        timeline.lives = Some(book);
        told
    }
}

impl Book {
    fn begin(service: &str, history: &History) -> Option<Self> {
        let first = history.first()?;
        let (_, point) = history.at(first)?;
        let mut book = Self {
            service: service.to_owned(),
            first,
            last: (first, point.tick),
            lives: Lives::new(),
        };
        if let Some(before) = &point.before {
            book.note((&before.state, &point.after), first, first.jump == 0);
        }
        Some(book)
    }

    /// Whether it tells of this service, begins as early as what is held, and tells of nothing that never was.
    fn holds(&self, service: &str, history: &History) -> bool {
        let (moment, tick) = self.last;
        let is_last = |(at, point): (Moment, &Rc<Point>)| at == moment && point.tick == tick;
        let is_whole = history.first().is_some_and(|first| self.first <= first);
        self.service == service && is_whole && history.at(moment).is_some_and(is_last)
    }

    /// Adds what is new, and forgets what is no longer held.
    fn go_on(&mut self, history: &History) {
        if let Some(first) = history.first().filter(|first| *first > self.first) {
            self.first = first;
            self.lives.retain(|_, turns| {
                turns.retain(|turn| turn.moment >= first);
                !turns.is_empty()
            });
        }
        let Some((_, mut then)) = history.at(self.last.0) else { return };
        for (moment, point) in history.after(self.last.0) {
            self.turn_page(then, (moment, point));
            then = point;
        }
    }

    fn turn_page(&mut self, then: &Point, (moment, point): (Moment, &Point)) {
        let by_call = moment.jump == 0;
        match &point.before {
            Some(before) => {
                self.note((&then.after, &before.state), moment, false);
                self.note((&before.state, &point.after), moment, by_call);
            }
            None => self.note((&then.after, &point.after), moment, by_call),
        }
        self.last = (moment, point.tick);
    }

    /// Writes down what differs between two states that follow one another.
    fn note(&mut self, (before, after): (&State, &State), moment: Moment, by_call: bool) {
        let mut rooms = before.rooms.iter().zip(&after.rooms);
        let Some((then, now)) = rooms.find(|(_, now)| now.service.name() == self.service) else {
            return;
        };
        if now.is(then) {
            return;
        }
        for changed in now.service.changes_since(then.service.as_ref()) {
            let kind = Kind::of(&changed);
            let turn = Turn { moment, at: after.now, by_call, kind, after: changed.after };
            self.lives.entry(changed.path).or_default().push(turn);
        }
    }
}
