//! Block public access: four switches.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_quietly};
use crate::parts::console::told::Tell;
use crate::words::s3 as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
}

/// A change is a call at once, as a switch is one.
#[component]
pub fn Block(props: &Props) -> Html {
    let answer =
        use_quietly(&props.desk, "GetPublicAccessBlock", json!({ "Bucket": &*props.bucket }));
    let now = match &answer {
        Load::Here(answer) => answer.get("PublicAccessBlockConfiguration").cloned(),
        _ => None,
    }
    .unwrap_or_else(|| json!({}));
    let is_on = |name: &str| now.get(name).and_then(Value::as_bool).unwrap_or_default();
    let all = said::BLOCKS.iter().all(|(name, _)| is_on(name));
    let may = props.desk.cloud.may_change() && !matches!(answer, Load::Coming);
    html! {
        <section class={classes!("card", "setting", props.desk.hot("s3.block"))} data-hotspot="s3.block" aria-labelledby="block-h" tabindex="-1">
            <div class="row"><h3 id="block-h" class="grow">{ said::BLOCK }</h3>
                <span class={classes!("pill", if all { "good" } else { "warn" })}>{ said::locked(said::BLOCKS.iter().filter(|(name, _)| is_on(name)).count()) }</span></div>
            <p class="small dim2">{ said::BLOCK_MORE }</p>
            { for said::BLOCKS.into_iter().map(|(name, words)| {
                let onchange = set(props, &now, name);
                html! {
                    <label class="switch"><input class="check" type="checkbox" id={format!("block-{name}")} checked={is_on(name)} disabled={!may} {onchange} />
                        <span><code>{ name }</code><br /><span class="small dim2">{ words }</span></span></label>
                }
            }) }
        </section>
    }
}

fn set(props: &Props, now: &Value, name: &'static str) -> Callback<Event> {
    let (props, now) = (props.clone(), now.clone());
    Callback::from(move |event: Event| {
        let on = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|input| input.checked());
        let mut next = now.clone();
        for (other, _) in said::BLOCKS {
            if next.get(other).is_none()
                && let Some(members) = next.as_object_mut()
            {
                members.insert(other.into(), false.into());
            }
        }
        if let Some(members) = next.as_object_mut() {
            members.insert(name.into(), on.into());
        }
        let input = json!({ "Bucket": &*props.bucket, "PublicAccessBlockConfiguration": next });
        let (desk, tell) = (props.desk.clone(), props.tell.clone());
        spawn_local(async move {
            match desk.s3("PutPublicAccessBlock", input).await {
                Ok(answer) => {
                    tell.did.emit(Deed { words: said::BLOCK_SAVED.into(), seq: answer.seq });
                }
                Err(why) => tell.refused.emit((said::BLOCK.into(), why)),
            }
        });
    })
}
