//! How the run stands: an icon and a word, spoken when it changes.

use yew::prelude::*;

use crate::hooks::clock::use_tick;
use crate::parts::icon::Icon;
use crate::state::python::{Phase, Run};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub run: UseReducerHandle<Run>,
    /// The file that Run runs; places elsewhere are named in full.
    pub main: AttrValue,
}

/// The pill of the run bar.
#[component]
pub fn Status(props: &Props) -> Html {
    let run = &*props.run;
    let began = use_mut_ref(js_sys::Date::now);
    {
        let began = began.clone();
        use_effect_with((run.phase, run.prompt.busy), move |(phase, busy)| {
            if *phase == Phase::Running || *busy {
                *began.borrow_mut() = js_sys::Date::now();
            }
        });
    }
    let going = run.phase == Phase::Running || run.prompt.busy;
    use_tick(200, going);
    let busy = run.prompt.busy && run.status.phase != "download";
    let (class, icon, said) = match run.phase {
        _ if busy => ("now", "star", (words::RUNNING, String::new())),
        _ if run.prompt.busy => {
            ("now", "star", words::loading_percent(run.status.done, run.status.total))
        }
        Phase::Idle => return html! { <span role="status" class="run-status" /> },
        Phase::Loading => {
            ("now", "star", words::loading_percent(run.status.done, run.status.total))
        }
        Phase::Running => ("now", "star", (words::RUNNING, String::new())),
        Phase::Done => ("good", "check", words::done_in(run.ms)),
        Phase::Stopped => ("warn", "stop", (words::STOPPED, String::new())),
        Phase::Failed => (
            "bad",
            "x",
            words::failed_at(
                run.place.as_ref().map(|place| (&*place.file, place.line)),
                Some(&props.main),
            ),
        ),
        Phase::Lost => ("bad", "warn", (words::PYTHON_LOST, String::new())),
    };
    let seconds = (js_sys::Date::now() - *began.borrow()).max(0.0) / 1000.0;
    html! {
        <span class="row run-status">
            <span role="status" class={classes!("pill", class)}><Icon name={icon} /><span class={classes!((!said.1.is_empty()).then_some("hide-narrow"))}>{ said.0 }</span>{ said.1 }</span>
            if going && seconds >= 0.3 {
                <span class="small dim" aria-hidden="true">{ format!("{seconds:.1} s") }</span>
            }
        </span>
    }
}
