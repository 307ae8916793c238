//! What lies in the queue, seen from outside: nothing is received by looking.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::sqs::page::Part;
use crate::state::sqs::{Lying as Message, Stand};
use crate::state::{sizes, time};
use crate::words::sqs as said;

/// The table.
#[component]
pub fn Lying(props: &Part) -> Html {
    let whole = &props.whole;
    let queue = &whole.queue;
    let all = usize::try_from(queue.ready + queue.in_flight + queue.delayed).unwrap_or(usize::MAX);
    let rest = all.saturating_sub(whole.messages.len());
    let now = props.desk.cloud.clock.now();
    let most = whole.redrive().map(|(_, most)| most);
    html! {
        <section class="sq-card" aria-labelledby="lying-h">
            <h2 id="lying-h">{ said::LYING }</h2>
            <p class="small dim2">{ said::LYING_MORE }</p>
            if whole.messages.is_empty() {
                <p class="small">{ said::EMPTY }</p>
            } else {
                <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="lying-h"><table id="lying">
                    <thead><tr><th scope="col">{ said::ID }</th><th scope="col">{ said::STATE }</th><th scope="col" class="num">{ said::RECEIVE_COUNT }</th>
                        if queue.fifo { <th scope="col">{ said::GROUP }</th> }
                        <th scope="col">{ said::SENT }</th><th scope="col" class="num">{ said::BYTES }</th><th scope="col">{ said::BODY }</th></tr></thead>
                    <tbody>{ for whole.messages.iter().map(|one| row(one, queue.fifo, most, now)) }</tbody>
                </table></div>
                if rest > 0 { <p class="small dim2">{ said::more(rest) }</p> }
            }
        </section>
    }
}

fn row(one: &Message, fifo: bool, most: Option<u32>, now: f64) -> Html {
    let left = one.until.map_or(0.0, |until| (until - now).max(0.0));
    let (class, icon, words) = match one.stand {
        Stand::Ready => ("good", "check", said::READY.to_owned()),
        Stand::Delayed => ("", "hour", said::delayed_for(left)),
        Stand::InFlight => ("info", "eye", said::in_flight_for(left)),
    };
    html! {
        <tr key={one.id.clone()}>
            <td class="mono" title={one.id.clone()}>{ said::short_id(&one.id) }</td>
            <td><span class={classes!("pill", class)}><Icon name={icon} />{ words }</span></td>
            <td class="num">{ said::receives_of(one.receives, most) }</td>
            if fifo { <td class="mono">{ one.group.clone().unwrap_or_default() }</td> }
            <td class="nowrap">{ time::moment(one.sent, now) }</td>
            <td class="num nowrap">{ sizes::bytes(one.bytes) }</td>
            <td class="mono sq-begin">{ &one.body }</td>
        </tr>
    }
}
