//! All versions of all keys, delete markers among them; each can be brought back, or deleted for good.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_listed, use_view};
use crate::parts::confirm::Confirm;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::s3::attempt::{Trial, Tried, attempt, outcome};
use crate::state::{sizes, time};
use crate::words::{self, s3 as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
    /// Only this key's.
    #[prop_or_default]
    pub only: Option<AttrValue>,
}

/// So much of a version is read at most.
const READ_BYTES_MAX: u64 = 2_000;
const READ_RANGE: &str = "bytes=0-1999";

/// A version of a key.
#[derive(Clone, PartialEq, Debug)]
struct Version {
    key: String,
    id: String,
    latest: bool,
    marker: bool,
    size: u64,
    modified: Option<f64>,
}

/// The table.
#[component]
pub fn Versions(props: &Props) -> Html {
    let doomed = use_state_eq(|| None::<Version>);
    // Where each page begins that was asked for; the last is shown.
    let pages = use_state_eq(|| vec![(None::<String>, None::<String>)]);
    let mut params =
        json!({ "Bucket": &*props.bucket, "Prefix": props.only.as_deref().unwrap_or_default() });
    if let (Some((Some(key), id)), Some(params)) = (pages.last(), params.as_object_mut()) {
        params.insert("KeyMarker".into(), key.as_str().into());
        params.insert("VersionIdMarker".into(), id.as_deref().unwrap_or_default().into());
    }
    // Asked as any client asks. Which marker lies between which versions its answer does not tell, as it has a list of
    // each: the order is the view's.
    use_listed(&props.desk, "ListObjectVersions", listing(&params));
    let view = use_view(&props.desk, "versions", params);
    let read = use_state_eq(|| None::<(Version, Tried)>);
    let Load::Here(view) = &view else {
        return html! { <p class="dim table-words" aria-busy="true">{ words::LOADING_OBJECTS }</p> };
    };
    let versions = versions(view, props.only.as_deref());
    let next = view.get("NextKeyMarker").and_then(Value::as_str).map(str::to_owned);
    let more = {
        let (pages, next) = (pages.clone(), next.clone());
        let id = view.get("NextVersionIdMarker").and_then(Value::as_str).map(str::to_owned);
        Callback::from(move |_| {
            let mut further = (*pages).clone();
            further.push((next.clone(), id.clone()));
            pages.set(further);
        })
    };
    let first = {
        let pages = pages.setter();
        Callback::from(move |_| pages.set(vec![(None, None)]))
    };
    let doom = {
        let doomed = doomed.setter();
        Callback::from(move |version| doomed.set(Some(version)))
    };
    html! {
        <>
            if props.only.is_none() { <p class="small dim2 table-words">{ said::VERSIONS_MORE }</p> }
            if let Some(version) = &*doomed { { ask(props, version, doomed.setter()) } }
            <div id="version-read" class="table-words" aria-live="polite">if let Some((version, tried)) = &*read {
                <p class="small"><b>{ read_words(version) }</b></p>
                { outcome(&props.desk, tried) }
            }</div>
            if versions.is_empty() {
                <p class="dim2 table-words">{ said::NO_VERSIONS }</p>
            } else {
                <div class={classes!("scroll-x", props.desk.hot("s3.versions"))} data-hotspot="s3.versions" tabindex="0" role="region" aria-label={said::section_versions()}>
                    <table class="hoverable versions"><caption class="vh">{ said::section_versions() }</caption>
                        <thead><tr>
                            if props.only.is_none() { <th scope="col">{ words::KEY }</th> }
                            <th scope="col">{ said::VERSION }</th><th scope="col" class="num">{ words::SIZE }</th>
                            <th scope="col">{ words::LAST_MODIFIED }</th><th scope="col"><span class="vh">{ said::ACTIONS }</span></th></tr></thead>
                        <tbody>{ for versions.into_iter().map(|version| row(props, version, &doom, read_it(props, &read))) }</tbody>
                    </table>
                </div>
            }
            if next.is_some() || pages.len() > 1 {
                <div class="more-row">
                    if pages.len() > 1 { <button class="btn small" onclick={first}>{ said::FIRST_PAGE }</button> }
                    if next.is_some() { <button class="btn small" onclick={more}>{ words::NEXT_PAGE }</button> }
                </div>
            }
        </>
    }
}

/// The same page of versions, as an input.
fn listing(params: &Value) -> Value {
    let mut input = params.clone();
    if let Some(input) = input.as_object_mut() {
        input.insert("MaxKeys".into(), 100.into());
        if input.get("Prefix").and_then(Value::as_str) == Some("") {
            input.remove("Prefix");
        }
    }
    input
}

/// Reads a version: the latest by its key alone, since that is what a plain read sees, the others by their ids.
fn read_it(props: &Props, read: &UseStateHandle<Option<(Version, Tried)>>) -> Callback<Version> {
    let (desk, bucket, read) = (props.desk.clone(), props.bucket.clone(), read.setter());
    Callback::from(move |version: Version| {
        let (desk, bucket, read) = (desk.clone(), bucket.clone(), read.clone());
        spawn_local(async move {
            let trial = Trial {
                who: String::new(),
                action: "s3:GetObject".into(),
                bucket: bucket.to_string(),
                key: version.key.clone(),
                range: if version.size > READ_BYTES_MAX {
                    READ_RANGE.into()
                } else {
                    String::new()
                },
                version: (!version.latest).then(|| version.id.clone()),
            };
            if let Some(tried) = attempt(&desk, &trial).await {
                read.set(Some((version, tried)));
            }
        });
    })
}

