//! A definition that is being edited: its history, what is chosen, what is in hand, and the data that it is looked at with.

use std::collections::BTreeMap;
use std::rc::Rc;

use cloudarium_asl_edit::draft::Draft as Parsed;
use cloudarium_asl_edit::{Edited, History, Place, Refusal, Told, fields, states};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use yew::Reducible;

use crate::state::states::draft::{self, Draft};

/// What waits for a place.
#[derive(Clone, PartialEq, Debug)]
pub enum Hand {
    /// A new state: the name that it would like, and what it is.
    New { like: String, state: Value },
    /// A state of the definition.
    Move(String),
}

impl Hand {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::New { like, .. } | Self::Move(like) => like,
        }
    }
}

/// What the learner should be told of the last edit.
#[derive(Clone, PartialEq, Debug)]
pub enum Note {
    Refused(Refusal),
    Told(Vec<Told>),
    /// The machine was changed elsewhere while it is edited here.
    Elsewhere,
    /// A draft was found that had not been saved; whether the machine has changed since.
    Draft(bool),
}

/// What a narrow window shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pane {
    Add,
    Outline,
    #[default]
    Graph,
    Form,
    Data,
    Text,
}

impl Pane {
    /// As they stand in a row.
    pub const ALL: [Self; 6] =
        [Self::Add, Self::Outline, Self::Graph, Self::Form, Self::Data, Self::Text];

    /// Its name in the style sheet.
    pub fn id(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Outline => "outline",
            Self::Graph => "graph",
            Self::Form => "form",
            Self::Data => "data",
            Self::Text => "asl",
        }
    }
}

/// What stands in the place of a state's work when it is tried.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Mock {
    #[default]
    None,
    Result(String),
    Error(String, String),
}

/// The data that states are looked at with, as it is written.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Data {
    /// The input of the whole machine.
    pub input: String,
    /// By state what comes to it and the variables it finds, where that is another.
    pub inputs: BTreeMap<String, (String, String)>,
    /// By state what stands in the place of its work.
    pub mocks: BTreeMap<String, Mock>,
    /// By state the result that it gave last.
    #[serde(skip)]
    pub results: BTreeMap<String, Value>,
}

impl Data {
    /// Whether somebody wrote the same; results apart, which are nobody's writing.
    pub fn is_as(&self, other: &Self) -> bool {
        (&self.input, &self.inputs, &self.mocks) == (&other.input, &other.inputs, &other.mocks)
    }

    /// What comes to a state, and its variables.
    pub fn of(&self, state: &str) -> (String, String) {
        self.inputs.get(state).cloned().unwrap_or_else(|| (self.input.clone(), "{}".to_owned()))
    }

    /// What stands in the place of a state's work.
    pub fn mock(&self, state: &str) -> Mock {
        self.mocks.get(state).cloned().unwrap_or_default()
    }

    fn rename(&mut self, old: &str, new: &str) {
        if let Some(input) = self.inputs.remove(old) {
            self.inputs.insert(new.to_owned(), input);
        }
        if let Some(mock) = self.mocks.remove(old) {
            self.mocks.insert(new.to_owned(), mock);
        }
        if let Some(result) = self.results.remove(old) {
            self.results.insert(new.to_owned(), result);
        }
    }
}

/// Everything about a definition that is being edited.
#[derive(Clone, PartialEq, Debug)]
pub struct Session {
    /// As it is saved.
    pub saved: String,
    /// What was saved when the changes here began.
    base: u64,
    pub history: History,
    /// The last text that could be read; the picture shows it.
    pub shown: String,
    pub chosen: Option<String>,
    pub hand: Option<Hand>,
    /// The place that was chosen before what comes there.
    pub place: Option<Place>,
    pub note: Option<Note>,
    pub pane: Pane,
    pub data: Data,
}

/// What can be done.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// An edit, and what it is called.
    Edit(Result<Edited, Refusal>, String),
    /// More of an edit that goes on letter by letter.
    GoOn(Result<String, Refusal>, String),
    /// The text was typed in.
    Type(String, &'static str),
    Undo,
    Redo,
    Choose(Option<String>),
    Take(Option<Hand>),
    /// A place was chosen: what is in hand comes there, or it waits.
    Put(Place, String),
    LeavePlace,
    Show(Pane),
    Forget,
    Saved(String),
    Data(Data),
    /// A state gave a result: what was written meanwhile stays.
    Gave(String, Value),
    /// What comes to a state, and its variables.
    Brought(String, (String, String)),
    /// A state has another name.
    Rename(String, String, String),
}

impl Session {
    /// Begins with a saved definition.
    pub fn new(saved: &str, input: String) -> Self {
        Self {
            saved: saved.to_owned(),
            base: draft::digest(saved),
            history: History::new(saved),
            shown: saved.to_owned(),
            chosen: None,
            hand: None,
            place: None,
            note: None,
            pane: Pane::default(),
            data: Data { input, ..Data::default() },
        }
    }

