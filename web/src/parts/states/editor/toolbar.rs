//! Undo and redo, what is wrong, and saving.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::states::act;
use crate::parts::icon::Icon;
use crate::parts::states::diagnostics::Verdict;
use crate::parts::states::editor::ed::Ed;
use crate::state::states::session::{Action, Note};
use crate::state::states::{Diagnostic, all_states};
use crate::words::{self, state_editor as said, states as states_said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    pub found: Option<Rc<Vec<Diagnostic>>>,
    /// Whether what is not saved outlives the page.
    pub kept: bool,
}

/// The bar above everything.
#[component]
pub fn Toolbar(props: &Props) -> Html {
    let Props { ed, found, kept } = props;
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
        Callback::from(move |_: MouseEvent| discard(&ed))
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
            <span class="small dim grow">{ said::saved(changed, *kept) }</span>
            <Verdict found={found.clone()} />
            if changed { <button class="btn small" id="discard" onclick={discard} disabled={!ed.may()}>{ said::DISCARD }</button> }
            <button class={classes!("btn", "small", "primary", ed.desk.hot("states.save"))} id="save-machine" data-hotspot="states.save" disabled={!changed || !ed.may()} onclick={save}><Icon name="check" />{ words::s3::SAVE }</button>
        </div>
        if changed && !kept { <p class="note warn sfe-note" role="alert" id="not-kept"><Icon name="warn" />{ said::NOT_KEPT }</p> }
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
        Some(Note::Draft(stale)) => ("warn", "info", said::draft_found(*stale)),
    };
    let close = {
        let ed = ed.clone();
        Callback::from(move |_: MouseEvent| ed.act(Action::Forget))
    };
    let may = ed.may();
    let throw_away = matches!(ed.session.note, Some(Note::Draft(_))).then(|| {
        let ed = ed.clone();
        let onclick = Callback::from(move |_: MouseEvent| discard(&ed));
        html! { <button class="btn small" id="throw-away" disabled={!may} {onclick}>{ said::THROW_AWAY }</button> }
    });
    html! {
        <div class={classes!("note", "sfe-note", class)} role="status" id="edit-note"><Icon name={icon} /><p class="grow">{ words }</p>{ throw_away.unwrap_or_default() }
            <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={close}><Icon name="x" /></button></div>
    }
}

/// Takes what is saved; what was drawn can be had again by Undo.
fn discard(ed: &Ed) {
    ed.edit(Ok(ed.session.saved.clone()), said::DISCARD);
}

fn save(ed: &Ed) {
    let ed = ed.clone();
    spawn_local(async move {
        let input = json!({ "stateMachineArn": ed.machine.row.arn, "definition": ed.text() });
        let done = states_said::saved(&ed.machine.row.name);
        let text = ed.text().to_owned();
        if act(&ed.desk, &ed.tell, ("UpdateStateMachine", input), done).await.is_some() {
            forget_breakpoints(&ed, &text);
            ed.act(Action::Saved(text));
        }
    });
}

/// Breakpoints at states that are no longer there would never be seen again.
fn forget_breakpoints(ed: &Ed, saved: &str) {
    let Some(toggle) = &ed.stops.toggle else { return };
    let there = all_states(&serde_json::from_str(saved).unwrap_or_default());
    for gone in ed.machine.breakpoints.iter().filter(|state| !there.contains(*state)) {
        toggle.emit(gone.clone());
    }
}
