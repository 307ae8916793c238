//! Where you are, and the row of ways to look at it.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::states::console::{go, href};
use crate::parts::tabs::{Tab, Tabs};
use crate::route::states::{StatesPlace, View};
use crate::words::states as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: StatesPlace,
    /// What can be done here.
    pub children: Html,
}

/// The path from the list to here, and buttons.
#[component]
pub fn Head(props: &Props) -> Html {
    let Props { desk, at, children } = props;
    let machine = at.machine.clone().unwrap_or_default();
    // A narrow window has room for the way back to the machine alone.
    let class =
        at.execution.is_some().then_some("only-wide").map(Classes::from).unwrap_or_default();
    let list = href(desk, StatesPlace::default());
    html! {
        <div class="toolbar sf-head">
            <h2 class="vh" id="sf-h">{ at.execution.clone().unwrap_or_else(|| machine.clone()) }</h2>
            <nav class="bread grow" aria-label={said::PATH}>
                <a class={class.clone()} href={list}>{ said::MACHINES }</a><span {class} aria-hidden="true">{ "/" }</span>
                if let Some(execution) = &at.execution {
                    <a href={href(desk, StatesPlace::machine(machine.clone(), View::Executions))}>{ machine }</a><span aria-hidden="true">{ "/" }</span>
                    <span aria-current="page">{ execution }</span>
                } else {
                    <span aria-current="page">{ machine }</span>
                }
            </nav>
            { children.clone() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct ViewsProps {
    pub desk: Desk,
    pub at: StatesPlace,
    pub views: Vec<View>,
}

/// A row of tabs; each has an address.
#[component]
pub fn Views(props: &ViewsProps) -> Html {
    let tabs: Vec<Tab> =
        props.views.iter().map(|view| Tab::new(view.id(), said::view(*view))).collect();
    let choose = {
        let (desk, at) = (props.desk.clone(), props.at.clone());
        Callback::from(move |id: AttrValue| go(&desk, at.shown(View::named(&id))))
    };
    html! { <Tabs label={said::WAYS} prefix="sf" {tabs} chosen={props.at.view.id()} {choose} class="small sf-tabs" /> }
}