    /// Goes on with a draft that was found. It is a step, so that it can be taken back.
    pub fn with_draft(mut self, draft: &Draft, did: &str) -> Self {
        let stale = draft.base != self.base;
        self.base = draft.base;
        self.history.edit(draft.text.clone(), did);
        self.settle();
        self.note = Some(Note::Draft(stale));
        self
    }

    /// What there is to keep; nothing if all is saved.
    pub fn draft(&self) -> Option<Draft> {
        let draft = || Draft { base: self.base, text: self.text().to_owned() };
        self.is_changed().then(draft)
    }

    /// The text as it is.
    pub fn text(&self) -> &str {
        self.history.text()
    }

    /// Whether there is something to save.
    pub fn is_changed(&self) -> bool {
        self.text() != self.saved
    }

    /// Why the text cannot be read, if it cannot.
    pub fn broken(&self) -> Option<Refusal> {
        if self.shown == self.text() { None } else { Parsed::of(self.text()).err() }
    }

    /// After an edit: what can be read is shown, and a state that is gone is not chosen.
    fn settle(&mut self) {
        let Ok(draft) = Parsed::of(self.history.text()) else { return };
        let there = |name: &String| draft.find(name).is_ok();
        let chosen = self.chosen.take().filter(there);
        let hand = self.hand.take().filter(|hand| match hand {
            Hand::Move(name) => there(name),
            Hand::New { .. } => true,
        });
        (self.chosen, self.hand) = (chosen, hand);
        self.shown = self.history.text().to_owned();
    }

    fn edit(&mut self, edited: Result<Edited, Refusal>, did: String) {
        match edited {
            Ok(Edited { text, state, told }) => {
                self.history.edit(text, did);
                self.chosen = state.or(self.chosen.take());
                self.note = Some(told).filter(|told| !told.is_empty()).map(Note::Told);
                self.settle();
            }
            Err(refused) => self.note = Some(Note::Refused(refused)),
        }
    }

    fn put(&mut self, place: Place, did: String) {
        let text = self.text().to_owned();
        let edited = match &self.hand {
            None => {
                self.place = Some(place);
                return;
            }
            Some(Hand::New { like, state }) => states::insert(&text, &place, like, state),
            Some(Hand::Move(name)) => states::move_to(&text, name, &place),
        };
        if edited.is_ok() {
            (self.hand, self.place) = (None, None);
        }
        self.edit(edited, did);
    }

    fn take(&mut self, hand: Option<Hand>) {
        self.hand = hand;
        self.note = None;
        if let (Some(hand), Some(place)) = (&self.hand, self.place.take()) {
            let did = hand.name().to_owned();
            self.put(place, did);
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Edit(edited, did) => self.edit(edited, did),
            Action::GoOn(Ok(text), did) => {
                self.history.go_on(text, did);
                self.note = None;
                self.settle();
            }
            Action::GoOn(Err(refused), _) => self.note = Some(Note::Refused(refused)),
            Action::Type(text, did) => {
                self.history.go_on(text, did);
                self.note = None;
                self.settle();
            }
            Action::Undo => {
                self.history.undo();
                self.note = None;
                self.settle();
            }
            Action::Redo => {
                self.history.redo();
                self.note = None;
                self.settle();
            }
            Action::Choose(name) => {
                self.history.pause();
                self.note = None;
                self.chosen = name;
            }
            Action::Take(hand) => self.take(hand),
            Action::Put(place, did) => self.put(place, did),
            Action::LeavePlace => (self.hand, self.place) = (None, None),
            Action::Show(pane) => self.pane = pane,
            Action::Forget => self.note = None,
            Action::Saved(text) => self.follow(text),
            Action::Data(data) => self.data = data,
            Action::Gave(state, result) => drop(self.data.results.insert(state, result)),
            Action::Brought(state, both) => drop(self.data.inputs.insert(state, both)),
            Action::Rename(old, new, did) => {
                let edited = states::rename(self.text(), &old, &new);
                if edited.is_ok() {
                    self.data.rename(&old, &new);
                }
                self.edit(edited, did);
            }
        }
    }

    /// The saved definition is another: what was not changed here follows it.
    fn follow(&mut self, saved: String) {
        if saved != self.saved && saved != self.text() {
            if self.is_changed() {
                self.note = Some(Note::Elsewhere);
            } else {
                self.history.edit(saved.clone(), String::new());
                self.settle();
            }
        }
        self.saved = saved;
        if !self.is_changed() {
            self.base = draft::digest(&self.saved);
        }
    }

