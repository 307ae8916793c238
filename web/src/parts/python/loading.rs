//! Python on its way into the browser: what has come, in bytes.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::python::Status;
use crate::state::sizes;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub status: Status,
    /// The AWS CLI instead of boto3.
    #[prop_or_default]
    pub for_terminal: bool,
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
    let (comes, more, yours) = if props.for_terminal {
        (words::CLI_COMES, words::CLI_COMES_MORE, words::YOUR_COMMAND)
    } else {
        (words::PYTHON_COMES, words::PYTHON_COMES_MORE, words::YOUR_SCRIPT)
    };
    html! {
        <div class="loadbox">
            <p><b>{ comes }</b>{ " " }{ more }</p>
            <ul class="load">
                <li>
                    <Icon name="star" class="here" /><b>{ words.to_owned() }</b>{ count }
                    if known {
                        <progress class="bar" aria-label={words::PYTHON_WITH_BOTO3} max={status.total.to_string()} value={status.done.to_string()} />
                    }
                </li>
                <li class="later"><Icon name="ring" /><span>{ yours }</span><small>{ words::THEN }</small></li>
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
