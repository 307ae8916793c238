//! A new object: its key, its content, and all that can be said of it, in one form.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::told::Tell;
use crate::parts::s3::fields::{class_options, metadata, picked, put_text, typed};
use crate::parts::s3::parted::{Sending, send};
use crate::state::cloud::Refusal;
use crate::state::uploads::{FILE_BYTES_MAX, Source, size};
use crate::words::{self, s3 as said};

const MIB: u64 = 1024 * 1024;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub prefix: AttrValue,
    pub tell: Tell,
    pub close: Callback<()>,
}

/// What is written so far.
#[derive(Clone, PartialEq)]
struct Draft {
    key: String,
    /// `text`, `file` or `zeros`.
    from: String,
    text: String,
    file: Option<File>,
    count: String,
    /// Bytes that `count` counts in.
    unit: String,
    media_type: String,
    class: String,
    metadata: String,
    /// Bytes of a part; empty: in one request.
    part: String,
}

impl Draft {
    fn new(prefix: &str) -> Self {
        Self {
            key: prefix.to_owned(),
            from: "text".into(),
            text: String::new(),
            file: None,
            count: "6".into(),
            unit: MIB.to_string(),
            media_type: String::new(),
            class: "STANDARD".into(),
            metadata: String::new(),
            part: String::new(),
        }
    }

    /// What is to be sent, or what is missing, in words.
    fn sending(&self, bucket: &str) -> Result<Sending, String> {
        let source = match (self.from.as_str(), &self.file) {
            ("text", _) => Source::Text(self.text.clone()),
            ("file", Some(file)) if size(file) > FILE_BYTES_MAX => {
                return Err(words::too_large(FILE_BYTES_MAX));
            }
            ("file", Some(file)) => Source::File(file.clone()),
            ("file", None) => return Err(said::NO_FILE.into()),
            _ => Source::Zeros(self.zeros()?),
        };
        let mut input = json!({ "Bucket": bucket, "Key": self.key });
        put_text(&mut input, "ContentType", self.media_type.trim());
        if self.class != "STANDARD" {
            put_text(&mut input, "StorageClass", &self.class);
        }
        let pairs = metadata(&self.metadata).map_err(|line| said::no_pair(&line))?;
        if !pairs.is_empty()
            && let Some(input) = input.as_object_mut()
        {
            input.insert("Metadata".into(), pairs.into());
        }
        Ok(Sending { input, source, part_bytes: self.part.parse().ok() })
    }

    fn zeros(&self) -> Result<u64, String> {
        let (count, unit) = (self.count.trim().parse::<u64>(), self.unit.parse::<u64>());
        let bytes = count.ok().zip(unit.ok()).and_then(|(count, unit)| count.checked_mul(unit));
        bytes.filter(|bytes| *bytes <= FILE_BYTES_MAX).ok_or_else(|| said::no_size(FILE_BYTES_MAX))
    }
}

