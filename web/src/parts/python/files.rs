//! The open files as tabs, and beside them: a new file, another name, the list of all.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::hooks::workspace::Desk as Files;
use crate::parts::icon::Icon;
use crate::parts::tabs::{Tab, Tabs};
use crate::state::workspace::{Content, is_python};
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
                Opened::New => html! { <NameForm files={props.files.clone()} {close} /> },
                Opened::Rename(from) => html! { <NameForm files={props.files.clone()} from={from.clone()} {close} /> },
                Opened::List => html! { <List files={props.files.clone()} main={props.main.clone()} {close} /> },
            } }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    files: Files,
    /// The file that gets another name; none for a new one.
    #[prop_or_default]
    from: Option<AttrValue>,
    close: Callback<()>,
}

/// Asks for a name.
#[component]
fn NameForm(props: &NameProps) -> Html {
    let field = use_focus_at_first();
    let wrong = use_state_eq(|| None::<String>);
    let onsubmit = {
        let (field, wrong, close) = (field.clone(), wrong.setter(), props.close.clone());
        let (files, from) = (props.files.clone(), props.from.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name =
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            let (wrong, close) = (wrong.clone(), close.clone());
            let done = Callback::from(move |why: Option<String>| match why {
                None => close.emit(()),
                why => wrong.set(why),
            });
            match &from {
                Some(from) => files.rename(from.to_string(), name, done),
                None => files.create(name, done),
            }
        })
    };
    let verb = if props.from.is_some() { words::RENAME_FILE } else { words::CREATE_FILE };
    html! {
        <form class="file-form" {onsubmit}>
            <label class="row"><span>{ words::FILE_NAME }</span>
                <input ref={field} id="file-name" class="input mono" autocomplete="off" autocapitalize="off" spellcheck="false"
                    placeholder={words::NEW_FILE_SAMPLE} value={props.from.clone()} aria-invalid={wrong.is_some().then_some("true")}
                    aria-describedby={wrong.is_some().then_some("file-wrong")} />
            </label>
            <button class="btn small" type="submit">{ verb }</button>
            <button class="btn ghost small" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
            if let Some(why) = &*wrong { <p class="file-wrong" id="file-wrong" role="alert"><Icon name="warn" />{ why }</p> }
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct ListProps {
    files: Files,
    main: AttrValue,
    close: Callback<()>,
}

/// All files, those too that a script wrote.
#[component]
fn List(props: &ListProps) -> Html {
    html! {
        <ul class="file-list scroll" aria-label={words::ALL_FILES}>
            { for props.files.space.files.iter().map(|(name, content)| {
                let onclick = {
                    let (files, close, name) = (props.files.clone(), props.close.clone(), name.clone());
                    Callback::from(move |_: MouseEvent| {
                        files.show(&name);
                        close.emit(());
                    })
                };
                let delete = {
                    let (files, name) = (props.files.clone(), Rc::<str>::from(name.as_str()));
                    Callback::from(move |_: MouseEvent| files.remove(name.to_string()))
                };
                let (why, edits) = match content {
                    Content::Text(_) => (None, true),
                    Content::Large(bytes) => (Some(words::file_too_large(*bytes)), false),
                    Content::Binary => (Some(words::FILE_NO_TEXT.to_owned()), false),
                };
                html! {
                    <li key={name.clone()}>
                        <button class="file-open" aria-disabled={(!edits).to_string()} {onclick}><Icon name={if is_python(name) { "python" } else { "file" }} /><span>{ name }</span>
                            if let Some(why) = why { <small class="dim">{ why }</small> }</button>
                        if *name != *props.main {
                            <button class="btn ghost icon small" aria-label={words::delete_file(name)} title={words::delete_file(name)} onclick={delete}><Icon name="trash" /></button>
                        }
                    </li>
                }
            }) }
        </ul>
    }
}
