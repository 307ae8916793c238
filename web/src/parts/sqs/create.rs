//! Makes a queue: its type and name, what is set on it, and where its dead letters go. What a name may be is AWS's to say.

use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::parts::sqs::settings::{self, Settings, use_settings};
use crate::route::{Place, QueuePart};
use crate::state::sqs::{Listed, redrive_policy};
use crate::words::{self, sqs as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    /// Whether there is no queue yet.
    pub first: bool,
    pub queues: Vec<Listed>,
    pub close: Callback<()>,
}

/// The form.
#[component]
pub fn Create(props: &Props) -> Html {
    let name = use_focus_at_first();
    let (dead, receives) = (use_node_ref(), use_node_ref());
    let fifo = use_state_eq(|| false);
    let busy = use_state_eq(|| false);
    let fields = use_settings();
    use_escape(!props.first, props.close.clone());
    let onsubmit = {
        let (props, fifo, busy) = (props.clone(), *fifo, busy.setter());
        let (name, dead, receives) = (name.clone(), dead.clone(), receives.clone());
        let fields = fields.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut attributes = settings::changed(&fields, &settings::usual(fifo));
            if fifo {
                attributes.insert("FifoQueue".into(), "true".into());
            }
            let redrive = redrive_policy(&text(&dead), &text(&receives));
            if !redrive.is_empty() {
                attributes.insert("RedrivePolicy".into(), redrive.into());
            }
            create(&props, text(&name), attributes, busy.clone());
        })
    };
    let pick = |to: bool| {
        let fifo = fifo.setter();
        Callback::from(move |_: Event| fifo.set(to))
    };
    let fit = props.queues.iter().filter(|one| one.fifo == *fifo);
    html! {
        <section class="scroll grow fn-new" aria-labelledby="new-queue-h" tabindex="0">
            <form {onsubmit}>
                <h2 id="new-queue-h">{ if props.first { said::NO_QUEUES } else { said::CREATE } }</h2>
                if props.first { <p class="dim2">{ said::NO_QUEUES_MORE }</p> }
                <fieldset class="blueprints"><legend class="label">{ said::TYPE }</legend><div class="sq-types">
                    { kind("standard", !*fifo, pick(false)) }{ kind("fifo", *fifo, pick(true)) }
                </div></fieldset>
                <label class="fld">{ said::QUEUE_NAME }
                    <input ref={name} id="queue-name" class={classes!("input", "mono", props.desk.hot("sqs.name"))} data-hotspot="sqs.name"
                        autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={if *fifo { said::SAMPLE_FIFO } else { said::SAMPLE_NAME }} />
                </label>
                <fieldset class="blueprints"><legend class="label">{ said::CONFIGURATION }</legend>
                    <p class="small dim2">{ said::CONFIGURATION_MORE }</p>
                    <Settings key={fifo.to_string()} values={settings::usual(*fifo)} fields={fields.clone()} />
                </fieldset>
                <fieldset class="blueprints"><legend class="label">{ said::DEAD_LETTER_QUEUE }</legend>
                    <div class="two">
                        <label class="fld">{ said::DLQ_FOR }
                            <select ref={dead} class="select" id="new-dead">
                                <option value="" selected={true}>{ said::NO_DLQ }</option>
                                { for fit.map(|one| html! { <option key={one.arn.clone()} value={one.arn.clone()}>{ &one.name }</option> }) }
                            </select></label>
                        <Field node={receives} id="new-receives" label={said::MAX_RECEIVES} kind="number" min="1" max="1000" value={said::MAX_RECEIVES_USUAL} />
                    </div>
                </fieldset>
                <div class="row">
                    <button id="make-queue" class="btn primary" type="submit" disabled={*busy || !props.desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE }</button>
                    if !props.first { <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button> }
                </div>
            </form>
        </section>
    }
}

fn kind(id: &'static str, on: bool, pick: Callback<Event>) -> Html {
    let (title, about) = if id == "fifo" {
        (said::FIFO, said::FIFO_MORE)
    } else {
        (said::STANDARD, said::STANDARD_MORE)
    };
    html! {
        <label class={classes!("blue", on.then_some("on"))}>
            <input type="radio" name="queue-type" value={id} checked={on} onchange={pick} />
            <b>{ title }</b><span class="small dim2">{ about }</span>
        </label>
    }
}

fn create(props: &Props, name: String, attributes: Map<String, Value>, busy: UseStateSetter<bool>) {
    let (desk, tell, close) = (props.desk.clone(), props.tell.clone(), props.close.clone());
    let mut input = Map::from_iter([("QueueName".to_owned(), json!(name))]);
    if !attributes.is_empty() {
        input.insert("Attributes".into(), attributes.into());
    }
    busy.set(true);
    spawn_local(async move {
        let said = (said::creating(&name), said::created(&name));
        let made = act(&desk, &tell, said, ("sqs", "CreateQueue"), input.into()).await;
        busy.set(false);
        if made.is_some() {
            close.emit(());
            desk.route.at(Place::queue(name, QueuePart::Messages)).go();
        }
    });
}
