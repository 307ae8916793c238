//! Does this event match? Asks `TestEventPattern` with the pattern as it stands in a field.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::fields::picked;
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::icon::Icon;
use crate::state::eventbridge::samples::{SAMPLES, named};
use crate::words::eventbridge as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub pattern: AttrValue,
}

/// What was asked, and the answer.
#[derive(Clone, PartialEq)]
struct Verdict {
    pattern: AttrValue,
    event: String,
    matches: bool,
}

/// The event, the button, and the verdict as long as it is of what stands there.
#[component]
pub fn Test(props: &Props) -> Html {
    let event = use_state_eq(|| named("").event.to_owned());
    let verdict = use_state_eq(|| None::<Verdict>);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let pick = {
        let event = event.setter();
        picked(move |id| {
            if !id.is_empty() {
                event.set(named(&id).event.to_owned());
            }
        })
    };
    let write = {
        let event = event.setter();
        Callback::from(move |text| event.set(text))
    };
    let onclick = {
        let (props, event, verdict) = (props.clone(), (*event).clone(), verdict.setter());
        Callback::from(move |_: MouseEvent| {
            let (props, event, verdict) = (props.clone(), event.clone(), verdict.clone());
            let tell = tell.clone();
            spawn_local(async move {
                verdict.set(ask(&props, &tell, event).await);
            });
        })
    };
    let is_own = SAMPLES.iter().all(|one| one.event != *event);
    let answer = (*verdict).as_ref().filter(|it| it.pattern == props.pattern && it.event == *event);
    html! {
        <section class="card setting" aria-labelledby="test-h" id="setting-test">
            <h3 id="test-h">{ said::TEST_TITLE }</h3>
            <p class="small dim2">{ said::TEST_MORE }</p>
            <label class="fld">{ said::SAMPLE_EVENT }
                <select class="select" id="sample-event" onchange={pick}>
                    <option value="" selected={is_own}></option>
                    { for SAMPLES.iter().map(|one| html! { <option value={one.id} selected={one.event == *event}>{ one.words }</option> }) }
                </select></label>
            <JsonField id="test-event" label={said::EVENT_JSON} text={(*event).clone()} {write} />
            { beside }
            <div class="row wrap">
                <button class={classes!("btn", "small", props.desk.hot("eventbridge.test"))} data-hotspot="eventbridge.test" id="test-pattern" type="button" disabled={!props.desk.cloud.may_change()} {onclick}><Icon name="run" />{ said::TEST }</button>
                <span role="status" id="test-verdict">{ for answer.map(|it| shown(it.matches)) }</span>
            </div>
        </section>
    }
}

fn shown(matches: bool) -> Html {
    let (class, icon, words) =
        if matches { ("good", "check", said::MATCHES) } else { ("warn", "x", said::MATCHES_NOT) };
    html! { <span class={classes!("pill", class)}><Icon name={icon} />{ words }</span> }
}

async fn ask(props: &Props, tell: &Tell, event: String) -> Option<Verdict> {
    let input = json!({ "EventPattern": &*props.pattern, "Event": event });
    match props.desk.call("events", "TestEventPattern", input).await {
        Ok(answer) => {
            let matches = answer.output.get("Result").and_then(Value::as_bool).unwrap_or_default();
            let words = if matches { said::MATCHES } else { said::MATCHES_NOT };
            tell.did.emit(Deed { words: words.to_owned(), seq: answer.seq });
            Some(Verdict { pattern: props.pattern.clone(), event, matches })
        }
        Err(why) => {
            tell.refused.emit((said::TEST.to_owned(), why));
            None
        }
    }
}
