//! The drawer: its head, the list, one call, the clock.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::hood::calls::CallList;
use crate::parts::hood::clock::ClockBox;
use crate::parts::hood::detail::Detail;
use crate::parts::hood::head::Head;

/// What the drawer shows where it has no room for both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    Calls,
    Detail,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub open: bool,
    pub toggle: Callback<()>,
    pub chosen: Option<u64>,
    pub choose: Callback<u64>,
    pub pane: Pane,
    pub show_pane: Callback<Pane>,
    /// In free play the cloud is emptied here; a lesson has its own foot.
    pub reset: Option<Callback<()>>,
}

/// The region at the bottom.
#[component]
pub fn Drawer(props: &Props) -> Html {
    let desk = &props.desk;
    let pane = match props.pane {
        Pane::Calls => "calls",
        Pane::Detail => "detail",
    };
    let call =
        props.chosen.and_then(|seq| desk.cloud.calls.iter().rfind(|call| call.seq == seq).cloned());
    html! {
        <section class={classes!("hood", "night", (!props.open).then_some("shut"))} data-hpane={pane} aria-labelledby="hood-h">
            <Head desk={desk.clone()} open={props.open} toggle={&props.toggle} pane={props.pane} show_pane={&props.show_pane}
                chosen={call.as_ref().map(|call| AttrValue::from(call.operation.clone()))} reset={props.reset.clone()} />
            <div class="hood-body">
                <CallList desk={desk.clone()} chosen={props.chosen} choose={&props.choose} />
                <Detail {call} />
                <ClockBox cloud={desk.cloud.clone()} />
            </div>
        </section>
    }
}
