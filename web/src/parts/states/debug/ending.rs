//! How a task ends, where somebody says so: with a result, or with an error and its cause.

use yew::prelude::*;

use super::{area, wrong};
use crate::parts::states::fields::{picked, typed};
use crate::words::{debug as said, states as words};

/// An end.
#[derive(Clone, PartialEq, Debug)]
pub enum Ending {
    /// Nobody says how.
    Real,
    Result(String),
    /// An error and its cause.
    Error(String, String),
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Begins the ids of its fields.
    pub id: &'static str,
    pub label: AttrValue,
    /// The ways it can end, in words: as it really does (if that can be chosen), with a result, with an error.
    pub ways: [Option<&'static str>; 3],
    pub begin: Ending,
    pub button: &'static str,
    pub disabled: bool,
    pub done: Callback<Ending>,
}

/// What is in the fields.
#[derive(Clone, PartialEq)]
struct Draft {
    way: &'static str,
    result: String,
    error: String,
    cause: String,
}

impl Draft {
    fn of(begin: &Ending) -> Self {
        let mut draft = Self {
            way: "real",
            result: "{}".into(),
            error: "States.TaskFailed".into(),
            cause: String::new(),
        };
        match begin {
            Ending::Real => {}
            Ending::Result(result) => {
                draft.way = "result";
                draft.result = crate::state::states::pretty(result);
            }
            Ending::Error(error, cause) => {
                draft.way = "error";
                draft.error.clone_from(error);
                draft.cause.clone_from(cause);
            }
        }
        draft
    }

    fn ending(&self) -> Ending {
        match self.way {
            "result" => Ending::Result(self.result.clone()),
            "error" => Ending::Error(self.error.clone(), self.cause.clone()),
            _ => Ending::Real,
        }
    }
}

/// The form.
#[component]
pub fn EndingForm(props: &Props) -> Html {
    let draft = use_state_eq(|| Draft::of(&props.begin));
    let change = |how: fn(&mut Draft, String)| {
        let draft = draft.clone();
        move |value: String| {
            let mut next = (*draft).clone();
            how(&mut next, value);
            draft.set(next);
        }
    };
    let onsubmit = {
        let (draft, done) = (draft.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            done.emit(draft.ending());
        })
    };
    let wrong = (draft.way == "result").then(|| wrong(&draft.result)).flatten();
    let id = |field: &str| format!("{}-{field}", props.id);
    let line = |field: &str, name: &'static str, text: &str, oninput: Callback<InputEvent>| {
        html! {
            <label class="fld">{ name }<input id={id(field)} class="input mono" spellcheck="false" autocomplete="off" autocapitalize="off" {oninput} value={text.to_owned()} /></label>
        }
    };
    let ways = ["real", "result", "error"].into_iter().zip(props.ways);
    let result = if props.id == "mock" { "mock-result" } else { "answer-result" };
    html! {
        <form class="sf-try" {onsubmit} aria-label={props.label.clone()}>
            <label class="fld">{ &props.label }<select class="select" id={id("way")} onchange={picked(change(|draft, way| draft.way = match way.as_str() { "result" => "result", "error" => "error", _ => "real" }))}>
                { for ways.filter_map(|(value, words)| words.map(|words| html! { <option {value} selected={draft.way == value}>{ words }</option> })) }
            </select></label>
            if draft.way == "result" { { area(result, words::RESULT, &draft.result, typed(change(|draft, text| draft.result = text))) } }
            if draft.way == "error" {
                { line("error", words::ERROR, &draft.error, typed(change(|draft, text| draft.error = text))) }
                { line("cause", words::CAUSE, &draft.cause, typed(change(|draft, text| draft.cause = text))) }
            }
            <p class="small bad-words" aria-live="polite">{ wrong.clone().unwrap_or_default() }</p>
            <div class="row"><button class="btn small" id={id("now")} type="submit" disabled={props.disabled || wrong.is_some()}>{ props.button }</button></div>
        </form>
    }
}

/// The ways a mock has.
pub const MOCKS: [Option<&str>; 3] =
    [Some(said::REALLY), Some(said::WITH_RESULT), Some(said::WITH_ERROR)];
/// The ways an answer has.
pub const ANSWERS: [Option<&str>; 3] = [None, Some(said::SUCCESS), Some(said::FAILURE)];
