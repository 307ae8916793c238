//! A state that an execution stands before: what goes in, and how its task is to end.

use serde_json::{Value, json};
use yew::prelude::*;

use super::ending::{Ending, EndingForm, MOCKS};
use super::{Props, area, at, error_name, variables, wrong};
use crate::parts::icon::Icon;
use crate::parts::states::fields::{picked, typed};
use crate::state::states::debug::{Held, MadeUp};
use crate::state::states::pretty;
use crate::words::debug as said;

/// The panel beside the picture. Where several places are held, one of them is chosen.
#[component]
pub fn HeldPanel(props: &Props) -> Html {
    let picked_place = use_state_eq(|| None::<u32>);
    let all = props.held();
    let one = all.iter().find(|held| Some(held.place) == *picked_place).or_else(|| all.first());
    let Some(held) = one else { return html! {} };
    let onchange = {
        let picked_place = picked_place.setter();
        picked(move |place| picked_place.set(place.parse().ok()))
    };
    let step = props.on_click("step", &at(held), said::STEP);
    html! {
        <aside class="sf-side scroll" aria-labelledby="held-h" tabindex="0">
            <h3 id="held-h" class="row"><Icon name="pause" />{ said::paused(std::slice::from_ref(held)) }</h3>
            if all.len() > 1 {
                <label class="fld">{ said::WHERE }<select class="select" id="held-place" {onchange}>
                    { for all.iter().map(|one| html! { <option value={one.place.to_string()} selected={one.place == held.place}>{ said::place(one) }</option> }) }
                </select></label>
                <div class="row"><button class="btn small" id="step-here" disabled={!props.desk.cloud.may_change()} onclick={step} title={said::STEP_MORE}><Icon name="step" />{ said::STEP }</button></div>
            }
            <GoesIn key={format!("{}-{}-{}", held.place, held.state, held.input)} all={props.clone()} held={held.clone()} />
            { variables(held) }
            if held.task { { end(props, held) } }
            <p class="small dim2">{ said::OURS }</p>
        </aside>
    }
}

#[derive(Properties, PartialEq)]
struct GoesInProps {
    all: Props,
    held: Held,
}

/// The input, which can be changed until the state is entered.
#[component]
fn GoesIn(props: &GoesInProps) -> Html {
    let held = &props.held;
    let text = use_state_eq(|| pretty(&held.input));
    if held.entered {
        return html! { <><h4>{ said::WHAT_GOES_IN }</h4><p class="small dim2">{ said::ENTERED }</p><pre class="code plain wrapped" id="held-input" tabindex="0">{ pretty(&held.input) }</pre></> };
    }
    let oninput = {
        let text = text.setter();
        typed(move |value| text.set(value))
    };
    let wrong = wrong(&text);
    let onsubmit = {
        let (all, held, text) = (props.all.clone(), held.clone(), text.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let input = json!({ "Place": held.place, "Input": *text });
            all.asks("input", input, said::USE_INPUT);
        })
    };
    let same = *text == pretty(&held.input);
    html! {
        <form class="sf-try" {onsubmit} aria-label={said::WHAT_GOES_IN}>
            { area("held-input", said::WHAT_GOES_IN, &text, oninput) }
            <p class="small bad-words" aria-live="polite">{ wrong.clone().unwrap_or_default() }</p>
            <div class="row"><button class="btn small" id="use-input" type="submit" disabled={same || wrong.is_some() || !props.all.desk.cloud.may_change()}>{ said::USE_INPUT }</button></div>
            if let Some(given) = &held.given {
                <div class="note warn sf-failure" id="input-changed"><Icon name="you" /><div>{ said::INPUT_CHANGED }<pre class="sf-cause">{ pretty(given) }</pre></div></div>
            }
        </form>
    }
}

/// How the next attempt of a task ends.
fn end(props: &Props, held: &Held) -> Html {
    let begin = match &held.mock {
        None => Ending::Real,
        Some(MadeUp { result: Some(result), .. }) => Ending::Result(result.clone()),
        Some(MadeUp { error, cause, .. }) => {
            Ending::Error(error.clone().unwrap_or_default(), cause.clone().unwrap_or_default())
        }
    };
    let done = {
        let (props, place) = (props.clone(), held.place);
        Callback::from(move |ending: Ending| {
            let mock: Value = match ending {
                Ending::Real => json!({ "Place": place }),
                Ending::Result(result) => json!({ "Place": place, "Result": result }),
                Ending::Error(error, cause) => {
                    json!({ "Place": place, "Error": error, "Cause": cause })
                }
            };
            props.asks("mock", mock, said::MAKE_UP);
        })
    };
    let told = held.mock.as_ref().map(|mock| match (&mock.result, &mock.error) {
        (Some(result), _) => (said::MADE_UP_RESULT, pretty(result)),
        (None, error) => {
            let name = error_name(error.as_deref().unwrap_or_default());
            (said::MADE_UP_ERROR, format!("{name}\n{}", mock.cause.clone().unwrap_or_default()))
        }
    });
    html! {
        <>
            <EndingForm key={format!("{}-{}-{}", held.place, held.state, held.tries)} id="mock" label={said::ITS_END} ways={MOCKS} {begin} button={said::MAKE_UP} disabled={!props.desk.cloud.may_change()} {done} />
            if let Some((words, what)) = told {
                <div class="note warn sf-failure" id="made-up"><Icon name="you" /><div>{ words }<pre class="sf-cause">{ what }</pre></div></div>
            }
        </>
    }
}
