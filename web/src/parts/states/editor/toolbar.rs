//! Undo and redo, what is wrong, and saving.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::states::act;
use crate::parts::icon::Icon;
use crate::parts::states::diagnostics::Verdict;
use crate::parts::states::editor::ed::Ed;
use crate::state::states::Diagnostic;
use crate::state::states::session::{Action, Note};
use crate::words::{self, state_editor as said, states as states_said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    pub found: Option<Rc<Vec<Diagnostic>>>,
}

/// The bar above everything.
#[component]
pub fn Toolbar(props: &Props) -> Html {
    let Props { ed, found } = props;
    let session = &ed.session;
    let changed = session.is_changed();
    let step = |action: Action| {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.act(action.clone()))
    };
    let save = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| save(&ed))
    };
    let discard = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.edit(Ok(ed.session.saved.clone()), said::DISCARD))
    };
    let back = said::undo(session.history.undoes());
    let forth = said::redo(session.history.redoes());
    html! {
        <>
        <div class="toolbar sf-sub sfe-bar">
            <span class="group" role="group" aria-label={said::HISTORY}>
                <button class="btn small" id="undo" disabled={session.history.undoes().is_none() || !ed.may()} title={back.clone()} aria-label={back.clone()} onclick={step(Action::Undo)}><Icon name="undo" /><span class="sfe-only-wide sfe-cut">{ back }</span></button>
                <button class="btn small" id="redo" disabled={session.history.redoes().is_none() || !ed.may()} title={forth.clone()} aria-label={forth} onclick={step(Action::Redo)}><Icon name="redo" /></button>
            </span>
            <span class="small dim grow">{ if changed { said::NOT_SAVED } else { said::IS_SAVED } }</span>
            <Verdict found={found.clone()} />
            if changed { <button class="btn small" id="discard" onclick={discard} disabled={!ed.may()}>{ said::DISCARD }</button> }
            <button class="btn small primary" id="save-machine" disabled={!changed || !ed.may()} onclick={save}><Icon name="check" />{ words::s3::SAVE }</button>
        </div>
        { note(ed) }
        </>
    }
}

/// What the last edit could not do, or could not keep.
fn note(ed: &Ed) -> Html {
    let (class, icon, words) = match &ed.session.note {
        None => return html! { <div role="status"></div> },
        Some(Note::Refused(refused)) => ("bad", "x", refused.to_string()),
        Some(Note::Told(told)) => ("warn", "info", said::told(told)),
        Some(Note::Elsewhere) => ("warn", "warn", said::CHANGED_ELSEWHERE.to_owned()),
    };
    let close = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.act(Action::Forget))
    };
    html! {
        <div class={classes!("note", "sfe-note", class)} role="status" id="edit-note"><Icon name={icon} /><p class="grow">{ words }</p>
            <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={close}><Icon name="x" /></button></div>
    }
}

fn save(ed: &Ed) {
    let ed = ed.clone();
    spawn_local(async move {
        let input = json!({ "stateMachineArn": ed.machine.row.arn, "definition": ed.text() });
        let done = states_said::saved(&ed.machine.row.name);
        let text = ed.text().to_owned();
        if act(&ed.desk, &ed.tell, ("UpdateStateMachine", input), done).await.is_some() {
            ed.act(Action::Saved(text));
        }
    });
}
