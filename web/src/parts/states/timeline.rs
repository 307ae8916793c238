//! Bars of states in simulated time. A bar that is drawn is drawn again only when it changes, and those far below what is in
//! sight are not drawn yet: a Map of a thousand items must not keep the page busy.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::drawn::use_drawn;
use crate::hooks::latest::use_the_latest;
use crate::hooks::states::Followed;
use crate::parts::states::outline::mark_icon;
use crate::parts::states::picture::class_of;
use crate::state::states::Kept;
use crate::state::states::run::{Run, Visit};
use crate::words::states as said;

/// How wide the picture is, in units of its own.
const WIDTH: f64 = 1000.0;
/// What is shorter is still to be seen.
const BAR_MIN: f64 = 4.0;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub followed: Followed,
    pub chosen: Option<AttrValue>,
    pub choose: Callback<String>,
}

/// The time that the bars are drawn in.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Scale {
    start: f64,
    span: f64,
}

impl Scale {
    /// While an execution runs there is some time to come, and it grows in steps: else each moment would move every bar.
    fn of(start: f64, stopped: Option<f64>, now: f64) -> Self {
        const STEPS: [f64; 6] = [1.0, 1.5, 2.0, 3.0, 5.0, 7.5];
        let passed = (stopped.unwrap_or(now) - start).max(1.0);
        if stopped.is_some() {
            return Self { start, span: passed };
        }
        let unit = 10_f64.powf(passed.log10().floor());
        let fits = STEPS.into_iter().map(|step| step * unit).find(|span| *span >= passed);
        Self { start, span: fits.unwrap_or(unit * 10.0) }
    }

    /// Where a moment lies.
    fn place(self, at: f64) -> f64 {
        ((at - self.start) / self.span).clamp(0.0, 1.0) * WIDTH
    }
}

/// A row for every state that was entered.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let region = use_node_ref();
    let drawn = use_drawn(&region, props.followed.run.visits.len());
    let choose = use_the_latest(&props.choose);
    let execution = &props.followed.execution.row;
    let now = props.desk.cloud.clock.now();
    let scale = Scale::of(execution.started, execution.stopped, now);
    let run = &props.followed.run;
    let bar = |visit: &std::rc::Rc<Visit>| {
        let chosen = props.chosen.as_deref() == Some(visit.name.as_str());
        let until = visit.left_at.or(execution.stopped).unwrap_or(now);
        html! { <Bar key={visit.entered.to_string()} visit={Kept(visit.clone())} depth={depth(run, visit)} {scale} {until} {chosen} choose={choose.clone()} /> }
    };
    html! {
        <div class="scroll sf-scroll" ref={region} onscroll={drawn.onscroll} tabindex="0" role="region" aria-label={said::TIMELINE}>
            <p class="small dim sf-scale"><span>{ said::lasting(0.0) }</span><span>{ said::lasting(scale.span / 2.0) }</span><span>{ said::lasting(scale.span) }</span></p>
            <ol class="sf-bars">{ for run.visits.iter().take(drawn.rows).map(bar) }</ol>
        </div>
    }
}

/// In how many others a visit lies.
fn depth(run: &Run, visit: &Visit) -> usize {
    let above = |at: &usize| run.visits.get(*at).and_then(|visit| visit.parent);
    std::iter::successors(visit.parent, above).count()
}

#[derive(Properties, PartialEq)]
struct BarProps {
    visit: Kept<Visit>,
    depth: usize,
    scale: Scale,
    /// Up to when it is drawn: its end, or now.
    until: f64,
    chosen: bool,
    choose: Callback<String>,
}

/// One visit of a state.
#[component]
fn Bar(props: &BarProps) -> Html {
    let BarProps { visit, depth, scale, until, chosen, choose } = props;
    let (from, to) = (scale.place(visit.entered_at), scale.place(*until));
    let width = (to - from).max(BAR_MIN);
    let x = from.min(WIDTH - width);
    let onclick = {
        let name = visit.name.clone();
        choose.reform(move |_: MouseEvent| name.clone())
    };
    let tries = visit.failures.iter().map(|failure| {
        let at = scale.place(failure.at).min(WIDTH - 1.0);
        html! { <path class="try" d={format!("M{at} 2V18")} /> }
    });
    html! {
        <li>
            <button class={classes!("sf-bar", format!("deep-{}", (*depth).min(4)))} aria-pressed={chosen.to_string()} {onclick}>
                <span class="who">{ mark_icon(Some(visit.mark)) }<b>{ &visit.name }</b>
                    if let Some(index) = &visit.iteration { <small class="dim">{ said::item(*index) }</small> }
                    <small class="dim2">{ said::mark(Some(visit.mark)) }{ ", " }{ said::lasting(until - visit.entered_at) }</small></span>
                <svg viewBox={format!("0 0 {WIDTH} 20")} preserveAspectRatio="none" aria-hidden="true">
                    <rect class={classes!("bar", class_of(Some(visit.mark)))} x={x.to_string()} y="4" width={width.to_string()} height="12" rx="3" />{ for tries }
                </svg>
            </button>
        </li>
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "whole numbers, which are exact")]
mod tests {
    use super::*;

    #[test]
    fn a_scale_grows_in_steps_and_ends_with_the_execution() {
        let span = |passed: f64| Scale::of(1000.0, None, 1000.0 + passed).span;
        assert_eq!([span(0.0), span(900.0), span(1000.0)], [1.0, 1000.0, 1000.0]);
        assert_eq!([span(1001.0), span(2400.0), span(7600.0)], [1500.0, 3000.0, 10_000.0]);
        let ended = Scale::of(1000.0, Some(3345.0), 9999.0);
        assert_eq!(ended.span, 2345.0);
        assert_eq!(
            [ended.place(1000.0), ended.place(3345.0), ended.place(9999.0)],
            [0.0, WIDTH, WIDTH]
        );
    }
}
