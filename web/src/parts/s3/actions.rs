//! Finds, and does something with what is selected.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::browser::{Act, Held};
use crate::parts::icon::Icon;
use crate::parts::s3::browser::Props as Browser;
use crate::parts::s3::delete::Doomed;
use crate::parts::s3::find::Find;
use crate::parts::s3::transfer;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub browser: Browser,
    pub held: UseReducerHandle<Held>,
}

/// The lower toolbar.
#[component]
pub fn Actions(props: &Props) -> Html {
    let desk = &props.browser.desk;
    let keys: Vec<String> = props.held.selected.iter().cloned().collect();
    let count = keys.len();
    let find = {
        let tell = props.held.dispatcher();
        Callback::from(move |text| tell.dispatch(Act::Find(text)))
    };
    let download = {
        let (browser, keys) = (props.browser.clone(), keys.clone());
        Callback::from(move |_| {
            let (desk, tell, bucket) =
                (browser.desk.clone(), browser.tell.clone(), browser.bucket.to_string());
            spawn_local(transfer::download(desk, tell, bucket, keys.clone()));
        })
    };
    let delete = {
        let tell = props.held.dispatcher();
        Callback::from(move |_| tell.dispatch(Act::Doom(Some(Doomed::Keys(keys.clone())))))
    };
    html! {
        <div class="toolbar">
            <Find key={props.held.visit} {find} />
            <button id="download" class={classes!("btn", desk.hot("s3.download"))} data-hotspot="s3.download" disabled={count == 0} onclick={download}
                aria-label={words::download_count(count)} title={words::download_count(count)}><Icon name="download" /><span class="only-wide">{ words::download_count(count) }</span></button>
            <button id="delete" class={classes!("btn", desk.hot("s3.delete-object"))} data-hotspot="s3.delete-object" disabled={count == 0 || !desk.cloud.may_change()} onclick={delete}
                aria-label={words::delete_count(count)} title={words::delete_count(count)}><Icon name="trash" /><span class="only-wide">{ words::delete_count(count) }</span></button>
        </div>
    }
}
