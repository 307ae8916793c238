//! What the step asks, and how each of it stands now. Changes are spoken politely.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::prose;
use crate::state::lesson::{Check, CheckResult, CheckState, Choice};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub checks: Vec<Check>,
    pub results: Rc<Vec<CheckResult>>,
    pub go_to_line: Callback<u32>,
    pub show_call: Callback<u64>,
    /// The answers chosen so far, by check.
    pub answers: Rc<BTreeMap<String, usize>>,
    pub answer: Callback<(String, usize)>,
}

/// The list of checks.
#[component]
pub fn Checks(props: &Props) -> Html {
    html! {
        <div>
            <h4 class="label checks-h">{ words::CHECKS }</h4>
            <ul class="checks">{ for props.checks.iter().map(|check| one(props, check)) }</ul>
            <p class="vh" role="status" id="checks-said">{ said(props) }</p>
        </div>
    }
}

/// What has become of the checks, in words: a screen reader hears this, and not the whole list.
fn said(props: &Props) -> String {
    let counted = props.checks.iter().filter(|check| !check.bonus);
    let results: Vec<&CheckResult> = counted
        .filter_map(|check| props.results.iter().find(|result| result.id == check.id))
        .collect();
    let count = |state| results.iter().filter(|result| result.state == state).count();
    let all = props.checks.iter().filter(|check| !check.bonus).count();
    let summary = words::checks_said(count(CheckState::Pass), count(CheckState::Fail), all);
    let failed = results.iter().filter(|result| result.state == CheckState::Fail);
    let messages = failed.map(|result| prose::plain(&result.message));
    [summary]
        .into_iter()
        .chain(messages)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn one(props: &Props, check: &Check) -> Html {
    let result = props.results.iter().find(|result| result.id == check.id);
    let state = result.map(|result| result.state).unwrap_or_default();
    let (class, icon, said) = match state {
        CheckState::Pass => ("pass", "check", words::PASSED),
        CheckState::Fail => ("fail", "x", words::FAILED),
        CheckState::Wait => ("wait", "ring", words::WAITING),
    };
    let message = result.filter(|result| !result.message.is_empty() && state != CheckState::Wait);
    let call = result.and_then(|result| result.seq).filter(|_| state == CheckState::Fail);
    let line = result.and_then(|result| result.line).filter(|_| state == CheckState::Fail);
    // Each part has its place, there or not (`for` has none when there is nothing): what is below a part that comes
    // would else be made anew, and an answer that is being chosen would lose the focus.
    html! {
        <li key={check.id.clone()} class={classes!("ck", class)} data-check={check.id.clone()}>
            <Icon name={icon} />
            <b><span class="vh">{ said }{ " " }</span>{ prose::inlines(&check.text) }
                if check.bonus { { " " }<span class="pill">{ words::BONUS }</span> }
                if check.kind == "metric" { { " " }<span class="pill info"><Icon name="hour" />{ words::MEASURED }</span> }</b>
            if let Some(choice) = &check.choice { { self::choice(props, check, choice) } }
            if let Some(result) = message { <p>{ prose::inlines(&result.message) }</p> }
            if let Some(line) = line {
                <button class="btn small" onclick={props.go_to_line.reform(move |_| line)}>{ words::go_to_line(line) }</button>
            }
            if let Some(seq) = call {
                <button class="lnk2 ck-call" onclick={props.show_call.reform(move |_| seq)}>{ words::SEE_THE_CALL }</button>
            }
        </li>
    }
}

/// A question in the prose: one of several answers is chosen.
fn choice(props: &Props, check: &Check, choice: &Choice) -> Html {
    let chosen = props.answers.get(&check.id);
    html! {
        <fieldset class="choice">
            <legend class="small dim2">{ prose::inlines(&choice.ask) }</legend>
            { for choice.of.iter().enumerate().map(|(at, words)| {
                let id = check.id.clone();
                let onchange = props.answer.reform(move |_: Event| (id.clone(), at));
                html! { <label class={classes!((chosen == Some(&at)).then_some("chosen"))}><input type="radio" name={check.id.clone()} checked={chosen == Some(&at)} {onchange} /><span>{ prose::inlines(words) }</span></label> }
            }) }
        </fieldset>
    }
}
