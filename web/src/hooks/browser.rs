//! What the middle of the S3 console holds in mind.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::s3::delete::Doomed;
use crate::state::uploads::Batch;

/// Selection, and what is going on.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Held {
    pub find: String,
    pub selected: Rc<BTreeSet<String>>,
    pub doomed: Option<Doomed>,
    pub batch: Option<Batch>,
    /// Whether the form for a new object is open.
    pub writing: bool,
    /// Whether files hang over it.
    pub over: bool,
    /// Counts visits of a prefix, so that its find field is new each time.
    pub visit: u32,
}

/// What changes it.
#[derive(Debug)]
pub enum Act {
    Find(String),
    Select(Rc<BTreeSet<String>>),
    /// Selects a key, or no longer.
    Toggle(String),
    Doom(Option<Doomed>),
    Batch(Option<Batch>),
    Write(bool),
    Over(bool),
    /// What was selected is no more.
    Gone,
    /// Another prefix is looked at.
    Moved,
}

impl Reducible for Held {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Find(text) => {
                next.find = text;
                next.selected = Rc::default();
            }
            Act::Select(keys) => next.selected = keys,
            Act::Toggle(key) => {
                let selected = Rc::make_mut(&mut next.selected);
                if !selected.remove(&key) {
                    selected.insert(key);
                }
            }
            Act::Doom(doomed) => next.doomed = doomed,
            Act::Batch(batch) => next.batch = batch,
            Act::Write(writing) => next.writing = writing,
            Act::Over(over) => next.over = over,
            Act::Gone => next.selected = Rc::default(),
            Act::Moved => {
                next = Self { batch: next.batch, visit: next.visit + 1, ..Self::default() };
            }
        }
        Rc::new(next)
    }
}
