//! The queues of this Region, with about how many messages there are in each.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::sqs::create::Create;
use crate::route::{Place, QueuePart};
use crate::state::lambda::short_arn;
use crate::state::sizes::grouped;
use crate::state::sqs::Listed;
use crate::state::time;
use crate::words::sqs as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub queues: Vec<Listed>,
}

/// The table.
#[component]
pub fn List(props: &Props) -> Html {
    let creating = use_state_eq(|| false);
    use_focus_kept(*creating, "create-queue");
    let open = |to: bool| {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(to))
    };
    let empty = props.queues.is_empty();
    if empty || *creating {
        return html! {
            <Create desk={props.desk.clone()} tell={props.tell.clone()} first={empty} close={open(false)} queues={props.queues.clone()} />
        };
    }
    html! {
        <section class="scroll grow fn-list" aria-labelledby="queues-h" tabindex="0">
            <div class="toolbar">
                <h2 id="queues-h">{ said::QUEUES }</h2>
                <span class="small dim2">{ said::queue_count(props.queues.len()) }</span>
                <button id="create-queue" class={classes!("btn", "primary", "push", props.desk.hot("sqs.create"))} data-hotspot="sqs.create"
                    disabled={!props.desk.cloud.may_change()} onclick={open(true).reform(|_: MouseEvent| ())}><Icon name="plus" />{ said::CREATE }</button>
            </div>
            <table class="hoverable fn-table" id="queue-table">
                <thead><tr>
                    <th scope="col">{ said::NAME }</th><th scope="col">{ said::TYPE }</th><th scope="col" class="num">{ said::AVAILABLE }</th>
                    <th scope="col" class="num">{ said::IN_FLIGHT }</th><th scope="col" class="num">{ said::DELAYED }</th>
                    <th scope="col">{ said::DEAD_LETTER_QUEUE }</th><th scope="col">{ said::CREATED }</th>
                </tr></thead>
                <tbody>{ for props.queues.iter().map(|one| row(&props.desk, one)) }</tbody>
            </table>
        </section>
    }
}

fn row(desk: &Desk, one: &Listed) -> Html {
    let to = |name: &str| desk.route.at(Place::queue(name, QueuePart::Messages)).href();
    let dead = one.dead_letter_arn.as_deref().map(short_arn);
    html! {
        <tr key={one.name.clone()}>
            <td class="key"><Icon name="queue" class="c-sqs" /><a href={to(&one.name)}>{ &one.name }</a></td>
            <td data-label={said::TYPE}>{ said::kind(one.fifo) }</td>
            <td class="num" data-label={said::AVAILABLE}>{ grouped(one.ready) }</td>
            <td class="num" data-label={said::IN_FLIGHT}>{ grouped(one.in_flight) }</td>
            <td class="num" data-label={said::DELAYED}>{ grouped(one.delayed) }</td>
            <td data-label={said::DEAD_LETTER_QUEUE}>{ match dead {
                Some(name) => html! { <a href={to(name)}>{ name.to_owned() }</a> },
                None => html! { <span class="dim2">{ said::NONE }</span> },
            } }</td>
            <td data-label={said::CREATED}>{ time::moment(one.created, desk.cloud.clock.now()) }</td>
        </tr>
    }
}
