//! The picture under the scrubber: a tick a call (or the worst of several), the star at now, the ring in the past.

use yew::prelude::*;

use crate::hooks::cloud::Cloud;
use crate::state::calls::Call;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cloud: Cloud,
    /// The call at the left end.
    pub first: u64,
}

/// Where now is, in thousandths of the width; the input in `hood.css` ends there too.
const NOW: f64 = 860.0;

/// More ticks than this would be one bar.
const TICKS_MAX: usize = 240;

/// What a tick tells, the stronger last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tick {
    Checked,
    Made,
    Failed,
}

/// Line and marks. It says nothing that the input beside it does not.
#[component]
pub fn Track(props: &Props) -> Html {
    let cloud = &props.cloud;
    let last = cloud.last_call();
    let ticks = use_memo((cloud.calls.clone(), props.first), |(calls, first)| {
        ticks(calls.iter().map(AsRef::as_ref), *first, last)
    });
    let ring = cloud.past.map(|past| place(past, props.first, last));
    let went = ring.unwrap_or(NOW);
    let at = |thousandths: f64| format!("{:.2}%", thousandths / 10.0);
    html! {
        <>
            <svg viewBox="0 0 1000 30" preserveAspectRatio="none" aria-hidden="true">
                <path class="way" d={format!("M0 12H{went:.1}")} />
                <path class="way ahead" d={format!("M{went:.1} 12H{NOW}")} />
                <path class="way unknown" d={format!("M{NOW} 12H1000")} />
                <path class="tick checked" d={ticks.0.clone()} />
                <path class="tick made" d={ticks.1.clone()} />
                <path class="tick failed" d={ticks.2.clone()} />
            </svg>
            <svg class="marks" aria-hidden="true">
                <svg x={at(NOW)} y="2" overflow="visible"><path class="star" transform="translate(-10 0)"
                    d="M10 .5c.9 6.2 2.8 8.5 9.5 9.5-6.7 1-8.6 3.3-9.5 9.5C9.1 13.3 7.2 11 .5 10 7.2 9 9.1 6.7 10 .5z" /></svg>
                if let Some(ring) = &ring {
                    <svg x={at(*ring)} y="0" overflow="visible"><g class="ring"><circle cx="0" cy="12" r="8.5" /><path d="M0 20.5V24" /></g></svg>
                }
            </svg>
        </>
    }
}

#[expect(clippy::cast_precision_loss, reason = "calls are counted in thousands")]
fn place(call: u64, first: u64, last: u64) -> f64 {
    let all = last.saturating_sub(first).max(1) as f64;
    NOW * call.saturating_sub(first) as f64 / all
}

/// The paths of each kind. Calls that would fall on one place are one tick: the strongest.
fn ticks<'a>(
    calls: impl Iterator<Item = &'a Call>,
    first: u64,
    last: u64,
) -> (String, String, String) {
    let mut places: Vec<Option<Tick>> = vec![None; TICKS_MAX + 1];
    for call in calls.filter(|call| call.seq > first) {
        let tick = match (call.failed(), call.is_learners()) {
            (true, _) => Tick::Failed,
            (_, true) => Tick::Made,
            _ => Tick::Checked,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "between 0 and TICKS_MAX"
        )]
        let at = (place(call.seq, first, last) / NOW * TICKS_MAX as f64).round() as usize;
        if let Some(known) = places.get_mut(at) {
            *known = (*known).max(Some(tick));
        }
    }
    let path = |wanted: Tick, (from, to): (u32, u32)| -> String {
        #[expect(clippy::cast_precision_loss, reason = "between 0 and TICKS_MAX")]
        let x = |at: usize| NOW * at as f64 / TICKS_MAX as f64;
        let wanted = places.iter().enumerate().filter(|(_, tick)| **tick == Some(wanted));
        let tick = |(at, _): (usize, _)| format!("M{:.1} {from}V{to}", x(at));
        wanted.map(tick).collect::<Vec<_>>().concat()
    };
    (path(Tick::Checked, (7, 17)), path(Tick::Made, (7, 17)), path(Tick::Failed, (5, 19)))
}
