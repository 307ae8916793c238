//! The history as a table, to be filtered.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::drawn::use_drawn;
use crate::hooks::latest::use_the_latest;
use crate::hooks::states::Followed;
use crate::parts::icon::Icon;
use crate::parts::states::fields::typed;
use crate::state::states::{Event, Kept};
use crate::state::time;
use crate::words::{debug, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub followed: Followed,
    pub choose: Callback<String>,
}

/// The table.
#[component]
pub fn Events(props: &Props) -> Html {
    let sought = use_state_eq(String::new);
    let failures = use_state_eq(|| false);
    let open = use_state_eq(|| None::<u64>);
    let choose = use_the_latest(&props.choose);
    let toggle = {
        let (setter, open) = (open.setter(), *open);
        Callback::from(move |id: u64| setter.set((open != Some(id)).then_some(id)))
    };
    let toggle = use_the_latest(&toggle);
    let events = &props.followed.events;
    let all =
        use_memo((events.clone(), sought.clone(), *failures), |(events, sought, failures)| {
            let text = sought.trim().to_lowercase();
            let fits = |event: &&Rc<Event>| {
                (!failures || event.is_failure()) && (text.is_empty() || event.holds(&text))
            };
            events.iter().filter(fits).cloned().collect::<Vec<Rc<Event>>>()
        });
    let region = use_node_ref();
    let drawn = use_drawn(&region, all.len());
    let oninput = {
        let sought = sought.setter();
        typed(move |value| sought.set(value))
    };
    let onchange = {
        let failures = failures.setter();
        Callback::from(move |event: yew::Event| {
            failures.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    let start = events.first().map_or(0.0, |event| event.at);
    let row = |event: &Rc<Event>| {
        let state = props.followed.run.owner_of(event.id);
        let state = state.map(|visit| AttrValue::from(visit.name.clone()));
        let debug = props.followed.execution.debug.as_ref();
        let by_hand =
            debug.is_some_and(|debug| debug.changes.iter().any(|change| change.event == event.id));
        let after = event.at - start;
        let open = *open == Some(event.id);
        html! {
            <Row key={event.id.to_string()} event={Kept(event.clone())} {state} {by_hand} {after} {open} toggle={toggle.clone()} choose={choose.clone()} />
        }
    };
    html! {
        <>
            <div class="toolbar sf-sub">
                <label class="row grow"><span class="vh">{ said::FIND_EVENT }</span><input id="find-event" class="input grow" type="search" placeholder={said::FIND_EVENT} {oninput} /></label>
                <label class="row small"><input class="check" type="checkbox" checked={*failures} {onchange} />{ said::ONLY_FAILURES }</label>
                <span class="small dim" role="status">{ said::events(all.len(), events.len()) }</span>
            </div>
            <div class="scroll sf-scroll" ref={region} onscroll={drawn.onscroll} tabindex="0" role="region" aria-label={said::EVENTS}>
                <table class="hoverable sf-table sf-events"><thead><tr><th scope="col" class="num">{ said::NUMBER }</th><th scope="col">{ said::EVENT }</th><th scope="col">{ said::STATE }</th>
                    <th scope="col" class="num">{ said::AFTER }</th><th scope="col">{ said::TIME }</th></tr></thead>
                <tbody>{ for all.iter().take(drawn.rows).map(row) }</tbody></table>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    event: Kept<Event>,
    /// The state that it belongs to.
    state: Option<AttrValue>,
    /// Whether somebody changed something in the debugger.
    by_hand: bool,
    /// Milliseconds since the execution began.
    after: f64,
    /// Whether all of it is shown.
    open: bool,
    toggle: Callback<u64>,
    choose: Callback<String>,
}

/// An event, and below it all of it if it is open. One that is drawn is not looked at again: it does not change.
#[component]
fn Row(props: &RowProps) -> Html {
    let event = &props.event;
    let toggle = {
        let id = event.id;
        props.toggle.reform(move |_: MouseEvent| id)
    };
    let choose = |name: &AttrValue| {
        let name = name.to_string();
        props.choose.reform(move |_: MouseEvent| name.clone())
    };
    html! {
        <>
            <tr>
                <td class="num dim">{ event.id }</td>
                <th scope="row"><button class="lnk2 sf-event" aria-expanded={props.open.to_string()} onclick={toggle}>
                    if event.is_failure() { <Icon name="x" class="sm no" /> }{ &event.r#type }</button>
                    if props.by_hand { <span class="pill warn"><Icon name="you" />{ debug::BY_HAND }</span> }</th>
                <td>if let Some(name) = &props.state { <button class="lnk2 sf-of" onclick={choose(name)}>{ name }</button> }</td>
                <td class="num dim2 nowrap">{ said::lasting(props.after) }</td>
                <td class="nowrap dim2 mono">{ time::clock_ms(event.at) }</td>
            </tr>
            if props.open {
                <tr class="sf-more"><td colspan="5"><pre class="code plain wrapped" tabindex="0">{ serde_json::to_string_pretty(&event.opened()).unwrap_or_default() }</pre></td></tr>
            }
        </>
    }
}
