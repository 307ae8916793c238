//! Send and receive messages, as AWS calls the page; and, as no AWS console does, what lies in the queue.

use yew::prelude::*;

use crate::parts::sqs::lying::Lying;
use crate::parts::sqs::page::Part;
use crate::parts::sqs::receive::Receive;
use crate::parts::sqs::send::Send;

/// The form to send beside what is received.
#[component]
pub fn Messages(props: &Part) -> Html {
    html! {
        <div class="sq-page scroll" tabindex="0" role="region" aria-label={crate::words::sqs::MESSAGES}>
            <Send ..props.clone() />
            <div class="sq-side">
                <Receive ..props.clone() />
                <Lying ..props.clone() />
            </div>
        </div>
    }
}
