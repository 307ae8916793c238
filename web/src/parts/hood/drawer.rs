//! The drawer: its head, the list, one call, clock and bill, and the line of time.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::apart;
use crate::parts::hood::calls::CallList;
use crate::parts::hood::clock::ClockBox;
use crate::parts::hood::head::Head;
use crate::parts::hood::scrub::Scrub;
use crate::parts::hood::{detail, filter as filter_bar};
use crate::state::filter::Filter;
use crate::words;

/// What the drawer shows where it has no room for all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    Calls,
    Detail,
    Bill,
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
    /// Back to the lesson's start, or to an empty cloud.
    pub reset: Callback<()>,
}

/// The region at the bottom.
#[component]
pub fn Drawer(props: &Props) -> Html {
    let desk = &props.desk;
    let filter = use_state_eq(|| None::<Filter>);
    let places = {
        let wanted = (*filter).clone().unwrap_or_default();
        use_memo((desk.cloud.calls.clone(), wanted), |(calls, filter)| filter.places(calls))
    };
    let pane = match props.pane {
        Pane::Calls => "calls",
        Pane::Detail => "detail",
        Pane::Bill => "bill",
    };
    let call = props.chosen.and_then(|seq| desk.cloud.call(seq).cloned());
    let set = {
        let filter = filter.setter();
        Callback::from(move |next| filter.set(Some(next)))
    };
    let toggle_filter = {
        let (setter, on) = (filter.setter(), filter.is_some());
        Callback::from(move |()| setter.set((!on).then(Filter::default)))
    };
    let reset: (AttrValue, AttrValue, Callback<()>) = if desk.outline.is_some() {
        (words::LESSON_START.into(), words::LESSON_START_ASK.into(), props.reset.clone())
    } else {
        (words::EMPTY_CLOUD.into(), words::EMPTY_CLOUD_ASK.into(), props.reset.clone())
    };
    html! {
        <section id="hood" tabindex="-1" class={classes!("hood", "night", (!props.open).then_some("shut"))} data-hpane={pane} aria-labelledby="hood-h">
            <Head desk={desk.clone()} open={props.open} toggle={&props.toggle} pane={props.pane} show_pane={&props.show_pane}
                chosen={call.as_ref().map(|call| AttrValue::from(call.operation.clone()))} filtered={filter.is_some()} {toggle_filter} />
            if let Some(filter) = &*filter { { apart::call_filter(filter_bar::Props {
                desk: desk.clone(), filter: filter.clone(), set: set.clone(), shown: places.len(),
            }) } }
            <div class="hood-body">
                <CallList desk={desk.clone()} places={Rc::clone(&places)} chosen={props.chosen} choose={&props.choose} />
                if let Some(call) = call {
                    { apart::call_detail(detail::Props { desk: desk.clone(), call }) }
                } else {
                    <div class="detail" id="call-detail"><p class="dim2 hood-words">{ words::CHOOSE_CALL }</p></div>
                }
                <ClockBox cloud={desk.cloud.clone()} />
            </div>
            <Scrub cloud={desk.cloud.clone()} {reset} />
        </section>
    }
}
