//! The load simulator: what so many requests would do to this function. Nothing runs: time, environments and limits are
//! simulated with the durations that were measured.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::lambda::environments::use_runs;
use crate::parts::lambda::field::Field;
use crate::parts::lambda::load_chart::LoadChart;
use crate::state::cloud::{self, Refusal};
use crate::state::lambda::Whole;
use crate::state::lambda::load::{Cost, Load, Outcome};
use crate::state::lambda::monitor::measured;
use crate::state::sizes::grouped;
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub whole: Whole,
}

type Ran = Result<(Load, Outcome, Cost), Refusal>;

/// The form, and below it what came of it.
#[component]
pub fn LoadPage(props: &Props) -> Html {
    let Props { desk, whole } = props;
    let runs = use_runs(desk, whole.group(), None);
    let (duration, init) = measured(&runs);
    let wish = use_state_eq(|| None::<Load>);
    let outcome = use_state_eq(|| None::<Ran>);
    let busy = use_state_eq(|| false);
    let free = Load {
        memory_mb: whole.configuration.memory_size.into(),
        concurrency: whole.reserved.unwrap_or(whole.concurrency),
        duration_ms: duration.map_or(100, rounded),
        init_ms: init.map_or(250, rounded),
        ..Load::default()
    };
    // What was measured last stands in the form until something else is written there.
    let load = wish.as_ref().cloned().unwrap_or(free);
    let number = |id: &'static str, label: &'static str, value: u64, set: fn(&mut Load, u64)| {
        let (wish, load) = (wish.setter(), load.clone());
        let oninput = Callback::from(move |text: String| {
            if let Ok(number) = text.parse::<u64>() {
                let mut next = load.clone();
                set(&mut next, number);
                wish.set(Some(next));
            }
        });
        html! { <Field node={NodeRef::default()} {id} {label} kind="number" min="0" value={value.to_string()} {oninput} /> }
    };
    let pick = {
        let (wish, load) = (wish.setter(), load.clone());
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                wish.set(Some(Load { shape: select.value(), ..load.clone() }));
            }
        })
    };
    let onsubmit = {
        let (load, outcome, busy, region) =
            (load.clone(), outcome.setter(), busy.setter(), desk.region.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (load, outcome, busy, region) =
                (load.clone(), outcome.clone(), busy.clone(), region.clone());
            busy.set(true);
            spawn_local(async move {
                outcome.set(Some(simulate(load, &region).await));
                busy.set(false);
            });
        })
    };
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::LOAD}>
            <form class="load-form" {onsubmit}>
                <h2>{ said::LOAD }</h2>
                <p class="small dim2">{ if duration.is_some() { said::LOAD_MEASURED } else { said::LOAD_GUESSED } }</p>
                <div class="load-fields">
                    { number("load-requests", said::REQUESTS, load.requests, |load, n| load.requests = n) }
                    { number("load-seconds", said::SECONDS, load.seconds, |load, n| load.seconds = n) }
                    <label class="fld">{ said::SHAPE }
                        <select class="select" id="load-shape" onchange={pick}>
                            { for said::SHAPES.iter().map(|(id, words)| html! { <option value={*id} selected={load.shape == *id}>{ *words }</option> }) }
                        </select></label>
                    { number("load-limit", said::LIMIT, load.concurrency.into(), |load, n| load.concurrency = u32::try_from(n).unwrap_or(u32::MAX)) }
                    { number("load-duration", said::DURATION_MS, load.duration_ms, |load, n| load.duration_ms = n) }
                    { number("load-init", said::INIT_MS, load.init_ms, |load, n| load.init_ms = n) }
                    { number("load-memory", said::MEMORY_MB, load.memory_mb, |load, n| load.memory_mb = n) }
                    <button class={classes!("btn", "primary", desk.hot("lambda.load"))} data-hotspot="lambda.load" id="load-run" type="submit" disabled={*busy || !desk.cloud.is_ours()}><Icon name="run" />{ said::SEND }</button>
                </div>
            </form>
            <div aria-live="polite">if let Some(ran) = &*outcome { { match ran {
                Err(why) => html! { <p class="note bad table-words" role="alert">{ words_of(why) }</p> },
                Ok((load, outcome, cost)) => shown(load, outcome, cost),
            } } }</div>
        </div>
    }
}

