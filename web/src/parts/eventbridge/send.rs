//! Sends an event to a bus, and shows what EventBridge answers and which rules it has set off since.

use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Deed;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::bus::BusPart;
use crate::parts::eventbridge::console::list;
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::eventbridge::set_off::{Answered, Sent};
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::state::cloud;
use crate::state::eventbridge::samples::OWN;
use crate::state::eventbridge::{Listed, entries, lines, of_bus, said as of_said};
use crate::words::eventbridge as said;

/// The form beside the answer.
#[component]
pub fn Send(props: &BusPart) -> Html {
    let [source, kind, resources] = [use_node_ref(), use_node_ref(), use_node_ref()];
    let (own_source, own_type, own_detail) = OWN;
    let detail = use_state_eq(|| own_detail.to_owned());
    let sent = use_state_eq(|| None::<Sent>);
    let busy = use_state_eq(|| false);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let BusPart { desk, rules, .. } = props;
    let onsubmit = {
        let (props, detail) = (props.clone(), detail.clone());
        let fields = [source.clone(), kind.clone(), resources.clone()];
        let (sent, busy) = (sent.setter(), busy.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [source, kind, resources] = fields.each_ref().map(text);
            let mut entry = of_bus(&props.bus.name);
            let detail = (*detail).clone();
            entry.extend(of_said([("Source", source), ("DetailType", kind), ("Detail", detail)]));
            let resources = lines(&resources);
            if !resources.is_empty() {
                entry.insert("Resources".to_owned(), json!(resources));
            }
            let (props, tell) = (props.clone(), tell.clone());
            let (sent, busy) = (sent.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                if let Some(answer) = send(&props, &tell, entry.into()).await {
                    sent.set(Some(answer));
                }
                busy.set(false);
            });
        })
    };
    let write = {
        let detail = detail.setter();
        Callback::from(move |text| detail.set(text))
    };
    html! {
        <div class="ev-page scroll" tabindex="0" role="region" aria-label={said::SEND}>
            <section class="ev-part" aria-labelledby="send-h">
                <h2 id="send-h">{ said::SEND }</h2>
                <p class="small dim2">{ said::SEND_MORE }</p>
                <form class="stack" {onsubmit}>
                    <div class="two">
                        <Field node={source} id="event-source" class="mono" label={said::SOURCE} value={own_source.to_owned()} />
                        <Field node={kind} id="event-type" class="mono" label={said::DETAIL_TYPE} value={own_type.to_owned()} />
                    </div>
                    <JsonField id="event-detail" label={said::DETAIL} text={(*detail).clone()} {write} rows={5} />
                    <label class="fld">{ said::RESOURCES }
                        <textarea ref={resources} id="event-resources" class="input mono doc-field" rows="2" spellcheck="false" autocomplete="off" autocapitalize="off" /></label>
                    { beside }
                    <div class="row"><button class={classes!("btn", "primary", desk.hot("eventbridge.send"))} data-hotspot="eventbridge.send" id="send-event" type="submit" disabled={*busy || !desk.cloud.may_change()}><Icon name="upload" />{ said::SEND_BUTTON }</button></div>
                </form>
            </section>
            <section class="ev-part ev-side" aria-labelledby="answer-h">
                <h2 id="answer-h">{ said::ANSWER }</h2>
                if let Some(sent) = &*sent { <Answered desk={desk.clone()} sent={sent.clone()} rules={rules.clone()} /> } else { <p class="small dim2">{ said::NOT_SENT_YET }</p> }
            </section>
        </div>
    }
}

/// Sends it; what the rules had come to before is remembered with the answer.
async fn send(props: &BusPart, tell: &Tell, entry: Value) -> Option<Sent> {
    let desk = &props.desk;
    let before = cloud::view_at("events", "rules", &desk.region, &json!({}), None).await;
    let before: Vec<Listed> = before.map(list).unwrap_or_default();
    match desk.call("events", "PutEvents", json!({ "Entries": [entry] })).await {
        Ok(answer) => {
            let taken = entries(&answer.output).iter().all(|entry| entry.error_code.is_none());
            let words = if taken { said::SENT } else { said::NOT_TAKEN };
            tell.did.emit(Deed { words: words.to_owned(), seq: answer.seq });
            Some(Sent { seq: answer.seq, output: answer.output, before: Rc::new(before) })
        }
        Err(why) => {
            tell.refused.emit((said::SENDING.to_owned(), why));
            None
        }
    }
}
