//! A schedule: its expression, and when it is due next.

use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::eventbridge::fields::{picked, typed};
use crate::state::eventbridge::Schedule;
use crate::state::time;
use crate::words::eventbridge as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub text: AttrValue,
    pub write: Callback<String>,
    /// When the rule's own schedule is due, while it stands in the field as it is saved.
    #[prop_or_default]
    pub own: Option<Vec<f64>>,
}

/// The field, some examples, and the next times.
#[component]
pub fn ScheduleField(props: &Props) -> Html {
    let params = json!({ "ScheduleExpression": &*props.text });
    let tried = use_live(&props.desk, ("events", "schedule"), params, None::<u32>);
    let tried = match tried {
        Load::Here(tried) => serde_json::from_value::<Option<Schedule>>(tried).ok().flatten(),
        _ => None,
    };
    let shown = match &props.own {
        Some(times) => Some(Schedule { valid: true, next_times: times.clone() }),
        None => tried,
    };
    let oninput = {
        let write = props.write.clone();
        typed(move |text| write.emit(text))
    };
    let onchange = {
        let write = props.write.clone();
        picked(move |text| {
            if !text.is_empty() {
                write.emit(text);
            }
        })
    };
    let is_own = said::SCHEDULES.iter().all(|(text, _)| *text != &*props.text);
    html! {
        <>
            <p class="small dim2" id="schedule-more">{ said::SCHEDULE_MORE }</p>
            <div class="two">
                <label class="fld">{ said::SCHEDULE }
                    <input id="rule-schedule" class="input mono" value={props.text.clone()} {oninput} placeholder={said::SAMPLE_SCHEDULE} aria-describedby="schedule-more" autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <label class="fld">{ said::BEGIN_WITH }
                    <select class="select" id="schedule-sample" {onchange}>
                        <option value="" selected={is_own}></option>
                        { for said::SCHEDULES.iter().map(|(text, words)| html! { <option value={*text} selected={*text == &*props.text}>{ *words }</option> }) }
                    </select></label>
            </div>
            <div role="status" id="next-times">{ for shown.map(|schedule| next(props, &schedule)) }</div>
        </>
    }
}

fn next(props: &Props, schedule: &Schedule) -> Html {
    if !schedule.valid {
        return html! { <p class="small bad-words">{ said::NO_SCHEDULE }</p> };
    }
    if schedule.next_times.is_empty() {
        return html! { <p class="small">{ said::NEVER }</p> };
    }
    let now = props.desk.cloud.clock.now();
    html! {
        <>
            <h4 class="label">{ said::NEXT_TIMES }</h4>
            <ol class="ev-times">{ for schedule.next_times.iter().map(|at| html! { <li>{ time::moment(*at, now) }</li> }) }</ol>
        </>
    }
}
