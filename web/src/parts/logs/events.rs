//! The events of a group or of one stream: those that match, the latest at the end, one of them open.

use serde::Deserialize;
use serde_json::json;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::icon::Icon;
use crate::parts::logs::line::LogLine;
use crate::state::lambda::monitor::Line;
use crate::state::time;
use crate::words::{self, logs as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub group: String,
    pub stream: Option<AttrValue>,
    pub pattern: String,
    pub set_pattern: Callback<String>,
    /// How far back, in milliseconds; nothing is everything.
    pub since: Option<f64>,
    pub follow: bool,
}

/// What a group told.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Found {
    events: Vec<Line>,
    matched: usize,
    all: usize,
    wrong: Option<String>,
}

/// So many are drawn.
const LIMIT: usize = 300;

/// The list.
#[component]
pub fn Events(props: &Props) -> Html {
    let desk = &props.desk;
    let open = use_state_eq(|| None::<(String, u64)>);
    let place = use_node_ref();
    // The beginning moves on in steps, or each look would be another question.
    let minute = (desk.cloud.clock.now() / 60_000.0).floor() * 60_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
    let from = props.since.map(|since| (minute - since).max(0.0) as i64);
    let params = json!({
        "Group": props.group, "Stream": props.stream.as_deref(), "Pattern": props.pattern, "From": from, "Limit": LIMIT,
    });
    let found = use_live(desk, ("logs", "latest"), params, if props.follow { 500 } else { 5_000 });
    // What was found last stays while it is held.
    let held = use_mut_ref(|| None::<(String, Load<Found>)>);
    let question = format!("{}|{:?}", props.pattern, props.since);
    let now = match found {
        Load::Coming => Load::Coming,
        Load::Refused(why) => Load::Refused(why),
        Load::Here(found) => Load::Here(
            serde_json::from_value::<Option<Found>>(found).ok().flatten().unwrap_or_default(),
        ),
    };
    let shown = {
        let mut held = held.borrow_mut();
        match &*held {
            Some((asked, Load::Here(found))) if !props.follow && *asked == question => {
                Load::Here(found.clone())
            }
            _ => {
                *held = Some((question, now.clone()));
                now
            }
        }
    };
    let count = if let Load::Here(found) = &shown { found.matched } else { 0 };
    {
        let place = place.clone();
        use_effect_with((count, props.follow), move |(_, follow)| {
            if let Some(list) = place.cast::<HtmlElement>().filter(|_| *follow) {
                list.set_scroll_top(list.scroll_height());
            }
        });
    }
    let found = match shown {
        Load::Coming => {
            return html! { <p class="dim table-words grow" aria-busy="true">{ said::LOADING_EVENTS }</p> };
        }
        Load::Refused(why) => {
            return html! { <p class="note bad table-words grow" role="alert">{ words_of(&why) }</p> };
        }
        Load::Here(found) => found,
    };
    let earlier = found.matched - found.events.len().min(found.matched);
    let toggle = {
        let open = open.clone();
        Callback::from(move |which: (String, u64)| {
            let same = open.as_ref() == Some(&which);
            open.set((!same).then_some(which));
        })
    };
    html! {
        <div class="loglist scroll" id="log-events" ref={place} tabindex="0" role="region" aria-label={said::EVENTS}>
            if let Some(why) = &found.wrong { <p class="note bad log-note" role="alert">{ why }</p> }
            if earlier > 0 { <p class="small dim log-note">{ said::earlier(earlier) }</p> }
            if found.events.is_empty() && found.wrong.is_none() {
                <p class="dim2 table-words">{ if found.all == 0 { said::NO_EVENTS } else { said::NO_MATCH } }</p>
            }
            <ol>
                { for found.events.iter().map(|line| {
                    let which = (line.stream.clone(), line.sequence);
                    let on = open.as_ref() == Some(&which);
                    html! { <LogLine key={format!("{}{}", line.stream, line.sequence)} desk={desk.clone()} group={props.group.clone()} line={line.clone()} {on}
                        toggle={toggle.reform(move |()| which.clone())} set_pattern={&props.set_pattern} pattern={props.pattern.clone()} /> }
                }) }
            </ol>
            <p class="follow">
                if props.follow { <Icon name="star" class="sm here" /> } else { <Icon name="pause" class="sm" /> }
                <span role="status" id="log-state"><b>{ if props.follow { said::FOLLOWING } else { said::HELD } }</b>{ " " }
                    { words::simulated(&time::clock(desk.cloud.clock.now())) }{ ". " }{ if props.follow { said::FOLLOWING_MORE } else { said::HELD_MORE } }</span>
                <span class="push small dim2" id="log-count">{ said::count_of(found.matched, found.all) }
                    if found.all > found.matched { { ", " }{ said::hidden(found.all - found.matched) } }</span>
            </p>
        </div>
    }
}
