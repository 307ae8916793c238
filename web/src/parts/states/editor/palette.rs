//! What can be put in: the states of the flow, and calls.

use std::rc::Rc;

use cloudarium_asl_edit::fresh;
use serde_json::Value;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::js;
use crate::parts::icon::Icon;
use crate::parts::states::editor::ed::{Ed, Props};
use crate::parts::states::fields::typed;
use crate::state::states::calls::{self, Call};
use crate::state::states::icon_of;
use crate::state::states::session::{Action, Hand};
use crate::words::state_editor as said;

/// The flow's states, in AWS's order.
const FLOW: [&str; 7] = ["Choice", "Parallel", "Map", "Pass", "Wait", "Succeed", "Fail"];
/// How many calls are shown at once: who looks for another types its name.
const CALLS_MAX: usize = 40;

/// The palette.
#[component]
pub fn Palette(props: &Props) -> Html {
    let ed = &props.ed;
    let words = use_state_eq(String::new);
    let all = use_calls();
    let oninput = {
        let words = words.setter();
        typed(move |value| words.set(value))
    };
    let bare = words.trim().to_lowercase();
    let flow = FLOW.into_iter().filter(|kind| kind.to_lowercase().contains(&bare));
    let own = calls::optimised();
    let own = own.iter().filter(|call| call.is_found_by(&bare)).cloned().collect::<Vec<_>>();
    let found: Vec<&Call> = all.iter().filter(|call| call.is_found_by(&bare)).collect();
    let total = found.len();
    html! {
        <section class={classes!("sfe-adds", "scroll", ed.desk.hot("states.add"))} data-hotspot="states.add" tabindex="0" aria-labelledby="sfe-add-h">
            <h3 class="vh" id="sfe-add-h">{ said::PALETTE }</h3>
            <label class="sfe-find"><span class="vh">{ said::FIND }</span><Icon name="search" class="sm" />
                <input id="find-call" class="input" placeholder={said::FIND} spellcheck="false" autocomplete="off" value={(*words).clone()} {oninput} /></label>
            { group(said::FLOW, flow.map(|kind| kind_button(ed, kind)).collect()) }
            { group(said::CALLS, own.iter().map(|call| call_button(ed, call)).collect()) }
            { group(said::SDK, found.iter().take(CALLS_MAX).map(|call| call_button(ed, call)).collect()) }
            <p class="small dim2" role="status">{ said::found(total.min(CALLS_MAX), total) }</p>
        </section>
    }
}

fn group(words: &'static str, buttons: Vec<Html>) -> Html {
    if buttons.is_empty() {
        return html! {};
    }
    html! { <><h4 class="label">{ words }</h4><ul>{ for buttons.into_iter().map(|one| html! { <li>{ one }</li> }) }</ul></> }
}

/// Every operation that is simulated, once the list of them is here.
#[hook]
fn use_calls() -> Rc<Vec<Call>> {
    let calls = use_state_eq(|| Rc::new(vec![]));
    let setter = calls.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            if let Some(simulated) = read("simulated").await {
                let simulated = serde_json::from_value(simulated).unwrap_or_default();
                setter.set(Rc::new(calls::sdk(&simulated)));
            }
        });
    });
    (*calls).clone()
}

/// What is told of a service; nothing without a network.
async fn read(name: &str) -> Option<Value> {
    let text = JsFuture::from(js::read_text(&format!("python/hints/{name}.json"))).await.ok()?;
    serde_json::from_str(&text.as_string()?).ok()
}

fn pressed(ed: &Ed, like: &str) -> bool {
    matches!(&ed.session.hand, Some(Hand::New { like: held, .. }) if held == like)
}

/// Whether this call is in hand: several have an operation of the same name.
fn holds(ed: &Ed, call: &Call) -> bool {
    matches!(&ed.session.hand, Some(Hand::New { state, .. }) if state.get("Resource").and_then(Value::as_str) == Some(&call.resource))
}

fn kind_button(ed: &Ed, kind: &'static str) -> Html {
    let state = fresh::state(kind, ed.language(None));
    let icon = icon_of(&state);
    let on = pressed(ed, kind);
    let hand = (!on).then(|| Hand::New { like: kind.to_owned(), state });
    let onclick = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.act(Action::Take(hand.clone())))
    };
    html! { <button class="sfe-pal" id={format!("add-{kind}")} aria-pressed={on.to_string()} disabled={!ed.may()} {onclick}><Icon name={icon} class="sm" /><span>{ kind }</span></button> }
}

fn call_button(ed: &Ed, call: &Call) -> Html {
    let on = holds(ed, call);
    let bare = fresh::task(&call.resource, Value::Null, ed.language(None));
    let onclick = {
        let (ed, call) = (ed.clone(), call.clone());
        Callback::from(move |_: MouseEvent| {
            if on {
                return ed.act(Action::Take(None));
            }
            let (ed, call) = (ed.clone(), call.clone());
            spawn_local(async move {
                let hints = if call.is_sdk() { read(&call.service).await } else { None };
                let language = ed.language(None);
                let arguments = call.arguments(hints.as_ref(), language);
                let state = fresh::task(&call.resource, arguments, language);
                ed.act(Action::Take(Some(Hand::New { like: call.operation.clone(), state })));
            });
        })
    };
    html! {
        <button class="sfe-pal" aria-pressed={on.to_string()} disabled={!ed.may()} title={call.resource.clone()} data-call={call.resource.clone()} {onclick}>
            <Icon name={icon_of(&bare)} class="sm" /><span>{ &call.label }</span>
        </button>
    }
}
