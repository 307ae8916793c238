//! An object's metadata: what the learner stored with it, and what S3 keeps beside it.

use serde_json::Value;
use yew::prelude::*;

use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub head: Value,
}

/// Members of `HeadObject` that the overview does not show.
const SYSTEM: [&str; 9] = [
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "Expires",
    "WebsiteRedirectLocation",
    "VersionId",
    "ChecksumType",
    "PartsCount",
];

/// Two lists.
#[component]
pub fn Metadata(props: &Props) -> Html {
    let own = props.head.get("Metadata").and_then(Value::as_object).cloned().unwrap_or_default();
    let checksums = props
        .head
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.starts_with("Checksum") && *name != "ChecksumType");
    let system =
        SYSTEM.iter().filter_map(|name| Some(((*name).to_owned(), props.head.get(*name)?.clone())));
    let system: Vec<_> =
        system.chain(checksums.map(|(name, value)| (name.clone(), value.clone()))).collect();
    html! {
        <>
            <div class="sect"><h3>{ words::USER_METADATA }</h3>
                if own.is_empty() { <p class="small dim2">{ words::NO_METADATA }</p> }
                else { { list(own.into_iter().map(|(name, value)| (format!("x-amz-meta-{name}"), value)).collect()) } }
            </div>
            <div class="sect"><h3>{ words::SYSTEM_METADATA }</h3>
                if system.is_empty() { <p class="small dim2">{ words::NO_SYSTEM_METADATA }</p> } else { { list(system) } }
            </div>
        </>
    }
}

fn list(rows: Vec<(String, Value)>) -> Html {
    html! {
        <dl class="kv">{ for rows.into_iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            html! { <><dt>{ name }</dt><dd class="mono">{ value }</dd></> }
        }) }</dl>
    }
}