fn read_words(version: &Version) -> String {
    if version.latest {
        said::read_by_key(&version.key)
    } else {
        said::of_version(said::READ, &version.key, &version.id)
    }
}

fn versions(view: &Value, only: Option<&str>) -> Vec<Version> {
    let keys = view.get("Keys").and_then(Value::as_array);
    let mut all = Vec::new();
    for of in keys.into_iter().flatten() {
        let key = of.get("Key").and_then(Value::as_str).unwrap_or_default();
        // A prefix is the beginning of other keys, too.
        if only.is_some_and(|only| only != key) {
            continue;
        }
        for version in of.get("Versions").and_then(Value::as_array).into_iter().flatten() {
            let flag = |name: &str| version.get(name).and_then(Value::as_bool).unwrap_or_default();
            let text = |name: &str| version.get(name).and_then(Value::as_str);
            all.push(Version {
                key: key.to_owned(),
                id: text("VersionId").unwrap_or_default().to_owned(),
                latest: flag("IsLatest"),
                marker: flag("DeleteMarker"),
                size: version.get("Size").and_then(Value::as_u64).unwrap_or_default(),
                modified: text("LastModified").and_then(time::parse),
            });
        }
    }
    all
}

fn row(props: &Props, version: Version, doom: &Callback<Version>, read: Callback<Version>) -> Html {
    let Version { key, id, latest, marker, size, modified } = &version;
    let may = props.desk.cloud.may_change();
    let modified = modified.map(|ms| time::moment(ms, props.desk.cloud.clock.now()));
    let short: String = id.chars().take(10).collect();
    html! {
        <tr key={format!("{key}/{id}")} class={classes!((!latest).then_some("older"))}>
            if props.only.is_none() {
                <td><span class="key"><Icon name={if *marker { "trash" } else { "file" }} /><span>{ key }</span></span></td>
            }
            <td><code title={id.clone()}>{ short }</code>
                if *latest { { " " }<span class="pill info">{ said::LATEST }</span> }
                if *marker { { " " }<span class="pill warn">{ said::DELETE_MARKER }</span> }</td>
            <td class="num sz">if !marker { { sizes::bytes(*size) } }</td>
            <td class="dt">{ modified }</td>
            <td><span class="row">
                if *latest || !*marker {
                    <button class="btn small read" aria-label={read_words(&version)} onclick={let version = version.clone(); read.reform(move |_| version.clone())}>{ said::READ }</button>
                }
                if !*latest || *marker {
                    <button class="btn small bring-back" disabled={!may || (*marker && !latest)} aria-label={said::of_version(said::BRING_BACK, key, id)} onclick={bring_back(props, &version)}>{ said::BRING_BACK }</button>
                }
                <button class="btn small ghost icon" disabled={!may} aria-label={said::of_version(said::DELETE_VERSION, key, id)} title={said::DELETE_VERSION}
                    onclick={let version = version.clone(); doom.reform(move |_| version.clone())}><Icon name="trash" /></button>
            </span></td>
        </tr>
    }
}

/// A marker hides what is below it: without it that is the latest. A version is copied, and its copy is the latest.
fn bring_back(props: &Props, version: &Version) -> Callback<MouseEvent> {
    let (props, version) = (props.clone(), version.clone());
    Callback::from(move |_| {
        let (props, version) = (props.clone(), version.clone());
        let Version { key, id, marker, .. } = version;
        spawn_local(async move {
            let bucket = &*props.bucket;
            let answer = if marker {
                let input = json!({ "Bucket": bucket, "Key": key, "VersionId": id });
                props.desk.s3("DeleteObject", input).await
            } else {
                let from = said::copy_source(bucket, &key, &id);
                let input = json!({ "Bucket": bucket, "Key": key, "CopySource": from });
                props.desk.s3("CopyObject", input).await
            };
            match answer {
                Ok(answer) => {
                    let words = said::brought_back(&key);
                    props.tell.did.emit(Deed { words, seq: answer.seq });
                }
                Err(why) => {
                    let what = said::of_version(said::BRING_BACK, &key, &id);
                    props.tell.refused.emit((what, why));
                }
            }
        });
    })
}

fn ask(props: &Props, version: &Version, doomed: UseStateSetter<Option<Version>>) -> Html {
    let no = {
        let doomed = doomed.clone();
        Callback::from(move |()| doomed.set(None))
    };
    let yes = {
        let (props, version) = (props.clone(), version.clone());
        Callback::from(move |()| {
            doomed.set(None);
            let (props, Version { key, id, .. }) = (props.clone(), version.clone());
            spawn_local(async move {
                let input = json!({ "Bucket": &*props.bucket, "Key": key, "VersionId": id });
                match props.desk.s3("DeleteObject", input).await {
                    Ok(answer) => {
                        let words = said::version_deleted(&key);
                        props.tell.did.emit(Deed { words, seq: answer.seq });
                    }
                    Err(why) => {
                        let what = said::of_version(said::DELETE_VERSION, &key, &id);
                        props.tell.refused.emit((what, why));
                    }
                }
            });
        })
    };
    let question = said::delete_this_version(&version.key, &version.id);
    html! {
        <Confirm label={question.clone()} yes={said::DELETE_VERSION} no={words::CANCEL} on_yes={yes} on_no={no} class="table-words">
            <p><b>{ question }</b>{ " " }{ said::DELETE_VERSION_MORE }</p>
        </Confirm>
    }
}
