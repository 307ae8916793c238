//! The beginning of an object, shown as what it is. Fetched by `GetObject`, and no more of it than is shown.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::cloud::words_of;
use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::Load;
use crate::js;
use crate::parts::console::told::Tell;
use crate::parts::s3::transfer::file_name;
use crate::state::preview::{self, COLUMNS_MAX, IMAGE_BYTES_MAX, Kind, Shown, TEXT_BYTES_MAX};
use crate::state::sizes;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub object: AttrValue,
    pub head: Value,
    pub tell: Tell,
}

/// The bytes that came, and whether they are all there are.
#[derive(Clone, PartialEq)]
struct Got {
    bytes: Vec<u8>,
    whole: bool,
}

/// The preview.
#[component]
pub fn Preview(props: &Props) -> Html {
    let text =
        |name: &str| props.head.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (media_type, e_tag, class) = (text("ContentType"), text("ETag"), text("StorageClass"));
    let size = props.head.get("ContentLength").and_then(Value::as_u64).unwrap_or_default();
    let kind = preview::kind(&media_type, &props.object);
    let shown = kind != Kind::Other && (kind != Kind::Image || size <= IMAGE_BYTES_MAX);
    let got = use_state_eq(|| Load::<Got>::Coming);
    {
        let (setter, desk, tell) = (got.setter(), props.desk.clone(), props.tell.clone());
        let (bucket, key) = (props.bucket.clone(), props.object.clone());
        // The ETag changes with the content, and what has moved into an archive is not to be had: then it is asked again.
        use_effect_with((e_tag, class, shown), move |_| {
            if shown {
                spawn_local(async move {
                    let whole = kind == Kind::Image || size <= TEXT_BYTES_MAX;
                    let mut input = json!({ "Bucket": &*bucket, "Key": &*key });
                    if !whole && let Some(input) = input.as_object_mut() {
                        input.insert(
                            "Range".into(),
                            format!("bytes=0-{}", TEXT_BYTES_MAX - 1).into(),
                        );
                    }
                    setter.set(match desk.s3("GetObject", input).await {
                        Ok(answer) => {
                            if answer.seq > 0 {
                                tell.did.emit(Deed {
                                    words: words::opened(&file_name(&key)),
                                    seq: answer.seq,
                                });
                            }
                            Load::Here(Got { bytes: answer.body.unwrap_or_default(), whole })
                        }
                        Err(why) => Load::Refused(why),
                    });
                });
            }
        });
    }
    let note =
        if !shown && kind == Kind::Image { words::IMAGE_TOO_LARGE } else { words::NO_PREVIEW };
    let body = match &*got {
        _ if !shown => html! { <p class="small dim2">{ note }</p> },
        Load::Coming => {
            html! { <p class="small dim2" aria-busy="true">{ words::LOADING_OBJECT }</p> }
        }
        Load::Refused(why) => html! { <p class="note bad">{ words_of(why) }</p> },
        Load::Here(got) if kind == Kind::Image => html! {
            <Picture bytes={got.bytes.clone()} media_type={preview::image_type(&media_type, &props.object).to_owned()} name={file_name(&props.object)} />
        },
        Load::Here(got) => draw(kind, got, &props.object),
    };
    let part = (kind != Kind::Image && shown && size > TEXT_BYTES_MAX)
        .then(|| html! { <span class="pill push">{ words::first_bytes(&sizes::bytes(TEXT_BYTES_MAX)) }</span> });
    html! { <div class="sect preview"><h3 class="row">{ words::PREVIEW }{ part }</h3>{ body }</div> }
}

fn draw(kind: Kind, got: &Got, key: &str) -> Html {
    let label = words::preview_of(&file_name(key));
    match preview::show(kind, &got.bytes, got.whole) {
        Shown::Binary => html! { <p class="small dim2">{ words::NO_PREVIEW }</p> },
        Shown::Text(text) if text.is_empty() => {
            html! { <p class="small dim2">{ words::EMPTY_OBJECT }</p> }
        }
        Shown::Text(text) => {
            html! { <pre class="code plain framed preview-text" tabindex="0" role="region" aria-label={label}>{ text }</pre> }
        }
        Shown::Table { head, rows, more } => table(&head, &rows, more, label),
    }
}

/// Columns of numbers stand at the right, head and all.
fn table(head: &[String], rows: &[Vec<String>], more: bool, label: String) -> Html {
    let number = |column: usize| {
        let mut cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| !cell.is_empty())
            .peekable();
        let class = (cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok()))
            .then_some("num");
        classes!(class)
    };
    html! {
        <>
            <div class="framed" tabindex="0" role="region" aria-label={label}><table>
                <thead><tr>{ for head.iter().take(COLUMNS_MAX).enumerate().map(|(at, cell)| html! { <th scope="col" class={number(at)}>{ cell }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(|row| html! {
                    <tr>{ for row.iter().take(COLUMNS_MAX).enumerate().map(|(at, cell)| html! { <td class={number(at)}>{ cell }</td> }) }</tr>
                }) }</tbody>
            </table></div>
            <p class="small dim">{ words::rows_shown(rows.len(), more) }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PictureProps {
    bytes: Vec<u8>,
    media_type: String,
    name: String,
}

/// An image by a blob's address, which is given back at the end.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let url = use_state_eq(|| None::<String>);
    {
        let setter = url.setter();
        use_effect_with(
            (props.bytes.clone(), props.media_type.clone()),
            move |(bytes, media_type)| {
                let made = js::address_of(media_type, bytes);
                setter.set(Some(made.clone()));
                move || js::forget(&made)
            },
        );
    }
    html! { if let Some(url) = &*url { <img class="picture" src={url.clone()} alt={words::picture_of(&props.name)} /> } }
}
