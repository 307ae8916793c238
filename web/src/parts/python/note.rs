//! Under a traceback: what the failed call asked, in AWS's words and ours, and the way to it.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::state::calls::{Call, Who};
use crate::state::python::{Phase, Run};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
}

/// The note, if the run ended with a call that AWS refused.
#[component]
pub fn Note(props: &Props) -> Html {
    let run = &props.desk.python;
    let Some(call) = refused_call(run, &props.desk.cloud.calls) else { return html! {} };
    let Some(error) = &call.error else { return html! {} };
    let onclick = {
        let seq = call.seq;
        props.desk.show_call.reform(move |_| seq)
    };
    html! {
        <div class="note">
            <Icon name="bulb" />
            <span>
                <code>{ &error.code }</code>{ ": " }{ error.hint.as_ref().unwrap_or(&error.message) }{ " " }
                <button class="lnk2" {onclick}>{ words::SEE_THE_CALL }</button>
            </span>
        </div>
    }
}

/// The last call of the script, if it was refused and the error's text names it.
fn refused_call<'a>(run: &Run, calls: &'a [Rc<Call>]) -> Option<&'a Call> {
    let error = run.error.as_ref().filter(|_| run.phase == Phase::Failed)?;
    let call = calls.iter().rev().find(|call| call.who == Who::Learner)?;
    let code = &call.error.as_ref()?.code;
    error.contains(code.as_str()).then_some(call)
}
