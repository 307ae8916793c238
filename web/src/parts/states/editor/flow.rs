//! What becomes of data in a state: a sample comes in, and every stage is shown. The cloud says so, by `TestState`: without a
//! trace while something stands in the place of the state's work, as a real call when it is tried.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Deed;
use crate::hooks::states::call;
use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::{Ed, Props};
use crate::parts::states::editor::field::select;
use crate::parts::states::fields::typed;
use crate::parts::states::stages;
use crate::state::states::pretty;
use crate::state::states::session::{Action, Data, Mock};
use crate::words::{state_editor as said, states as states_said};

/// A state with what it is tried with.
#[derive(Clone, PartialEq)]
struct Trial {
    name: String,
    /// The state alone: what else is wrong with the definition is no matter.
    definition: Value,
    input: String,
    variables: String,
    mock: Mock,
    role_arn: String,
}

impl Trial {
    fn of(ed: &Ed, name: &str) -> Self {
        let (input, variables) = ed.session.data.of(name);
        let mut definition = ed.value(Some(name), "").unwrap_or_default();
        let language = ed.language(Some(name)).name();
        if let Some(members) = definition.as_object_mut() {
            members.insert("QueryLanguage".to_owned(), language.into());
        }
        let mock = ed.session.data.mock(name);
        let role_arn = ed.machine.role_arn.clone();
        Self { name: name.to_owned(), definition, input, variables, mock, role_arn }
    }

    fn kind(&self) -> &str {
        self.definition.get("Type").and_then(Value::as_str).unwrap_or_default()
    }

    fn works(&self) -> bool {
        matches!(self.kind(), "Task" | "Map" | "Parallel")
    }

    /// With something in the place of its work, so that nothing is really called.
    fn mocked(mut self) -> Self {
        if self.works() && self.mock == Mock::None {
            let result = if self.kind() == "Task" { "{}" } else { "[]" };
            self.mock = Mock::Result(result.to_owned());
        }
        self
    }

    /// Whether all that is written is JSON.
    fn is_whole(&self) -> bool {
        let result = match &self.mock {
            Mock::Result(text) => text.as_str(),
            _ => "{}",
        };
        [self.input.as_str(), &self.variables, result]
            .iter()
            .all(|text| serde_json::from_str::<Value>(text).is_ok())
    }

    /// The input of `TestState`. <https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html>
    fn asked(&self) -> Value {
        let mut asked = json!({
            "definition": self.definition.to_string(), "roleArn": self.role_arn, "input": self.input,
            "variables": self.variables, "inspectionLevel": "TRACE",
        });
        let mock = match &self.mock {
            Mock::None => None,
            Mock::Result(text) => Some(json!({ "result": text, "fieldValidationMode": "NONE" })),
            Mock::Error(error, cause) => {
                Some(json!({ "errorOutput": { "error": error, "cause": cause } }))
            }
        };
        if let (Some(members), Some(mock), true) = (asked.as_object_mut(), mock, self.works()) {
            members.insert("mock".to_owned(), mock);
        }
        asked
    }
}

/// What came of it.
#[derive(Clone, PartialEq)]
enum Came {
    Nothing,
    Answer(Value),
    Refused(String),
}

/// The simulator.
#[component]
pub fn Flow(props: &Props) -> Html {
    let ed = &props.ed;
    let came = use_state_eq(|| Came::Nothing);
    let busy = use_state_eq(|| false);
    let trial = ed.session.chosen.as_deref().map(|name| Trial::of(ed, name));
    use_quiet(ed, trial.clone(), &came);
    let body = match trial {
        None => machine_input(ed),
        Some(trial) => {
            html! { <>{ inputs(ed, &trial) }{ buttons(ed, &trial, &busy, &came) }<div aria-live="polite">{ told(&came) }</div></> }
        }
    };
    let title = ed.session.chosen.as_deref().map_or(said::DATA.to_owned(), said::data_through);
    html! {
        <section class="sfe-data scroll" tabindex="0" aria-labelledby="data-h">
            <div class="sub-head"><h3 id="data-h">{ title }</h3></div>
            <div class="sfe-stages">{ body }</div>
        </section>
    }
}

fn change(ed: &Ed, how: impl Fn(&mut Data, String) + 'static) -> Callback<InputEvent> {
    let ed = ed.clone();
    typed(move |text| {
        let mut data = ed.session.data.clone();
        how(&mut data, text);
        ed.act(Action::Data(data));
    })
}

fn area(id: &'static str, label: &str, text: &str, oninput: Callback<InputEvent>) -> Html {
    let rows = text.lines().count().clamp(2, 7).to_string();
    let wrong = !text.trim().is_empty() && serde_json::from_str::<Value>(text).is_err();
    let about = format!("{id}-about");
    html! {
        <div class="fld"><label for={id}>{ label }</label>
            <textarea {id} class="input mono doc-field" {rows} spellcheck="false" autocomplete="off" autocapitalize="off" aria-invalid={wrong.to_string()} aria-describedby={about.clone()} {oninput} value={text.to_owned()} />
            <p id={about} class="small bad-words">{ if wrong { said::NOT_JSON } else { "" } }</p></div>
    }
}

