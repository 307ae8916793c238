//! Makes a bus. What a name may be is AWS's to say.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::said as of_said;
use crate::words::{self, eventbridge as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub close: Callback<()>,
}

/// The form.
#[component]
pub fn NewBus(props: &Props) -> Html {
    let (name, description) = (use_focus_at_first(), use_node_ref());
    let busy = use_state_eq(|| false);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    use_escape(true, props.close.clone());
    let onsubmit = {
        let (props, busy, tell) = (props.clone(), busy.setter(), tell);
        let fields = [name.clone(), description.clone()];
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, description] = fields.each_ref().map(text);
            let (props, busy, tell) = (props.clone(), busy.clone(), tell.clone());
            busy.set(true);
            spawn_local(async move {
                create(&props, &tell, name, description).await;
                busy.set(false);
            });
        })
    };
    html! {
        <section class="scroll grow fn-new" aria-labelledby="new-bus-h" tabindex="0">
            <form {onsubmit}>
                <h2 id="new-bus-h">{ said::CREATE_BUS }</h2>
                <label class="fld">{ said::BUS_NAME }
                    <input ref={name} id="bus-name" class="input mono" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={said::SAMPLE_BUS} /></label>
                <Field node={description} id="bus-description" label={said::OPTIONAL_DESCRIPTION} value={String::new()} />
                { beside }
                <div class="row">
                    <button id="make-bus" class="btn primary" type="submit" disabled={*busy || !props.desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE_BUS }</button>
                    <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
                </div>
            </form>
        </section>
    }
}

async fn create(props: &Props, tell: &Tell, name: String, description: String) {
    let desk = &props.desk;
    let mut input = of_said([("Description", description)]);
    // An empty name is AWS's to refuse.
    input.insert("Name".to_owned(), name.clone().into());
    let said = (said::creating(&name), said::created(&name));
    if act(desk, tell, said, ("events", "CreateEventBus"), input.into()).await.is_some() {
        props.close.emit(());
        desk.route.at(Place::EventBridge(EventsPlace::bus(name, EventsPart::First))).go();
    }
}
