//! What a rule is: its bus, its ARN, and what is said of it.

use yew::prelude::*;

use crate::parts::eventbridge::beside::use_beside;
use crate::parts::eventbridge::definition::put;
use crate::parts::eventbridge::rule::RulePart;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::state::eventbridge::RuleDraft;
use crate::words::eventbridge as said;

/// The card.
#[component]
pub fn Details(props: &RulePart) -> Html {
    let description = use_node_ref();
    let (beside, tell) = use_beside(&props.desk, &props.tell);
    let (whole, rule) = (&props.whole, &props.whole.rule);
    let onsubmit = {
        let (props, field) = (props.clone(), description.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let draft = RuleDraft { description: text(&field), ..RuleDraft::of(&props.whole) };
            put(&props, &tell, draft);
        })
    };
    html! {
        <section class="card setting" aria-labelledby="details-h" id="setting-details">
            <h3 id="details-h">{ said::RULE }</h3>
            <dl class="kv ev-kv">
                <dt>{ said::BUS }</dt><dd>{ &rule.event_bus_name }</dd>
                <dt>{ said::ARN }</dt><dd class="mono">{ &rule.arn }</dd>
                if let Some(role) = &whole.role_arn { <dt>{ said::ROLE }</dt><dd class="mono">{ role }</dd> }
            </dl>
            <form class="stack" {onsubmit}>
                <Field node={description} id="rule-description" label={said::DESCRIPTION} value={whole.description.clone().unwrap_or_default()} />
                { beside }
                <div class="row"><button class="btn small" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button></div>
            </form>
        </section>
    }
}