fn machine_input(ed: &Ed) -> Html {
    let input = &ed.session.data.input;
    html! { <div class="sfe-inputs">{ area("sample-input", said::SAMPLE, input, change(ed, |data, text| data.input = text)) }<p class="small dim2">{ said::SAMPLE_MORE }</p></div> }
}

fn inputs(ed: &Ed, trial: &Trial) -> Html {
    let set = |which: bool| {
        let (name, input, variables) =
            (trial.name.clone(), trial.input.clone(), trial.variables.clone());
        change(ed, move |data, text| {
            let both = if which { (text, variables.clone()) } else { (input.clone(), text) };
            data.inputs.insert(name.clone(), both);
        })
    };
    html! {
        <div class="sfe-inputs">
            { area("sample-input", said::COMES_IN, &trial.input, set(true)) }
            { area("sample-variables", said::VARIABLES, &trial.variables, set(false)) }
            if trial.works() { { mock(ed, trial) } }
        </div>
    }
}

/// What stands in the place of the state's work.
fn mock(ed: &Ed, trial: &Trial) -> Html {
    let name = trial.name.clone();
    let now = match &trial.mock {
        Mock::None => "none",
        Mock::Result(_) => "result",
        Mock::Error(..) => "error",
    };
    let empty = if trial.kind() == "Task" { "{}" } else { "[]" };
    let options = [
        ("none", said::MOCK_NONE),
        ("result", states_said::MOCK_RESULT),
        ("error", states_said::MOCK_ERROR),
    ];
    let options = options.map(|(value, words)| (value.to_owned(), words.to_owned())).to_vec();
    let pick = {
        let (ed, name) = (ed.clone(), name.clone());
        move |kind: String| {
            let mut data = ed.session.data.clone();
            let mock = match kind.as_str() {
                "result" => Mock::Result(empty.to_owned()),
                "error" => Mock::Error("States.TaskFailed".to_owned(), String::new()),
                _ => Mock::None,
            };
            data.mocks.insert(name.clone(), mock);
            ed.act(Action::Data(data));
        }
    };
    let set = |how: fn(&mut Mock, String)| {
        let name = name.clone();
        change(ed, move |data, text| {
            if let Some(mock) = data.mocks.get_mut(&name) {
                how(mock, text);
            }
        })
    };
    let set_result: fn(&mut Mock, String) = |mock, text| *mock = Mock::Result(text);
    let set_error: fn(&mut Mock, String) = |mock, text| {
        if let Mock::Error(error, _) = mock {
            *error = text;
        }
    };
    let set_cause: fn(&mut Mock, String) = |mock, text| {
        if let Mock::Error(_, cause) = mock {
            *cause = text;
        }
    };
    let line = |id: &'static str,
                label: &'static str,
                text: &str,
                oninput: Callback<InputEvent>| {
        html! {
            <div class="fld"><label for={id}>{ label }</label><input {id} class="input mono" spellcheck="false" autocomplete="off" {oninput} value={text.to_owned()} /></div>
        }
    };
    html! {
        <>
            { select(("sample-mock", states_said::ITS_WORK), options, now, true, pick) }
            { match &trial.mock {
                Mock::None => html! {},
                Mock::Result(text) => area("sample-result", states_said::RESULT, text, set(set_result)),
                Mock::Error(error, cause) => html! { <>{ line("sample-error", states_said::ERROR, error, set(set_error)) }{ line("sample-cause", states_said::CAUSE, cause, set(set_cause)) }</> },
            } }
        </>
    }
}

fn buttons(
    ed: &Ed,
    trial: &Trial,
    busy: &UseStateHandle<bool>,
    came: &UseStateHandle<Came>,
) -> Html {
    let try_now = {
        let (ed, trial, busy, came) = (ed.clone(), trial.clone(), busy.setter(), came.setter());
        Callback::from(move |_: MouseEvent| {
            let (ed, trial, busy, came) = (ed.clone(), trial.clone(), busy.clone(), came.clone());
            busy.set(true);
            spawn_local(async move {
                match call(&ed.desk, "TestState", trial.asked()).await {
                    Ok(answer) => {
                        let words = states_said::tried(&trial.name);
                        ed.tell.did.emit(Deed { words, seq: answer.seq });
                        keep(&ed, &trial.name, &answer.output);
                        came.set(Came::Answer(answer.output));
                    }
                    Err(why) => ed.tell.refused.emit(("TestState".into(), why)),
                }
                busy.set(false);
            });
        })
    };
    let carry = {
        let (ed, name, came) = (ed.clone(), trial.name.clone(), came.setter());
        Callback::from(move |_: MouseEvent| {
            let (ed, name, came) = (ed.clone(), name.clone(), came.clone());
            spawn_local(async move {
                if let Err(words) = carried(&ed, &name).await {
                    came.set(Came::Refused(words));
                }
            });
        })
    };
    let off = **busy || !trial.is_whole() || !ed.may();
    html! {
        <div class="row wrap">
            <button class="btn small" id="try-state" type="button" disabled={off} onclick={try_now}><Icon name="run" />{ said::TRY }</button>
            <button class="btn small" id="carry-sample" type="button" onclick={carry} title={said::CARRY_MORE}><Icon name="follow" />{ said::CARRY }</button>
        </div>
    }
}

