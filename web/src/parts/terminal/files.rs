//! The learner's files: the same ones as in Python. In a narrower window a sheet.

use std::collections::BTreeSet;
use std::rc::Rc;

use gloo::file::File;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::home::use_home;
use crate::parts::confirm::Confirm;
use crate::parts::icon::Icon;
use crate::parts::terminal::file_row::FileRow;
use crate::parts::terminal::files_tree::tree;
use crate::state::homes::{self, WORK};
use crate::state::sizes;
use crate::{js, words};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// Whether the sheet is up, where this is a sheet.
    pub up: bool,
    pub close: Callback<()>,
}

/// What is being done with a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Naming,
    Renaming,
    Deleting,
}

/// The side of the Terminal.
#[component]
pub fn Files(props: &Props) -> Html {
    use_escape(props.up, props.close.clone());
    let home = props.desk.home();
    let listing = use_home(&home);
    let open = use_state(|| Rc::new(BTreeSet::from([WORK.to_owned()])));
    let chosen = use_state_eq(|| None::<AttrValue>);
    let doing = use_state_eq(|| Doing::Nothing);
    let trouble = use_state_eq(String::new);
    let upload = use_node_ref();
    let press = {
        let (open, chosen, doing) = (open.clone(), chosen.setter(), doing.setter());
        Callback::from(move |(path, folder): (String, bool)| {
            chosen.set(Some(path.clone().into()));
            doing.set(Doing::Nothing);
            if folder {
                let mut next = (**open).clone();
                if !next.remove(&path) {
                    next.insert(path);
                }
                open.set(Rc::new(next));
            }
        })
    };
    let start = |what: Doing| {
        let doing = doing.setter();
        Callback::from(move |()| doing.set(what))
    };
    let done = {
        let (doing, trouble, chosen) = (doing.setter(), trouble.setter(), chosen.setter());
        Callback::from(move |ended: Result<Option<String>, String>| match ended {
            Ok(path) => {
                trouble.set(String::new());
                chosen.set(path.map(AttrValue::from));
                doing.set(Doing::Nothing);
            }
            Err(words) => trouble.set(words),
        })
    };
    let choose_files = {
        let upload = upload.clone();
        Callback::from(move |_| {
            if let Some(field) = upload.cast::<HtmlInputElement>() {
                field.click();
            }
        })
    };
    let onchange = {
        let (home, done) = (home.clone(), done.clone());
        let folder = folder_of(chosen.as_deref(), listing.as_deref());
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                bring_in(&field, &home, &folder, &done);
            }
        })
    };
    let there = chosen.as_ref().filter(|path| {
        listing.as_ref().is_some_and(|list| list.entries.iter().any(|one| one.path == ***path))
    });
    let below = match (*doing, there) {
        (Doing::Naming, _) => {
            let folder = folder_of(chosen.as_deref(), listing.as_deref());
            html! { <Name label={words::NEW_FILE_NAME} yes={words::CREATE} {home} from={None::<AttrValue>} {folder} done={done.clone()} leave={start(Doing::Nothing)} /> }
        }
        (Doing::Renaming, Some(path)) => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            html! { <Name label={words::NEW_NAME} yes={words::RENAME} {home} from={path.clone()} {folder} done={done.clone()} leave={start(Doing::Nothing)} /> }
        }
        (Doing::Deleting, Some(path)) => {
            let remove = remove(&home, path, &done);
            html! { <Confirm label={words::DELETE} yes={words::DELETE} no={words::KEEP} on_yes={remove} on_no={start(Doing::Nothing)}>{ words::delete_home_file(path) }</Confirm> }
        }
        (_, Some(path)) => {
            let is_file = listing.as_ref().is_some_and(|list| {
                list.entries.iter().any(|one| one.path == **path && !one.folder)
            });
            let (rename, delete) = (start(Doing::Renaming), start(Doing::Deleting));
            html! {
                <div class="file-acts" role="group" aria-label={path.clone()}>
                    if is_file { <button class="btn small" onclick={download(&home, path, &done)}><Icon name="download" />{ words::DOWNLOAD }</button> }
                    if **path != *WORK {
                        <button class="btn small" onclick={rename.reform(|_| ())}>{ words::RENAME }</button>
                        <button class="btn small" onclick={delete.reform(|_| ())}><Icon name="trash" />{ words::DELETE }</button>
                    }
                </div>
            }
        }
        _ => html! {},
    };
    let new = start(Doing::Naming);
    html! {
        <nav id="files" class={classes!("side", "files", "scroll", props.up.then_some("up"))} aria-label={words::HOME_FILES}>
            <div class="row">
                <span class="label grow">{ words::HOME_FILES }</span>
                <input ref={upload} type="file" multiple={true} class="vh" tabindex="-1" aria-hidden="true" {onchange} />
                <button class="btn ghost icon small" aria-label={words::BRING_FILES} title={words::BRING_FILES} onclick={choose_files}><Icon name="upload" /></button>
                <button class="btn ghost icon small" aria-label={words::HOME_NEW_FILE} title={words::HOME_NEW_FILE} onclick={new.reform(|_| ())}><Icon name="plus" /></button>
                if props.up {
                    <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={props.close.reform(|_| ())}><Icon name="x" /></button>
                }
            </div>
            if let Some(listing) = &listing {
                <ul class="tree">
                    { for tree(listing).iter().map(|node| html! {
                        <FileRow key={node.entry.path.clone()} node={node.clone()} open={(*open).clone()} chosen={(*chosen).clone()} press={press.clone()} />
                    }) }
                </ul>
                { below }
                if !trouble.is_empty() { <p class="note bad small" role="alert">{ (*trouble).clone() }</p> }
                <p class="small dim side-foot">{ words::same_files(sizes::whole(listing.bytes)) }
                    if !listing.words.is_empty() { { " " }{ listing.words.clone() } }</p>
            }
        </nav>
    }
}

