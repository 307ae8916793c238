//! What a rule wants: its pattern with an event to try it on, its schedule, and what it is.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::details::Details;
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::eventbridge::rule::RulePart;
use crate::parts::eventbridge::schedule::ScheduleField;
use crate::parts::eventbridge::test::Test;
use crate::state::eventbridge::RuleDraft;
use crate::words::{self, eventbridge as said};

/// The cards.
#[component]
pub fn Definition(props: &RulePart) -> Html {
    let rule = &props.whole.rule;
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::WANTS}>
            <div class="cards">
                if rule.event_pattern.is_some() { <Pattern ..props.clone() /> }
                if rule.schedule_expression.is_some() { <Schedule ..props.clone() /> }
                <Details ..props.clone() />
            </div>
        </div>
    }
}

/// Puts the rule again, with what has changed.
pub fn put(props: &RulePart, tell: &Tell, draft: RuleDraft) {
    let (desk, tell) = (props.desk.clone(), tell.clone());
    spawn_local(async move {
        let said = (said::SAVE_RULE.to_owned(), said::SAVED_RULE.to_owned());
        act(&desk, &tell, said, ("events", "PutRule"), draft.input()).await;
    });
}

/// The pattern, and beside it an event that it can be tried on.
#[component]
fn Pattern(props: &RulePart) -> Html {
    let saved = props.whole.rule.event_pattern.clone().unwrap_or_default();
    let draft = use_draft(&saved);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let shown = draft.as_ref().unwrap_or(&saved).clone();
    let may = props.desk.cloud.may_change();
    let save = {
        let (props, pattern) = (props.clone(), shown.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let draft = RuleDraft { pattern: pattern.clone(), ..RuleDraft::of(&props.whole) };
            put(&props, &tell, draft);
        })
    };
    html! {
        <>
            <section class="card setting" aria-labelledby="pattern-h" id="setting-pattern">
                <h3 id="pattern-h">{ said::PATTERN }</h3>
                <p class="small dim2">{ said::PATTERN_MORE }</p>
                <form class="stack" onsubmit={save}>
                    <JsonField id="rule-pattern" label={said::PATTERN_JSON} text={shown.clone()} write={written(&draft)} rows={8} />
                    { beside }
                    <div class="row">
                        <button class="btn small" id="save-pattern" type="submit" disabled={!may}>{ said::SAVE }</button>
                        if draft.is_some() { <button class="btn small ghost" type="button" onclick={undo(&draft)}>{ words::CANCEL }</button> }
                    </div>
                </form>
            </section>
            <Test desk={props.desk.clone()} tell={props.tell.clone()} pattern={shown} />
        </>
    }
}

/// The schedule, and when it is due.
#[component]
fn Schedule(props: &RulePart) -> Html {
    let whole = &props.whole;
    let saved = whole.rule.schedule_expression.clone().unwrap_or_default();
    let draft = use_draft(&saved);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let shown = draft.as_ref().unwrap_or(&saved).clone();
    let own = (shown == saved).then(|| whole.next_times.clone());
    let idle = if !whole.rule.enabled {
        Some(said::NOT_DUE)
    } else if whole.targets.is_empty() {
        Some(said::NO_TARGET_DUE)
    } else {
        None
    };
    let save = {
        let (props, schedule) = (props.clone(), shown.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let draft = RuleDraft { schedule: schedule.clone(), ..RuleDraft::of(&props.whole) };
            put(&props, &tell, draft);
        })
    };
    html! {
        <section class="card setting" aria-labelledby="schedule-h" id="setting-schedule">
            <h3 id="schedule-h">{ said::BY_SCHEDULE }</h3>
            <form class="stack" onsubmit={save}>
                <ScheduleField desk={props.desk.clone()} text={shown} write={written(&draft)} {own} />
                if let Some(idle) = idle { <p class="small warn-words">{ idle }</p> }
                { beside }
                <div class="row">
                    <button class="btn small" id="save-schedule" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button>
                    if draft.is_some() { <button class="btn small ghost" type="button" onclick={undo(&draft)}>{ words::CANCEL }</button> }
                </div>
            </form>
        </section>
    }
}

type Draft = UseStateHandle<Option<String>>;

/// What is written in place of what is saved; what has been saved is no draft any more.
#[hook]
fn use_draft(saved: &str) -> Draft {
    let draft = use_state_eq(|| None::<String>);
    let setter = draft.setter();
    use_effect_with(saved.to_owned(), move |_| setter.set(None));
    draft
}

fn written(draft: &Draft) -> Callback<String> {
    let draft = draft.setter();
    Callback::from(move |text| draft.set(Some(text)))
}

fn undo(draft: &Draft) -> Callback<MouseEvent> {
    let draft = draft.setter();
    Callback::from(move |_| draft.set(None))
}
