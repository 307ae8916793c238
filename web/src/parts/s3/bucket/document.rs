//! A setting that is a document: whether there is one, the document, and a text field to write it in.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_quietly};
use crate::parts::console::told::Tell;
use crate::parts::s3::bucket::settings::Setting;
use crate::state::cloud::Refusal;
use crate::words::{self, s3 as said};

/// The setting that a lesson lights up.
const POLICY: &str = "policy";

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
    pub setting: Setting,
}

/// A card with the document.
#[component]
pub fn Document(props: &Props) -> Html {
    let Props { desk, bucket, setting, .. } = props;
    let answer = use_quietly(desk, setting.get, json!({ "Bucket": &**bucket }));
    let draft = use_state_eq(|| None::<String>);
    let found = match &answer {
        Load::Here(answer) => setting.document(answer),
        _ => None,
    };
    // What is not there is told by an error of its own: all of them begin so.
    let broken = match &answer {
        Load::Refused(Refusal::Fault(fault)) if is_absence(&fault.code) => None,
        Load::Refused(why) => Some(words_of(why)),
        _ => None,
    };
    let edit = |text: String| {
        let draft = draft.setter();
        Callback::from(move |_: MouseEvent| draft.set(Some(text.clone())))
    };
    let text = found.as_ref().map(pretty);
    let example = setting.example_for(bucket);
    let start = text.clone().unwrap_or_else(|| laid_out(&example));
    let may = desk.cloud.may_change();
    let head = format!("{}-h", setting.id);
    let words =
        if found.is_some() || setting.example.is_empty() { said::EDIT } else { said::FROM_EXAMPLE };
    let begin = html! {
        <button class="btn small" id={format!("edit-{}", setting.id)} disabled={!may} onclick={edit(start)}>{ words }</button>
    };
    html! {
        <section class={classes!("card", "setting", setting.is_long().then_some("wide"))} aria-labelledby={head.clone()} id={format!("setting-{}", setting.id)}>
            <div class="row">
                <h3 id={head} class="grow">{ setting.title }</h3>
                <span class={classes!("pill", found.is_some().then_some("good"))}>{ if found.is_some() { said::IS_SET } else { said::NOT_SET } }</span>
            </div>
            <p class="small dim2">{ setting.about }</p>
            if let Some(words) = broken { <p class="note bad" role="alert">{ words }</p> }
            if let Some(draft_now) = &*draft {
                <Draft props={props.clone()} text={draft_now.clone()} close={let draft = draft.setter(); Callback::from(move |()| draft.set(None))} />
            } else {
                if let Some(text) = &text { <pre class="doc mono" tabindex="0">{ text }</pre> }
                <div class="row">
                    if setting.id == POLICY { <span class={classes!(desk.hot("s3.policy"))} data-hotspot="s3.policy" tabindex="-1">{ begin }</span> } else { { begin } }
                    if let Some(removal) = setting.removal(bucket).filter(|_| found.is_some()) {
                        <button class="btn small ghost" disabled={!may} onclick={remove(props, removal)}>{ said::REMOVE }</button>
                    }
                </div>
            }
        </section>
    }
}

/// Codes such as `NoSuchTagSet`, `NoSuchCORSConfiguration`, `ServerSideEncryptionConfigurationNotFoundError`.
fn is_absence(code: &str) -> bool {
    code.starts_with("NoSuch") && code != "NoSuchBucket" || code.ends_with("NotFoundError")
}

#[derive(Properties, PartialEq)]
struct DraftProps {
    props: Props,
    text: String,
    close: Callback<()>,
}

/// The text field, and what can be done with it.
#[component]
fn Draft(DraftProps { props, text, close }: &DraftProps) -> Html {
    let written = use_state_eq(|| text.clone());
    let wrong = use_state_eq(|| None::<String>);
    let busy = use_state_eq(|| false);
    let save = {
        let (props, written, wrong, busy, close) =
            (props.clone(), written.clone(), wrong.setter(), busy.setter(), close.clone());
        Callback::from(move |_: MouseEvent| match serde_json::from_str::<Value>(&written) {
            Ok(document) => {
                wrong.set(None);
                busy.set(true);
                let input = props.setting.input(&props.bucket, &document);
                let (props, busy, close) = (props.clone(), busy.clone(), close.clone());
                spawn_local(async move {
                    let done = said::saved(props.setting.title);
                    if act(&props, props.setting.put.0, input, done).await {
                        close.emit(());
                    }
                    busy.set(false);
                });
            }
            Err(error) => wrong.set(Some(said::not_json(&error.to_string()))),
        })
    };
    let oninput = {
        let written = written.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                written.set(field.value());
            }
        })
    };
    let id = format!("draft-{}", props.setting.id);
    let lines = text.lines().count().clamp(4, 24).to_string();
    html! {
        <>
            <label class="fld" for={id.clone()}>{ said::DOCUMENT }</label>
            <textarea {id} {oninput} class="input mono doc-field" rows={lines} spellcheck="false" autocomplete="off" autocapitalize="off" value={(*written).clone()} />
            if let Some(words) = &*wrong { <p class="small bad-words" role="alert">{ words }</p> }
            <div class="row">
                <button class="btn small primary" disabled={*busy || !props.desk.cloud.may_change()} onclick={save}>{ said::SAVE }</button>
                <button class="btn small" onclick={close.reform(|_| ())}>{ words::CANCEL }</button>
            </div>
        </>
    }
}

fn remove(props: &Props, (operation, input): (&'static str, Value)) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_| {
        let (props, input) = (props.clone(), input.clone());
        spawn_local(async move {
            act(&props, operation, input, said::removed(props.setting.title)).await;
        });
    })
}

async fn act(props: &Props, operation: &'static str, input: Value, done: String) -> bool {
    match props.desk.s3(operation, input).await {
        Ok(answer) => {
            props.tell.did.emit(Deed { words: done, seq: answer.seq });
            true
        }
        Err(why) => {
            props.tell.refused.emit((operation.to_owned(), why));
            false
        }
    }
}

/// As people write it.
fn pretty(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap_or_default()
}

fn laid_out(example: &str) -> String {
    serde_json::from_str(example).map_or_else(|_| example.to_owned(), |document| pretty(&document))
}
