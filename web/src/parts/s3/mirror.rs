//! The strip that shows the last click's twin in boto3 and in the AWS CLI.

use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
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
    let twin = &props.deed.twin;
    let text = if *cli { twin.cli() } else { twin.boto3() };
    let way = |name: &'static str, value: bool| {
        let setter = cli.setter();
        html! {
            <button class="btn small" aria-pressed={(*cli == value).to_string()} onclick={Callback::from(move |_| setter.set(value))}>{ name }</button>
        }
    };
    let open = {
        let line = twin.boto3();
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
