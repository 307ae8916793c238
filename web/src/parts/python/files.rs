//! The open files as tabs, and beside them: a new file, another name, the list of all.

use yew::prelude::*;

use crate::hooks::dismiss::use_escape;
use crate::hooks::workspace::Desk as Files;
use crate::parts::apart;
use crate::parts::icon::Icon;
use crate::parts::python::file_forms::{ListProps, NameProps};
use crate::parts::tabs::{Tab, Tabs};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub files: Files,
    /// The file that a run begins with: it keeps its name.
    pub main: AttrValue,
}

/// What is open below the tabs.
#[derive(Clone, PartialEq, Eq)]
enum Opened {
    Nothing,
    New,
    Rename(String),
    List,
}

/// The strip above the editor.
#[component]
pub fn FileStrip(props: &Props) -> Html {
    let opened = use_state_eq(|| Opened::Nothing);
    let space = &*props.files.space;
    let open = |what: Opened| {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| {
            opened.set(if *opened == what { Opened::Nothing } else { what.clone() });
        })
    };
    let close = {
        let opened = opened.setter();
        Callback::from(move |()| opened.set(Opened::Nothing))
    };
    use_escape(*opened != Opened::Nothing, close.clone());
    let tabs: Vec<Tab> = space.open.iter().map(|name| Tab::of_file(name)).collect();
    let choose = {
        let files = props.files.clone();
        Callback::from(move |name: AttrValue| files.show(&name))
    };
    let shown = space.shown.clone();
    let close_shown = {
        let (files, shown) = (props.files.clone(), shown.clone());
        Callback::from(move |_: MouseEvent| files.close(&shown))
    };
    let own = shown != *props.main && !shown.is_empty();
    html! {
        <div class="files">
            <Tabs class="small mono" label={words::FILES} prefix="file" {tabs} chosen={shown.clone()} {choose} />
            <button class="btn ghost icon small" aria-label={words::NEW_FILE} title={words::NEW_FILE} aria-expanded={(*opened == Opened::New).to_string()} onclick={open(Opened::New)}><Icon name="plus" /></button>
            <span class="push row">
                if own {
                    <button class="btn ghost small hide-narrow" aria-label={words::rename_file(&shown)} onclick={open(Opened::Rename(shown.clone()))}>{ words::RENAME_FILE }</button>
                }
                if space.open.len() > 1 {
                    <button class="btn ghost icon small" aria-label={words::close_file(&shown)} title={words::close_file(&shown)} onclick={close_shown}><Icon name="x" /></button>
                }
                <button class="btn ghost small" aria-expanded={(*opened == Opened::List).to_string()} onclick={open(Opened::List)}><Icon name="folder" />{ words::file_count(space.files.len()) }</button>
            </span>
            { match &*opened {
                Opened::Nothing => html! {},
                Opened::New => apart::file_name(NameProps { files: props.files.clone(), from: None, close }),
                Opened::Rename(from) => apart::file_name(NameProps { files: props.files.clone(), from: Some(from.clone().into()), close }),
                Opened::List => apart::file_list(ListProps { files: props.files.clone(), main: props.main.clone(), close }),
            } }
        </div>
    }
}
