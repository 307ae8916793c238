//! The drawer's head: how many calls, the last of them when it is shut, and the switch where room is short.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::hood::drawer::Pane;
use crate::parts::hood::row::who;
use crate::parts::icon::Icon;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub open: bool,
    pub toggle: Callback<()>,
    pub pane: Pane,
    pub show_pane: Callback<Pane>,
    /// The operation of the call that is chosen.
    pub chosen: Option<AttrValue>,
    pub filtered: bool,
    pub toggle_filter: Callback<()>,
}

/// The head.
#[component]
pub fn Head(props: &Props) -> Html {
    let calls = &props.desk.cloud.calls;
    let (_, bill) = props.desk.cloud.bill_shown();
    let last = calls.last().filter(|_| !props.open).map(|call| {
        let class = if call.failed() { "no" } else { "ok" };
        html! {
            <span class="lastcall">
                <span class="dim2">{ words::LAST }</span><b>{ call.name() }</b>{ words::by(&who(call).1) }
                <span class={class}>{ call.answer() }</span>
            </span>
        }
    });
    let switch = |pane: Pane, words: AttrValue| {
        let onclick = props.show_pane.reform(move |_| pane);
        html! { <button class="btn small" aria-pressed={(props.pane == pane).to_string()} {onclick}>{ words }</button> }
    };
    let label = if props.open { words::CLOSE_DRAWER } else { words::OPEN_DRAWER };
    html! {
        <div class="hood-head">
            <h2 id="hood-h"><Icon name="hood" /><span>{ words::HOOD }</span></h2>
            <span class="pill">{ words::call_count(calls.len()) }</span>
            { last }
            <span class="group hswitch only-compact" role="group" aria-label={words::HOOD_SWITCH}>
                { switch(Pane::Calls, words::CALLS.into()) }
                { switch(Pane::Detail, props.chosen.clone().unwrap_or_else(|| words::DETAIL.into())) }
                <span class="only-narrow">{ switch(Pane::Bill, words::hood::BILL.into()) }</span>
            </span>
            <span class="push row">
                <span class="mono only-narrow bill-now" title={words::hood::BILL_SO_FAR}>{ words::hood::usd(bill.usd) }</span>
                <button id="filter-calls" class="btn ghost small opt" aria-expanded={props.filtered.to_string()} onclick={props.toggle_filter.reform(|_| ())}>
                    <Icon name="filter" /><span class="hide-narrow">{ words::hood::FILTER }</span>
                </button>
                <button class="btn ghost small icon collapse" aria-expanded={props.open.to_string()} aria-label={label} title={label}
                    onclick={props.toggle.reform(|_| ())}><Icon name="chev" /></button>
            </span>
        </div>
    }
}
