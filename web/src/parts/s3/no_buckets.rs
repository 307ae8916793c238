//! An empty cloud: what a bucket is, the button that makes one, and its twin.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub create: Callback<()>,
}

/// The dome, empty.
#[component]
pub fn NoBuckets(props: &Props) -> Html {
    let line = words::sample_bucket_line();
    let open = props.desk.open_in_python.reform(move |_| line.clone());
    html! {
        <section class="objects void void-middle" aria-labelledby="void-h">
            <svg class="dome" viewBox="0 0 132 84" aria-hidden="true">
                <path class="glow" d="M16 70a50 50 0 0 1 100 0z" /><path class="rim" d="M16 70a50 50 0 0 1 100 0" />
                <path class="mer" d="M41 70a25 50 0 0 1 50 0M66 20v50M22 47q44-12 88 0" />
                <circle class="o" cx="48" cy="52" r="3.5" /><circle class="o" cx="66" cy="40" r="3.5" /><circle class="o" cx="86" cy="50" r="3.5" />
                <path class="p" d="M102 8c1 6 2.8 8.2 9 9.2-6.2 1.2-8 3.4-9 9.4-1-6-2.8-8.2-9-9.4 6.2-1 8-3.2 9-9.2z" /><path class="base" d="M6 70h120" />
            </svg>
            <h2 id="void-h">{ words::NO_BUCKETS }</h2>
            <p>{ words::NO_BUCKETS_MORE }</p>
            <div class="row wrap">
                <button class={classes!("btn", "primary", props.desk.hot("s3.create-bucket"))} disabled={!props.desk.cloud.may_change()}
                    onclick={props.create.reform(|_| ())}><Icon name="plus" />{ words::CREATE_BUCKET }</button>
                <button class="btn" onclick={open}><Icon name="python" />{ words::SAME_IN_BOTO3 }</button>
            </div>
        </section>
    }
}
