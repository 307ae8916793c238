//! Dead-letter queue redrive: starts the task that moves messages out, and shows how those tasks went.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::parts::console::act::act;
use crate::parts::icon::Icon;
use crate::parts::lambda::field::Field;
use crate::parts::sqs::fields::text;
use crate::parts::sqs::page::Part;
use crate::state::lambda::short_arn;
use crate::state::sizes::grouped;
use crate::state::sqs::{Move, said as of_said};
use crate::state::time;
use crate::words::sqs as said;

/// The card.
#[component]
pub fn Redrive(props: &Part) -> Html {
    let (to, rate) = (use_node_ref(), use_node_ref());
    let onsubmit = {
        let (props, to, rate) = (props.clone(), to.clone(), rate.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let rate_member = "MaxNumberOfMessagesPerSecond";
            let mut input = of_said(
                [("DestinationArn", text(&to)), (rate_member, text(&rate))],
                &[rate_member],
            );
            input.insert("SourceArn".into(), json!(props.whole.queue.arn));
            let said = (said::START_REDRIVE, said::STARTED_REDRIVE);
            make(&props, said, "StartMessageMoveTask", input.into());
        })
    };
    let own = &props.whole.queue;
    let fit = props.queues.iter().filter(|one| one.fifo == own.fifo && one.name != own.name);
    let may = props.desk.cloud.may_change();
    html! {
        <section class="card setting wide" aria-labelledby="redrive-h" id="setting-redrive">
            <h3 id="redrive-h">{ said::REDRIVE }</h3>
            <p class="small dim2">{ said::REDRIVE_MORE }</p>
            <form class="stack" {onsubmit}>
                <div class="two">
                    <label class="fld">{ said::DESTINATION }
                        <select ref={to} class="select" id="redrive-to">
                            <option value="" selected={true}>{ said::TO_SOURCES }</option>
                            { for fit.map(|one| html! { <option key={one.arn.clone()} value={one.arn.clone()}>{ &one.name }</option> }) }
                        </select></label>
                    <Field node={rate} id="redrive-rate" label={said::VELOCITY} kind="number" min="1" max="500" value="" describedby="redrive-more" />
                </div>
                <p class="small dim" id="redrive-more">{ said::OPTIMIZED }</p>
                <div class="row"><button class={classes!("btn", "small", props.desk.hot("sqs.redrive"))} data-hotspot="sqs.redrive" id="start-redrive" type="submit" disabled={!may}><Icon name="run" />{ said::START_REDRIVE }</button></div>
            </form>
            <h4 id="tasks-h">{ said::TASKS }</h4>
            if props.whole.moves.is_empty() {
                <p class="small dim2">{ said::NO_TASKS }</p>
            } else {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="tasks-h"><table id="redrive-tasks">
                    <thead><tr><th scope="col">{ said::STATUS }</th><th scope="col">{ said::STARTED }</th><th scope="col" class="num">{ said::MOVED }</th><th scope="col">{ said::DESTINATION }</th><th scope="col"><span class="vh">{ crate::words::s3::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for props.whole.moves.iter().map(|one| task(props, one)) }</tbody>
                </table></div>
            }
        </section>
    }
}

fn task(props: &Part, one: &Move) -> Html {
    let (class, icon) = match one.status.as_str() {
        "COMPLETED" => ("good", "check"),
        "FAILED" => ("bad", "x"),
        "RUNNING" => ("now", "star"),
        _ => ("", "stop"),
    };
    let now = props.desk.cloud.clock.now();
    let to = one.destination_arn.as_deref().map_or(said::TO_SOURCES, short_arn).to_owned();
    let cancel = one.task_handle.clone().map(|handle| {
        let (may, props) = (props.desk.cloud.may_change(), props.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let said = (said::CANCEL_TASK, said::CANCELLED);
            make(&props, said, "CancelMessageMoveTask", json!({ "TaskHandle": handle }));
        });
        html! { <button class="btn small" disabled={!may} {onclick}>{ said::CANCEL_TASK }</button> }
    });
    html! {
        <tr key={one.started_timestamp.to_string()}>
            <td><span class={classes!("pill", class)}><Icon name={icon} />{ &one.status }</span>
                { for one.failure_reason.iter().map(|why| html! { <span class="small mono">{ " " }{ why }</span> }) }</td>
            <td class="nowrap">{ time::moment(one.started_timestamp, now) }</td>
            <td class="num">{ grouped(one.approximate_number_of_messages_moved) }</td>
            <td>{ to }</td><td class="num">{ for cancel }</td>
        </tr>
    }
}

fn make(
    props: &Part,
    (asked, done): (&'static str, &'static str),
    operation: &'static str,
    input: Value,
) {
    let props = props.clone();
    spawn_local(async move {
        let said = (asked.to_owned(), done.to_owned());
        act(&props.desk, &props.tell, said, ("sqs", operation), input).await;
    });
}
