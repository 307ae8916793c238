//! What a load does over time: what runs at once below its limit, cold starts, what is throttled, and the cost.

use yew::prelude::*;

use crate::parts::lambda::chart::joined;
use crate::state::lambda::load::{Cost, Load, Outcome, float};
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub load: Load,
    pub outcome: Outcome,
    pub cost: Cost,
}

const LEFT: f64 = 40.0;
const RIGHT: f64 = 590.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 172.0;
/// The longest mark of what was throttled.
const MARK: f64 = 12.0;

/// The chart.
#[component]
pub fn LoadChart(props: &Props) -> Html {
    let Props { load, outcome, cost } = props;
    let limit = u64::from(load.concurrency);
    // A limit far above what runs would press it to the ground.
    let near = limit <= outcome.concurrency_max.saturating_mul(2).max(4);
    let highest = if near { limit.max(outcome.concurrency_max) } else { outcome.concurrency_max };
    let highest = float(highest.max(1));
    let count = float(outcome.columns.len().max(1) as u64);
    let wide = (RIGHT - LEFT) / count;
    let x = |at: usize| float(at as u64).mul_add(wide, LEFT);
    let y = |value: f64| BOTTOM - value / highest * (BOTTOM - TOP);
    let columns = || outcome.columns.iter().enumerate();
    let area = joined(
        columns()
            .map(|(at, column)| format!("V{:.1}H{:.1}", y(float(column.concurrency)), x(at + 1))),
    );
    let total = cost.total().max(f64::MIN_POSITIVE);
    let so_far = cost.over_time(outcome);
    let cost_line = joined(so_far.into_iter().enumerate().map(|(at, usd)| {
        format!("L{:.1} {:.1}", x(at + 1), BOTTOM - usd / total * (BOTTOM - TOP))
    }));
    let cold = columns().filter(|(_, column)| column.cold_starts > 0);
    let cold = joined(cold.map(|(at, column)| {
        let top = y(float(column.concurrency)) - 3.0;
        format!("M{:.1} {top:.1}l-4 -7h8z", x(at) + wide / 2.0)
    }));
    let most = columns().map(|(_, column)| column.throttled).max().unwrap_or_default().max(1);
    let thrown = columns().filter(|(_, column)| column.throttled > 0);
    let thrown = joined(thrown.map(|(at, column)| {
        let long = (float(column.throttled) / float(most) * MARK).max(2.0);
        format!("M{:.1} 174v{long:.1}", x(at) + wide / 2.0)
    }));
    let seconds = |share: u64| format!("{} s", load.seconds * share / 4);
    html! {
        <svg class="chart" id="load-chart" viewBox="0 0 600 208" role="img" aria-label={said::chart_load(load.seconds, outcome.concurrency_max, (outcome.cold_starts, outcome.throttled), cost.total())}>
            <path class="grid" d={format!("M{LEFT} {BOTTOM}H{RIGHT}M{LEFT} {:.1}H{RIGHT}M{LEFT} {TOP}H{RIGHT}", f64::midpoint(TOP, BOTTOM))} />
            <text x="34" y="176" text-anchor="end">{ "0" }</text>
            <text x="34" y="38" text-anchor="end">{ format!("{highest:.0}") }</text>
            { for (0..=4_u64).map(|share| html! {
                <text x={format!("{:.1}", float(share).mul_add((RIGHT - LEFT) / 4.0, LEFT))} y="204" text-anchor={if share == 4 { "end" } else { "middle" }}>{ seconds(share) }</text>
            }) }
            <path class="area" d={format!("M{LEFT} {BOTTOM}{area}V{BOTTOM}z")} />
            if near {
                <path class="limit" d={format!("M{LEFT} {:.1}H{RIGHT}", y(float(limit)))} />
                <text class="b" x={RIGHT.to_string()} y={format!("{:.1}", y(float(limit)) - 5.0)} text-anchor="end">{ said::limit_is(limit) }</text>
            }
            <path class="cost" d={format!("M{LEFT} {BOTTOM}{cost_line}")} />
            <text class="b costt" x={RIGHT.to_string()} y={format!("{:.1}", TOP + 14.0)} text-anchor="end">{ said::cost_is(cost.total()) }</text>
            <path class="coldm" d={cold} />
            <path class="refused-part" d={thrown} />
            if outcome.cold_starts > 0 { <text class="b coldt" x={LEFT.to_string()} y="14">{ said::marks_cold() }</text> }
            if outcome.throttled > 0 { <text class="b thrt" x="170" y="14">{ said::marks_throttled() }</text> }
            <text class="b" x={format!("{:.1}", f64::midpoint(LEFT, RIGHT))} y="166" text-anchor="middle">{ said::RUNNING_AT_ONCE }</text>
        </svg>
    }
}
