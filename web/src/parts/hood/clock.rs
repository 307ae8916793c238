//! The simulated clock: it stands, goes, runs, or jumps.

use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::hooks::cloud::{Cloud, set_clock};
use crate::parts::icon::Icon;
use crate::state::cloud::ClockWish;
use crate::state::time;
use crate::words;

const HOUR_MS: f64 = 3_600_000.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
}

/// Time, speed, jumps.
#[component]
pub fn ClockBox(props: &Props) -> Html {
    let reading = &props.cloud.clock;
    let ready = props.cloud.is_ours();
    use_tick(250, ready && reading.clock.speed > 0.0);
    let now = reading.now();
    let wish = |wish: ClockWish| {
        let cloud = props.cloud.clone();
        Callback::from(move |_: MouseEvent| set_clock(&cloud, wish))
    };
    let speed = |value: u32, words: Html, label: &'static str| {
        let on = reading.clock.now > 0.0 && (reading.clock.speed - f64::from(value)).abs() < 0.5;
        html! { <button class="btn small" aria-label={label} title={label} aria-pressed={on.to_string()} disabled={!ready} onclick={wish(ClockWish::Speed(value))}>{ words }</button> }
    };
    let waiting = reading.clock.next_timer.filter(|at| *at > 0.0);
    let next_words = waiting.map_or_else(
        || words::NOTHING_WAITS.to_owned(),
        |at| words::next_at(&time::moment(at, now)),
    );
    html! {
        <div class="clock scroll" tabindex="0" role="region" aria-label={words::CLOCK}>
            <div class="when">
                if reading.clock.now > 0.0 {
                    <time id="clock">{ time::clock(now) }</time><span class="date">{ words::simulated(&time::date(now)) }</span>
                } else {
                    <span class="date">{ words::CLOCK_COMING }</span>
                }
            </div>
            <div class="row speed"><span class="group" role="group" aria-label={words::SPEED}>
                { speed(0, html! { <Icon name="pause" /> }, words::PAUSE) }
                { speed(1, html! { "×1" }, words::SPEED_1) }
                { speed(60, html! { "×60" }, words::SPEED_60) }
            </span></div>
            <div class="row jump">
                <button class="btn small" disabled={!ready} onclick={wish(ClockWish::JumpMs(HOUR_MS))}>{ words::PLUS_HOUR }</button>
                <button class="btn small" disabled={!ready} onclick={wish(ClockWish::JumpMs(24.0 * HOUR_MS))}>{ words::PLUS_DAY }</button>
                <button class="btn small" disabled={!ready || waiting.is_none()} title={next_words} onclick={wish(ClockWish::NextTimer)}>
                    <Icon name="next" />{ words::NEXT_EVENT }
                </button>
            </div>
        </div>
    }
}
