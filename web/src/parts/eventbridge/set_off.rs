//! What EventBridge answered to an event, and which rules it has set off since.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::eventbridge::counts;
use crate::parts::icon::Icon;
use crate::route::Place;
use crate::route::eventbridge::{EventsPart, EventsPlace};
use crate::state::eventbridge::{DEFAULT_BUS, Entry, Listed, entries, set_off};
use crate::words::eventbridge as said;

/// An event that was sent.
#[derive(Clone, PartialEq)]
pub struct Sent {
    pub seq: u64,
    pub output: Value,
    /// The rules as they stood before.
    pub before: Rc<Vec<Listed>>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub sent: Sent,
    /// The rules as they stand now.
    pub rules: Rc<Vec<Listed>>,
}

/// The answer, and below it the rules.
#[component]
pub fn Answered(props: &Props) -> Html {
    let Props { desk, sent, rules } = props;
    let off = set_off(&sent.before, rules);
    let json = serde_json::to_string_pretty(&sent.output).unwrap_or_default();
    html! {
        <>
            <div id="event-answer" role="status">{ for entries(&sent.output).iter().map(entry) }</div>
            <details class="ev-more"><summary>{ said::ANSWER_JSON }</summary><pre class="doc mono" tabindex="0">{ json }</pre></details>
            <h3 id="set-off-h">{ said::SET_OFF }</h3>
            <p class="small dim2">{ said::SET_OFF_MORE }</p>
            <div role="status" id="set-off">
                if off.is_empty() { <p class="small">{ said::NONE_SET_OFF }</p> } else {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="set-off-h"><table>
                        <thead><tr><th scope="col">{ said::RULE }</th>{ counts::heads() }</tr></thead>
                        <tbody>{ for off.iter().map(|rule| row(desk, rule)) }</tbody>
                    </table></div>
                }
            </div>
        </>
    }
}

fn entry(entry: &Entry) -> Html {
    match &entry.error_code {
        Some(code) => html! {
            <p class="note bad"><Icon name="x" /><span><code>{ code }</code>{ ": " }{ entry.error_message.clone().unwrap_or_default() }</span></p>
        },
        None => html! {
            <p class="small">{ said::EVENT_ID }{ ": " }<code>{ entry.event_id.clone().unwrap_or_default() }</code></p>
        },
    }
}

fn row(desk: &Desk, rule: &Listed) -> Html {
    let place =
        EventsPlace::rule(rule.event_bus_name.clone(), rule.name.clone(), EventsPart::Targets);
    let bus = Some(&rule.event_bus_name).filter(|bus| *bus != DEFAULT_BUS);
    html! {
        <tr key={rule.arn.clone()}>
            <th scope="row"><a href={desk.route.at(Place::EventBridge(place)).href()}>{ &rule.name }</a>{ for bus.map(|bus| html! { <span class="small dim2">{ " " }{ bus }</span> }) }{ counts::last_error(rule) }</th>
            { counts::cells(rule) }
        </tr>
    }
}
