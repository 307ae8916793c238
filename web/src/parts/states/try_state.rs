//! Runs one state by itself with `TestState`: with an input, variables, and a result or an error in the place of its task. Every
//! stage of its data is shown.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::states::call;
use crate::parts::console::told::Tell;
use crate::parts::states::fields::{picked, typed};
use crate::parts::states::stages;
use crate::state::states::{find_state, pretty};
use crate::words::{self, states as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    /// The whole definition that the state stands in.
    pub definition: AttrValue,
    pub role_arn: AttrValue,
    pub name: AttrValue,
    /// An input to begin with.
    pub input: AttrValue,
    /// Variables to begin with, as JSON.
    #[prop_or_default]
    pub variables: AttrValue,
}

/// What is tried.
#[derive(Clone, PartialEq)]
struct Trial {
    input: String,
    variables: String,
    /// Nothing, a result, or an error in the place of what the state does.
    mock: Mock,
    result: String,
    error: String,
    cause: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mock {
    None,
    Result,
    Error,
}

impl Trial {
    fn begin(props: &Props) -> Self {
        Self {
            input: pretty(&props.input),
            variables: pretty(&props.variables),
            mock: Mock::None,
            result: "{}".into(),
            error: "States.TaskFailed".into(),
            cause: String::new(),
        }
    }

    /// What is no JSON, in words.
    fn wrong(&self) -> Option<String> {
        let mut texts = vec![&self.input];
        texts.extend(Some(&self.variables).filter(|text| !text.trim().is_empty()));
        texts.extend(Some(&self.result).filter(|_| self.mock == Mock::Result));
        let found = texts.into_iter().find_map(|text| serde_json::from_str::<Value>(text).err());
        found.map(|error| words::s3::not_json(&error.to_string()))
    }

    /// The input of `TestState`. <https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html>
    fn asked(&self, props: &Props) -> Value {
        let mut asked = json!({
            "definition": &*props.definition, "stateName": &*props.name, "roleArn": &*props.role_arn,
            "input": self.input, "inspectionLevel": "TRACE",
        });
        let mock = match self.mock {
            Mock::None => None,
            Mock::Result => Some(json!({ "result": self.result, "fieldValidationMode": "NONE" })),
            Mock::Error => {
                Some(json!({ "errorOutput": { "error": self.error, "cause": self.cause } }))
            }
        };
        if let Some(members) = asked.as_object_mut() {
            members.extend(mock.map(|mock| ("mock".to_owned(), mock)));
            if !self.variables.trim().is_empty() {
                members.insert("variables".into(), self.variables.clone().into());
            }
        }
        asked
    }
}

/// The form, and what came of it.
#[component]
pub fn TryState(props: &Props) -> Html {
    let trial = use_state_eq(|| Trial::begin(props));
    let busy = use_state_eq(|| false);
    let answer = use_state_eq(|| None::<Value>);
    let change = |how: fn(&mut Trial, String)| {
        let trial = trial.clone();
        move |value: String| {
            let mut next = (*trial).clone();
            how(&mut next, value);
            trial.set(next);
        }
    };
    let onsubmit = {
        let (props, trial, busy, answer) =
            (props.clone(), trial.clone(), busy.setter(), answer.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (props, trial, busy, answer) =
                (props.clone(), (*trial).clone(), busy.clone(), answer.clone());
            busy.set(true);
            spawn_local(async move {
                answer.set(run(&props, &trial).await);
                busy.set(false);
            });
        })
    };
    let wrong = trial.wrong();
    let area = |id: &'static str, name: &'static str, text: &str, change: Callback<InputEvent>| {
        let rows = text.lines().count().clamp(2, 8).to_string();
        html! { <label class="fld">{ name }<textarea {id} class="input mono doc-field" {rows} spellcheck="false" autocomplete="off" autocapitalize="off" oninput={change} value={text.to_owned()} /></label> }
    };
    let line = |id: &'static str, name: &'static str, text: &str, change: Callback<InputEvent>| {
        html! {
            <label class="fld">{ name }<input {id} class="input mono" spellcheck="false" autocomplete="off" autocapitalize="off" oninput={change} value={text.to_owned()} /></label>
        }
    };
    let mocks = [
        ("none", Mock::None, said::MOCK_NONE),
        ("result", Mock::Result, said::MOCK_RESULT),
        ("error", Mock::Error, said::MOCK_ERROR),
    ];
    html! {
        <form class="sf-try" {onsubmit} aria-label={said::try_named(&props.name)}>
            { area("try-input", said::INPUT, &trial.input, typed(change(|trial, text| trial.input = text))) }
            { area("try-variables", said::VARIABLES, &trial.variables, typed(change(|trial, text| trial.variables = text))) }
            if may_mock(props) {
                <label class="fld">{ said::ITS_WORK }<select class="select" id="try-mock" onchange={picked(change(|trial, kind| trial.mock = match kind.as_str() { "result" => Mock::Result, "error" => Mock::Error, _ => Mock::None }))}>
                    { for mocks.into_iter().map(|(value, mock, words)| html! { <option {value} selected={trial.mock == mock}>{ words }</option> }) }
                </select></label>
                if trial.mock == Mock::Result { { area("try-result", said::RESULT, &trial.result, typed(change(|trial, text| trial.result = text))) } }
                if trial.mock == Mock::Error {
                    { line("try-error", said::ERROR, &trial.error, typed(change(|trial, text| trial.error = text))) }
                    { line("try-cause", said::CAUSE, &trial.cause, typed(change(|trial, text| trial.cause = text))) }
                }
            }
            <p class="small bad-words" aria-live="polite">{ wrong.clone().unwrap_or_default() }</p>
            <div class="row"><button class="btn small" id="try-now" type="submit" disabled={*busy || wrong.is_some() || !props.desk.cloud.may_change()}>{ said::TRY_NOW }</button></div>
            <div aria-live="polite" class="sf-tried">if let Some(answer) = &*answer { { stages::told(answer, "sf-flow") } }</div>
        </form>
    }
}

/// Only what does work can have something in its place.
fn may_mock(props: &Props) -> bool {
    let definition: Value = serde_json::from_str(&props.definition).unwrap_or_default();
    let kind = find_state(&definition, &props.name).and_then(|state| state.get("Type")?.as_str());
    matches!(kind, Some("Task" | "Map" | "Parallel"))
}

async fn run(props: &Props, trial: &Trial) -> Option<Value> {
    match call(&props.desk, "TestState", trial.asked(props)).await {
        Ok(answer) => {
            props.tell.did.emit(Deed { words: said::tried(&props.name), seq: answer.seq });
            Some(answer.output)
        }
        Err(why) => {
            props.tell.refused.emit(("TestState".into(), why));
            None
        }
    }
}
