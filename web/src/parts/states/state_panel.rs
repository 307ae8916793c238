//! A state of a machine by itself: its definition, and trying it.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::states::debug::BreakButton;
use crate::parts::states::edit_state::EditState;
use crate::parts::states::picture::Drawing;
use crate::parts::states::start::sample;
use crate::parts::states::try_state::TryState;
use crate::state::states::debug::Stops;
use crate::state::states::{Machine, does, find_state};
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub machine: Rc<Machine>,
    pub drawing: Drawing,
    pub name: AttrValue,
    pub close: Callback<()>,
    pub stops: Stops,
}

/// The panel beside the picture.
#[component]
pub fn StatePanel(props: &Props) -> Html {
    let Props { desk, tell, machine, drawing, name, close, stops } = props;
    let Some(state) = find_state(drawing.definition(), name) else { return html! {} };
    html! {
        <aside class="sf-side scroll" aria-labelledby="state-h" tabindex="0">
            <div class="row"><h3 class="grow" id="state-h">{ name }</h3><button class="btn ghost icon small" aria-label={words::CLOSE} onclick={close.reform(|_: MouseEvent| ())}><Icon name="x" /></button></div>
            <div class="row wrap"><span class="small dim2 grow">{ does(state) }</span><BreakButton stops={stops.clone()} state={name.clone()} /></div>
            <EditState key={machine.definition.clone()} desk={desk.clone()} tell={tell.clone()} machine={machine.clone()} name={name.clone()} {close} />
            <details class="sf-io" id="try"><summary>{ said::TRY }</summary>
                <p class="small dim2">{ said::TRY_MORE }</p>
                <TryState desk={desk.clone()} tell={tell.clone()} definition={machine.definition.clone()} role_arn={machine.role_arn.clone()} {name} input={sample(machine)} />
            </details>
        </aside>
    }
}
