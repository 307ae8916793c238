//! The state machines of the account and Region.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::hooks::states::{act, use_states};
use crate::parts::confirm::Confirm;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::console::{go, href};
use crate::route::states::{StatesPlace, View};
use crate::state::states::MachineRow;
use crate::state::time;
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
}

/// The list.
#[component]
pub fn Machines(props: &Props) -> Html {
    let Props { desk, tell } = props;
    let running = use_state_eq(|| false);
    let doomed = use_state_eq(|| None::<MachineRow>);
    let load = use_states::<Vec<MachineRow>>(desk, "machines", json!({}), *running);
    if let Load::Here(Some(rows)) = &load {
        running.set(rows.iter().any(|row| row.running > 0));
    }
    let create = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| go(&desk, StatesPlace::new_machine()))
    };
    let create_button = html! {
        <button id="new-machine" class={classes!("btn", "primary", desk.hot("states.create"))} data-hotspot="states.create"
            disabled={!desk.cloud.may_change()} onclick={create}><Icon name="plus" />{ said::CREATE }</button>
    };
    let list = match &load {
        Load::Coming => html! { <p class="dim sf-words" aria-busy="true">{ said::LOADING }</p> },
        Load::Refused(why) => html! { <p class="bad-words sf-words">{ words_of(why) }</p> },
        Load::Here(rows) => match rows.as_deref().map(Vec::as_slice) {
            None | Some([]) => html! { <div class="sf-void">
                <Icon name="sfn" class="c-sfn big" /><h3>{ said::NONE }</h3><p class="dim2">{ said::NONE_MORE }</p>{ create_button.clone() }
            </div> },
            Some(rows) => table(desk, rows, &doomed.setter()),
        },
    };
    let some = matches!(&load, Load::Here(Some(rows)) if !rows.is_empty());
    html! {
        <section class="sf-list" aria-labelledby="machines-h">
            <div class="toolbar">
                <h2 id="machines-h" class="sf-h grow">{ said::MACHINES }</h2>
                if some { { create_button } }
            </div>
            if let Some(row) = &*doomed { { delete(desk, tell, row, &doomed.setter()) } }
            <div class="scroll sf-scroll" tabindex="0" role="region" aria-label={said::MACHINES}>{ list }</div>
        </section>
    }
}

fn table(desk: &Desk, rows: &[MachineRow], doom: &UseStateSetter<Option<MachineRow>>) -> Html {
    let now = desk.cloud.clock.now();
    html! {
        <table class={classes!("hoverable", "sf-table", desk.hot("states.machines"))} data-hotspot="states.machines">
            <thead><tr><th scope="col">{ said::NAME }</th><th scope="col">{ said::TYPE }</th><th scope="col">{ said::STATUS }</th>
                <th scope="col">{ said::CREATED }</th><th scope="col" class="num">{ said::RUNNING }</th><th scope="col" class="num">{ said::EXECUTIONS }</th>
                <th scope="col"><span class="vh">{ words::s3::ACTIONS }</span></th></tr></thead>
            <tbody>{ for rows.iter().map(|row| {
                let doom = { let (doom, row) = (doom.clone(), row.clone()); Callback::from(move |_: MouseEvent| doom.set(Some(row.clone()))) };
                html! {
                    <tr key={row.name.clone()}>
                        <th scope="row"><a href={href(desk, StatesPlace::machine(row.name.clone(), View::Graph))}><Icon name="sfn" class="sm c-sfn" />{ &row.name }</a></th>
                        <td>{ said::kind(row.express) }</td>
                        <td><span class="pill good"><Icon name="check" />{ said::ACTIVE }</span></td>
                        <td class="nowrap dim2">{ time::moment(row.created, now) }</td>
                        <td class="num" data-label={said::RUNNING}>{ if row.running > 0 { html! { <span class="pill now"><Icon name="star" />{ row.running }</span> } } else { html! { "0" } } }</td>
                        <td class="num" data-label={said::EXECUTIONS}>{ row.executions }</td>
                        <td class="num"><button class="btn ghost icon small" aria-label={said::delete_named(&row.name)} title={said::delete_named(&row.name)}
                            disabled={!desk.cloud.may_change()} onclick={doom}><Icon name="trash" /></button></td>
                    </tr>
                }
            }) }</tbody>
        </table>
    }
}

fn delete(
    desk: &Desk,
    tell: &Tell,
    row: &MachineRow,
    doom: &UseStateSetter<Option<MachineRow>>,
) -> Html {
    let close = {
        let doom = doom.clone();
        Callback::from(move |()| doom.set(None))
    };
    let yes = {
        let (desk, tell, row, close) = (desk.clone(), tell.clone(), row.clone(), close.clone());
        Callback::from(move |()| {
            let (desk, tell, row, close) = (desk.clone(), tell.clone(), row.clone(), close.clone());
            spawn_local(async move {
                let input = json!({ "stateMachineArn": row.arn });
                act(&desk, &tell, ("DeleteStateMachine", input), said::deleted(&row.name)).await;
                close.emit(());
            });
        })
    };
    html! {
        <Confirm class="ask-delete" label={said::delete_ask(&row.name)} yes={said::DELETE} no={words::KEEP} on_yes={yes} on_no={close}>
            <p><b>{ said::delete_ask(&row.name) }</b>{ " " }{ said::DELETE_MORE }</p>
        </Confirm>
    }
}
