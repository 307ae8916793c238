//! A machine's definition as text, with what is wrong with it.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::{act, use_diagnostics};
use crate::parts::console::told::Tell;
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
use crate::parts::states::diagnostics::{Diagnostics, Verdict};
use crate::parts::states::export::Export;
use crate::parts::states::fields::picked;
use crate::parts::states::picture::Drawing;
use crate::parts::states::source::Source;
use crate::state::states::draft::{Draft, Place, digest};
use crate::state::states::{Machine, all_states};
use crate::words::{self, state_editor as editor_said, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
    pub tell: Tell,
    pub drawing: Drawing,
    pub chosen: Option<AttrValue>,
    pub choose: Callback<String>,
}

/// The text, and what can be done with it.
#[component]
pub fn Definition(props: &Props) -> Html {
    let Props { desk, machine, tell, drawing, chosen, choose } = props;
    let exporting = use_state_eq(|| false);
    let place = Place::of(&desk.home(), machine);
    // A draft is of the present.
    let read = || place.read().filter(|_| desk.cloud.past.is_none());
    let draft = use_state_eq(read);
    let was_found = use_state_eq(|| draft.is_some());
    let text =
        draft.as_ref().map_or_else(|| machine.definition.clone(), |draft| draft.text.clone());
    let found = use_diagnostics(desk, &text, machine.row.express);
    let changed = text != machine.definition;
    let wish = use_state_eq(|| (0_u32, AttrValue::default()));
    let show = {
        let wish = wish.clone();
        Callback::from(move |place: String| wish.set((wish.0 + 1, place.into())))
    };
    let change = {
        let (draft, found, place, machine) =
            (draft.clone(), was_found.setter(), place.clone(), machine.clone());
        Callback::from(move |text: String| {
            let base =
                draft.as_ref().map_or_else(|| digest(&machine.definition), |draft| draft.base);
            let next = Some(Draft { base, text }).filter(|draft| draft.text != machine.definition);
            // Where the browser has no room the page still holds it.
            place.keep(next.as_ref());
            found.set(false);
            draft.set(next);
        })
    };
    let leave = {
        let (draft, found, place) = (draft.setter(), was_found.setter(), place);
        move || {
            place.keep(None);
            found.set(false);
            draft.set(None);
        }
    };
    let cancel = {
        let leave = leave.clone();
        Callback::from(move |_: MouseEvent| leave())
    };
    let save = {
        let (desk, tell, machine, text) =
            (desk.clone(), tell.clone(), machine.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (desk, tell, machine, leave) =
                (desk.clone(), tell.clone(), machine.clone(), leave.clone());
            let input = json!({ "stateMachineArn": machine.row.arn, "definition": text });
            spawn_local(async move {
                if act(&desk, &tell, ("UpdateStateMachine", input), said::saved(&machine.row.name))
                    .await
                    .is_some()
                {
                    leave();
                }
            });
        })
    };
    html! {
        <div class="sf-text">
            <div class="toolbar sf-sub">
                <Verdict found={found.clone()} />
                <span class="small dim grow only-wide">{ said::role_words(&machine.role_arn) }</span>
                <label class="row small">{ said::TRY_A_STATE }<select class="select" id="try-which" onchange={picked({ let choose = choose.clone(); move |name| choose.emit(name) })}>
                    <option value="" selected={chosen.is_none()}>{ said::CHOOSE_A_STATE }</option>
                    { for all_states(drawing.definition()).into_iter().map(|name| html! { <option value={name.clone()} selected={chosen.as_deref() == Some(name.as_str())}>{ name }</option> }) }
                </select></label>
                <button class="btn small" id="export" aria-expanded={exporting.to_string()} onclick={let exporting = exporting.clone(); Callback::from(move |_: MouseEvent| exporting.set(!*exporting))}><Icon name="download" />{ said::EXPORT }</button>
                <Copy text={text.clone()} />
                if changed {
                    <button class="btn small" onclick={cancel.clone()}>{ editor_said::DISCARD }</button>
                    <button class="btn small primary" id="save-definition" disabled={!desk.cloud.may_change()} onclick={save}><Icon name="check" />{ words::s3::SAVE }</button>
                }
            </div>
            if let Some(draft) = draft.as_ref().filter(|_| *was_found) {
                <p class="note warn" role="status" id="draft-found"><Icon name="info" /><span class="grow">{ editor_said::draft_found(draft.base != digest(&machine.definition)) }</span>
                    <button class="btn small" id="throw-away" onclick={cancel} disabled={!desk.cloud.may_change()}>{ editor_said::THROW_AWAY }</button></p>
            }
            <Diagnostics found={found.clone()} {show} />
            if *exporting { <Export desk={desk.clone()} machine={machine.clone()} /> }
            <Source {text} {change} problems={found} wish={(*wish).clone()} read_only={!desk.cloud.may_change()} />
        </div>
    }
}
