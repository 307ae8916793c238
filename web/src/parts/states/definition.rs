//! A machine's definition as text, with what is wrong with it.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::{act, use_diagnostics};
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
use crate::parts::s3::console::Tell;
use crate::parts::states::diagnostics::{Diagnostics, Verdict};
use crate::parts::states::fields::typed;
use crate::state::states::Machine;
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
    pub tell: Tell,
}

/// The text, and what can be done with it.
#[component]
pub fn Definition(props: &Props) -> Html {
    let Props { desk, machine, tell } = props;
    let draft = use_state_eq(|| None::<String>);
    let text = draft.as_ref().cloned().unwrap_or_else(|| machine.definition.clone());
    let found = use_diagnostics(desk, &text, machine.row.express);
    let changed = text != machine.definition;
    let oninput = {
        let draft = draft.setter();
        typed(move |value| draft.set(Some(value)))
    };
    let cancel = {
        let draft = draft.setter();
        Callback::from(move |_: MouseEvent| draft.set(None))
    };
    let save = {
        let (desk, tell, machine, text, draft) =
            (desk.clone(), tell.clone(), machine.clone(), text.clone(), draft.setter());
        Callback::from(move |_: MouseEvent| {
            let (desk, tell, machine, draft) =
                (desk.clone(), tell.clone(), machine.clone(), draft.clone());
            let input = json!({ "stateMachineArn": machine.row.arn, "definition": text });
            spawn_local(async move {
                if act(&desk, &tell, ("UpdateStateMachine", input), said::saved(&machine.row.name))
                    .await
                    .is_some()
                {
                    draft.set(None);
                }
            });
        })
    };
    html! {
        <div class="sf-text">
            <div class="toolbar sf-sub">
                <Verdict found={found.clone()} />
                <span class="small dim grow only-wide">{ said::role_words(&machine.role_arn) }</span>
                <Copy text={text.clone()} />
                if changed {
                    <button class="btn small" onclick={cancel}>{ words::CANCEL }</button>
                    <button class="btn small primary" id="save-definition" disabled={!desk.cloud.may_change()} onclick={save}><Icon name="check" />{ words::s3::SAVE }</button>
                }
            </div>
            <Diagnostics {found} />
            <label class="vh" for="definition">{ said::DEFINITION }</label>
            <textarea id="definition" class="mono sf-source" spellcheck="false" autocomplete="off" autocapitalize="off" readonly={!desk.cloud.may_change()} {oninput} value={text} />
        </div>
    }
}
