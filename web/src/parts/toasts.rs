//! Messages at the bottom right, one at a time; a screen reader speaks them.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::toasts::{Remedy, Toast, Tone};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub toast: Option<Toast>,
    pub mend: Callback<Remedy>,
    pub close: Callback<()>,
}

/// The place of messages; it stands there empty, so that what comes is spoken.
#[component]
pub fn Toasts(props: &Props) -> Html {
    html! {
        <div class="toasts" role="status" aria-live="polite">
            if let Some(toast) = &props.toast { { one(toast, props) } }
        </div>
    }
}

fn one(toast: &Toast, props: &Props) -> Html {
    let remedy = toast.remedy.map(|remedy| {
        let onclick = props.mend.reform(move |_| remedy);
        let words = match remedy {
            Remedy::TakeOver => words::TAKE_OVER,
            Remedy::Restart => words::RESTART,
            Remedy::TakeBack => words::TAKE_BACK,
            Remedy::Update => words::UPDATE_NOW,
        };
        html! { <button class="btn small" {onclick}>{ words }</button> }
    });
    let (class, icon) = match toast.tone {
        Tone::Plain => ("", "info"),
        Tone::Good => ("good", "check"),
        Tone::Warn => ("warn", "warn"),
    };
    html! {
        <div class={classes!("toast", class)}>
            <Icon name={icon} />
            <div class="grow"><b>{ &toast.title }</b>{ " " }{ &toast.words }{ " " }{ remedy }</div>
            <button class="btn ghost small icon" aria-label={words::CLOSE_MESSAGE} onclick={props.close.reform(|_| ())}>
                <Icon name="x" />
            </button>
        </div>
    }
}
