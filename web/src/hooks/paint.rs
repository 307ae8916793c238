//! What a first look does not need is drawn after it: two short tasks keep a slow phone responsive where one long does not.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// Frames that no one sees are not drawn: a page in the background waits no longer than this.
const UNSEEN_MS: u32 = 100;

/// Whether the browser has drawn what was rendered first.
#[hook]
pub fn use_painted() -> bool {
    let painted = use_state_eq(|| false);
    let (by_frame, by_time) = (painted.setter(), painted.setter());
    use_effect_with((), move |()| {
        // A frame is drawn after those who asked for it: what comes next begins behind it.
        let frame: AnimationFrame = request_animation_frame(move |_| {
            Timeout::new(0, move || by_frame.set(true)).forget();
        });
        let timer = Timeout::new(UNSEEN_MS, move || by_time.set(true));
        move || drop((frame, timer))
    });
    *painted
}
