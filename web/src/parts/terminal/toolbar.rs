//! Above the Terminal: where you are, what runs, and what can be done with all of it.

use gloo::utils::window;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::terminal::{Block, Told};
use crate::parts::icon::Icon;
use crate::state::{screen, terminal};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// Whether the last output is shown a page at a time just now.
    pub pages: bool,
    pub files_up: bool,
    pub toggle_files: Callback<()>,
    pub clear: Callback<()>,
}

/// The toolbar.
#[component]
pub fn Toolbar(props: &Props) -> Html {
    let term = &props.desk.terminal;
    let said = use_state_eq(|| words::COPY_ALL);
    let going = term.is_going();
    let where_ = if going {
        let line = term.blocks.last().map(|block| block.line.clone()).unwrap_or_default();
        let name = screen::paint(&line).into_iter().find(|(class, _)| *class == "fn");
        let name = name.map_or(line, |(_, text)| text.trim().to_owned());
        html! { <span class="pill now" role="status"><Icon name="star" />{ words::running(&name) }</span> }
    } else if props.pages {
        html! { <span class="pill info only-wide"><Icon name="list" />{ words::PAGING }</span> }
    } else {
        html! { <span class="mono small dim2">{ term.session.folder() }</span> }
    };
    let paging = {
        let term = term.clone();
        Callback::from(move |_| term.dispatch(Told::Paging(!term.paging)))
    };
    let copy = {
        let (blocks, said) = (term.blocks.clone(), said.setter());
        Callback::from(move |_| {
            let text: String = blocks.iter().map(|block| transcript(block)).collect();
            let said = said.clone();
            spawn_local(async move {
                let copied =
                    JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
                said.set(if copied.is_ok() { words::COPIED } else { words::NOT_COPIED });
                gloo::timers::future::TimeoutFuture::new(2000).await;
                said.set(words::COPY_ALL);
            });
        })
    };
    html! {
        <div class="toolbar" role="group" aria-label={words::TERMINAL}>
            <button class="btn small only-compact" aria-expanded={props.files_up.to_string()} aria-controls="files" onclick={props.toggle_files.reform(|_| ())}>
                <Icon name="folder" />{ words::HOME_FILES }
            </button>
            { where_ }
            <span class="small dim only-wide">{ words::CLI_VERSION }</span>
            <span class="push row">
                if going {
                    <button class="btn small" onclick={|_| terminal::stop()}><Icon name="stop" />{ words::STOP }<kbd class="only-wide">{ words::KEY_INTERRUPT }</kbd></button>
                }
                <button class="btn small" aria-pressed={term.paging.to_string()} onclick={paging}><Icon name="list" />{ words::PAGE_LONG_OUTPUT }</button>
                <button class="btn small ghost only-wide" disabled={term.blocks.is_empty()} onclick={copy}><Icon name="copy" /><span aria-live="polite">{ *said }</span></button>
                <button class="btn small ghost icon" aria-label={words::CLEAR_TERMINAL} title={words::CLEAR_TERMINAL} onclick={props.clear.reform(|_| ())}><Icon name="trash" /></button>
            </span>
        </div>
    }
}

/// A command and its output as plain text.
fn transcript(block: &Block) -> String {
    let mut text = format!("{} $ {}\n", block.folder, block.line);
    for line in screen::lines(block.output.iter().map(|one| (one.is_error, one.text.as_str()))) {
        text.push_str(&screen::text(&line));
        text.push('\n');
    }
    text
}
