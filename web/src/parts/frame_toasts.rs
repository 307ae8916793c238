//! Messages on pages that have no cloud of their own.

use yew::prelude::*;

use crate::hooks::frame::use_frame;
use crate::hooks::toast::{mend_frame, use_toast};
use crate::parts::toasts::Toasts;

/// The place of messages.
#[component]
pub fn FrameToasts() -> Html {
    let frame = use_frame();
    let (toast, close) = use_toast(None);
    let mend = Callback::from(move |remedy| mend_frame(&frame, remedy));
    html! { <Toasts {toast} {mend} {close} /> }
}
