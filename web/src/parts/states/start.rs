//! Starts an execution: its name, its input, checked before it is sent.

use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::hooks::states::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::console::go;
use crate::parts::states::debug::ask;
use crate::parts::states::fields::typed;
use crate::route::states::{StatesPlace, View};
use crate::state::states::blueprints::BLUEPRINTS;
use crate::state::states::{Machine, last_of, pretty};
use crate::words::{self, debug, states as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
    pub tell: Tell,
    pub close: Callback<()>,
    /// An input to begin with.
    #[prop_or_default]
    pub input: Option<AttrValue>,
}

/// The form. What an Express machine answers stands below it: its executions have no page.
#[component]
pub fn Start(props: &Props) -> Html {
    let first = use_focus_at_first();
    let name = use_node_ref();
    let text = use_state_eq(|| {
        props.input.as_ref().map_or_else(|| sample(&props.machine), |input| pretty(input))
    });
    let busy = use_state_eq(|| false);
    let answer = use_state_eq(|| None::<Value>);
    use_escape(true, props.close.clone());
    let wrong = serde_json::from_str::<Value>(&text).err().map(|error| error.to_string());
    let onsubmit = {
        let (props, name, text) = (props.clone(), name.clone(), text.clone());
        let (busy, answer) = (busy.setter(), answer.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let by = event.submitter().and_then(|by| by.get_attribute("value"));
            let paused = by.as_deref() == Some("paused");
            let name =
                name.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            let (props, text, busy, answer) =
                (props.clone(), (*text).clone(), busy.clone(), answer.clone());
            busy.set(true);
            spawn_local(async move {
                start(&props, (name, text, paused), &answer).await;
                busy.set(false);
            });
        })
    };
    let oninput = {
        let text = text.setter();
        typed(move |value| text.set(value))
    };
    let lines = text.lines().count().clamp(4, 12).to_string();
    html! {
        <form class="sf-form" {onsubmit} aria-labelledby="start-h">
            <h3 id="start-h">{ said::START }</h3>
            <label class="fld" for="start-input">{ said::INPUT_JSON }</label>
            <textarea id="start-input" ref={first} class="input mono doc-field" rows={lines} spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-invalid={wrong.is_some().to_string()} aria-describedby="start-wrong" {oninput} value={(*text).clone()} />
            <p id="start-wrong" class="small bad-words" aria-live="polite">{ wrong.as_ref().map(|why| words::s3::not_json(why)).unwrap_or_default() }</p>
            <label class="fld">{ said::EXECUTION_NAME }
                <input id="start-name" ref={name} class="input mono" placeholder={said::NAME_OPTIONAL} spellcheck="false" autocomplete="off" autocapitalize="off" /></label>
            <div class="row">
                <button class="btn primary" type="submit" disabled={*busy || wrong.is_some() || !props.desk.cloud.may_change()}>{ said::START_NOW }</button>
                if !props.machine.row.express {
                    <button class={classes!("btn", props.desk.hot("states.pause"))} id="start-paused" data-hotspot="states.pause" type="submit" value="paused" title={debug::START_PAUSED_MORE} disabled={*busy || wrong.is_some() || !props.desk.cloud.may_change()}><Icon name="pause" />{ debug::START_PAUSED }</button>
                }
                <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
            </div>
            if let Some(answer) = &*answer { { express_answer(answer) } }
        </form>
    }
}

/// The input of the blueprint that a machine was made from; one that was changed since has its name.
pub fn sample(machine: &Machine) -> String {
    let same = BLUEPRINTS.iter().find(|one| one.definition.trim() == machine.definition.trim());
    let made = same.or_else(|| BLUEPRINTS.iter().find(|one| one.id == machine.row.name));
    made.map_or_else(|| "{}".to_owned(), |one| pretty(one.input))
}

async fn start(
    props: &Props,
    (name, input, paused): (String, String, bool),
    answer: &UseStateSetter<Option<Value>>,
) {
    let express = props.machine.row.express;
    let mut asked = json!({ "stateMachineArn": props.machine.row.arn, "input": input });
    if let (false, Some(members)) = (name.is_empty(), asked.as_object_mut()) {
        members.insert("name".into(), name.into());
    }
    let operation = if express { "StartSyncExecution" } else { "StartExecution" };
    let machine = &props.machine.row.name;
    let pause = async |on: bool| {
        let params = json!({ "Machine": machine, "On": on });
        ask(&props.desk, &props.tell, ("pause-next", params), debug::START_PAUSED.to_owned()).await
    };
    if paused && !pause(true).await {
        return;
    }
    let begun = act(&props.desk, &props.tell, (operation, asked), said::started(machine)).await;
    let Some(begun) = begun else {
        if paused {
            pause(false).await;
        }
        return;
    };
    if express {
        answer.set(Some(begun.output));
        return;
    }
    let arn = begun.output.get("executionArn").and_then(Value::as_str).unwrap_or_default();
    props.close.emit(());
    go(&props.desk, StatesPlace::execution(machine.clone(), last_of(arn), View::Graph));
}

fn express_answer(answer: &Value) -> Html {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let status = text("status");
    let class = if status == "SUCCEEDED" { "good" } else { "bad" };
    let told = if text("output").is_empty() {
        format!("{}\n{}", text("error"), text("cause"))
    } else {
        pretty(&text("output"))
    };
    html! {
        <div aria-live="polite" class="sf-answer">
            <span class={classes!("pill", class)}>{ said::status(&status) }</span>
            <pre class="code plain wrapped" tabindex="0">{ told }</pre>
        </div>
    }
}
