//! What has come of a rule, in the numbers that CloudWatch has on AWS.

use yew::prelude::*;

use crate::state::eventbridge::Listed;
use crate::state::sizes::grouped;
use crate::words::eventbridge as said;

/// The metrics that a table has columns for, with their names.
pub fn metrics(rule: &Listed) -> [(&'static str, u64); 5] {
    [
        (said::TRIGGERED, rule.triggered_rules),
        (said::INVOCATIONS, rule.invocations),
        (said::FAILED, rule.failed_invocations),
        (said::RETRIES, rule.retry_invocation_attempts),
        (said::TO_DLQ, rule.invocations_sent_to_dlq),
    ]
}

/// The heads of those columns.
pub fn heads() -> Html {
    let names = metrics(&Listed::default());
    let head = |(short, (name, _)): (&'static str, (&'static str, u64))| html! { <th scope="col" class="num" title={name}>{ short }</th> };
    said::HEADS.into_iter().zip(names).map(head).collect()
}

/// Those columns of a rule.
pub fn cells(rule: &Listed) -> Html {
    let cell = |(short, (_, count)): (&'static str, (&'static str, u64))| html! { <td class="num" data-label={short}>{ grouped(count) }</td> };
    said::HEADS.into_iter().zip(metrics(rule)).map(cell).collect()
}

/// All of them, by name.
pub fn all(rule: &Listed) -> Html {
    let lost = (said::NOT_TO_DLQ, rule.invocations_failed_to_be_sent_to_dlq);
    let shown = metrics(rule).into_iter().chain([lost]);
    html! {
        <section class="ev-counts" aria-label={said::COUNTS} id="rule-counts">
            <dl class="figs">{ for shown.map(|(name, count)| html! { <div><dt>{ name }</dt><dd>{ grouped(count) }</dd></div> }) }</dl>
            { last_error(rule) }
        </section>
    }
}

/// Why a target did not take an event in, the last time.
pub fn last_error(rule: &Listed) -> Html {
    html! {
        if let Some(why) = &rule.last_error { <p class="small ev-error"><b class="bad-words">{ said::LAST_ERROR }{ ": " }</b>{ why }</p> }
    }
}
