//! The line of time: back to any call, undo, redo, fork. The star is now, the ring is where you look.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::cloud::{Cloud, look, travel};
use crate::parts::hood::track::Track;
use crate::parts::icon::Icon;
use crate::parts::reset::Reset;
use crate::state::time;
use crate::state::travel::Go;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
    /// `Lesson start`, or `Empty the cloud`; its question; what it does.
    pub reset: (AttrValue, AttrValue, Callback<()>),
}

/// The foot of the drawer.
#[component]
pub fn Scrub(props: &Props) -> Html {
    let cloud = &props.cloud;
    let (last, first) = (cloud.last_call(), cloud.earliest());
    let at = cloud.past.unwrap_or(last).clamp(first.min(last), last);
    let oninput = {
        let cloud = cloud.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            if let Some(call) = value.and_then(|value| value.parse().ok()) {
                look(&cloud, call);
            }
        })
    };
    let go = |go: Option<Go>| {
        let cloud = cloud.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(go) = go {
                travel(&cloud, go);
            }
        })
    };
    let time = cloud.call(at).map(|call| time::clock(call.time)).unwrap_or_default();
    let can = cloud.may_change();
    let (undo, redo) = (cloud.timeline.undo, cloud.timeline.redo);
    let undo_words = undo.map_or_else(
        || words::hood::NOTHING_TO_UNDO.to_owned(),
        |_| words::hood::undo(&cloud.named(undo)),
    );
    let redo_words = redo.map_or_else(
        || words::hood::NOTHING_TO_REDO.to_owned(),
        |_| words::hood::redo(words::hood::UNDO),
    );
    let (name, ask, reset) = &props.reset;
    html! {
        <>
            { forks(cloud) }
            <div class="scrub">
                <Reset class="ghost" {name} {ask} {reset} disabled={!can} />
                <span class="group" role="group" aria-label={words::hood::UNDO}>
                    <button id="undo" class="btn small icon" aria-label={undo_words.clone()} title={undo_words} disabled={!can || undo.is_none()} onclick={go(Some(Go::Undo))}><Icon name="undo" /></button>
                    <button id="redo" class="btn small icon" aria-label={redo_words.clone()} title={redo_words} disabled={!can || redo.is_none()} onclick={go(Some(Go::Redo))}><Icon name="redo" /></button>
                </span>
                <div class="track">
                    <input id="scrub" type="range" min={first.to_string()} max={last.max(first).to_string()} value={at.to_string()} {oninput}
                        disabled={!cloud.is_ours() || last <= first} aria-label={words::hood::TIME_TRAVEL}
                        aria-valuetext={words::hood::scrub_value(at, last, &time, cloud.past.is_none())} />
                    <Track cloud={cloud.clone()} {first} />
                </div>
                if cloud.timeline.first > cloud.timeline.floor && !cloud.timeline.further {
                    <span class="small dim2 nowrap only-wide" title={words::hood::REACHES_WHY}>{ words::hood::reaches_to(cloud.timeline.first) }</span>
                }
                <span class={classes!("nowrap", if cloud.past.is_some() { "pill info" } else { "dim2" })}>{ words::hood::call_of(at, last) }</span>
                <button id="fork" class="btn small" title={words::hood::FORK_MORE} disabled={cloud.past.is_none() || !cloud.is_ours()} onclick={go(cloud.past.map(Go::Fork))}>
                    <Icon name="fork" />{ words::hood::FORK_HERE }
                </button>
                <span class="vh" role="status">{ cloud.said.clone() }</span>
            </div>
        </>
    }
}

/// The clouds that forks have put aside, each with its way back.
fn forks(cloud: &Cloud) -> Html {
    let forks = &cloud.timeline.forks;
    if forks.is_empty() {
        return html! {};
    }
    let one = |(number, fork): (usize, &crate::state::travel::Fork)| {
        let words = words::hood::return_to(fork.parted, fork.last);
        let onclick = {
            let cloud = cloud.clone();
            Callback::from(move |_: MouseEvent| travel(&cloud, Go::Return(number)))
        };
        html! { <button key={number} class="btn small" disabled={!cloud.may_change()} {onclick}><Icon name="fork" />{ words }</button> }
    };
    html! {
        <div class="forks" role="group" aria-label={words::hood::OTHER_CLOUDS}>
            <span class="small dim2 nowrap">{ words::hood::OTHER_CLOUDS }</span>
            { for forks.iter().enumerate().map(one) }
        </div>
    }
}
