//! The simulated account of the learner.

use yew::prelude::*;

use crate::words;

/// Twelve digits in groups, as AWS's console writes them.
#[component]
pub fn Account() -> Html {
    html! { <span class="acct" title={words::ACCOUNT_TITLE}><span class="vh">{ words::ACCOUNT_TITLE }{ " " }</span>{ words::ACCOUNT }</span> }
}
