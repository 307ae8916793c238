//! Makes a rule: by a pattern that can be tried on an event, or by a schedule. What a name may be is AWS's to say.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::bus::BusPart;
use crate::parts::eventbridge::fields::picked;
use crate::parts::eventbridge::json_field::JsonField;
use crate::parts::eventbridge::schedule::ScheduleField;
use crate::parts::eventbridge::test::Test;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::samples::{SAMPLES, named};
use crate::state::eventbridge::{DEFAULT_BUS, RuleDraft};
use crate::words::{self, eventbridge as said};

/// The form.
#[component]
pub fn NewRule(props: &BusPart) -> Html {
    let (name, description) = (use_focus_at_first(), use_node_ref());
    let scheduled = use_state_eq(|| false);
    let enabled = use_state_eq(|| true);
    let pattern = use_state_eq(|| named("").pattern.to_owned());
    let schedule = use_state_eq(|| said::SAMPLE_SCHEDULE.to_owned());
    let busy = use_state_eq(|| false);
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let BusPart { desk, bus, .. } = props;
    let onsubmit = {
        let (props, busy, tell) = (props.clone(), busy.setter(), tell);
        let fields = [name.clone(), description.clone()];
        let (pattern, schedule) = (pattern.clone(), schedule.clone());
        let (scheduled, enabled) = (*scheduled, *enabled);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, description] = fields.each_ref().map(text);
            let only = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
            let draft = RuleDraft {
                name,
                bus: props.bus.name.clone(),
                description,
                pattern: only(!scheduled, &pattern),
                schedule: only(scheduled, &schedule),
                enabled,
                role_arn: None,
            };
            create(&props, &tell, draft, busy.clone());
        })
    };
    let write = |into: &UseStateHandle<String>| {
        let into = into.setter();
        Callback::from(move |text| into.set(text))
    };
    let rules = Place::EventBridge(EventsPlace::bus(bus.name.clone(), EventsPart::First));
    html! {
        <section class="scroll grow fn-new" aria-labelledby="new-rule-h" tabindex="0">
            <form {onsubmit} id="new-rule">
                <h2 id="new-rule-h">{ said::CREATE_RULE }</h2>
                <div class="two">
                    <label class="fld">{ said::RULE_NAME }
                        <input ref={name} id="rule-name" class="input mono" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={said::SAMPLE_RULE} /></label>
                    <Field node={description} id="new-description" label={said::OPTIONAL_DESCRIPTION} value={String::new()} />
                </div>
                <label class="row ev-check"><input class="check" type="checkbox" id="rule-enabled" checked={*enabled} onchange={let (to, set) = (!*enabled, enabled.setter()); Callback::from(move |_: Event| set.set(to))} />{ said::ENABLE_IT }</label>
                <fieldset class="blueprints"><legend class="label">{ said::RULE_TYPE }</legend><div class="ev-types">
                    { kind(&scheduled, false, true) }{ kind(&scheduled, true, bus.name == DEFAULT_BUS) }
                </div></fieldset>
                if *scheduled {
                    <ScheduleField desk={desk.clone()} text={(*schedule).clone()} write={write(&schedule)} />
                } else {
                    <div class="ev-two">
                        <div class="card setting"><h3>{ said::PATTERN }</h3>
                            <p class="small dim2">{ said::PATTERN_MORE }</p>
                            { samples(&pattern) }
                            <JsonField id="new-pattern" label={said::PATTERN_JSON} text={(*pattern).clone()} write={write(&pattern)} rows={8} /></div>
                        <Test desk={desk.clone()} tell={props.tell.clone()} pattern={(*pattern).clone()} />
                    </div>
                }
                { beside }
                <div class="row">
                    <button id="make-rule" class="btn primary" type="submit" disabled={*busy || !desk.cloud.may_change()}><Icon name="plus" />{ said::CREATE_RULE }</button>
                    <a class="btn" href={desk.route.at(rules).href()}>{ words::CANCEL }</a>
                </div>
            </form>
        </section>
    }
}

/// Patterns to begin with.
fn samples(pattern: &UseStateHandle<String>) -> Html {
    let pick = {
        let pattern = pattern.setter();
        picked(move |id| {
            if !id.is_empty() {
                pattern.set(named(&id).pattern.to_owned());
            }
        })
    };
    let is_own = SAMPLES.iter().all(|one| one.pattern != **pattern);
    html! {
        <label class="fld">{ said::BEGIN_WITH }
            <select class="select" id="sample-pattern" onchange={pick}>
                <option value="" selected={is_own}></option>
                { for SAMPLES.iter().map(|one| html! { <option value={one.id} selected={one.pattern == **pattern}>{ one.words }</option> }) }
            </select></label>
    }
}

fn kind(scheduled: &UseStateHandle<bool>, is: bool, may: bool) -> Html {
    let (id, title, about) = if is {
        ("schedule", said::BY_SCHEDULE, said::BY_SCHEDULE_MORE)
    } else {
        ("pattern", said::BY_PATTERN, said::BY_PATTERN_MORE)
    };
    let on = **scheduled == is;
    let pick = {
        let scheduled = scheduled.setter();
        Callback::from(move |_: Event| scheduled.set(is))
    };
    html! {
        <label class={classes!("blue", on.then_some("on"))}>
            <input type="radio" name="rule-type" value={id} checked={on} disabled={!may} onchange={pick} />
            <b>{ title }</b><span class="small dim2">{ about }</span>
        </label>
    }
}

/// Puts the rule, and goes on to its targets.
fn create(props: &BusPart, tell: &Tell, draft: RuleDraft, busy: UseStateSetter<bool>) {
    let (desk, tell) = (props.desk.clone(), tell.clone());
    busy.set(true);
    spawn_local(async move {
        let said = (said::creating(&draft.name), said::created(&draft.name));
        let made = act(&desk, &tell, said, ("events", "PutRule"), draft.input()).await;
        busy.set(false);
        if made.is_some() {
            let place = EventsPlace::rule(draft.bus, draft.name, EventsPart::Targets);
            desk.route.at(Place::EventBridge(place)).go();
        }
    });
}
