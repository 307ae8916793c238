//! Multipart uploads that go on, and the form that begins one: what every client does by itself for large files, here
//! step by step.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_listed};
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::s3::bucket::upload::Upload;
use crate::parts::s3::fields::{class_options, picked, put_text, typed};
use crate::words::{self, s3 as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
}

/// The list, as S3 tells it to anybody who asks.
#[component]
pub fn Uploads(props: &Props) -> Html {
    let asked = json!({ "Bucket": &*props.bucket, "MaxUploads": 1000 });
    let answer = use_listed(&props.desk, "ListMultipartUploads", asked);
    let uploads = match &answer {
        Load::Here(answer) => {
            answer.get("Uploads").and_then(Value::as_array).cloned().unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let refused = match &answer {
        Load::Refused(why) => Some(words_of(why)),
        _ => None,
    };
    html! {
        <section class={classes!("card", "setting", "wide", props.desk.hot("s3.uploads"))} data-hotspot="s3.uploads" id="uploads" aria-labelledby="uploads-h" tabindex="-1">
            <div class="row"><h3 id="uploads-h" class="grow">{ said::UPLOADS }</h3><span class="pill">{ uploads.len() }</span></div>
            <p class="small dim2">{ said::UPLOADS_MORE }</p>
            if let Some(words) = refused { <p class="note bad" role="alert">{ words }</p> }
            <Begin desk={props.desk.clone()} bucket={&props.bucket} tell={props.tell.clone()} />
            if uploads.is_empty() { <p class="small dim">{ said::NO_UPLOADS }</p> }
            <div class="uploads">{ for uploads.into_iter().map(|upload| {
                let id = upload.get("UploadId").and_then(Value::as_str).unwrap_or_default().to_owned();
                html! { <Upload key={id} desk={props.desk.clone()} bucket={&props.bucket} tell={props.tell.clone()} {upload} /> }
            }) }</div>
        </section>
    }
}

/// What a new upload is to be.
#[derive(Clone, PartialEq)]
struct Draft {
    key: String,
    media_type: String,
    class: String,
}

/// Begins an upload.
#[component]
fn Begin(props: &Props) -> Html {
    let draft = use_state_eq(|| Draft {
        key: String::new(),
        media_type: String::new(),
        class: "STANDARD".into(),
    });
    let onsubmit = {
        let (props, draft) = (props.clone(), draft.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut input = json!({ "Bucket": &*props.bucket, "Key": draft.key });
            put_text(&mut input, "ContentType", draft.media_type.trim());
            if draft.class != "STANDARD" {
                put_text(&mut input, "StorageClass", &draft.class);
            }
            let (props, draft) = (props.clone(), draft.clone());
            spawn_local(async move {
                let words = (said::begin(&draft.key), said::begun(&draft.key));
                let begun = ("s3", "CreateMultipartUpload");
                if act(&props.desk, &props.tell, words, begun, input).await.is_some() {
                    draft.set(Draft { key: String::new(), ..(*draft).clone() });
                }
            });
        })
    };
    html! {
        <form class="question" {onsubmit} aria-label={said::BEGIN_UPLOAD}>
            <label class="fld">{ words::KEY }
                <input id="begin-key" class="input mono" value={draft.key.clone()} placeholder="film.mp4" oninput={typed(&draft, |draft, to| draft.key = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            <label class="fld">{ words::CONTENT_TYPE }
                <input id="begin-type" class="input mono" value={draft.media_type.clone()} placeholder="binary/octet-stream" oninput={typed(&draft, |draft, to| draft.media_type = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            <label class="fld">{ words::STORAGE_CLASS }
                <select id="begin-class" class="select" onchange={picked(&draft, |draft, to| draft.class = to)}>{ class_options(&draft.class) }</select></label>
            <button id="begin-upload" class={classes!("btn", props.desk.hot("s3.begin-upload"))} data-hotspot="s3.begin-upload"
                disabled={draft.key.is_empty() || !props.desk.cloud.may_change()}>{ said::BEGIN_UPLOAD }</button>
        </form>
    }
}
