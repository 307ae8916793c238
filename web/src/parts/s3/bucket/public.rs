//! Whether a bucket's policy lets everybody in, as S3 itself says.

use serde_json::{Value, json};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_listed, use_quietly};
use crate::words::s3 as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// S3 is asked only where there is a policy: without one it has nothing to tell.
#[component]
pub fn Public(props: &Props) -> Html {
    let policy = use_quietly(&props.desk, "GetBucketPolicy", json!({ "Bucket": &*props.bucket }));
    match policy {
        Load::Here(_) => {
            html! { <Status desk={props.desk.clone()} bucket={&props.bucket} /> }
        }
        _ => html! {},
    }
}

#[component]
fn Status(props: &Props) -> Html {
    let answer =
        use_listed(&props.desk, "GetBucketPolicyStatus", json!({ "Bucket": &*props.bucket }));
    let Load::Here(answer) = answer else { return html! {} };
    let public = answer.pointer("/PolicyStatus/IsPublic").and_then(Value::as_bool);
    let (words, class) = match public {
        Some(true) => (said::IS_PUBLIC, "warn"),
        _ => (said::IS_NOT_PUBLIC, "good"),
    };
    html! {
        <section class="card setting" aria-labelledby="public-h">
            <div class="row"><h3 id="public-h" class="grow">{ said::PUBLIC }</h3>
                <span id="is-public" class={classes!("pill", class)}>{ words }</span></div>
            <p class="small dim2">{ said::PUBLIC_MORE }</p>
        </section>
    }
}
