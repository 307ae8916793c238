//! The place to drop files, with a button that does the same; and how far an upload has come.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::state::sizes;
use crate::state::uploads::Batch;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub batch: Option<Batch>,
    pub choose: Callback<()>,
    /// Whether files hang over the page's middle.
    pub over: bool,
}

/// The drop zone.
#[component]
pub fn Drop(props: &Props) -> Html {
    let words = match &props.batch {
        Some(batch) => html! {
            <div class="grow" role="status">
                <b>{ words::uploading(batch.done + 1, batch.total, &batch.name) }</b>
                <span class="small dim upload-bytes">{ words::of(&sizes::bytes(batch.done_bytes), &sizes::bytes(batch.total_bytes)) }</span>
                <progress class="bar" aria-label={words::UPLOAD_PROGRESS} max={batch.total_bytes.max(1).to_string()} value={batch.done_bytes.to_string()} />
            </div>
        },
        None => html! { <div class="grow"><b>{ words::DROP_HERE }</b>{ words::DROP_MORE }</div> },
    };
    html! {
        <div class={classes!("drop", props.over.then_some("over"))}>
            <svg class="dome" viewBox="0 0 64 40" aria-hidden="true">
                <path class="glow" d="M8 34a24 24 0 0 1 48 0z" /><path class="rim" d="M8 34a24 24 0 0 1 48 0" />
                <path class="mer" d="M20 34a12 24 0 0 1 24 0M32 10v24" /><path class="base" d="M3 34h58" />
                <path class="up" d="M32 29V18m-5 5 5-5 5 5" />
            </svg>
            { words }
            <button class="btn" disabled={props.batch.is_some() || !props.desk.cloud.may_change()} onclick={props.choose.reform(|_| ())}>{ words::CHOOSE_FILES }</button>
        </div>
    }
}