/// The result that a state gave is what its form completes with.
fn keep(ed: &Ed, name: &str, answer: &Value) {
    let result = answer.pointer("/inspectionData/result").and_then(Value::as_str);
    if let Some(result) = result.and_then(|text| serde_json::from_str(text).ok()) {
        ed.act(Action::Gave(name.to_owned(), result));
    }
}

/// Asks without a trace, once the learner has paused, if nothing is really called by it.
#[hook]
fn use_quiet(ed: &Ed, trial: Option<Trial>, came: &UseStateHandle<Came>) {
    const PAUSE_MS: u32 = 300;
    let (ed, came) = (ed.clone(), came.setter());
    let ready = ed.desk.cloud.is_ours();
    use_effect_with((trial, ready), move |(trial, ready)| {
        let alive = Rc::new(Cell::new(true));
        let quiet = trial.clone().filter(|trial| *ready && trial.is_whole());
        // A Wait takes its time: it is tried, or not.
        let quiet = quiet.filter(|trial| trial.kind() != "Wait");
        let quiet = quiet.filter(|trial| !trial.works() || trial.mock != Mock::None);
        let here = alive.clone();
        let timer = quiet.map(|trial| {
            gloo::timers::callback::Timeout::new(PAUSE_MS, move || {
                spawn_local(async move {
                    let told = quietly(&ed, &trial).await;
                    if here.get() {
                        if let Came::Answer(answer) = &told {
                            keep(&ed, &trial.name, answer);
                        }
                        came.set(told);
                    }
                });
            })
        });
        move || {
            alive.set(false);
            drop(timer);
        }
    });
}

async fn quietly(ed: &Ed, trial: &Trial) -> Came {
    match ed.desk.quietly("stepfunctions", "TestState", trial.asked()).await {
        Ok(answer) => Came::Answer(answer.output),
        Err(why) => Came::Refused(words_of(&why)),
    }
}

/// Takes the sample through the states that come before, without a trace, and leaves it with the state.
async fn carried(ed: &Ed, name: &str) -> Result<(), String> {
    /// A loop that does not end is no way to a state.
    const STEPS_MAX: usize = 200;
    let mut here = ed.string(None, "/StartAt").unwrap_or_default();
    let (mut input, mut variables) = (ed.session.data.input.clone(), "{}".to_owned());
    for _ in 0..STEPS_MAX {
        if here == name {
            ed.act(Action::Brought(name.to_owned(), (pretty(&input), pretty(&variables))));
            return Ok(());
        }
        let trial = Trial {
            input: input.clone(),
            variables: variables.clone(),
            ..Trial::of(ed, &here).mocked()
        };
        if trial.kind() == "Wait" {
            // Its data goes on as it came; nobody waits for a sample.
            let next = trial.definition.get("Next").and_then(Value::as_str);
            here = next.ok_or(said::NOT_ON_THE_WAY)?.to_owned();
            continue;
        }
        let answer = match quietly(ed, &trial).await {
            Came::Answer(answer) => answer,
            Came::Refused(why) => return Err(said::stopped(&here, &why)),
            Came::Nothing => return Err(said::NOT_ON_THE_WAY.to_owned()),
        };
        let text =
            |pointer: &str| answer.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        if let Some(error) = text("/error").filter(|_| text("/status").as_deref() == Some("FAILED"))
        {
            return Err(said::stopped(&here, &error));
        }
        variables = text("/inspectionData/variables").unwrap_or(variables);
        input = text("/output").unwrap_or_else(|| "{}".to_owned());
        match text("/nextState") {
            Some(next) => here = next,
            None => return Err(said::NOT_ON_THE_WAY.to_owned()),
        }
    }
    Err(said::NOT_ON_THE_WAY.to_owned())
}

fn told(came: &Came) -> Html {
    let answer = match came {
        Came::Nothing => return html! { <p class="small dim2">{ said::NOTHING_TRIED }</p> },
        Came::Refused(words) => {
            return html! { <p class="note bad"><Icon name="x" /><span>{ words }</span></p> };
        }
        Came::Answer(answer) => answer,
    };
    stages::told(answer, "sfe-flow")
}
