//! A number that changes as time goes by.

use gloo::timers::callback::Interval;
use yew::prelude::*;

/// Draws anew every so many milliseconds, while asked to.
#[hook]
pub fn use_tick(every_ms: u32, going: bool) -> u32 {
    let tick = use_state(|| 0_u32);
    let setter = tick.setter();
    use_effect_with((every_ms, going), move |(every_ms, going)| {
        let mut count = 0_u32;
        let interval = going.then(|| {
            Interval::new(*every_ms, move || {
                count = count.wrapping_add(1);
                setter.set(count);
            })
        });
        move || drop(interval)
    });
    *tick
}
