//! An object's metadata: what the learner stored with it, and what S3 keeps beside it.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::s3::fields::{metadata, metadata_lines, put_text, typed};
use crate::words::{self, s3 as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
    pub head: Value,
    pub tell: Tell,
}

/// Members of `HeadObject` that the overview does not show.
const SYSTEM: [&str; 9] = [
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "Expires",
    "WebsiteRedirectLocation",
    "VersionId",
    "ChecksumType",
    "PartsCount",
];

/// Two lists, and the form that writes other metadata.
#[component]
pub fn Metadata(props: &Props) -> Html {
    let own = props.head.get("Metadata").and_then(Value::as_object).cloned().unwrap_or_default();
    let checksums = props
        .head
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.starts_with("Checksum") && *name != "ChecksumType");
    let system =
        SYSTEM.iter().filter_map(|name| Some(((*name).to_owned(), props.head.get(*name)?.clone())));
    let system: Vec<_> =
        system.chain(checksums.map(|(name, value)| (name.clone(), value.clone()))).collect();
    html! {
        <>
            <div class="sect"><h3>{ words::USER_METADATA }</h3>
                if own.is_empty() { <p class="small dim2">{ words::NO_METADATA }</p> }
                else { { list(own.into_iter().map(|(name, value)| (format!("x-amz-meta-{name}"), value)).collect()) } }
            </div>
            <div class="sect"><h3>{ words::SYSTEM_METADATA }</h3>
                if system.is_empty() { <p class="small dim2">{ words::NO_SYSTEM_METADATA }</p> } else { { list(system) } }
            </div>
            <Edit key={props.head.to_string()} ..props.clone() />
        </>
    }
}

fn list(rows: Vec<(String, Value)>) -> Html {
    html! {
        <dl class="kv">{ for rows.into_iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            html! { <><dt>{ name }</dt><dd class="mono">{ value }</dd></> }
        }) }</dl>
    }
}

#[derive(Clone, PartialEq)]
struct Draft {
    media_type: String,
    lines: String,
}

/// Other metadata, by a copy of the object onto itself: an object is never changed, only replaced.
#[component]
fn Edit(props: &Props) -> Html {
    let text =
        |name: &str| props.head.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let draft = use_state_eq(|| Draft {
        media_type: text("ContentType"),
        lines: metadata_lines(&props.head),
    });
    let wrong = use_state_eq(|| None::<String>);
    let class = text("StorageClass");
    let onsubmit = {
        let (props, draft, wrong) = (props.clone(), draft.clone(), wrong.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let pairs = match metadata(&draft.lines) {
                Ok(pairs) => pairs,
                Err(line) => return wrong.set(Some(said::no_pair(&line))),
            };
            wrong.set(None);
            let mut input = json!({
                "Bucket": &*props.bucket, "Key": &*props.object, "MetadataDirective": "REPLACE",
                "CopySource": said::copy_source_of(&props.bucket, &props.object), "Metadata": pairs,
            });
            put_text(&mut input, "ContentType", draft.media_type.trim());
            // A copy goes to STANDARD unless it is told otherwise.
            put_text(&mut input, "StorageClass", &class);
            let words = (said::replace_metadata(&props.object), said::METADATA_REPLACED.to_owned());
            let props = props.clone();
            spawn_local(async move {
                act(&props.desk, &props.tell, words, ("s3", "CopyObject"), input).await;
            });
        })
    };
    html! {
        <form class="sect link" {onsubmit}>
            <h3>{ said::REPLACE_METADATA }</h3>
            <p class="small dim2">{ said::REPLACE_METADATA_MORE }</p>
            <label class="fld">{ words::CONTENT_TYPE }
                <input id="edit-type" class="input mono" value={draft.media_type.clone()} oninput={typed(&draft, |draft, to| draft.media_type = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            <label class="fld">{ said::OWN_METADATA }
                <textarea id="edit-metadata" class="input mono doc-field" rows="3" value={draft.lines.clone()} oninput={typed(&draft, |draft, to| draft.lines = to)} spellcheck="false" /></label>
            <div aria-live="polite">if let Some(words) = &*wrong { <p class="small bad-words">{ words }</p> }</div>
            <div class="row"><button id="replace-metadata" class={classes!("btn", "small", props.desk.hot("s3.metadata"))} data-hotspot="s3.metadata" disabled={!props.desk.cloud.may_change()}>{ said::REPLACE_METADATA }</button></div>
        </form>
    }
}
