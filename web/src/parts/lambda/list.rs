//! The functions of this Region, or the blueprints to begin with.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::create::Create;
use crate::route::{FunctionPart, Place};
use crate::state::lambda::Listed;
use crate::state::time;
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub functions: Vec<Listed>,
}

/// The table.
#[component]
pub fn List(props: &Props) -> Html {
    let creating = use_state_eq(|| false);
    use_focus_kept(*creating, "create-function");
    let open = |to: bool| {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(to))
    };
    let empty = props.functions.is_empty();
    if empty || *creating {
        return html! {
            <Create desk={props.desk.clone()} tell={props.tell.clone()} first={empty} close={open(false)}
                taken={props.functions.iter().map(|one| one.name.clone()).collect::<Vec<_>>()} />
        };
    }
    html! {
        <section class="scroll grow fn-list" aria-labelledby="functions-h" tabindex="0">
            <div class="toolbar">
                <h2 id="functions-h">{ said::FUNCTIONS }</h2>
                <span class="small dim2">{ said::function_count(props.functions.len()) }</span>
                <button id="create-function" class={classes!("btn", "primary", "push", props.desk.hot("lambda.create"))} data-hotspot="lambda.create"
                    disabled={!props.desk.cloud.may_change()} onclick={open(true).reform(|_: MouseEvent| ())}><Icon name="plus" />{ said::CREATE }</button>
            </div>
            <table class="hoverable fn-table">
                <thead><tr>
                    <th scope="col">{ said::NAME }</th><th scope="col">{ said::RUNTIME }</th><th scope="col" class="num">{ said::MEMORY }</th>
                    <th scope="col" class="num">{ said::TIMEOUT }</th><th scope="col">{ said::NOW }</th><th scope="col">{ said::CHANGED }</th>
                </tr></thead>
                <tbody>{ for props.functions.iter().map(|one| row(props, one)) }</tbody>
            </table>
        </section>
    }
}

fn row(props: &Props, one: &Listed) -> Html {
    let href = props.desk.route.at(Place::function(one.name.clone(), FunctionPart::Code)).href();
    let now = props.desk.cloud.clock.now();
    html! {
        <tr key={one.name.clone()}>
            <td class="key"><Icon name="lambda" class="c-lambda" /><a {href}>{ &one.name }</a></td>
            <td data-label={said::RUNTIME}>{ said::runtime(&one.runtime) }</td>
            <td class="num" data-label={said::MEMORY}>{ said::megabytes(one.memory_mb) }</td>
            <td class="num" data-label={said::TIMEOUT}>{ said::seconds(one.timeout_s) }</td>
            <td data-label={said::NOW}>{ said::running_count(one.running, one.environments) }</td>
            <td data-label={said::CHANGED}>{ time::moment(one.modified, now) }</td>
        </tr>
    }
}
