//! Adds a target to a rule, or changes one: what it is, what it gets, and what happens when it does not take an event in.

use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::focus;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::fields::{picked, typed};
use crate::parts::eventbridge::found::{Found, options, use_found};
use crate::parts::eventbridge::grant;
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::eventbridge::target_input::TargetInput;
use crate::state::cloud::Refusal;
use crate::state::eventbridge::target::{Kind, Target, TargetDraft, free_id, named_by, short};
use crate::state::eventbridge::{Bus, Whole, of_bus};
use crate::words::{self, eventbridge as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub buses: Rc<Vec<Bus>>,
    pub whole: Whole,
    /// The target that is changed; without one it is a new one.
    pub editing: Option<Target>,
    /// Whether the rule has no target yet: then the form stays.
    pub first: bool,
    pub close: Callback<()>,
}

/// The form.
#[component]
pub fn TargetForm(props: &Props) -> Html {
    let draft = use_state_eq(|| begin(props));
    let kind = use_state_eq(|| named_by(&draft.arn).map_or(Kind::Function, |(kind, _)| kind));
    let busy = use_state_eq(|| false);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    use_escape(!props.first, props.close.clone());
    let at_first = use_node_ref();
    {
        let (at_first, first) = (at_first.clone(), props.first);
        use_effect_with((), move |()| {
            if !first {
                focus(&at_first);
            }
        });
    }
    let (desk, bus) = (&props.desk, &props.whole.rule.event_bus_name);
    let (found, is_here) = use_found(desk, *kind, bus);
    let (queues, _) = use_found(desk, Kind::Queue, bus);
    let chosen = chosen(&draft, *kind, &found);
    let draft_with = TargetDraft { arn: chosen.clone(), ..(*draft).clone() };
    let onsubmit = {
        let (props, busy, draft) = (props.clone(), busy.setter(), draft_with.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (props, tell, draft, busy) =
                (props.clone(), tell.clone(), draft.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                put(&props, &tell, draft).await;
                busy.set(false);
            });
        })
    };
    let change = |how: fn(&mut TargetDraft, String)| {
        let draft = draft.clone();
        move |text: String| {
            let mut next = (*draft).clone();
            how(&mut next, text);
            draft.set(next);
        }
    };
    let pick_kind = {
        let kind = kind.setter();
        picked(move |id| kind.set(Kind::named(&id)))
    };
    let is_fifo = chosen.rsplit_once('.').is_some_and(|(_, end)| end == "fifo");
    let title = if props.editing.is_some() { said::SAVE_TARGET } else { said::ADD_TARGET };
    html! {
        <form class="new-trigger" id="target-form" aria-labelledby="target-form-h" {onsubmit}>
            <h3 id="target-form-h">{ title }</h3>
            <div class="two">
                <label class="fld">{ said::TARGET_TYPE }
                    <select ref={at_first} class="select" id="target-type" onchange={pick_kind}>{ for Kind::ALL.iter().map(|one| html! { <option value={one.id()} selected={one == &*kind}>{ said::kind(*one) }</option> }) }</select></label>
                <label class="fld">{ said::TARGET }
                    <select class="select" id="target-arn" onchange={picked(change(|draft, arn| draft.arn = arn))}>{ options(&found, &chosen) }</select></label>
                <label class="fld">{ said::TARGET_ID }
                    <input class="input mono" id="target-id" value={draft.id.clone()} readonly={props.editing.is_some()} oninput={typed(change(|draft, id| draft.id = id))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                if kind.needs_role() {
                    <label class="fld">{ said::ROLE }<input class="input mono" id="target-role" value={draft.role.clone()} oninput={typed(change(|draft, role| draft.role = role))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                }
                if is_fifo {
                    <label class="fld">{ said::GROUP }<input class="input mono" id="target-group" value={draft.group.clone()} oninput={typed(change(|draft, group| draft.group = group))} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                }
            </div>
            if *kind == Kind::Destination {
                <div class="ev-two">
                    <label class="fld">{ said::PATH_VALUES }
                        <textarea id="target-path-values" class="input mono doc-field" rows="3" spellcheck="false" autocomplete="off" autocapitalize="off" oninput={typed(change(|draft, text| draft.path_values = text))} value={draft.path_values.clone()} /></label>
                    <JsonField id="target-query" label={said::QUERY} text={draft.query.clone()} write={Callback::from(change(|draft, text| draft.query = text))} />
                    <JsonField id="target-headers" label={said::HEADERS} text={draft.headers.clone()} write={Callback::from(change(|draft, text| draft.headers = text))} />
                </div>
            }
            if is_here && chosen.is_empty() { <p class="small warn-words" role="status">{ said::none_of(*kind) }</p> }
            <TargetInput draft={draft_with} write={let draft = draft.setter(); Callback::from(move |next| draft.set(next))} />
            <div class="two">
                <label class="fld">{ said::DEAD_LETTERS }
                    <select class="select" id="target-dead" onchange={picked(change(|draft, dead| draft.dead = dead))}>
                        <option value="" selected={draft.dead.is_empty()}>{ said::NOTHING }</option>{ options(&queues, &draft.dead) }
                    </select></label>
                <label class="fld">{ said::RETRY_ATTEMPTS }<input class="input" id="target-retries" type="number" min="0" max="185" value={draft.retries.clone()} oninput={typed(change(|draft, text| draft.retries = text))} aria-describedby="retry-more" /></label>
                <label class="fld">{ said::AGE }<input class="input" id="target-age" type="number" min="60" max="86400" value={draft.age.clone()} oninput={typed(change(|draft, text| draft.age = text))} aria-describedby="retry-more" /></label>
            </div>
            <p class="small dim" id="retry-more">{ said::AS_AWS }</p>
            { beside }
            <div class="row">
                <button class="btn primary" id="put-target" type="submit" disabled={*busy || chosen.is_empty() || !desk.cloud.may_change()}>{ title }</button>
                if !props.first || props.editing.is_some() { <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button> }
            </div>
        </form>
    }
}

/// What stands in the form at first.
fn begin(props: &Props) -> TargetDraft {
    let id = free_id(&props.whole.targets);
    let new = TargetDraft { id, role: said::ROLE_DEFAULT.to_owned(), ..TargetDraft::default() };
    let Some(target) = &props.editing else { return new };
    let role = target.role_arn.clone().unwrap_or(new.role);
    TargetDraft { role, ..TargetDraft::of(target) }
}

/// The ARN that is chosen: the first of its kind unless one was picked.
fn chosen(draft: &TargetDraft, kind: Kind, found: &[Found]) -> String {
    if named_by(&draft.arn).is_some_and(|(of, _)| of == kind) {
        return draft.arn.clone();
    }
    found.first().map(|one| one.arn.clone()).unwrap_or_default()
}

async fn put(props: &Props, tell: &Tell, draft: TargetDraft) {
    let Props { desk, whole, editing, close, .. } = props;
    let name = short(&draft.arn);
    let target = match draft.target() {
        Ok(target) => target,
        Err(wrong) => {
            let why = Refusal::Host(said::wrong(wrong).to_owned());
            return tell.refused.emit((said::putting_target(&name), why));
        }
    };
    let mut input = of_bus(&whole.rule.event_bus_name);
    let members = [("Rule", json!(whole.rule.name)), ("Targets", json!([target]))];
    input.extend(members.map(|(name, value): (&str, Value)| (name.to_owned(), value)));
    let said = (said::putting_target(&name), said::put_target(&name));
    if act(desk, tell, said, ("events", "PutTargets"), input.into()).await.is_none() {
        return;
    }
    // What is told from now on is told by the console: the form may be gone.
    if let Some(old) = editing {
        grant::revoke(desk, &props.tell, &whole.rule, (old, Some(&target))).await;
    }
    grant::grant(desk, &props.tell, &whole.rule, &target).await;
    close.emit(());
}
