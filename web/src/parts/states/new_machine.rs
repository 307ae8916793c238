//! Makes a state machine: from an example or from nothing, with the picture and what is wrong beside the text.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::states::{act, use_diagnostics};
use crate::parts::console::told::Tell;
use crate::parts::states::console::{go, href};
use crate::parts::states::diagnostics::{Diagnostics, Verdict, error_count};
use crate::parts::states::fields::{picked, typed};
use crate::parts::states::picture::{Drawing, Picture};
use crate::parts::states::source::Source;
use crate::route::states::{StatesPlace, View};
use crate::state::states::blueprints::{BLUEPRINTS, Blueprint, named};
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
}

/// What is being made.
#[derive(Clone, PartialEq)]
struct Draft {
    blueprint: Blueprint,
    name: String,
    express: bool,
    role: String,
    definition: String,
}

impl Draft {
    fn of(blueprint: Blueprint) -> Self {
        Self {
            blueprint,
            name: blueprint.id.to_owned(),
            express: false,
            role: said::SAMPLE_ROLE.to_owned(),
            definition: blueprint.definition.to_owned(),
        }
    }
}

/// The form.
#[component]
pub fn NewMachine(props: &Props) -> Html {
    let Props { desk, tell } = props;
    let draft = use_state_eq(|| Draft::of(named("hello-world")));
    let busy = use_state_eq(|| false);
    let found = use_diagnostics(desk, &draft.definition, draft.express);
    let drawing = use_memo(draft.definition.clone(), |text| Drawing::of(text));
    let looked_at = use_state_eq(|| None::<AttrValue>);
    let change = |how: fn(&mut Draft, String)| {
        let draft = draft.clone();
        move |value: String| {
            let mut next = (*draft).clone();
            how(&mut next, value);
            draft.set(next);
        }
    };
    let wish = use_state_eq(|| (0_u32, AttrValue::default()));
    let show = {
        let wish = wish.clone();
        Callback::from(move |place: String| wish.set((wish.0 + 1, place.into())))
    };
    let write = Callback::from(change(|draft, text| draft.definition = text));
    let onsubmit = {
        let (desk, tell, draft, busy) = (desk.clone(), tell.clone(), draft.clone(), busy.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (desk, tell, draft, busy) =
                (desk.clone(), tell.clone(), (*draft).clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                create(&desk, &tell, draft).await;
                busy.set(false);
            });
        })
    };
    let choose = {
        let looked_at = looked_at.clone();
        Callback::from(move |name: String| looked_at.set(Some(name.into())))
    };
    let wrong = error_count(found.as_deref()) > 0;
    html! {
        <form class="sf-new" {onsubmit} aria-labelledby="new-h">
            <div class="sf-fields scroll" tabindex="0" role="region" aria-label={said::CREATE}>
                <h2 id="new-h" class="sf-h">{ said::CREATE }</h2>
                <label class="fld">{ said::BLUEPRINT }
                    <select class="select" id="blueprint" onchange={picked(change(|draft, id| *draft = Draft { role: draft.role.clone(), ..Draft::of(named(&id)) }))}>
                        { for BLUEPRINTS.iter().map(|one| html! { <option value={one.id} selected={draft.blueprint.id == one.id}>{ said::blueprint(one.id).0 }</option> }) }
                    </select></label>
                <p class="small dim2">{ said::blueprint(draft.blueprint.id).1 }</p>
                <label class="fld">{ said::NAME }<input id="machine-name" class="input mono" value={draft.name.clone()} oninput={typed(change(|draft, name| draft.name = name))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <label class="fld">{ said::TYPE }
                    <select class="select" id="machine-type" onchange={picked(change(|draft, kind| draft.express = kind == "EXPRESS"))}>
                        <option value="STANDARD" selected={!draft.express}>{ said::kind(false) }</option><option value="EXPRESS" selected={draft.express}>{ said::kind(true) }</option>
                    </select></label>
                <p class="small dim2">{ said::kind_more(draft.express) }</p>
                <label class="fld">{ said::ROLE }<input id="machine-role" class="input mono" value={draft.role.clone()} oninput={typed(change(|draft, role| draft.role = role))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <p class="small dim2">{ said::ROLE_MORE }</p>
                <div class="row">
                    <button class="btn primary" id="create-machine" type="submit" disabled={*busy || wrong || !desk.cloud.may_change()}>{ said::CREATE }</button>
                    <a class="btn" href={href(desk, StatesPlace::default())}>{ words::CANCEL }</a>
                </div>
            </div>
            <div class="sf-text">
                <div class="toolbar sf-sub"><span class="label grow">{ said::DEFINITION }</span><Verdict found={found.clone()} /></div>
                <Diagnostics found={found.clone()} {show} />
                <Source text={draft.definition.clone()} change={write} problems={found} wish={(*wish).clone()} read_only=false />
            </div>
            <div class="sf-canvas scroll" tabindex="0" role="region" aria-label={said::PICTURE}><Picture drawing={(*drawing).clone()} chosen={(*looked_at).clone()} {choose} /></div>
        </form>
    }
}

async fn create(desk: &Desk, tell: &Tell, draft: Draft) {
    let kind = if draft.express { "EXPRESS" } else { "STANDARD" };
    let input = json!({ "name": draft.name, "definition": draft.definition, "roleArn": draft.role, "type": kind });
    if act(desk, tell, ("CreateStateMachine", input), said::created(&draft.name)).await.is_some() {
        go(desk, StatesPlace::machine(draft.name, View::Graph));
    }
}
