//! The simulated clock: it stands, goes, runs, or jumps; below it the bill.

use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::hooks::cloud::{Cloud, set_clock};
use crate::parts::hood::bill::BillBox;
use crate::parts::icon::Icon;
use crate::state::cloud::ClockWish;
use crate::state::time;
use crate::words;

const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: f64 = 24.0 * HOUR_MS;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
}

/// Time, speed, jumps, bill. In the past time stands still.
#[component]
pub fn ClockBox(props: &Props) -> Html {
    let cloud = &props.cloud;
    let reading = &cloud.clock;
    let ready = cloud.may_change();
    use_tick(250, cloud.is_ours() && reading.clock.speed > 0.0);
    let now = reading.now();
    let then = cloud.past.map(|past| cloud.call(past).map_or(now, |call| call.time));
    let wish = |wish: ClockWish| {
        let cloud = cloud.clone();
        Callback::from(move |_: MouseEvent| set_clock(&cloud, wish))
    };
    let speed = |value: u32, words: Html, label: &'static str| {
        let goes = (reading.clock.speed - f64::from(value)).abs() < 0.5;
        let on = if then.is_some() { value == 0 } else { reading.clock.now > 0.0 && goes };
        html! { <button class="btn small" aria-label={label} title={label} aria-pressed={on.to_string()} disabled={!ready} onclick={wish(ClockWish::Speed(value))}>{ words }</button> }
    };
    let waiting = reading.clock.next_timer.filter(|at| *at > 0.0);
    let next_words = waiting.map_or_else(
        || words::NOTHING_WAITS.to_owned(),
        |at| words::next_at(&time::moment(at, now)),
    );
    let date = match then {
        Some(_) => words::hood::then_now(&time::clock(now)),
        None => words::simulated(&time::date(now)),
    };
    let jump = |ms: f64, words: &'static str| {
        html! { <button class="btn small" disabled={!ready} onclick={wish(ClockWish::JumpMs(ms))}>{ words }</button> }
    };
    html! {
        <div class="clock scroll" tabindex="0" role="region" aria-label={words::hood::CLOCK_AND_BILL}>
            <div class="when">
                if reading.clock.now > 0.0 {
                    <time id="clock">{ time::clock(then.unwrap_or(now)) }</time><span class="date">{ date }</span>
                } else {
                    <span class="date">{ words::CLOCK_COMING }</span>
                }
            </div>
            <div class="row speed"><span class="group" role="group" aria-label={words::SPEED}>
                { speed(0, html! { <Icon name="pause" /> }, words::PAUSE) }
                { speed(1, html! { "×1" }, words::SPEED_1) }
                { speed(60, html! { "×60" }, words::SPEED_60) }
            </span>
                <button class="btn small" disabled={!ready || waiting.is_none()} title={next_words.clone()} onclick={wish(ClockWish::NextTimer)}>
                    <Icon name="next" />{ words::NEXT_EVENT }
                </button>
            </div>
            <div class="row jump">
                { jump(HOUR_MS, words::PLUS_HOUR) }
                { jump(DAY_MS, words::PLUS_DAY) }
                { jump(30.0 * DAY_MS, words::hood::PLUS_MONTH) }
            </div>
            if waiting.is_some() { <p class="small dim2 next-timer">{ next_words }</p> }
            <BillBox cloud={cloud.clone()} />
        </div>
    }
}