/// What came of it: chart, figures, what they mean, and the table.
fn shown(load: &Load, outcome: &Outcome, cost: &Cost) -> Html {
    let figures = [
        ("load-sent", "", said::REQUESTS, grouped(outcome.sent)),
        ("load-cold", "cold", said::COLD_STARTS, grouped(outcome.cold_starts)),
        ("load-throttled", "refused-part", said::THROTTLED, grouped(outcome.throttled)),
        ("load-most", "", said::AT_ONCE, grouped(outcome.concurrency_max)),
        ("load-median", "", said::MEDIAN, said::ms(rounded_back(outcome.median_ms))),
        ("load-p99", "", said::P99, said::ms(rounded_back(outcome.p99_ms))),
        ("load-gbs", "", said::GB_SECONDS, said::gb_seconds(outcome.gb_seconds())),
        ("load-cost", "", said::COST, said::usd(cost.total())),
    ];
    html! {
        <div class="load-shown" id="load-result">
            <LoadChart load={load.clone()} outcome={outcome.clone()} cost={cost.clone()} />
            <dl class="figs">
                { for figures.into_iter().map(|(id, mark, name, value)| html! { <div><dt>{ key(mark) }{ name }</dt><dd {id}>{ value }</dd></div> }) }
            </dl>
            <p class="row small dim2"><Icon name="bulb" class="sm" /><span class="grow">{ said::advice(outcome.throttled, outcome.cold_starts) }{ " " }{ said::NOTHING_FREE }</span></p>
            <details class="fn-table-of"><summary>{ said::AS_TABLE }</summary>
                <div class="framed scroll-x" tabindex="0" role="region" aria-label={said::AS_TABLE}><table>
                    <thead><tr><th scope="col" class="num">{ said::AT_SECOND }</th><th scope="col" class="num">{ said::REQUESTS }</th><th scope="col" class="num">{ said::AT_ONCE }</th>
                        <th scope="col" class="num">{ said::COLD_STARTS }</th><th scope="col" class="num">{ said::THROTTLED }</th><th scope="col" class="num">{ said::COST_SO_FAR }</th></tr></thead>
                    <tbody>{ for outcome.columns.iter().zip(cost.over_time(outcome)).map(|(column, usd)| html! {
                        <tr><td class="num">{ column.at_ms / 1_000 }</td><td class="num">{ grouped(column.sent) }</td><td class="num">{ grouped(column.concurrency) }</td>
                            <td class="num">{ grouped(column.cold_starts) }</td><td class="num">{ grouped(column.throttled) }</td><td class="num">{ said::usd(usd) }</td></tr>
                    }) }</tbody>
                </table></div>
            </details>
        </div>
    }
}

/// The mark by which the chart shows it.
fn key(mark: &str) -> Html {
    let path = match mark {
        "cold" => html! { <path class="coldm" d="M5 9 1 2h8z" /> },
        "refused-part" => html! { <path class="refused-part" d="M2 1v8M5 1v8M8 1v8" /> },
        _ => return html! {},
    };
    html! { <svg class="k" viewBox="0 0 10 10" aria-hidden="true">{ path }</svg> }
}

async fn simulate(load: Load, region: &str) -> Ran {
    let asked = serde_json::to_value(&load).unwrap_or(Value::Null);
    let outcome = cloud::view_of("lambda", "load", region, &asked).await?;
    let outcome: Outcome =
        serde_json::from_value(outcome).map_err(|error| Refusal::Host(error.to_string()))?;
    let usage = json!({ "Service": "lambda", "Usage": outcome.usage });
    let prices = cloud::view_of("meter", "prices", region, &usage).await?;
    let cost = Cost { usd: serde_json::from_value(prices).unwrap_or_default() };
    Ok((load, outcome, cost))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 900,000")]
fn rounded(ms: f64) -> u64 {
    ms.max(1.0).round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
fn rounded_back(ms: u64) -> f64 {
    ms as f64
}
