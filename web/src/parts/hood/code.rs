//! A call as code: boto3 or CLI, to copy or to go on with.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::copy::Copy;
use crate::state::travel::Twin;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub twin: Twin,
    pub cli: bool,
}

/// The code, and the file that it sends where there is one.
#[component]
pub fn Code(props: &Props) -> Html {
    let twin = &props.twin;
    let text = if props.cli { &twin.cli } else { &twin.boto3 };
    let open = {
        let line = twin.boto3.clone();
        props.desk.open_in_python.reform(move |_| line.clone())
    };
    let file = twin.file.as_ref().filter(|_| props.cli).map(|name| match &twin.content {
        Some(content) => html! {
            <><p class="small dim2 hood-words">{ words::hood::file_holds(name) }</p><pre class="code plain wrapped">{ content.clone() }</pre></>
        },
        None => html! { <p class="small dim2 hood-words">{ words::hood::file_needed(name) }</p> },
    });
    html! {
        <>
            <div class="twin">
                <pre class="code plain wrapped">{ text.clone() }</pre>
                <div class="twin-do">
                    <Copy text={text.clone()} />
                    if !props.cli {
                        <button class="btn small" onclick={open}>{ words::PUT_IN_PYTHON }</button>
                    }
                </div>
            </div>
            { file }
        </>
    }
}
