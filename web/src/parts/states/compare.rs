//! Two executions side by side: their states in order, and where they first part.

use serde_json::json;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::Load;
use crate::hooks::states::{Followed, use_execution, use_states};
use crate::parts::states::console::go;
use crate::parts::states::executions::status_pill;
use crate::parts::states::outline::mark_icon;
use crate::route::states::StatesPlace;
use crate::state::states::run::Visit;
use crate::state::states::{Executions, last_of, pretty};
use crate::words::{self, states as said};

/// So many steps are drawn until more are asked for.
const ROWS: usize = 200;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub at: StatesPlace,
    pub machine: AttrValue,
    pub followed: Followed,
}

/// The choice of the other, and both.
#[component]
pub fn Compare(props: &Props) -> Html {
    let Props { desk, at, machine, followed } = props;
    let list =
        use_states::<Executions>(desk, "executions", json!({ "Machine": &**machine }), false);
    let here = last_of(&followed.execution.row.arn).to_owned();
    let rows = match &list {
        Load::Here(Some(found)) => found.rows.clone(),
        _ => vec![],
    };
    let others: Vec<_> = rows.into_iter().filter(|row| last_of(&row.arn) != here).collect();
    let onchange = {
        let (desk, at) = (desk.clone(), at.clone());
        Callback::from(move |event: Event| {
            let with = event.target_unchecked_into::<HtmlSelectElement>().value();
            go(
                &desk,
                StatesPlace { with: Some(with).filter(|name| !name.is_empty()), ..at.clone() },
            );
        })
    };
    html! {
        <>
            <div class="toolbar sf-sub"><label class="row small grow">{ said::COMPARE_WITH }
                <select class="select grow" id="compare-with" {onchange}>
                    <option value="" selected={at.with.is_none()}>{ said::CHOOSE_ONE }</option>
                    { for others.iter().map(|row| html! { <option value={last_of(&row.arn).to_owned()} selected={at.with.as_deref() == Some(last_of(&row.arn))}>{ format!("{} ({})", row.name, said::status(&row.status)) }</option> }) }
                </select></label></div>
            if let Some(with) = at.with.clone() {
                <Both key={with.clone()} desk={desk.clone()} machine={machine.clone()} with={with.clone()} followed={followed.clone()} />
            } else {
                <p class="dim2 sf-words">{ if others.is_empty() { said::NOTHING_TO_COMPARE } else { said::COMPARE_MORE } }</p>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct BothProps {
    desk: Desk,
    machine: AttrValue,
    with: AttrValue,
    followed: Followed,
}

#[component]
fn Both(props: &BothProps) -> Html {
    let shown = use_state_eq(|| ROWS);
    let other = use_execution(&props.desk, &props.machine, &props.with);
    let more = {
        let (shown, now) = (shown.setter(), *shown);
        Callback::from(move |_: MouseEvent| shown.set(now + ROWS))
    };
    let Load::Here(Some(other)) = other else {
        return crate::parts::states::machine::absent(&other);
    };
    let (left, right) = (&props.followed.run.visits, &other.run.visits);
    let rows = left.len().max(right.len());
    let parts = (0..rows).find(|at| {
        let (one, two) = (left.get(*at), right.get(*at));
        !one.zip(two).is_some_and(|(one, two)| alike(one, two))
    });
    let head = |name: &str, followed: &Followed| html! { <th scope="col"><span class="mono">{ name.to_owned() }</span>{ " " }{ status_pill(&followed.execution.row.status) }</th> };
    let name = &props.followed.execution.row.name;
    html! {
        <div class="scroll sf-scroll" tabindex="0" role="region" aria-label={said::COMPARED}>
            <p class="sf-words small" role="status" id="first-difference">{ parts.map_or(said::NO_DIFFERENCE.to_owned(), |at| said::first_difference(at + 1)) }</p>
            <table class="sf-compare"><thead><tr><th scope="col" class="num">{ said::STEP }</th>{ head(name, &props.followed) }{ head(&other.execution.row.name, &other) }</tr></thead>
            <tbody>{ for (0..rows.min(*shown)).map(|at| {
                let differs = parts == Some(at);
                html! { <tr class={classes!(differs.then_some("on"))}><td class="num dim">{ at + 1 }if differs { <span class="vh">{ said::FIRST_DIFFERENCE }</span> }</td>
                    { side(left.get(at).map(AsRef::as_ref), differs) }{ side(right.get(at).map(AsRef::as_ref), differs) }</tr> }
            }) }</tbody></table>
            if rows > *shown { <p class="sf-words"><button class="btn small" onclick={more}>{ words::NEXT_PAGE }</button></p> }
        </div>
    }
}

/// Whether two visits were of the same state, with the same data and the same end.
fn alike(one: &Visit, two: &Visit) -> bool {
    let errors = |visit: &Visit| {
        visit.failures.iter().map(|failure| failure.error.clone()).collect::<Vec<_>>()
    };
    one.name == two.name
        && one.mark == two.mark
        && one.input == two.input
        && one.output == two.output
        && errors(one) == errors(two)
}

fn side(visit: Option<&Visit>, open: bool) -> Html {
    let Some(visit) = visit else { return html! { <td class="dim">{ said::NO_STEP }</td> } };
    let text = |name: &'static str, value: &Option<String>| html! { if let Some(value) = value { <><span class="label">{ name }</span><pre class="code plain wrapped" tabindex="0">{ pretty(value) }</pre></> } };
    html! {
        <td><span class="row wrap">{ mark_icon(Some(visit.mark)) }<b>{ &visit.name }</b><small class="dim2">{ said::mark(Some(visit.mark)) }</small></span>
            if let Some(failure) = visit.failures.last() { <small class="bad-words">{ &failure.error }</small> }
            if open { { text(said::INPUT, &visit.input) }{ text(said::OUTPUT, &visit.output) } }</td>
    }
}
