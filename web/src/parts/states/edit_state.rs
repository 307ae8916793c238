//! Changes a state by a form and buttons: its own text, a state after it, or that it goes.

use std::rc::Rc;

use cloudarium_asl_edit::place::{Place, Way};
use cloudarium_asl_edit::{fields, fresh, states as edit};
use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::fields::{picked, typed};
use crate::state::states::Machine;
use crate::words::{self, states as said};

/// Types of states that can be put after another.
const KINDS: [&str; 7] = ["Pass", "Wait", "Task", "Parallel", "Map", "Succeed", "Fail"];

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub machine: Rc<Machine>,
    pub name: AttrValue,
    /// Closes the panel of a state that is gone.
    pub close: Callback<()>,
}

impl Props {
    /// Saves the definition as it is now, and then does what is left to do.
    fn save(&self, definition: String, done: String, then: impl FnOnce() + 'static) {
        let (desk, tell) = (self.desk.clone(), self.tell.clone());
        let input = json!({ "stateMachineArn": self.machine.row.arn, "definition": definition });
        spawn_local(async move {
            if act(&desk, &tell, ("UpdateStateMachine", input), done).await.is_some() {
                then();
            }
        });
    }
}

/// The form.
#[component]
pub fn EditState(props: &Props) -> Html {
    let definition = &props.machine.definition;
    let before = edit::written(definition, &props.name).unwrap_or_default();
    let text = use_state_eq(|| before.clone());
    let kind = use_state_eq(|| KINDS[0].to_owned());
    let may = props.desk.cloud.may_change();
    let wrong = serde_json::from_str::<Value>(&text)
        .err()
        .map(|error| words::s3::not_json(&error.to_string()));
    let save = {
        let (props, next) = (props.clone(), edit::write(definition, &props.name, &text).ok());
        Callback::from(move |_: MouseEvent| {
            if let Some(next) = next.clone() {
                props.save(next.text, said::state_saved(&props.name), || {});
            }
        })
    };
    let new = fresh::state(&kind, fields::language(definition, Some(&props.name)));
    let place = Place::On { state: props.name.to_string(), way: Way::Next };
    let inserted = edit::insert(definition, &place, &kind, &new);
    let insert = {
        let (props, inserted) = (props.clone(), inserted.clone());
        Callback::from(move |_: MouseEvent| {
            if let Ok(next) = inserted.clone() {
                let new = next.state.unwrap_or_default();
                props.save(next.text, said::state_put_in(&new, &props.name), || {});
            }
        })
    };
    let deleted = edit::delete(definition, &props.name);
    let delete = {
        let (props, deleted) = (props.clone(), deleted.clone());
        Callback::from(move |_: MouseEvent| {
            let close = props.close.clone();
            if let Ok(next) = deleted.clone() {
                props.save(next.text, said::state_deleted(&props.name), move || close.emit(()));
            }
        })
    };
    let rows = text.lines().count().clamp(3, 14).to_string();
    let changed = *text != before;
    let oninput = {
        let text = text.setter();
        typed(move |value| text.set(value))
    };
    let onchange = {
        let kind = kind.setter();
        picked(move |value| kind.set(value))
    };
    html! {
        <div class="sf-try">
            <label class="fld">{ said::STATE_JSON }
                <textarea id="state-json" class="input mono doc-field" {rows} spellcheck="false" autocomplete="off" autocapitalize="off" readonly={!may} {oninput} value={(*text).clone()} /></label>
            <p class="small bad-words" aria-live="polite">{ wrong.clone().unwrap_or_default() }</p>
            <div class="row wrap">
                <button class="btn small" id="save-state" type="button" disabled={!may || !changed || wrong.is_some()} onclick={save}><Icon name="check" />{ said::SAVE_STATE }</button>
                <button class="btn small" id="delete-state" type="button" disabled={!may || deleted.is_err()} title={deleted.as_ref().err().map(ToString::to_string)} onclick={delete}><Icon name="trash" />{ said::DELETE_STATE }</button>
            </div>
            <div class="row wrap">
                <label class="row small">{ said::INSERT }<select class="select" id="insert-kind" {onchange}>
                    { for KINDS.iter().map(|one| html! { <option value={*one} selected={*kind == **one}>{ *one }</option> }) }
                </select></label>
                <button class="btn small" id="insert-state" type="button" disabled={!may || inserted.is_err()} title={inserted.as_ref().err().map(ToString::to_string)} onclick={insert}><Icon name="plus" />{ said::INSERT_NOW }</button>
            </div>
            <p class="small dim2">{ said::EDIT_MORE }</p>
        </div>
    }
}
