//! An object's size, type and dates, as `HeadObject` tells them.

use serde_json::Value;
use yew::prelude::*;

use crate::state::{sizes, time};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub head: Value,
    /// The simulated time.
    pub now: f64,
}

/// A list of names and values.
#[component]
pub fn Overview(props: &Props) -> Html {
    let head = &props.head;
    let text = |name: &str| head.get(name).and_then(Value::as_str).map(str::to_owned);
    let size = head.get("ContentLength").and_then(Value::as_u64).unwrap_or_default();
    let modified = text("LastModified")
        .and_then(|iso| time::parse(&iso))
        .map(|ms| format!("{} {}", time::date(ms), time::clock(ms)));
    let rows = [
        (words::SIZE, Some(words::byte_count(&sizes::grouped(size), size)), false),
        (words::CONTENT_TYPE, text("ContentType"), false),
        (words::LAST_MODIFIED, modified, false),
        // HeadObject leaves the class out for STANDARD.
        (
            words::STORAGE_CLASS,
            Some(text("StorageClass").unwrap_or_else(|| "STANDARD".into())),
            false,
        ),
        (words::ETAG, text("ETag"), true),
        (words::ENCRYPTION, text("ServerSideEncryption"), false),
    ];
    html! {
        <div class="sect"><dl class="kv">
            { for rows.into_iter().filter_map(|(name, value, mono)| value.map(|value| html! {
                <><dt>{ name }</dt><dd class={classes!(mono.then_some("mono"))}>{ value }</dd></>
            })) }
        </dl></div>
    }
}
