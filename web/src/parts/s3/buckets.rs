//! The list of buckets; in a narrower window a sheet.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::s3::Load;
use crate::parts::icon::Icon;
use crate::parts::s3::console::bucket_href;
use crate::state::listing::Bucket;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub buckets: Load<Rc<Vec<Bucket>>>,
    pub chosen: Option<AttrValue>,
    pub create: Callback<()>,
    /// Whether the sheet is up, where this is a sheet.
    pub up: bool,
    pub close: Callback<()>,
}

/// The side of the console.
#[component]
pub fn Buckets(props: &Props) -> Html {
    use_escape(props.up, props.close.clone());
    let create = {
        let (create, close) = (props.create.clone(), props.close.clone());
        Callback::from(move |_| {
            close.emit(());
            create.emit(());
        })
    };
    let list = match &props.buckets {
        Load::Coming => html! { <p class="small dim side-words">{ words::LOADING_BUCKETS }</p> },
        Load::Refused(why) => html! { <p class="small bad-words side-words">{ words_of(why) }</p> },
        Load::Here(list) => html! {
            <>
                <ul class={classes!("navlist", props.desk.hot("s3.bucket-list"))} data-hotspot="s3.bucket-list">{ for list.iter().map(|bucket| one(props, bucket)) }</ul>
                <p class="small dim side-foot">{ words::bucket_count(list.len()) }</p>
            </>
        },
    };
    html! {
        <nav id="buckets" class={classes!("side", "scroll", props.up.then_some("up"))} aria-label={words::BUCKETS}>
            <div class="row">
                <span class="label grow">{ words::BUCKETS }</span>
                <button id="new-bucket" class={classes!("btn", "ghost", "icon", "small", props.desk.hot("s3.create-bucket"))} data-hotspot="s3.create-bucket"
                    aria-label={words::CREATE_BUCKET} title={words::CREATE_BUCKET} disabled={!props.desk.cloud.may_change()} onclick={create}><Icon name="plus" /></button>
                if props.up {
                    <button class="btn ghost icon small" aria-label={words::CLOSE} onclick={props.close.reform(|_| ())}><Icon name="x" /></button>
                }
            </div>
            { list }
        </nav>
    }
}

fn one(props: &Props, bucket: &Bucket) -> Html {
    let here = props.chosen.as_deref() == Some(bucket.name.as_str());
    let onclick = props.close.reform(|_: MouseEvent| ());
    html! {
        <li key={bucket.name.clone()}>
            <a href={bucket_href(&props.desk, &bucket.name, "")} aria-current={here.then_some("true")} {onclick}>
                <Icon name="s3" class="sm" /><span>{ &bucket.name }</span>
                if let Some(region) = &bucket.region { <small>{ region }</small> }
            </a>
        </li>
    }
}
