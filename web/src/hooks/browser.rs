//! What the middle of the S3 console holds in mind.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::s3::delete::Doomed;
use crate::state::uploads::Batch;

/// Selection, details, and what is going on.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Held {
    pub find: String,
    pub selected: Rc<BTreeSet<String>>,
    pub shown: Option<AttrValue>,
    pub doomed: Option<Doomed>,
    pub batch: Option<Batch>,
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
    Show(Option<AttrValue>),
    Doom(Option<Doomed>),
    Batch(Option<Batch>),
    Over(bool),
    /// These keys are no more.
    Gone(Vec<String>),
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
            Act::Show(key) => next.shown = key,
            Act::Doom(doomed) => next.doomed = doomed,
            Act::Batch(batch) => next.batch = batch,
            Act::Over(over) => next.over = over,
            Act::Gone(keys) => {
                next.selected = Rc::default();
                next.shown =
                    next.shown.filter(|shown| !keys.iter().any(|key| key == shown.as_str()));
            }
            Act::Moved => {
                next = Self { batch: next.batch, visit: next.visit + 1, ..Self::default() };
            }
        }
        Rc::new(next)
    }
}
