//! Run, Stop, and how the run stands.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::python::status::Status;
use crate::state::python::Run;
use crate::state::workspace::Saved;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub run_state: UseReducerHandle<Run>,
    pub file: AttrValue,
    /// The file that Run runs.
    pub main: AttrValue,
    /// Whether what was typed is kept.
    pub saved: Saved,
    pub can_run: bool,
    pub run: Callback<()>,
    pub stop: Callback<()>,
    /// Back to the file as the lesson gave it; none in free play.
    pub restore: Option<Callback<()>>,
}

/// The run bar. The one filled button is the next thing to do.
#[component]
pub fn Toolbar(props: &Props) -> Html {
    let going = props.run_state.is_going();
    let (run_class, stop_class) =
        if going { ("btn", "btn primary") } else { ("btn primary", "btn") };
    let (saved, class) = match &props.saved {
        Saved::Yes => (words::saved(&props.file), "dim"),
        Saved::Soon => (words::saving(&props.file), "dim"),
        Saved::No(why) => (words::not_saved(&props.file, why), "warn-words"),
    };
    let key = if going { words::KEY_STOP } else { words::KEY_RUN };
    html! {
        <div class="toolbar" role="group" aria-label={words::RUN_BAR}>
            <button id="run" class={run_class} title={words::run_file(&props.main)} aria-disabled={(going || !props.can_run).to_string()} onclick={props.run.reform(|_| ())}>
                <Icon name="run" />{ words::RUN }
            </button>
            <button id="stop" class={stop_class} aria-disabled={(!going).to_string()} onclick={props.stop.reform(|_| ())}><Icon name="stop" />{ words::STOP }</button>
            <span class="only-wide row"><kbd>{ key }</kbd></span>
            <Status run={props.run_state.clone()} main={props.main.clone()} />
            <span class="small dim only-wide leave-hint">{ words::LEAVE_EDITOR }</span>
            <span class="push row">
                <span class={classes!("small", "only-wide", "saved", class)}>{ saved }<span class="versions">{ ". " }{ words::PYTHON_VERSIONS }</span></span>
                if let Some(restore) = &props.restore {
                    <button class="btn ghost icon small" aria-label={words::RESTORE_FILE} title={words::RESTORE_FILE} onclick={restore.reform(|_| ())}>
                        <Icon name="reset" />
                    </button>
                }
            </span>
        </div>
    }
}