/// Where a new file goes: into the folder that is chosen, or beside the file that is.
fn folder_of(chosen: Option<&str>, listing: Option<&homes::Listing>) -> String {
    let entry = chosen.and_then(|path| listing?.entries.iter().find(|one| one.path == path));
    match entry {
        Some(entry) if entry.folder => entry.path.clone(),
        Some(entry) => entry.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        None => WORK.to_owned(),
    }
}

type Done = Callback<Result<Option<String>, String>>;

fn bring_in(field: &HtmlInputElement, home: &str, folder: &str, done: &Done) {
    let files = field.files().map(|list| gloo::file::FileList::from(list).to_vec());
    let (home, folder, done) = (home.to_owned(), folder.to_owned(), done.clone());
    let field = field.clone();
    spawn_local(async move {
        for file in files.unwrap_or_default() {
            let ended = bring(&file, &home, &folder).await;
            let failed = ended.is_err();
            done.emit(ended.map(Some));
            if failed {
                break;
            }
        }
        // The same file can be chosen again.
        field.set_value("");
    });
}

async fn bring(file: &File, home: &str, folder: &str) -> Result<String, String> {
    let content = gloo::file::futures::read_as_bytes(file).await.map_err(|e| e.to_string())?;
    let path = inside(folder, &file.name());
    homes::write(home, &path, &content).await.map(|()| path)
}

fn inside(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn remove(home: &str, path: &str, done: &Done) -> Callback<()> {
    let (home, path, done) = (home.to_owned(), path.to_owned(), done.clone());
    Callback::from(move |()| {
        let (home, path, done) = (home.clone(), path.clone(), done.clone());
        spawn_local(async move {
            done.emit(homes::remove(&home, &path).await.map(|()| None));
        });
    })
}

fn download(home: &str, path: &str, done: &Done) -> Callback<MouseEvent> {
    let (home, path, done) = (home.to_owned(), path.to_owned(), done.clone());
    Callback::from(move |_| {
        let (home, path, done) = (home.clone(), path.clone(), done.clone());
        spawn_local(async move {
            match homes::read(&home, &path).await {
                Ok(Some(content)) => {
                    let name = path.rsplit('/').next().unwrap_or(&path);
                    js::save_as(name, "application/octet-stream", &content);
                }
                Ok(None) => {}
                Err(words) => done.emit(Err(words)),
            }
        });
    })
}

#[derive(Properties, PartialEq)]
struct NameProps {
    label: &'static str,
    yes: &'static str,
    home: String,
    /// The path that gets another name; none for a new file.
    from: Option<AttrValue>,
    folder: String,
    done: Done,
    leave: Callback<()>,
}

/// Asks for a name; a name with slashes makes folders.
#[component]
fn Name(props: &NameProps) -> Html {
    let field = crate::hooks::focus::use_focus_at_first();
    use_escape(true, props.leave.clone());
    let old = props.from.as_deref().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    // What is typed stays when the list changes meanwhile.
    let typed = use_state_eq(|| old.to_owned());
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(field.value());
            }
        })
    };
    let onsubmit = {
        let (field, from, folder) = (field.clone(), props.from.clone(), props.folder.clone());
        let (home, done) = (props.home.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = field.cast::<HtmlInputElement>().map(|field| field.value());
            let path = inside(&folder, name.unwrap_or_default().trim());
            let (from, home, done) = (from.clone(), home.clone(), done.clone());
            spawn_local(async move {
                let ended = match &from {
                    Some(from) if **from == *path => Ok(()),
                    Some(from) => homes::rename(&home, from, &path).await,
                    None if path.ends_with('/') => {
                        homes::make_folder(&home, path.trim_end_matches('/')).await
                    }
                    None if matches!(homes::read(&home, &path).await, Ok(None)) => {
                        homes::write(&home, &path, &[]).await
                    }
                    None => Ok(()),
                };
                done.emit(ended.map(|()| Some(path.trim_end_matches('/').to_owned())));
            });
        })
    };
    html! {
        <form class="file-name" {onsubmit}>
            <label class="small" for="file-name">{ props.label }</label>
            <input id="file-name" ref={field} class="input" value={(*typed).clone()} {oninput} autocomplete="off" spellcheck="false" />
            <div class="row">
                <button class="btn small">{ props.yes }</button>
                <button type="button" class="btn small ghost" onclick={props.leave.reform(|_| ())}>{ words::CANCEL }</button>
            </div>
        </form>
    }
}