/// The form, above the table.
#[component]
pub fn Write(props: &Props) -> Html {
    let first = use_focus_at_first();
    let draft = use_state_eq(|| Draft::new(&props.prefix));
    let busy = use_state_eq(|| false);
    let wrong = use_state_eq(|| None::<String>);
    use_escape(true, props.close.clone());
    let onsubmit = {
        let (props, draft, busy, wrong) =
            (props.clone(), draft.clone(), busy.setter(), wrong.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match draft.sending(&props.bucket) {
                Ok(sending) => {
                    wrong.set(None);
                    put(&props, draft.key.clone(), sending, busy.clone());
                }
                Err(words) => wrong.set(Some(words)),
            }
        })
    };
    let may = props.desk.cloud.may_change() && !*busy;
    html! {
        <section class="form-in" aria-labelledby="write-h">
            <form {onsubmit}>
                <h3 id="write-h">{ said::NEW_OBJECT }</h3>
                <p class="small dim2">{ said::NEW_OBJECT_MORE }</p>
                <div class="question">
                    <label class="fld">{ words::KEY }
                        <input ref={first} id="write-key" class="input mono" value={draft.key.clone()} oninput={typed(&draft, |draft, to| draft.key = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                    { said_of(props, &draft) }
                </div>
                { content(&draft) }
                <label class="fld">{ said::OWN_METADATA }
                    <textarea id="write-metadata" class="input mono doc-field" rows="2" placeholder="author: Grace" value={draft.metadata.clone()} oninput={typed(&draft, |draft, to| draft.metadata = to)} spellcheck="false" /></label>
                <div aria-live="polite">if let Some(words) = &*wrong { <p class="small bad-words">{ words }</p> }</div>
                <div class="row">
                    <button id="write-put" class="btn primary" type="submit" disabled={!may}>{ said::PUT_OBJECT }</button>
                    <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
                    if *busy { <span class="small dim" role="status">{ said::SENDING }</span> }
                </div>
            </form>
        </section>
    }
}

/// What is said of the object, beside its key.
fn said_of(props: &Props, draft: &UseStateHandle<Draft>) -> Html {
    let sources =
        [("text", said::FROM_TEXT), ("file", said::FROM_FILE), ("zeros", said::FROM_ZEROS)];
    let parts = [("", 0), ("5242880", 5), ("8388608", 8), ("16777216", 16)];
    html! {
        <>
            <label class="fld">{ said::CONTENT }
                <select id="write-from" class="select" onchange={picked(draft, |draft, to| draft.from = to)}>
                    { for sources.into_iter().map(|(value, words)| html! { <option {value} selected={draft.from == value}>{ words }</option> }) }
                </select></label>
            <label class="fld">{ words::CONTENT_TYPE }
                <input id="write-type" class="input mono" value={draft.media_type.clone()} placeholder="binary/octet-stream" oninput={typed(draft, |draft, to| draft.media_type = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            <label class="fld">{ words::STORAGE_CLASS }
                <select id="write-class" class={classes!("select", props.desk.hot("s3.storage-class"))} data-hotspot="s3.storage-class" onchange={picked(draft, |draft, to| draft.class = to)}>{ class_options(&draft.class) }</select></label>
            <label class="fld">{ said::SENT }
                <select id="write-parts" class={classes!("select", props.desk.hot("s3.in-parts"))} data-hotspot="s3.in-parts" onchange={picked(draft, |draft, to| draft.part = to)}>
                    { for parts.into_iter().map(|(value, megabytes)| html! { <option {value} selected={draft.part == value}>{ said::in_parts_of(megabytes) }</option> }) }
                </select></label>
        </>
    }
}

fn content(draft: &UseStateHandle<Draft>) -> Html {
    let choose = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
            let mut next = (*draft).clone();
            if let Some(file) = &file
                && next.media_type.is_empty()
            {
                next.media_type = file.type_();
            }
            draft.set(Draft { file, ..next });
        })
    };
    match draft.from.as_str() {
        "text" => html! {
            <label class="fld" key="text">{ said::THE_TEXT }
                <textarea id="write-text" class="input mono doc-field" rows="4" value={draft.text.clone()} oninput={typed(draft, |draft, to| draft.text = to)} spellcheck="false" /></label>
        },
        "file" => html! {
            <label class="fld" key="file">{ said::FROM_FILE }
                <input id="write-file" class="input" type="file" onchange={choose} /></label>
        },
        _ => size_field(draft),
    }
}

fn size_field(draft: &UseStateHandle<Draft>) -> Html {
    let units = [(1, "bytes"), (1024, "KB"), (MIB, "MB")];
    html! {
        <div class="row" key="zeros">
            <label class="fld">{ words::SIZE }
                <input id="write-size" class="input" inputmode="numeric" value={draft.count.clone()} oninput={typed(draft, |draft, to| draft.count = to)} autocomplete="off" /></label>
            <label class="fld">{ said::UNIT }
                <select id="write-unit" class="select" onchange={picked(draft, |draft, to| draft.unit = to)}>
                    { for units.into_iter().map(|(value, words)| html! { <option value={value.to_string()} selected={draft.unit == value.to_string()}>{ words }</option> }) }
                </select></label>
        </div>
    }
}

fn put(props: &Props, key: String, sending: Sending, busy: UseStateSetter<bool>) {
    let props = props.clone();
    busy.set(true);
    spawn_local(async move {
        match send(&props.desk, &sending).await {
            Ok(seq) => {
                props.tell.did.emit(Deed { words: said::put(&key), seq });
                props.close.emit(());
            }
            Err(why) => told(&props, &key, why),
        }
        busy.set(false);
    });
}

fn told(props: &Props, key: &str, why: Refusal) {
    props.tell.refused.emit((said::put(key), why));
}
