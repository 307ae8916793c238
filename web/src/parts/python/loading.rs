//! Python on its way into the browser: what has come, in bytes.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::python::Status;
use crate::state::sizes;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub status: Status,
}

/// The bar, with its count.
#[component]
pub fn Loading(props: &Props) -> Html {
    let status = &props.status;
    let downloading = status.phase == "download";
    let known = downloading && status.total > 0.0;
    let count = known.then(|| {
        html! { <small>{ words::of(&bytes(status.done), &bytes(status.total)) }</small> }
    });
    let words = if status.words.is_empty() { words::PYTHON_STARTS } else { &status.words };
    html! {
        <div class="loadbox">
            <p><b>{ words::PYTHON_COMES }</b>{ " " }{ words::PYTHON_COMES_MORE }</p>
            <ul class="load">
                <li>
                    <Icon name="star" class="here" /><b>{ words.to_owned() }</b>{ count }
                    if known {
                        <progress class="bar" aria-label={words::PYTHON_WITH_BOTO3} max={status.total.to_string()} value={status.done.to_string()} />
                    }
                </li>
                <li class="later"><Icon name="ring" /><span>{ words::YOUR_SCRIPT }</span><small>{ words::THEN }</small></li>
            </ul>
        </div>
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a download has fewer than 2^53 bytes"
)]
fn bytes(count: f64) -> String {
    sizes::bytes(count.max(0.0) as u64)
}
