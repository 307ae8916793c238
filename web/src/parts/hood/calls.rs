//! The list of API calls, newest at the bottom. Set-up and checks stand in it, marked as such.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::state::calls::{Call, Who};
use crate::state::time;
use crate::words;

/// So many are drawn at once; a button shows the ones before.
const STEP: usize = 200;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub chosen: Option<u64>,
    pub choose: Callback<u64>,
}

/// The table.
#[component]
pub fn CallList(props: &Props) -> Html {
    let calls = &props.desk.cloud.calls;
    let drawn = use_state_eq(|| STEP);
    let place = use_node_ref();
    // Whoever has scrolled up to read stays there.
    let follows = use_mut_ref(|| true);
    let onscroll = {
        let (place, follows) = (place.clone(), follows.clone());
        Callback::from(move |_: Event| {
            if let Some(place) = place.cast::<web_sys::Element>() {
                let below = place.scroll_height() - place.scroll_top() - place.client_height();
                follows.replace(below < 40);
            }
        })
    };
    {
        let place = place.clone();
        use_effect_with(calls.last().map(|call| call.seq), move |_| {
            if let Some(place) = place.cast::<web_sys::Element>().filter(|_| *follows.borrow()) {
                place.set_scroll_top(place.scroll_height());
            }
        });
    }
    {
        let place = place.clone();
        use_effect_with(props.chosen, move |chosen| {
            let row = chosen.and_then(|seq| {
                place
                    .cast::<web_sys::Element>()?
                    .query_selector(&format!("tr[data-seq='{seq}']"))
                    .ok()?
            });
            if let Some(row) = row {
                let how = web_sys::ScrollIntoViewOptions::new();
                how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                row.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
    }
    let hidden = calls.len().saturating_sub(*drawn);
    let timed = calls.iter().any(|call| call.ms.is_some());
    let earlier = (hidden > 0).then(|| {
        let drawn = drawn.clone();
        let onclick = Callback::from(move |_| drawn.set(*drawn + STEP));
        html! { <button class="btn small" {onclick}>{ words::earlier_calls(hidden) }</button> }
    });
    html! {
        <div class="calls scroll" ref={place} {onscroll} tabindex="0" role="region" aria-label={words::API_CALLS}>
            if calls.is_empty() {
                <p class="dim2 hood-words">{ words::NO_CALLS }</p>
            } else {
                { earlier }
                <table>
                    <caption class="vh">{ words::API_CALLS_OLDEST }</caption>
                    <thead><tr>
                        <th scope="col">{ words::TIME }</th><th scope="col">{ words::WHO }</th><th scope="col">{ words::CALL }</th>
                        <th scope="col">{ words::ANSWER }</th>if timed { <th scope="col" class="num">{ "ms" }</th> }
                    </tr></thead>
                    <tbody>{ for calls.iter().skip(hidden).map(|call| row(props, call, timed)) }</tbody>
                </table>
            }
        </div>
    }
}

fn row(props: &Props, call: &Call, timed: bool) -> Html {
    let on = props.chosen == Some(call.seq);
    let (icon, words) = who(call);
    let onclick = {
        let seq = call.seq;
        props.choose.reform(move |_| seq)
    };
    html! {
        <tr key={call.seq} class={classes!(on.then_some("on"))} data-seq={call.seq.to_string()}>
            <td>{ time::clock_ms(call.time) }</td>
            <td><span class="who"><Icon name={icon} />{ words }</span></td>
            <td><button class="lnk" aria-expanded={on.to_string()} aria-controls="call-detail" {onclick}>{ call.name() }</button></td>
            <td class={if call.failed() { "no" } else { "ok" }}>{ call.answer() }</td>
            if timed { <td class="num">{ call.ms.map(|ms| format!("{ms:.0}")) }</td> }
        </tr>
    }
}

/// Who made a call: an icon and a word, or the line of the script.
pub fn who(call: &Call) -> (&'static str, String) {
    if let Some(source) = &call.source {
        return ("python", source.clone());
    }
    let (icon, words) = match call.who {
        Who::Learner => ("python", words::WHO_SCRIPT),
        Who::Console => ("you", words::WHO_YOU),
        Who::Function => ("lambda", words::WHO_FUNCTION),
        Who::Execution => ("sfn", words::WHO_EXECUTION),
        Who::Job => ("glue", words::WHO_JOB),
        Who::Lesson => ("gear", words::WHO_SETUP),
        Who::Check => ("check", words::WHO_CHECK),
    };
    (icon, words.into())
}
