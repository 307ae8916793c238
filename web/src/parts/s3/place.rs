//! Where in the bucket you are, and the button that puts something there.

use yew::prelude::*;

use crate::hooks::browser::{Act, Held};
use crate::parts::icon::Icon;
use crate::parts::s3::browser::Props as Browser;
use crate::parts::s3::console::bucket_href;
use crate::parts::s3::delete::Doomed;
use crate::state::listing::crumbs;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub browser: Browser,
    pub held: UseReducerHandle<Held>,
    pub choose: Callback<()>,
}

/// The upper toolbar.
#[component]
pub fn PlaceBar(props: &Props) -> Html {
    let Browser { desk, bucket, prefix, toggle_buckets, buckets_open, .. } = &props.browser;
    let ours = desk.cloud.may_change();
    let doom = {
        let (tell, bucket) = (props.held.dispatcher(), bucket.to_string());
        Callback::from(move |_| tell.dispatch(Act::Doom(Some(Doomed::Bucket(bucket.clone())))))
    };
    let write = {
        let (tell, writing) = (props.held.dispatcher(), props.held.writing);
        Callback::from(move |_| tell.dispatch(Act::Write(!writing)))
    };
    html! {
        <div class="toolbar">
            <h2 class="vh" id="obj-h">{ words::objects_under(bucket, prefix) }</h2>
            <button class="btn small only-compact bsw" aria-expanded={buckets_open.to_string()} aria-controls="buckets" onclick={toggle_buckets.reform(|_| ())}>
                <Icon name="s3" class="c-s3" /><span>{ bucket }</span><Icon name="chev" />
            </button>
            <nav class="bread grow" aria-label={words::PREFIX_PATH}>{ bread(props) }</nav>
            <button class={classes!("btn", "ghost", desk.hot("s3.delete-bucket"))} data-hotspot="s3.delete-bucket" aria-label={words::DELETE_BUCKET} title={words::DELETE_BUCKET}
                disabled={!ours} onclick={doom}><Icon name="trash" /><span class="only-wide">{ words::DELETE_BUCKET }</span></button>
            <button id="new-object" class={classes!("btn", desk.hot("s3.new-object"))} data-hotspot="s3.new-object" disabled={!ours} aria-expanded={props.held.writing.to_string()}
                aria-label={words::s3::NEW_OBJECT} title={words::s3::NEW_OBJECT} onclick={write}><Icon name="plus" /><span class="only-wide">{ words::s3::NEW_OBJECT }</span></button>
            <button id="upload" class={classes!("btn", "primary", desk.hot("s3.upload"))} data-hotspot="s3.upload" disabled={!ours || props.held.batch.is_some()}
                onclick={props.choose.reform(|_| ())}><Icon name={if desk.cloud.past.is_some() { "lock" } else { "upload" }} /><span class="hide-narrow">{ words::UPLOAD }</span></button>
        </div>
    }
}

fn bread(props: &Props) -> Html {
    let Browser { desk, bucket, prefix, .. } = &props.browser;
    let parts = crumbs(prefix);
    let last = parts.len();
    html! {
        <>
            if last == 0 {
                <span class="only-big" aria-current="page">{ bucket }</span>
            } else {
                <a class="only-big" href={bucket_href(desk, bucket, "")}>{ bucket }</a><span class="only-big">{ "/" }</span>
                <a class="no-big" href={bucket_href(desk, bucket, "")} aria-label={bucket}>{ "…/" }</a>
            }
            { for parts.into_iter().enumerate().map(|(at, (words, whole))| {
                let (name, slash) = words.strip_suffix('/').map_or((words.as_str(), ""), |name| (name, "/"));
                if at + 1 == last {
                    html! { <span aria-current="page">{ format!("{name}{slash}") }</span> }
                } else {
                    let name = if name.is_empty() { words::NO_NAME } else { name };
                    html! { <><a href={bucket_href(desk, bucket, &whole)}>{ name.to_owned() }</a>{ slash }</> }
                }
            }) }
        </>
    }
}
