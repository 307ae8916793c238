//! What all parts of the editor share: the definition as it stands, and how it is changed.

use std::cell::RefCell;
use std::rc::Rc;

use cloudarium_asl_edit::complete::Sample;
use cloudarium_asl_edit::fresh::Language;
use cloudarium_asl_edit::{Edited, Refusal, fields};
use serde_json::{Value, json};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::told::Tell;
use crate::state::states::debug::Stops;
use crate::state::states::session::{Action, Session};
use crate::state::states::{Machine, find_state};

/// The editor as its parts see it.
#[derive(Clone, PartialEq)]
pub struct Ed {
    pub desk: Desk,
    pub tell: Tell,
    pub machine: Rc<Machine>,
    pub session: UseReducerHandle<Session>,
    /// Where executions of the machine as it is saved stop.
    pub stops: Stops,
}

impl Ed {
    /// Whether anything may be changed: not in the past.
    pub fn may(&self) -> bool {
        self.desk.cloud.may_change()
    }

    pub fn act(&self, action: Action) {
        self.session.dispatch(action);
    }

    /// The definition's text.
    pub fn text(&self) -> &str {
        self.session.text()
    }

    /// An edit that gives a text alone; it leaves what is chosen as it is.
    pub fn edit(&self, text: Result<String, Refusal>, did: impl Into<String>) {
        let state = self.session.chosen.clone();
        self.act(Action::Edit(text.map(|text| Edited { text, state, told: vec![] }), did.into()));
    }

    /// Sets a value, or takes it away.
    pub fn set(&self, state: Option<&str>, pointer: &str, value: Option<&Value>, did: &str) {
        let text = match value {
            Some(value) => fields::set(self.text(), state, pointer, value),
            None => fields::unset(self.text(), state, pointer),
        };
        self.edit(text, did);
    }

    /// A value of the last text that could be read.
    pub fn value(&self, state: Option<&str>, pointer: &str) -> Option<Value> {
        let whole = read(&self.session.shown);
        let owner = match state {
            Some(name) => find_state(&whole, name)?,
            None => &whole,
        };
        owner.pointer(pointer).cloned()
    }

    /// A text's value.
    pub fn string(&self, state: Option<&str>, pointer: &str) -> Option<String> {
        self.value(state, pointer).and_then(|value| value.as_str().map(str::to_owned))
    }

    /// How data is written in a state, or in the machine.
    pub fn language(&self, state: Option<&str>) -> Language {
        let own = state.and_then(|state| self.string(Some(state), "/QueryLanguage"));
        let said = own.or_else(|| self.string(None, "/QueryLanguage"));
        Language::named(said.as_deref().unwrap_or_default())
    }

    /// The data that a state is looked at with.
    pub fn sample(&self, state: Option<&str>) -> Sample {
        let data = &self.session.data;
        let (input, variables) = match state {
            Some(state) => data.of(state),
            None => (data.input.clone(), String::new()),
        };
        let input: Value = serde_json::from_str(&input).unwrap_or_default();
        let variables = serde_json::from_str::<Value>(&variables).unwrap_or_default();
        let name = state.unwrap_or_default();
        let context = json!({
            "Execution": { "Id": "", "Input": input, "Name": "", "RoleArn": &*self.machine.role_arn, "StartTime": "" },
            "State": { "Name": name, "EnteredTime": "", "RetryCount": 0 },
            "StateMachine": { "Id": &*self.machine.row.arn, "Name": &*self.machine.row.name },
            "Task": { "Token": "" },
            "Map": { "Item": { "Index": 0, "Value": null } },
        });
        let variables = variables.as_object().cloned().unwrap_or_default();
        let result = state.and_then(|state| data.results.get(state)).cloned();
        Sample { input, result, context, variables }
    }
}

thread_local! {
    /// The text that was read last: a form asks for many values of the same one.
    static READ: RefCell<(String, Rc<Value>)> = RefCell::default();
}

fn read(text: &str) -> Rc<Value> {
    READ.with_borrow_mut(|(of, value)| {
        if of != text {
            text.clone_into(of);
            *value = Rc::new(serde_json::from_str(text).unwrap_or_default());
        }
        value.clone()
    })
}

/// What parts that only need the editor are told.
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
}

/// What parts of a state's form are told.
#[derive(Clone, Properties, PartialEq)]
pub struct OfState {
    pub ed: Ed,
    pub name: AttrValue,
}
