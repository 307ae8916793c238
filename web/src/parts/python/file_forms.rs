//! What opens below the strip of files: a name to be given, and the list of all.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::focus::use_focus_at_first;
use crate::hooks::workspace::Desk as Files;
use crate::parts::icon::Icon;
use crate::state::workspace::{Content, is_python};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct NameProps {
    pub files: Files,
    /// The file that gets another name; none for a new one.
    pub from: Option<AttrValue>,
    pub close: Callback<()>,
}

/// Asks for a name.
#[component]
pub fn NameForm(props: &NameProps) -> Html {
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

#[derive(Clone, Properties, PartialEq)]
pub struct ListProps {
    pub files: Files,
    /// The file that a run begins with: it stays.
    pub main: AttrValue,
    pub close: Callback<()>,
}

/// All files, those too that a script wrote.
#[component]
pub fn FileList(props: &ListProps) -> Html {
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
