//! Whether versions are kept; and what the bucket holds.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_quietly, use_view};
use crate::parts::console::told::Tell;
use crate::state::{sizes, time};
use crate::words::s3 as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
}

/// The state, and the one button that changes it.
#[component]
pub fn VersioningCard(props: &Props) -> Html {
    let bucket = json!({ "Bucket": &*props.bucket });
    let answer = use_quietly(&props.desk, "GetBucketVersioning", bucket);
    let status = match &answer {
        Load::Here(answer) => answer.get("Status").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let on = status.as_deref() == Some("Enabled");
    let shown = match status.as_deref() {
        Some("Enabled") => said::VERSIONING_ON,
        Some(_) => said::VERSIONING_PAUSED,
        None => said::VERSIONING_NEVER,
    };
    let onclick = {
        let (desk, bucket, tell) = (props.desk.clone(), props.bucket.clone(), props.tell.clone());
        Callback::from(move |_| {
            let (desk, tell) = (desk.clone(), tell.clone());
            let (to, done) = if on {
                ("Suspended", said::VERSIONING_SUSPENDED)
            } else {
                ("Enabled", said::VERSIONING_ENABLED)
            };
            let input = json!({ "Bucket": &*bucket, "VersioningConfiguration": { "Status": to } });
            spawn_local(async move {
                match desk.s3("PutBucketVersioning", input).await {
                    Ok(answer) => tell.did.emit(Deed { words: done.into(), seq: answer.seq }),
                    Err(why) => tell.refused.emit((said::VERSIONING.into(), why)),
                }
            });
        })
    };
    html! {
        <section class="card setting" aria-labelledby="versioning-h">
            <div class="row"><h3 id="versioning-h" class="grow">{ said::VERSIONING }</h3>
                <span class={classes!("pill", on.then_some("good"))}>{ shown }</span></div>
            <p class="small dim2">{ said::VERSIONING_MORE }</p>
            <div class="row"><button id="versioning" class={classes!("btn", "small", props.desk.hot("s3.versioning"))} data-hotspot="s3.versioning"
                disabled={!props.desk.cloud.may_change() || matches!(answer, Load::Coming)} {onclick}>{ if on { said::SUSPEND } else { said::ENABLE } }</button></div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct SumsProps {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// How much there is.
#[component]
pub fn Sums(props: &SumsProps) -> Html {
    let view = use_view(&props.desk, "bucket", json!({ "Bucket": &*props.bucket }));
    let Load::Here(view) = view else { return html! {} };
    let number = |name: &str| view.get(name).and_then(Value::as_u64).unwrap_or_default();
    let created = view.get("CreationDate").and_then(Value::as_str).and_then(time::parse);
    let rows = [
        (said::ARN, format!("arn:aws:s3:::{}", props.bucket)),
        (
            said::CREATED,
            created.map(|ms| format!("{} {}", time::date(ms), time::clock(ms))).unwrap_or_default(),
        ),
        (said::OBJECT_COUNT, sizes::grouped(number("Objects"))),
        (said::VERSION_COUNT, sizes::grouped(number("Versions"))),
        (said::BYTES, sizes::bytes(number("Bytes"))),
    ];
    html! {
        <section class="card setting" aria-labelledby="sums-h">
            <h3 id="sums-h">{ said::SUMS }</h3>
            <dl class="kv">{ for rows.into_iter().map(|(name, value)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> }) }</dl>
        </section>
    }
}
