//! What a function did: invocations, errors, durations, what ran at a time, what was refused. Drawn from what Lambda wrote
//! into its log, and from the calls that were throttled.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::lambda::chart::{Chart, Form, Series};
use crate::parts::lambda::environments::{Environments, use_runs};
use crate::state::lambda::monitor::{Stretch, over_time};
use crate::state::lambda::{Whole, short_arn};
use crate::state::{cloud, time};
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub whole: Whole,
}

/// So many stretches are drawn.
const STRETCHES: usize = 40;
/// So many refused calls are looked at.
const REFUSED_MAX: usize = 200;

/// Environments, charts, and the same as a table.
#[component]
pub fn Monitor(props: &Props) -> Html {
    let Props { desk, whole } = props;
    let chosen = use_state_eq(|| 0_usize);
    let runs = use_runs(desk, whole.group(), None);
    let throttled = use_throttled(desk, &whole.configuration.function_name);
    let now = desk.cloud.clock.now();
    let first = runs.iter().map(|run| run.from).chain(throttled.iter().copied());
    let first = first.fold(now - 60_000.0, f64::min);
    let from = said::TIMES.get(*chosen).and_then(|(_, back)| *back).map_or(first, |ms| now - ms);
    let all = over_time(&runs, &throttled, (from, now), STRETCHES);
    let pick = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            if let Some(at) = select.and_then(|select| select.value().parse().ok()) {
                chosen.set(at);
            }
        })
    };
    let span = (time::moment(from, now), time::clock(now));
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::MONITOR}>
            <Environments desk={desk.clone()} whole={whole.clone()} />
            <div class="toolbar">
                <h2 class="grow">{ said::MONITOR }</h2>
                <label><span class="vh">{ said::SPAN }</span>
                    <select class="select" id="monitor-time" onchange={pick}>
                        { for said::TIMES.iter().enumerate().map(|(at, (words, _))| html! { <option value={at.to_string()} selected={at == *chosen}>{ *words }</option> }) }
                    </select></label>
            </div>
            <div class="cards">{ charts(&all, &span) }</div>
            <details class="fn-table-of"><summary>{ said::AS_TABLE }</summary>{ table(&all) }</details>
        </div>
    }
}

fn charts(all: &[Stretch], span: &(String, String)) -> Html {
    let sum = |of: fn(&Stretch) -> u32| all.iter().map(of).sum::<u32>();
    let values = |of: fn(&Stretch) -> f64| all.iter().map(of).collect::<Vec<_>>();
    let most = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    let (invocations, errors) = (sum(|one| one.invocations), sum(|one| one.errors));
    let (cold, throttles) = (sum(|one| one.cold_starts), sum(|one| one.throttles));
    let total: f64 = all.iter().map(|one| one.duration_sum).sum();
    let average = if invocations == 0 { 0.0 } else { total / f64::from(invocations) };
    let longest = most(&values(|one| one.duration_max));
    let counts = values(|one| one.invocations.into());
    let running = values(|one| one.concurrency.into());
    let refused = values(|one| one.throttles.into());
    let bars = |class, values| Series { form: Form::Bars, class, values };
    let chart = |id, title, (figure, label): (String, String), series: Vec<Series>, top: String| {
        html! { <Chart {id} {title} {figure} {label} {series} {top} span={span.clone()} /> }
    };
    html! {
        <>
            { chart("invocations", said::INVOCATIONS, (invocations.to_string(), said::chart_invocations(invocations, errors)),
                vec![bars("bar", counts.clone()), bars("bar-bad", values(|one| one.errors.into()))], format!("{:.0}", most(&counts))) }
            { chart("errors", said::ERRORS, (errors.to_string(), said::chart_errors(errors)),
                vec![bars("bar-bad", values(|one| one.errors.into()))], format!("{:.0}", most(&values(|one| one.errors.into())))) }
            { chart("duration", said::DURATION, (said::ms(average), said::chart_duration(average, longest)),
                vec![bars("bar-soft", values(|one| one.duration_max)), bars("bar", values(Stretch::average))], said::longest(longest)) }
            { chart("concurrency", said::CONCURRENCY, (format!("{:.0}", most(&running)), said::chart_concurrency(most(&running))),
                vec![Series { form: Form::Steps, class: "area", values: running.clone() }], format!("{:.0}", most(&running))) }
            { chart("cold", said::COLD_STARTS, (cold.to_string(), said::chart_cold(cold, invocations)),
                vec![bars("bar-init", values(|one| one.cold_starts.into()))], format!("{:.0}", most(&values(|one| one.cold_starts.into())))) }
            { chart("throttles", said::THROTTLES, (throttles.to_string(), said::chart_throttles(throttles)),
                vec![bars("bar-bad", refused.clone())], format!("{:.0}", most(&refused))) }
        </>
    }
}

/// The same in figures: the stretches in which anything was.
fn table(all: &[Stretch]) -> Html {
    let some = all.iter().filter(|one| one.invocations + one.throttles + one.concurrency > 0);
    html! {
        <div class="framed scroll-x" tabindex="0" role="region" aria-label={said::AS_TABLE}><table>
            <thead><tr>
                <th scope="col">{ said::SPAN }</th><th scope="col" class="num">{ said::INVOCATIONS }</th><th scope="col" class="num">{ said::ERRORS }</th>
                <th scope="col" class="num">{ said::AVERAGE }</th><th scope="col" class="num">{ said::LONGEST }</th><th scope="col" class="num">{ said::CONCURRENCY }</th>
                <th scope="col" class="num">{ said::COLD_STARTS }</th><th scope="col" class="num">{ said::THROTTLES }</th>
            </tr></thead>
            <tbody>{ for some.map(|one| html! {
                <tr><td>{ format!("{} {}", time::date(one.from), time::clock(one.from)) }</td>
                    <td class="num">{ one.invocations }</td><td class="num">{ one.errors }</td>
                    <td class="num">{ said::ms(one.average()) }</td><td class="num">{ said::ms(one.duration_max) }</td>
                    <td class="num">{ one.concurrency }</td><td class="num">{ one.cold_starts }</td><td class="num">{ one.throttles }</td></tr>
            }) }</tbody>
        </table></div>
    }
}

/// The moments at which calls to this function were throttled. Which function a call was for stands in its input.
#[hook]
fn use_throttled(desk: &Desk, function: &str) -> Vec<f64> {
    let found = use_state_eq(Vec::new);
    let seqs: Vec<(u64, f64)> = desk
        .cloud
        .calls
        .iter()
        .rev()
        .filter(|call| call.service == "lambda" && call.operation.starts_with("Invoke"))
        .filter(|call| call.error.as_ref().is_some_and(|it| it.code == "TooManyRequestsException"))
        .take(REFUSED_MAX)
        .map(|call| (call.seq, call.time))
        .collect();
    let setter = found.setter();
    use_effect_with((seqs, function.to_owned()), move |(seqs, function)| {
        let (seqs, function) = (seqs.clone(), function.clone());
        spawn_local(async move {
            let mut moments = Vec::new();
            for (seq, moment) in seqs {
                let Ok(detail) = cloud::call_detail(seq).await else { continue };
                let named = detail.input.get("FunctionName").and_then(|name| name.as_str());
                let named = named.unwrap_or_default();
                // A name, with a qualifier or as an ARN's end.
                let parts = [named.split(':').next().unwrap_or_default(), short_arn(named)];
                if parts.contains(&function.as_str()) {
                    moments.push(moment);
                }
            }
            setter.set(moments);
        });
    });
    (*found).clone()
}
