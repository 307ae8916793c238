//! Everything as one file: saved, and brought back.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::frame::{Act, Dialog as Open, Undo, opener, use_frame};
use crate::js;
use crate::parts::dialog::Dialog;
use crate::parts::icon::Icon;
use crate::route::Route;
use crate::state::keep::{self, Found, Unreadable};
use crate::words;

const MEDIA_TYPE: &str = "application/octet-stream";

/// Has the browser save everything as one file; an error is in words.
pub async fn save_all() -> Result<(), String> {
    let (name, bytes) = keep::export_all().await?;
    js::save_as(&name, MEDIA_TYPE, &bytes);
    Ok(())
}

/// A button that saves everything, and says why it could not.
#[component]
pub fn SaveAll(props: &SaveProps) -> Html {
    let saying = use_state_eq(|| None::<Result<(), String>>);
    let busy = use_state_eq(|| false);
    let onclick = {
        let (saying, busy) = (saying.setter(), busy.setter());
        Callback::from(move |_| {
            let (saying, busy) = (saying.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                saying.set(Some(save_all().await));
                busy.set(false);
            });
        })
    };
    let words = match &*saying {
        _ if *busy => words::SAVING_ALL.to_owned(),
        Some(Err(why)) => words::not_saved_all(why),
        _ => String::new(),
    };
    html! {
        <>
            <button class="btn" {onclick} disabled={*busy}><Icon name="download" />{ props.name.clone() }</button>
            <p class="small bad-words" role="status">{ words }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct SaveProps {
    pub name: AttrValue,
}

/// On the home page: take everything along, or bring it back.
#[component]
pub fn EverythingCard() -> Html {
    let frame = use_frame();
    html! {
        <section class="card box">
            <h2>{ words::EVERYTHING }</h2>
            <p>{ words::EVERYTHING_MORE }</p>
            <div class="row wrap">
                <SaveAll name={words::SAVE_ALL} />
                <button class="btn" onclick={opener(&frame, Open::Import)}><Icon name="upload" />{ words::BRING_BACK }</button>
            </div>
        </section>
    }
}

/// How far the import has come.
#[derive(Clone, PartialEq, Debug)]
enum Stage {
    Choose,
    Reading,
    Ask(Found, u64),
    Refused(String),
}

/// Asks for the file, says what it holds, and asks again before it takes the place of everything.
#[component]
pub fn Import() -> Html {
    let frame = use_frame();
    let stage = use_state(|| Stage::Choose);
    let close = {
        let tell = frame.dispatcher();
        Callback::from(move |()| tell.dispatch(Act::Close))
    };
    let onchange = {
        let stage = stage.setter();
        Callback::from(move |event: Event| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            let Some(file) = field.and_then(|field| field.files()?.get(0)) else { return };
            let stage = stage.clone();
            stage.set(Stage::Reading);
            spawn_local(async move {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a size"
                )]
                let size = file.size() as u64;
                stage.set(match keep::open_file(&file).await {
                    Ok(found) => Stage::Ask(found, size),
                    Err(why) => Stage::Refused(refusal(&why)),
                });
            });
        })
    };
    let body = match &*stage {
        Stage::Reading => {
            html! { <p class="dim" aria-busy="true" role="status">{ words::IMPORT_READING }</p> }
        }
        Stage::Ask(found, size) => html! {
            <>
                <p>{ words::import_holds(found.lessons, found.clouds, *size) }</p>
                <p class="note warn"><Icon name="warn" /><span>{ words::IMPORT_ASK }{ " " }{ words::SHARED_UNDO }</span></p>
                <div class="row wrap">
                    <button class="btn danger" id="import-yes" onclick={bring_back(&frame, found, &stage.setter())}>{ words::IMPORT_YES }</button>
                    <SaveAll name={words::IMPORT_SAVE_FIRST} />
                    <button class="btn" onclick={close.reform(|_| ())}>{ words::CANCEL }</button>
                </div>
            </>
        },
        Stage::Choose => chooser(&onchange),
        Stage::Refused(words) => html! {
            <><p class="note bad" role="alert"><Icon name="warn" /><span>{ words }</span></p>{ chooser(&onchange) }</>
        },
    };
    html! {
        <Dialog labelledby="import-h" class="ask" close={close.clone()}>
            <div class="palin">
                <Icon name="upload" /><h2 id="import-h" class="grow">{ words::IMPORT_TITLE }</h2>
                <button class="btn ghost small" onclick={close.reform(|_| ())}>{ words::CLOSE }{ " " }<kbd>{ "Esc" }</kbd></button>
            </div>
            <div class="ask-body">{ body }</div>
        </Dialog>
    }
}

fn chooser(onchange: &Callback<Event>) -> Html {
    html! {
        <label class="fld">{ words::CHOOSE_COPY }
            <input id="import-file" class="input file" type="file" accept=".cloudarium" onchange={onchange.clone()} />
        </label>
    }
}

fn refusal(why: &Unreadable) -> String {
    match why {
        Unreadable::Damaged => words::FILE_DAMAGED.into(),
        Unreadable::Newer => words::FILE_NEWER.into(),
        Unreadable::Foreign => words::FILE_FOREIGN.into(),
        Unreadable::TooLarge => words::FILE_TOO_LARGE.into(),
        Unreadable::Content(why) => words::file_content(why),
    }
}

fn bring_back(
    frame: &crate::hooks::frame::Frame,
    found: &Found,
    stage: &UseStateSetter<Stage>,
) -> Callback<MouseEvent> {
    let (tell, read, stage) = (frame.dispatcher(), found.read.clone(), stage.clone());
    Callback::from(move |_| {
        let (tell, read, stage) = (tell.clone(), read.clone(), stage.clone());
        stage.set(Stage::Reading);
        spawn_local(async move {
            match keep::import_all(&read).await {
                Ok(before) => {
                    Route::Home.go();
                    tell.dispatch(Act::Replaced(Undo {
                        title: words::IMPORTED,
                        words: words::SHARED_UNDO,
                        before: before.into(),
                    }));
                }
                Err(why) => stage.set(Stage::Refused(words::not_opened(&why))),
            }
        });
    })
}
