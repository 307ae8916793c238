//! The strip that shows the last click's twin in boto3 and in the AWS CLI.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
use crate::state::cloud;
use crate::state::travel::Twin;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub deed: Deed,
}

/// The strip.
#[component]
pub fn Mirror(props: &Props) -> Html {
    let cli = use_state_eq(|| false);
    let twin = use_twin(props.deed.seq);
    let text = if *cli { twin.cli_line.clone() } else { twin.boto3_line.clone() };
    let way = |name: &'static str, value: bool| {
        let setter = cli.setter();
        html! {
            <button class="btn small" aria-pressed={(*cli == value).to_string()} onclick={Callback::from(move |_| setter.set(value))}>{ name }</button>
        }
    };
    let open = {
        let line = twin.boto3_line.clone();
        props.desk.open_in_python.reform(move |_| line.clone())
    };
    html! {
        <div class="mirror">
            <span class="pill good" role="status"><Icon name="check" />{ &props.deed.words }</span>
            <span class="small dim only-wide">{ words::SAME_AS }</span>
            <code title={text.clone()} tabindex="0">{ text.clone() }</code>
            <span class="group" role="group" aria-label={words::SHOW_AS}>
                { way(words::BOTO3, false) }{ way(words::CLI, true) }
            </span>
            <Copy {text} />
            <button class="btn small only-wide" onclick={open}>{ words::PUT_IN_PYTHON }</button>
        </div>
    }
}

/// The call as code; empty until the worker has answered.
#[hook]
fn use_twin(seq: u64) -> Twin {
    let twin = use_state_eq(Twin::default);
    let setter = twin.setter();
    use_effect_with(seq, move |seq| {
        let seq = *seq;
        spawn_local(async move {
            setter.set(cloud::twin(seq).await.ok().flatten().unwrap_or_default());
        });
    });
    (*twin).clone()
}