    /// The type of a state.
    pub fn kind(&self, name: &str) -> String {
        let kind = fields::value(&self.shown, Some(name), "/Type");
        kind.and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.act(action);
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use cloudarium_asl_edit::fresh::{self, Language};

    use super::*;

    const TEXT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;

    fn after(actions: Vec<Action>) -> Session {
        let mut session = Session::new(TEXT, "{}".into());
        actions.into_iter().for_each(|action| session.act(action));
        session
    }

    fn wait() -> Hand {
        Hand::New { like: "Wait".into(), state: fresh::state("Wait", Language::JsonPath) }
    }

    #[test]
    fn what_is_taken_comes_where_it_is_put_in_either_order() {
        let place = Place::after("A");
        let first =
            after(vec![Action::Take(Some(wait())), Action::Put(place.clone(), "put".into())]);
        let second = after(vec![Action::Put(place, "put".into()), Action::Take(Some(wait()))]);
        assert_eq!(first.text(), second.text());
        assert_eq!(first.chosen.as_deref(), Some("Wait"));
        assert_eq!((first.hand, second.place), (None, None));
    }

    #[test]
    fn what_is_refused_stays_in_hand_and_is_told() {
        let place = Place::after("nobody");
        let session = after(vec![Action::Take(Some(wait())), Action::Put(place, "put".into())]);
        assert_eq!(session.text(), TEXT);
        assert!(session.hand.is_some());
        assert!(matches!(session.note, Some(Note::Refused(Refusal::NoSuchState(_)))));
    }

    #[test]
    fn a_text_that_is_broken_is_kept_and_the_picture_waits() {
        let mut session = after(vec![Action::Type("{".into(), "typing")]);
        assert_eq!((session.text(), session.shown.as_str()), ("{", TEXT));
        assert!(matches!(session.broken(), Some(Refusal::NotJson(_))));
        session.act(Action::Edit(states::delete("{", "A"), "deleted".into()));
        assert_eq!(session.text(), "{");
        session.act(Action::Undo);
        assert_eq!((session.text(), session.broken()), (TEXT, None));
    }

    #[test]
    fn a_name_that_is_changed_takes_its_data_along() {
        let mut data = Data::default();
        data.mocks.insert("A".into(), Mock::Result("{}".into()));
        let session = after(vec![
            Action::Choose(Some("A".into())),
            Action::Data(data),
            Action::Rename("A".into(), "B".into(), "renamed".into()),
        ]);
        assert_eq!(session.chosen.as_deref(), Some("B"));
        assert_eq!(session.data.mock("B"), Mock::Result("{}".into()));
    }

    #[test]
    fn a_draft_that_was_found_goes_on_and_can_be_taken_back() {
        let typed = after(vec![Action::Type("{}".into(), "typing")]);
        let draft = typed.draft().expect("something to keep");
        let mut again = Session::new(TEXT, "{}".into()).with_draft(&draft, "draft");
        assert_eq!((again.text(), again.note.clone()), ("{}", Some(Note::Draft(false))));
        assert_eq!(again.draft().as_ref(), Some(&draft));
        again.act(Action::Undo);
        assert_eq!((again.text(), again.draft()), (TEXT, None));
        let other = TEXT.replace("Pass", "Succeed");
        let stale = Session::new(&other, "{}".into()).with_draft(&draft, "draft");
        assert_eq!(stale.note, Some(Note::Draft(true)), "the machine has changed since");
    }

    #[test]
    fn a_draft_that_cannot_be_read_is_kept_as_it_is() {
        let typed = after(vec![Action::Type("{".into(), "typing")]);
        let draft = typed.draft().expect("something to keep");
        let again = Session::new(TEXT, "{}".into()).with_draft(&draft, "draft");
        assert_eq!((again.text(), again.shown.as_str()), ("{", TEXT));
    }

    #[test]
    fn data_comes_back_as_it_was_written_and_results_do_not() {
        let inputs = BTreeMap::from([("A".to_owned(), ("{\"a\":1}".to_owned(), "{}".to_owned()))]);
        let mocks = BTreeMap::from([("B".to_owned(), Mock::Error("E".into(), "why".into()))]);
        let results = BTreeMap::from([("A".to_owned(), Value::from(7))]);
        let data = Data { input: "[]".into(), inputs, mocks, results };
        let written = serde_json::to_string(&data).expect("it is text");
        let again: Data = serde_json::from_str(&written).expect("it is the same");
        assert!(again.is_as(&data) && again.results.is_empty());
        assert!(!again.is_as(&Data::default()));
    }

    #[test]
    fn what_is_saved_elsewhere_is_followed_unless_something_is_changed_here() {
        let other = TEXT.replace("Pass", "Succeed");
        assert_eq!(after(vec![Action::Saved(other.clone())]).text(), other);
        let typed = after(vec![Action::Type("{}".into(), "typing"), Action::Saved(other)]);
        assert_eq!(typed.text(), "{}");
        assert!(typed.is_changed());
        assert_eq!(typed.note, Some(Note::Elsewhere), "what would be written over is told");
        let own = after(vec![Action::Type("{}".into(), "typing"), Action::Saved("{}".into())]);
        assert_eq!(own.note, None, "what is saved here is no news");
    }
}
