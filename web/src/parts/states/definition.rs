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
use crate::state::states::{Machine, all_states};
use crate::words::{self, states as said};

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
    let draft = use_state_eq(|| None::<String>);
    let text = draft.as_ref().cloned().unwrap_or_else(|| machine.definition.clone());
    let found = use_diagnostics(desk, &text, machine.row.express);
    let changed = text != machine.definition;
    let wish = use_state_eq(|| (0_u32, AttrValue::default()));
    let show = {
        let wish = wish.clone();
        Callback::from(move |place: String| wish.set((wish.0 + 1, place.into())))
    };
    let change = {
        let draft = draft.setter();
        Callback::from(move |text| draft.set(Some(text)))
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
                <label class="row small">{ said::TRY_A_STATE }<select class="select" id="try-which" onchange={picked({ let choose = choose.clone(); move |name| choose.emit(name) })}>
                    <option value="" selected={chosen.is_none()}>{ said::CHOOSE_A_STATE }</option>
                    { for all_states(drawing.definition()).into_iter().map(|name| html! { <option value={name.clone()} selected={chosen.as_deref() == Some(name.as_str())}>{ name }</option> }) }
                </select></label>
                <button class="btn small" id="export" aria-expanded={exporting.to_string()} onclick={let exporting = exporting.clone(); Callback::from(move |_: MouseEvent| exporting.set(!*exporting))}><Icon name="download" />{ said::EXPORT }</button>
                <Copy text={text.clone()} />
                if changed {
                    <button class="btn small" onclick={cancel}>{ words::CANCEL }</button>
                    <button class="btn small primary" id="save-definition" disabled={!desk.cloud.may_change()} onclick={save}><Icon name="check" />{ words::s3::SAVE }</button>
                }
            </div>
            <Diagnostics found={found.clone()} {show} />
            if *exporting { <Export desk={desk.clone()} machine={machine.clone()} /> }
            <Source {text} {change} problems={found} wish={(*wish).clone()} read_only={!desk.cloud.may_change()} />
        </div>
    }
}
