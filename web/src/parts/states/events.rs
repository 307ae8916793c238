//! The history as a table, to be filtered.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::states::Followed;
use crate::parts::icon::Icon;
use crate::parts::states::fields::typed;
use crate::state::states::Event;
use crate::state::time;
use crate::words::{self, debug, states as said};

/// So many rows are drawn until more are asked for.
const ROWS: usize = 200;

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
    let shown = use_state_eq(|| ROWS);
    let open = use_state_eq(|| None::<u64>);
    let text = sought.trim().to_lowercase();
    let fits = |event: &&Event| {
        (!*failures || event.is_failure()) && (text.is_empty() || event.holds(&text))
    };
    let events = &props.followed.events;
    let all: Vec<&Event> = events.iter().map(AsRef::as_ref).filter(fits).collect();
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
    let more = {
        let (shown, now) = (shown.setter(), *shown);
        Callback::from(move |_: MouseEvent| shown.set(now + ROWS))
    };
    let start = events.first().map_or(0.0, |event| event.at);
    html! {
        <>
            <div class="toolbar sf-sub">
                <label class="row grow"><span class="vh">{ said::FIND_EVENT }</span><input id="find-event" class="input grow" type="search" placeholder={said::FIND_EVENT} {oninput} /></label>
                <label class="row small"><input class="check" type="checkbox" checked={*failures} {onchange} />{ said::ONLY_FAILURES }</label>
                <span class="small dim" role="status">{ said::events(all.len(), events.len()) }</span>
            </div>
            <div class="scroll sf-scroll" tabindex="0" role="region" aria-label={said::EVENTS}>
                <table class="hoverable sf-table sf-events"><thead><tr><th scope="col" class="num">{ said::NUMBER }</th><th scope="col">{ said::EVENT }</th><th scope="col">{ said::STATE }</th>
                    <th scope="col" class="num">{ said::AFTER }</th><th scope="col">{ said::TIME }</th></tr></thead>
                <tbody>{ for all.iter().take(*shown).map(|event| one(props, event, start, &open)) }</tbody></table>
                if all.len() > *shown { <p class="sf-words"><button class="btn small" onclick={more}>{ words::NEXT_PAGE }</button></p> }
            </div>
        </>
    }
}

fn one(props: &Props, event: &Event, start: f64, open: &UseStateHandle<Option<u64>>) -> Html {
    let state = props.followed.run.owner_of(event.id).map(|visit| visit.name.clone());
    let by_hand = props
        .followed
        .execution
        .debug
        .as_ref()
        .is_some_and(|debug| debug.changes.iter().any(|change| change.event == event.id));
    let on = **open == Some(event.id);
    let toggle = {
        let (open, id) = (open.setter(), event.id);
        Callback::from(move |_: MouseEvent| open.set((!on).then_some(id)))
    };
    let choose = state.clone().map(|name| props.choose.reform(move |_: MouseEvent| name.clone()));
    html! {
        <>
            <tr key={event.id.to_string()}>
                <td class="num dim">{ event.id }</td>
                <th scope="row"><button class="lnk2 sf-event" aria-expanded={on.to_string()} onclick={toggle}>
                    if event.is_failure() { <Icon name="x" class="sm no" /> }{ &event.r#type }</button>
                    if by_hand { <span class="pill warn"><Icon name="you" />{ debug::BY_HAND }</span> }</th>
                <td>if let Some(name) = &state { <button class="lnk2 sf-of" onclick={choose.clone()}>{ name }</button> }</td>
                <td class="num dim2 nowrap">{ said::lasting(event.at - start) }</td>
                <td class="nowrap dim2 mono">{ time::clock_ms(event.at) }</td>
            </tr>
            if on {
                <tr key={format!("{}-more", event.id)} class="sf-more"><td colspan="5"><pre class="code plain wrapped" tabindex="0">{ serde_json::to_string_pretty(&event.opened()).unwrap_or_default() }</pre></td></tr>
            }
        </>
    }
}
