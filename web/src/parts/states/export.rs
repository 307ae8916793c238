//! A machine as files: to read, to copy, to save, or to run at once.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::js;
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
use crate::parts::states::fields::picked;
use crate::state::lesson::{File, open_file};
use crate::state::states::Machine;
use crate::state::states::export::files;
use crate::words::{self, states as said};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub machine: Rc<Machine>,
}

/// The choice of a file, and its text.
#[component]
pub fn Export(props: &Props) -> Html {
    let chosen = use_state_eq(|| "boto3".to_owned());
    let files = files(&props.machine);
    let Some(file) = files.iter().find(|file| file.id == *chosen) else { return html! {} };
    let save = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| {
            js::save_as(&file.name, "text/plain;charset=utf-8", file.text.as_bytes());
        })
    };
    let open = {
        let name = open_file(props.desk.lesson.as_deref());
        let script = vec![File { name, text: file.text.clone() }];
        props.desk.put_files.reform(move |_: MouseEvent| script.clone())
    };
    html! {
        <section class="sf-export" aria-label={said::EXPORT}>
            <div class="toolbar sf-sub">
                <label class="row small grow">{ said::EXPORT_AS }<select class="select" id="export-as" onchange={picked({ let chosen = chosen.setter(); move |id| chosen.set(id) })}>
                    { for files.iter().map(|file| html! { <option value={file.id} selected={*chosen == file.id}>{ said::export_kind(file.id) }</option> }) }
                </select><code class="only-wide">{ &file.name }</code></label>
                if file.id == "boto3" { <button class="btn small" id="export-run" onclick={open}><Icon name="python" />{ words::PUT_IN_PYTHON }</button> }
                <button class="btn small" onclick={save}><Icon name="download" />{ words::DOWNLOAD }</button>
                <Copy text={file.text.clone()} />
            </div>
            <pre class="code plain" id="export-text" tabindex="0" role="region" aria-label={file.name.clone()}>{ &file.text }</pre>
        </section>
    }
}
