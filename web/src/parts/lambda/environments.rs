//! Execution environments as boxes: born cold, busy, frozen, gone. Each with what it did in the last minute.

use std::collections::BTreeMap;

use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::icon::Icon;
use crate::state::lambda::monitor::{self, Line, Ran};
use crate::state::lambda::{Env, Whole};
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub whole: Whole,
}

/// How often environments are looked at, in milliseconds: births are quick.
const LOOK_MS: u32 = 400;
/// What the bars show, in milliseconds.
const MINUTE: f64 = 60_000.0;
/// For how long those that are gone are shown, in milliseconds.
const GONE: f64 = 1_800_000.0;
/// And how many of them.
const GONE_MAX: usize = 3;

/// What a log told of a function in some time.
#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Latest {
    events: Vec<Line>,
}

/// What ran, as the log has it: since a moment, or all that is kept.
#[hook]
pub fn use_runs(desk: &Desk, group: &str, since: Option<f64>) -> Vec<Ran> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
    let from = since.map(|ms| ms as i64);
    let params =
        json!({ "Group": group, "Pattern": monitor::PATTERN, "From": from, "Limit": 5_000 });
    match use_live(desk, ("logs", "latest"), params, 1_000) {
        Load::Here(found) => {
            let latest: Option<Latest> = serde_json::from_value(found).unwrap_or_default();
            monitor::runs(&latest.unwrap_or_default().events)
        }
        _ => vec![],
    }
}

/// The boxes.
#[component]
pub fn Environments(props: &Props) -> Html {
    let Props { desk, whole, .. } = props;
    let params = json!({ "FunctionName": whole.configuration.function_name });
    let environments = use_live(desk, ("lambda", "environments"), params, LOOK_MS);
    let runs = use_runs(desk, whole.group(), None);
    let mut environments: Vec<Env> = match environments {
        Load::Here(list) => serde_json::from_value(list).unwrap_or_default(),
        _ => vec![],
    };
    let now = desk.cloud.clock.now();
    environments.retain(|env| env.gone_at.is_none_or(|gone| now < gone));
    let mut of: BTreeMap<&str, Vec<&Ran>> = BTreeMap::new();
    for run in &runs {
        of.entry(&run.stream).or_default().push(run);
    }
    let is_starting = |env: &Env| env.idle_since.is_none() && env.cold;
    let born = environments.iter().filter(|env| is_starting(env)).count();
    let frozen = environments.iter().filter(|env| env.idle_since.is_some()).count();
    let busy = environments.len() - born - frozen;
    let mut gone: Vec<(&str, &Vec<&Ran>)> = of
        .iter()
        .filter(|(stream, _)| environments.iter().all(|env| env.stream != **stream))
        .map(|(stream, runs)| (*stream, runs))
        .collect();
    let last = |runs: &[&Ran]| runs.last().map_or(0.0, |run| run.to);
    gone.retain(|(_, runs)| now - last(runs) < GONE);
    gone.sort_by(|one, other| last(other.1).total_cmp(&last(one.1)));
    gone.truncate(GONE_MAX);
    let none = vec![];
    html! {
        <section class="envs" aria-labelledby="envs-h">
            <div class="row wrap">
                <h2 id="envs-h">{ said::ENVIRONMENTS }</h2>
                <span class={classes!("pill", (born + busy > 0).then_some("now"))} role="status" id="envs-state">
                    if born + busy > 0 { <Icon name="star" /> }
                    { if environments.is_empty() { said::COLD_NOW.to_owned() } else { said::born_and_busy(born, busy, frozen) } }
                </span>
                <span class="small dim2 push lifekey" aria-hidden="true">
                    <i class="sw l-init" />{ said::KEY_INIT }<i class="sw l-busy" />{ said::KEY_BUSY }<i class="sw l-idle" />{ said::KEY_IDLE }
                </span>
            </div>
            if environments.is_empty() && gone.is_empty() { <p class="small dim2">{ said::ENVIRONMENTS_MORE }</p> }
            <ul class="envlist">
                { for environments.iter().map(|env| living(env, of.get(env.stream.as_str()).unwrap_or(&none), now)) }
                { for gone.into_iter().map(|(stream, runs)| html! {
                    <li class="env gone" key={stream.to_owned()}>
                        <p class="row"><Icon name="x" class="sm" /><b>{ said::GONE }</b></p>
                        <p class="small dim2">{ said::gone_for(now - last(runs)) }</p>
                        { bar(runs, None, (f64::NEG_INFINITY, last(runs)), now) }
                        <p class="small dim2">{ said::served_and_gone(runs.len()) }</p>
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn living(env: &Env, runs: &[&Ran], now: f64) -> Html {
    let age = now - env.created;
    let since = env.running_since.unwrap_or(now);
    let (class, icon, state, words) = match env.idle_since {
        Some(idle) => ("frozen", "frozen", said::FROZEN, said::frozen_for(now - idle, age)),
        None if env.cold && env.invocations == 0 => {
            ("born", "star", said::BORN, said::beforehand_for(now - since))
        }
        None if env.cold => ("born", "star", said::BORN, said::starting_for(now - since)),
        None => ("warm", "star", said::BUSY, said::born_ago(age)),
    };
    let running = env.idle_since.is_none().then_some((since, env.cold));
    html! {
        <li class={classes!("env", class)} key={env.stream.clone()} title={env.stream.clone()}>
            <p class="row"><Icon name={icon} class={classes!("sm", running.map(|_| "here"))} /><b>{ state }</b>
                { for env.provisioned.iter().map(|name| html! { <span class="pill push">{ said::provisioned_for(name) }</span> }) }</p>
            <p class="small dim2">{ words }</p>
            { bar(runs, running, (env.created, now), now) }
            <p class="small dim2">{ said::served(env.invocations, running.is_some() && env.invocations > 0) }</p>
        </li>
    }
}

/// The last minute: start, busy, frozen. What it shows stands in words around it.
fn bar(runs: &[&Ran], running: Option<(f64, bool)>, (from, to): (f64, f64), now: f64) -> Html {
    let at = |ms: f64| ((ms - (now - MINUTE)) / MINUTE * 100.0).clamp(0.0, 100.0);
    let part = |class: &'static str, from: f64, to: f64| {
        // What is shorter than can be seen is seen all the same.
        let (x, end) = (at(from), at(to));
        let width = (end - x).max(if end > 0.0 { 0.8 } else { 0.0 });
        (width > 0.0).then(|| {
            html! { <rect {class} x={format!("{:.1}", x.min(99.2))} y="0" width={format!("{width:.1}")} height="8" rx="1" /> }
        })
    };
    let mut parts = vec![part("l-idle", from.max(now - MINUTE), to)];
    for run in runs.iter().filter(|run| run.to > now - MINUTE) {
        parts.push(part("l-busy", run.called, run.to));
        if run.report.init_ms.is_some() {
            parts.push(part("l-init", run.from, run.called));
        }
    }
    if let Some((since, cold)) = running {
        parts.push(part(if cold { "l-init" } else { "l-busy" }, since, now));
    }
    html! { <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{ for parts.into_iter().flatten() }</svg> }
}
