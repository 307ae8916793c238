//! What can be done with an execution, and how it stands.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::hooks::cloud::set_clock;
use crate::hooks::desk::Desk;
use crate::hooks::states::{Followed, act};
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::console::{go, href};
use crate::parts::states::debug::{Answers, Steps};
use crate::parts::states::executions::status_pill;
use crate::route::states::{StatesPlace, View};
use crate::state::cloud::ClockWish;
use crate::state::states::run::Mark;
use crate::state::states::{Execution, MapRun, last_of, pretty};
use crate::state::time;
use crate::words::{debug, states as said};

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: AttrValue,
    pub followed: Followed,
    pub tell: Tell,
}

/// Buttons; each stands only where it does something.
#[component]
pub fn Actions(props: &Props) -> Html {
    let row = &props.followed.execution.row;
    let may = props.desk.cloud.may_change();
    let going = row.is_running();
    let one = |operation: &'static str, input: Value, done: String| {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let (props, input, done) = (props.clone(), input.clone(), done.clone());
            spawn_local(async move {
                act(&props.desk, &props.tell, (operation, input), done).await;
            });
        })
    };
    let stop = one("StopExecution", json!({ "executionArn": row.arn }), said::stopped(&row.name));
    let redrive =
        one("RedriveExecution", json!({ "executionArn": row.arn }), said::redriven(&row.name));
    let again = again(props);
    let redrivable = props.followed.execution.redrive_status == "REDRIVABLE";
    let waiting = waits(&props.followed);
    let jump = {
        let cloud = props.desk.cloud.clone();
        Callback::from(move |_: MouseEvent| set_clock(&cloud, ClockWish::NextTimer))
    };
    html! {
        <div class="row wrap">
            if going && waiting {
                <button id="jump" class={classes!("btn", "small", props.desk.hot("states.jump"))} data-hotspot="states.jump" disabled={!may} onclick={jump} title={said::JUMP_MORE}><Icon name="next" />{ said::JUMP }</button>
            }
            <Steps desk={props.desk.clone()} tell={props.tell.clone()} machine={props.machine.clone()} execution={props.followed.execution.clone()} />
            if going {
                <button id="stop" class="btn small" disabled={!may} onclick={stop}><Icon name="stop" />{ said::STOP }</button>
            } else {
                if redrivable {
                    <button id="redrive" class={classes!("btn", "small", "primary", props.desk.hot("states.redrive"))} data-hotspot="states.redrive" disabled={!may} onclick={redrive} title={said::REDRIVE_MORE}><Icon name="reset" />{ said::REDRIVE }</button>
                }
                <button id="again" class="btn small" disabled={!may} onclick={again} title={said::AGAIN_MORE}><Icon name="run" />{ said::AGAIN }</button>
            }
        </div>
    }
}

/// Whether some state waits for time to pass.
fn waits(followed: &Followed) -> bool {
    followed.run.visits.iter().any(|visit| {
        visit.mark == Mark::Running && (visit.kind == "Wait" || visit.waits_to_retry())
    })
}

/// Another execution with the same input.
fn again(props: &Props) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_: MouseEvent| {
        let props = props.clone();
        spawn_local(async move {
            let execution = &props.followed.execution;
            let input =
                json!({ "stateMachineArn": execution.machine_arn, "input": execution.input });
            let begun = act(
                &props.desk,
                &props.tell,
                ("StartExecution", input),
                said::started(&props.machine),
            )
            .await;
            let arn = begun.and_then(|begun| {
                begun.output.get("executionArn").and_then(Value::as_str).map(str::to_owned)
            });
            if let Some(arn) = arn {
                go(
                    &props.desk,
                    StatesPlace::execution(props.machine.to_string(), last_of(&arn), View::Graph),
                );
            }
        });
    })
}

#[derive(Properties, PartialEq)]
pub struct FactsProps {
    pub desk: Desk,
    pub followed: Followed,
    pub children: Html,
}

/// How it stands, in one line.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    let FactsProps { desk, followed, children } = props;
    let row = &followed.execution.row;
    use_tick(1000, row.is_running());
    let now = desk.cloud.clock.now();
    let lasting = said::lasting(row.stopped.unwrap_or(now) - row.started);
    html! {
        <div class="row wrap small sf-facts">
            <span id="run-status" role="status">{ status_pill(&row.status) }</span>
            <span class="dim2">{ said::facts(&time::moment(row.started, now), &lasting, followed.run.visits.len()) }</span>
            { children.clone() }
            if row.redrives > 0 { <span class="dim2">{ said::redrives(row.redrives) }</span> }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct WholeProps {
    pub desk: Desk,
    pub tell: Tell,
    pub followed: Followed,
}

/// What came into the execution and what came of it; where no state is chosen, this stands beside the picture.
#[component]
pub fn Whole(props: &WholeProps) -> Html {
    let WholeProps { desk, tell, followed } = props;
    let execution = &followed.execution;
    let failed = execution.error.as_ref().filter(|_| !execution.row.is_running());
    let text = |id: &'static str, name: &'static str, text: &str| {
        html! {
            <><h4>{ name }</h4><pre {id} class="code plain wrapped" tabindex="0">{ pretty(text) }</pre></>
        }
    };
    html! {
        <aside class="sf-side scroll" aria-labelledby="whole-h" tabindex="0">
            <h3 id="whole-h">{ said::THE_EXECUTION }</h3>
            if let Some(error) = &failed {
                <div class="note bad sf-failure" id="run-error"><Icon name="x" /><div><b class="sf-error">{ error }</b>
                    if let Some(cause) = &execution.cause { <pre class="sf-cause">{ pretty(cause) }</pre> }</div></div>
            }
            <Answers desk={desk.clone()} tell={tell.clone()} tokens={execution.tokens.clone()} />
            { by_hand(execution) }
            { for execution.map_runs.iter().map(|run| map_run(desk, run)) }
            { text("run-input", said::INPUT, &execution.input) }
            if let Some(output) = &execution.output { { text("run-output", said::OUTPUT, output) } }
            if followed.run.visits.is_empty() { <p class="dim2">{ said::NOTHING_YET }</p> } else { <p class="small dim2">{ said::CHOOSE_STATE }</p> }
        </aside>
    }
}

/// What was not the machine's doing.
fn by_hand(execution: &Execution) -> Html {
    let changes = execution.debug.as_ref().map_or(&[][..], |debug| &debug.changes);
    if changes.is_empty() {
        return html! {};
    }
    html! {
        <div class="note warn sf-failure"><Icon name="you" /><ul>{ for changes.iter().map(|change| html! { <li>{ debug::change_at(change) }</li> }) }</ul></div>
    }
}

/// A distributed Map: how far it is, and its children.
fn map_run(desk: &Desk, run: &MapRun) -> Html {
    // execution:{machine}/{label}:{name}
    let place = |arn: &str| {
        let mut parts = arn.rsplitn(3, ':');
        let (name, machine) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        StatesPlace::execution(machine, name, View::Graph)
    };
    html! {
        <details class="sf-io"><summary>{ said::map_run(run) }</summary>
            <ul class="sf-children">{ for run.children.iter().map(|child| html! {
                <li>{ status_pill(&child.status) }{ " " }<a class="mono small" href={href(desk, place(&child.arn))}>{ &child.name }</a></li>
            }) }</ul></details>
    }
}
