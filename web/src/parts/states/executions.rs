//! The executions of a machine, the newest first, by their status.

use std::rc::Rc;

use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::hooks::states::use_states;
use crate::parts::icon::Icon;
use crate::parts::states::console::href;
use crate::parts::states::fields::picked;
use crate::parts::states::machine::absent;
use crate::route::states::{StatesPlace, View};
use crate::state::states::{ExecutionRow, Executions, Machine, last_of};
use crate::state::time;
use crate::words::states as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
}

/// The list.
#[component]
pub fn ExecutionList(props: &Props) -> Html {
    let Props { desk, machine } = props;
    let asked = use_state_eq(String::new);
    let live = use_state_eq(|| true);
    let mut params = json!({ "Machine": machine.row.name });
    if let (false, Some(params)) = (asked.is_empty(), params.as_object_mut()) {
        params.insert("Status".into(), (*asked).clone().into());
    }
    let load = use_states::<Executions>(desk, "executions", params, *live);
    let Load::Here(Some(found)) = &load else { return absent(&load) };
    live.set(found.counts.get("RUNNING").is_some_and(|count| *count > 0));
    let onchange = {
        let asked = asked.setter();
        picked(move |value| asked.set(value))
    };
    let all: u32 = found.counts.values().sum();
    let choices = said::STATUSES.iter().map(|status| {
        (*status, said::status(status), found.counts.get(*status).copied().unwrap_or(0))
    });
    let now = desk.cloud.clock.now();
    html! {
        <>
            <div class="toolbar sf-sub">
                <label class="row small">{ said::STATUS }
                    <select class="select" id="status-filter" {onchange}>
                        <option value="" selected={asked.is_empty()}>{ said::with_count(said::ALL, all) }</option>
                        { for choices.map(|(value, words, count)| html! { <option {value} selected={*asked == value}>{ said::with_count(words, count) }</option> }) }
                    </select></label>
            </div>
            if found.rows.is_empty() {
                <p class="dim2 sf-words">{ if machine.row.express { said::EXPRESS_ROWS } else { said::NO_EXECUTIONS } }</p>
            } else {
                <div class="scroll sf-scroll" tabindex="0" role="region" aria-label={said::EXECUTIONS}>
                    <table class="hoverable sf-table"><thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::STATUS }</th>
                        <th scope="col">{ said::STARTED }</th><th scope="col" class="num">{ said::TOOK }</th><th scope="col">{ said::VERSION_ALIAS }</th></tr></thead>
                    <tbody>{ for found.rows.iter().map(|row| one(desk, &machine.row.name, row, now)) }</tbody></table>
                </div>
            }
        </>
    }
}

/// A status with its icon.
pub fn status_pill(status: &str) -> Html {
    let (class, icon) = match status {
        "RUNNING" => ("now", "star"),
        "SUCCEEDED" => ("good", "check"),
        "ABORTED" => ("", "stop"),
        "TIMED_OUT" => ("bad", "clock"),
        _ => ("bad", "x"),
    };
    html! { <span class={classes!("pill", class)}><Icon name={icon} />{ said::status(status) }</span> }
}

fn one(desk: &Desk, machine: &str, row: &ExecutionRow, now: f64) -> Html {
    let name = last_of(&row.arn);
    let by = row.alias_arn.as_deref().or(row.version_arn.as_deref()).map(last_of);
    html! {
        <tr key={row.arn.clone()}>
            <th scope="row"><a class="mono" href={href(desk, StatesPlace::execution(machine, name, View::Graph))}>{ &row.name }</a></th>
            <td>{ status_pill(&row.status) }if row.redrives > 0 { { " " }<span class="small dim">{ said::redrives(row.redrives) }</span> }</td>
            <td class="nowrap dim2">{ time::moment(row.started, now) }</td>
            <td class="num">{ said::lasting(row.stopped.unwrap_or(now) - row.started) }</td>
            <td class="dim2">{ by.unwrap_or("") }</td>
        </tr>
    }
}
