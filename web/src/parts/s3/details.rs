//! One object in full: at the right, or as a sheet from below. It covers no more than it must.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::s3::Load;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::s3::bucket::access::Access;
use crate::parts::s3::bucket::versions::Versions;
use crate::parts::s3::class::Class;
use crate::parts::s3::life::Life;
use crate::parts::s3::link::Link;
use crate::parts::s3::metadata::Metadata;
use crate::parts::s3::overview::Overview;
use crate::parts::s3::preview::Preview;
use crate::parts::s3::transfer::{download, file_name};
use crate::parts::tabs::{Tab, Tabs};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
    pub tell: Tell,
    pub close: Callback<()>,
}

/// Overview with its preview, and whatever else there is of one object.
#[component]
pub fn Details(props: &Props) -> Html {
    let head = use_state_eq(|| Load::<Value>::Coming);
    let tab = use_state_eq(|| AttrValue::from("overview"));
    use_escape(true, props.close.clone());
    {
        let (setter, desk) = (head.setter(), props.desk.clone());
        let input = json!({ "Bucket": &*props.bucket, "Key": &*props.object });
        use_effect_with(
            (props.object.clone(), props.desk.cloud.changes, props.desk.cloud.past),
            move |_| {
                spawn_local(async move {
                    setter.set(match desk.s3("HeadObject", input).await {
                        Ok(answer) => Load::Here(answer.output),
                        Err(why) => Load::Refused(why),
                    });
                });
            },
        );
    }
    let body = match &*head {
        Load::Coming => html! { <p class="dim sect">{ words::LOADING_OBJECT }</p> },
        Load::Refused(why) => html! { <p class="note bad table-words">{ words_of(why) }</p> },
        Load::Here(head) if **tab == *"metadata" => html! {
            <Metadata desk={props.desk.clone()} bucket={&props.bucket} object={&props.object} head={head.clone()} tell={props.tell.clone()} />
        },
        Load::Here(_) if **tab == *"link" => html! {
            <Link desk={props.desk.clone()} bucket={&props.bucket} object={props.object.clone()} />
        },
        Load::Here(_) if **tab == *"access" => html! {
            <Access desk={props.desk.clone()} bucket={&props.bucket} object={props.object.clone()} />
        },
        Load::Here(_) if **tab == *"versions" => html! {
            <Versions desk={props.desk.clone()} bucket={&props.bucket} tell={props.tell.clone()} only={props.object.clone()} />
        },
        Load::Here(head) => html! {
            <>
                <Overview head={head.clone()} now={props.desk.cloud.clock.now()} />
                <Life desk={props.desk.clone()} bucket={&props.bucket} object={&props.object} />
                <Preview desk={props.desk.clone()} bucket={&props.bucket} object={&props.object} head={head.clone()} tell={props.tell.clone()} />
                <Class key={class_of(head)} desk={props.desk.clone()} bucket={&props.bucket} object={&props.object} head={head.clone()} tell={props.tell.clone()} />
            </>
        },
    };
    let choose = {
        let tab = tab.setter();
        Callback::from(move |id| tab.set(id))
    };
    let tabs = vec![
        Tab::new("overview", words::OVERVIEW),
        Tab::new("versions", words::s3::section_versions()),
        Tab::new("metadata", words::METADATA),
        Tab::new("link", words::s3::LINK),
        Tab::new("access", words::s3::ACCESS),
    ];
    let save = {
        let (desk, tell, bucket, key) = (
            props.desk.clone(),
            props.tell.clone(),
            props.bucket.to_string(),
            props.object.to_string(),
        );
        Callback::from(move |_| {
            spawn_local(download(desk.clone(), tell.clone(), bucket.clone(), vec![key.clone()]));
        })
    };
    html! {
        <section class="split up" aria-labelledby="d-h">
            <div class="split-head">
                <div class="row">
                    <h2 id="d-h" class="grow">{ file_name(&props.object) }</h2>
                    <button class="btn ghost icon small" aria-label={words::DOWNLOAD} title={words::DOWNLOAD} onclick={save}><Icon name="download" /></button>
                    <button class="btn ghost icon small" aria-label={words::CLOSE_DETAILS} title={words::CLOSE_DETAILS} onclick={props.close.reform(|_| ())}><Icon name="x" /></button>
                </div>
                <p class="small dim mono uri">{ format!("s3://{}/{}", props.bucket, props.object) }</p>
            </div>
            <Tabs label={words::OBJECT} prefix="object" {tabs} chosen={(*tab).clone()} {choose} class="small split-tabs" />
            <div class="scroll grow" id="object-panel" role="tabpanel" aria-labelledby={format!("object-{}", *tab)} tabindex="0">{ body }</div>
        </section>
    }
}

/// The class of an object: the form that changes it begins anew with another.
fn class_of(head: &Value) -> String {
    head.get("StorageClass").and_then(Value::as_str).unwrap_or_default().to_owned()
}
