//! Multipart uploads that go on, and the button that ends one.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_quietly};
use crate::parts::console::told::Tell;
use crate::state::{sizes, time};
use crate::words::{self, s3 as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
}

/// A row an upload.
#[component]
pub fn Uploads(props: &Props) -> Html {
    let answer = use_quietly(
        &props.desk,
        "ListMultipartUploads",
        json!({ "Bucket": &*props.bucket, "MaxUploads": 1000 }),
    );
    let uploads = match &answer {
        Load::Here(answer) => {
            answer.get("Uploads").and_then(Value::as_array).cloned().unwrap_or_default()
        }
        _ => Vec::new(),
    };
    html! {
        <section class="card setting wide" aria-labelledby="uploads-h">
            <div class="row"><h3 id="uploads-h" class="grow">{ said::UPLOADS }</h3><span class="pill">{ uploads.len() }</span></div>
            <p class="small dim2">{ said::UPLOADS_MORE }</p>
            if uploads.is_empty() {
                <p class="small dim">{ said::NO_UPLOADS }</p>
            } else {
                <div class="scroll-x" tabindex="0" role="region" aria-label={said::UPLOADS}>
                    <table><thead><tr><th scope="col">{ words::KEY }</th><th scope="col">{ said::BEGUN }</th><th scope="col">{ said::PARTS }</th><th scope="col"><span class="vh">{ said::ACTIONS }</span></th></tr></thead>
                    <tbody>{ for uploads.into_iter().map(|upload| {
                        let key = upload.get("UploadId").and_then(Value::as_str).unwrap_or_default().to_owned();
                        html! { <One {key} props={props.clone()} {upload} /> }
                    }) }</tbody></table>
                </div>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    props: Props,
    upload: Value,
}

#[component]
fn One(OneProps { props, upload }: &OneProps) -> Html {
    let text = |name: &str| upload.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (key, id) = (text("Key"), text("UploadId"));
    let named = json!({ "Bucket": &*props.bucket, "Key": key, "UploadId": id });
    let parts = use_quietly(&props.desk, "ListParts", named.clone());
    let parts = match &parts {
        Load::Here(answer) => answer.get("Parts").and_then(Value::as_array).cloned(),
        _ => None,
    }
    .unwrap_or_default();
    let bytes = parts.iter().filter_map(|part| part.get("Size")?.as_u64()).sum();
    let begun =
        time::parse(&text("Initiated")).map(|ms| time::moment(ms, props.desk.cloud.clock.now()));
    let onclick = {
        let (desk, tell, key) = (props.desk.clone(), props.tell.clone(), key.clone());
        Callback::from(move |_| {
            let (desk, tell, key, named) = (desk.clone(), tell.clone(), key.clone(), named.clone());
            spawn_local(async move {
                match desk.s3("AbortMultipartUpload", named).await {
                    Ok(answer) => {
                        tell.did.emit(Deed { words: said::aborted(&key), seq: answer.seq });
                    }
                    Err(why) => tell.refused.emit((said::abort(&key), why)),
                }
            });
        })
    };
    html! {
        <tr>
            <td class="mono">{ &key }</td><td>{ begun }</td><td>{ said::parts(parts.len(), &sizes::bytes(bytes)) }</td>
            <td><button class="btn small" aria-label={said::abort(&key)} disabled={!props.desk.cloud.may_change()} {onclick}>{ said::ABORT }</button></td>
        </tr>
    }
}
