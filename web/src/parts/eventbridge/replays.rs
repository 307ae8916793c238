//! Replays: events of an archive that are sent to their bus again.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::live::use_live;
use crate::hooks::s3::Load;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::eventbridge::console::{LIVE_MS, list};
use crate::parts::eventbridge::start_replay::StartReplay;
use crate::parts::icon::Icon;
use crate::state::eventbridge::target::short;
use crate::state::eventbridge::{Archive, Bus, Listed, Replay};
use crate::state::time;
use crate::words::{eventbridge as said, s3};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub bus: Bus,
    pub rules: Rc<Vec<Listed>>,
    pub archives: Vec<Archive>,
}

/// The table, and the form of one more.
#[component]
pub fn Replays(props: &Props) -> Html {
    let shown = use_live(&props.desk, ("events", "replays"), json!({}), LIVE_MS);
    let mut replays: Vec<Replay> = match shown {
        Load::Here(shown) => list(shown),
        _ => Vec::new(),
    };
    replays.retain(|one| one.event_bus_name == props.bus.name);
    html! {
        <>
            <section class="fn-policy" aria-labelledby="replays-h">
                <h2 id="replays-h">{ said::REPLAYS }</h2>
                <p class="small dim2">{ said::REPLAYS_MORE }</p>
                if replays.is_empty() {
                    <p class="small" id="no-replays">{ said::NO_REPLAYS }</p>
                } else {
                    <div class="framed scroll-x" tabindex="0" role="region" aria-labelledby="replays-h"><table id="replay-table">
                        <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::STATE }</th><th scope="col">{ said::ARCHIVE }</th><th scope="col">{ said::SPAN }</th><th scope="col">{ said::WHICH_RULES }</th><th scope="col">{ said::STARTED }</th><th scope="col">{ said::LAST_REPLAYED }</th><th scope="col"><span class="vh">{ s3::ACTIONS }</span></th></tr></thead>
                        <tbody>{ for replays.iter().map(|one| row(props, one)) }</tbody>
                    </table></div>
                }
            </section>
            if props.archives.is_empty() { <p class="small dim2 ev-words">{ said::ARCHIVE_FIRST }</p> } else { <StartReplay ..props.clone() /> }
        </>
    }
}

fn row(props: &Props, one: &Replay) -> Html {
    let (class, icon) = match one.state.as_str() {
        "COMPLETED" => ("good", "check"),
        "STARTING" | "RUNNING" => ("now", "star"),
        _ => ("", "stop"),
    };
    let now = props.desk.cloud.clock.now();
    let at = |ms: f64| time::moment(ms, now);
    let rules: Vec<String> = one.filter_arns.iter().map(|arn| rule_name(arn)).collect();
    let rules = if rules.is_empty() { said::ALL_RULES_OF_IT.to_owned() } else { rules.join(", ") };
    let cancel = one.goes_on.then(|| {
        let (props, name) = (props.clone(), one.name.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (desk, tell, name) = (props.desk.clone(), props.tell.clone(), name.clone());
            spawn_local(async move {
                let said = (said::CANCEL_REPLAY.to_owned(), said::CANCELLED.to_owned());
                let input = json!({ "ReplayName": name });
                act(&desk, &tell, said, ("events", "CancelReplay"), input).await;
            });
        });
        html! { <button class="btn small cancel-replay" {onclick}>{ said::CANCEL_REPLAY }</button> }
    });
    html! {
        <tr key={one.name.clone()}>
            <th scope="row">{ &one.name }</th>
            <td><span class={classes!("pill", class)}><Icon name={icon} />{ &one.state }</span></td>
            <td>{ &one.archive }</td>
            <td class="nowrap">{ said::span(&at(one.from), &at(one.to)) }</td>
            <td>{ rules }</td>
            <td class="nowrap">{ at(one.started) }</td>
            <td class="nowrap">{ one.last_replayed.map(at).unwrap_or_default() }</td>
            <td class="num">{ for cancel }</td>
        </tr>
    }
}

/// The name of the rule that an ARN is of.
fn rule_name(arn: &str) -> String {
    let path = short(arn);
    path.rsplit_once('/').map_or(path.clone(), |(_, name)| name.to_owned())
}
