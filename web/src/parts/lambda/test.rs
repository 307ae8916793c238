//! Runs the function with an event: which one, and what came of it.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::event::EventField;
use crate::state::cloud::{self, Answer, ApiCall, Refusal};
use crate::state::lambda::Whole;
use crate::state::lambda::draft::Tests;
use crate::state::lambda::samples::{self, SAMPLES};
use crate::words::lambda as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
    /// Whether there is code that is not deployed.
    pub changed: bool,
    /// How the last run stands, and how that is told.
    pub run: Run,
    pub set_run: Callback<Run>,
}

/// How the last run stands.
#[derive(Clone, PartialEq, Debug)]
pub enum Run {
    None,
    Going,
    /// What Lambda answered, and whether it took the event only.
    Done(Answer, bool),
    Refused(Refusal),
}

/// The bar with the event and the button.
#[component]
pub fn Test(props: &Props) -> Html {
    let Props { desk, whole, .. } = props;
    let name = whole.configuration.function_name.clone();
    let tests = {
        let (home, region, name) = (desk.home(), desk.region.clone(), name.clone());
        use_state_eq(move || Tests::read(&home, &region, &name))
    };
    let editing = use_state_eq(|| false);
    let later = use_state_eq(|| false);
    let sample = samples::named(&tests.chosen);
    let text = tests.texts.get(sample.id).cloned().unwrap_or_else(|| sample.text.to_owned());
    let set = {
        let (desk, tests) = (desk.clone(), tests.setter());
        Callback::from(move |next: Tests| {
            next.keep(&desk.home(), &desk.region, &name);
            tests.set(next);
        })
    };
    let choose = {
        let (set, tests) = (set.clone(), (*tests).clone());
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                set.emit(Tests { chosen: select.value(), ..tests.clone() });
            }
        })
    };
    let write = {
        let (tests, id) = ((*tests).clone(), sample.id.to_owned());
        Callback::from(move |text: Option<String>| {
            let mut next = tests.clone();
            match text {
                Some(text) => next.texts.insert(id.clone(), text),
                None => next.texts.remove(&id),
            };
            set.emit(next);
        })
    };
    let toggle = |state: &UseStateHandle<bool>| {
        let state = state.clone();
        Callback::from(move |_: MouseEvent| state.set(!*state))
    };
    let set_later = {
        let later = later.setter();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                later.set(field.checked());
            }
        })
    };
    let wrong = serde_json::from_str::<Value>(&text).err().map(|error| error.to_string());
    let can = desk.cloud.may_change() && wrong.is_none() && props.run != Run::Going;
    let start = invoke(props, text.clone(), *later, props.set_run.clone());
    html! {
        <>
            <div class="toolbar fn-test">
                <label class="grow"><span class="vh">{ said::EVENT }</span>
                    <select class="select" id="test-event" onchange={choose}>
                        { for SAMPLES.iter().map(|one| html! { <option value={one.id} selected={one.id == sample.id}>{ one.words }</option> }) }
                    </select></label>
                <button class="btn ghost icon" id="edit-event" aria-label={said::EDIT_EVENT} title={said::EDIT_EVENT} aria-expanded={editing.to_string()} onclick={toggle(&editing)}><Icon name="more" /></button>
                <label class="row small later" title={said::ASYNC_MORE}><input type="checkbox" class="check" id="test-later" checked={*later} onchange={set_later} /><span>{ said::ASYNC }</span></label>
                <button class={classes!("btn", "primary", desk.hot("lambda.test"))} data-hotspot="lambda.test" id="test" disabled={!can} onclick={start}><Icon name="run" />{ said::TEST }</button>
                { pill(&props.run) }
            </div>
            if *editing || wrong.is_some() {
                <EventField key={sample.id} text={text} wrong={wrong} {write} />
            }
            if props.changed { <p class="small dim2 fn-stale"><Icon name="warn" class="sm meh" />{ said::UNSAVED_MORE }</p> }
        </>
    }
}

/// How the last run ended, in a word.
fn pill(run: &Run) -> Html {
    let (class, icon, words) = match run {
        Run::None => return html! { <span role="status" id="test-state" class="vh" /> },
        Run::Going => ("now", "star", said::TESTING),
        Run::Refused(_) => ("bad", "x", said::REFUSED),
        Run::Done(_, true) => ("info", "clock", said::ACCEPTED),
        Run::Done(answer, _) if answer.output.get("FunctionError").is_some() => {
            ("bad", "x", said::FAILED)
        }
        Run::Done(..) => ("good", "check", said::SUCCEEDED),
    };
    html! { <span role="status" id="test-state" class={classes!("pill", class)}><Icon name={icon} />{ words }</span> }
}

fn invoke(props: &Props, text: String, later: bool, run: Callback<Run>) -> Callback<MouseEvent> {
    let (desk, tell) = (props.desk.clone(), props.tell.clone());
    let name = props.whole.configuration.function_name.clone();
    Callback::from(move |_| {
        let (desk, tell, name, run) = (desk.clone(), tell.clone(), name.clone(), run.clone());
        let mut input = json!({ "FunctionName": name });
        if let Some(input) = input.as_object_mut() {
            let (member, value) =
                if later { ("InvocationType", "Event") } else { ("LogType", "Tail") };
            input.insert(member.into(), value.into());
        }
        let call = ApiCall::of("lambda", "Invoke", input, &desk.region);
        let call = call.with_body(text.clone().into_bytes());
        run.emit(Run::Going);
        spawn_local(async move {
            match cloud::call(call).await {
                Ok(answer) => {
                    tell.did.emit(Deed { words: said::tested(&name), seq: answer.seq });
                    run.emit(Run::Done(answer, later));
                }
                Err(why) => {
                    tell.refused.emit((said::testing(&name), why.clone()));
                    run.emit(Run::Refused(why));
                }
            }
        });
    })
}
