//! How the run stands: an icon and a word, spoken when it changes.

use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::parts::icon::Icon;
use crate::state::python::{Phase, Run};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub run: UseReducerHandle<Run>,
}

/// The pill of the run bar.
#[component]
pub fn Status(props: &Props) -> Html {
    let run = &*props.run;
    let began = use_mut_ref(js_sys::Date::now);
    {
        let began = began.clone();
        use_effect_with(run.phase, move |phase| {
            if *phase == Phase::Running {
                *began.borrow_mut() = js_sys::Date::now();
            }
        });
    }
    use_tick(200, run.phase == Phase::Running);
    let (class, icon, said) = match run.phase {
        Phase::Idle => return html! { <span role="status" class="run-status" /> },
        Phase::Loading => {
            ("now", "star", words::loading_percent(run.status.done, run.status.total))
        }
        Phase::Running => ("now", "star", (words::RUNNING, String::new())),
        Phase::Done => ("good", "check", words::done_in(run.ms)),
        Phase::Stopped => ("warn", "stop", (words::STOPPED, String::new())),
        Phase::Failed => ("bad", "x", words::failed_at(run.line)),
        Phase::Lost => ("bad", "warn", (words::PYTHON_LOST, String::new())),
    };
    let seconds = (js_sys::Date::now() - *began.borrow()).max(0.0) / 1000.0;
    html! {
        <span class="row run-status">
            <span role="status" class={classes!("pill", class)}><Icon name={icon} /><span class={classes!((!said.1.is_empty()).then_some("hide-narrow"))}>{ said.0 }</span>{ said.1 }</span>
            if run.phase == Phase::Running && seconds >= 0.3 {
                <span class="small dim" aria-hidden="true">{ format!("{seconds:.1} s") }</span>
            }
        </span>
    }
}
