//! An object's storage class: another is chosen by a copy onto itself; what lies in an archive is asked back for a while.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::s3::fields::{class_options, picked, typed};
use crate::words::{self, s3 as said};

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html>
const ARCHIVES: [&str; 2] = ["GLACIER", "DEEP_ARCHIVE"];
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html>
const TIERS: [&str; 3] = ["Standard", "Bulk", "Expedited"];

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
    pub head: Value,
    pub tell: Tell,
}

#[derive(Clone, PartialEq)]
struct Draft {
    class: String,
    days: String,
    tier: String,
}

/// What the class is, and what can be made of it.
#[component]
pub fn Class(props: &Props) -> Html {
    let text = |name: &str| props.head.get(name).and_then(Value::as_str).map(str::to_owned);
    // HeadObject leaves the class out for STANDARD.
    let now = text("StorageClass").unwrap_or_else(|| "STANDARD".into());
    let draft =
        use_state_eq(|| Draft { class: now.clone(), days: "7".into(), tier: TIERS[0].into() });
    let may = props.desk.cloud.may_change();
    let archived = ARCHIVES.contains(&now.as_str());
    html! {
        <div class="sect">
            <h3>{ words::STORAGE_CLASS }</h3>
            if let Some(restore) = text("Restore") { <p class="small dim2 mono" id="restore-state">{ restore }</p> }
            if archived {
                <p class="small dim2">{ said::ARCHIVED }</p>
                <form class="question" onsubmit={restore(props, &draft)}>
                    <label class="fld">{ said::RESTORE_DAYS }
                        <input id="restore-days" class="input" inputmode="numeric" value={draft.days.clone()} oninput={typed(&draft, |draft, to| draft.days = to)} autocomplete="off" /></label>
                    <label class="fld">{ said::RESTORE_TIER }
                        <select id="restore-tier" class="select" onchange={picked(&draft, |draft, to| draft.tier = to)}>
                            { for TIERS.into_iter().map(|tier| html! { <option value={tier} selected={draft.tier == tier}>{ tier }</option> }) }
                        </select></label>
                    <button id="restore" class={classes!("btn", "small", props.desk.hot("s3.restore"))} data-hotspot="s3.restore" disabled={!may}>{ said::RESTORE }</button>
                </form>
            }
            <form class="question" onsubmit={change(props, &draft)}>
                <label class="fld">{ said::OTHER_CLASS }
                    <select id="other-class" class="select" onchange={picked(&draft, |draft, to| draft.class = to)}>{ class_options(&draft.class) }</select></label>
                <button id="change-class" class="btn small" disabled={!may || draft.class == now}>{ said::CHANGE_CLASS }</button>
            </form>
            <p class="small dim">{ said::CHANGE_CLASS_MORE }</p>
        </div>
    }
}

fn change(props: &Props, draft: &UseStateHandle<Draft>) -> Callback<SubmitEvent> {
    let (props, class) = (props.clone(), draft.class.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let input = json!({
            "Bucket": &*props.bucket, "Key": &*props.object, "StorageClass": class,
            "CopySource": said::copy_source_of(&props.bucket, &props.object),
        });
        let words = (said::change_class(&props.object), said::class_changed(&class));
        let props = props.clone();
        spawn_local(async move {
            act(&props.desk, &props.tell, words, ("s3", "CopyObject"), input).await;
        });
    })
}

fn restore(props: &Props, draft: &UseStateHandle<Draft>) -> Callback<SubmitEvent> {
    let (props, draft) = (props.clone(), draft.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        // What is no number S3 refuses in its own words.
        let days =
            draft.days.trim().parse::<u64>().map_or(Value::from(draft.days.as_str()), Value::from);
        let input = json!({
            "Bucket": &*props.bucket, "Key": &*props.object,
            "RestoreRequest": { "Days": days, "GlacierJobParameters": { "Tier": draft.tier } },
        });
        let words = (said::restore(&props.object), said::restoring(&props.object));
        let props = props.clone();
        spawn_local(async move {
            act(&props.desk, &props.tell, words, ("s3", "RestoreObject"), input).await;
        });
    })
}
