//! One multipart upload: its parts, the form that sends another, and the two ways in which it ends.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::s3::{Load, use_quietly};
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::s3::fields::{picked, typed};
use crate::parts::s3::parted::{complete, read, send_part};
use crate::state::cloud::Refusal;
use crate::state::uploads::Source;
use crate::state::{sizes, time};
use crate::words::{self, s3 as said};

const MIB: u64 = 1024 * 1024;
/// A tab holds one part at a time.
const PART_MIB_MAX: u64 = 512;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub tell: Tell,
    /// As `ListMultipartUploads` lists it.
    pub upload: Value,
}

impl Props {
    fn text(&self, name: &str) -> String {
        self.upload.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// What names this upload in every call.
    fn named(&self) -> Value {
        let (key, id) = (self.text("Key"), self.text("UploadId"));
        json!({ "Bucket": &*self.bucket, "Key": key, "UploadId": id })
    }

    /// In the ids of its fields: a key may be uploaded twice at once.
    fn short_id(&self) -> String {
        self.text("UploadId").chars().take(12).collect()
    }
}

/// A part that S3 has.
#[derive(Clone, PartialEq)]
struct Part {
    number: u64,
    tag: String,
    size: u64,
}

fn parts_of(answer: &Load<Value>) -> Vec<Part> {
    let Load::Here(answer) = answer else { return Vec::new() };
    let parts = answer.get("Parts").and_then(Value::as_array);
    let part = |part: &Value| {
        Some(Part {
            number: part.get("PartNumber")?.as_u64()?,
            tag: part.get("ETag")?.as_str()?.to_owned(),
            size: part.get("Size")?.as_u64()?,
        })
    };
    parts.into_iter().flatten().filter_map(part).collect()
}

/// Its head, its parts, and what can be done.
#[component]
pub fn Upload(props: &Props) -> Html {
    let answer = use_quietly(&props.desk, "ListParts", props.named());
    let left_out = use_state_eq(BTreeSet::<u64>::new);
    let parts = parts_of(&answer);
    let (key, may) = (props.text("Key"), props.desk.cloud.may_change());
    let bytes = parts.iter().map(|part| part.size).sum();
    let begun = time::parse(&props.text("Initiated"))
        .map(|ms| time::moment(ms, props.desk.cloud.clock.now()));
    let chosen: Vec<Value> = parts
        .iter()
        .filter(|part| !left_out.contains(&part.number))
        .map(|part| json!({ "PartNumber": part.number, "ETag": part.tag }))
        .collect();
    let next = parts.last().map_or(1, |part| part.number + 1);
    html! {
        <section class="upload" aria-label={said::upload_of(&key)}>
            <div class="row"><h4 class="grow mono">{ &key }</h4>
                <span class="small dim">{ said::begun_at(&begun.unwrap_or_default()) }</span>
                <span class="pill">{ said::parts(parts.len(), &sizes::bytes(bytes)) }</span></div>
            { table(&key, &parts, &left_out) }
            <SendPart desk={props.desk.clone()} bucket={&props.bucket} tell={props.tell.clone()} upload={props.upload.clone()} {next} />
            <div class="row">
                <button class={classes!("btn", "small", "primary", "complete", props.desk.hot("s3.complete"))} data-hotspot="s3.complete" aria-label={said::complete(&key)}
                    disabled={!may || chosen.is_empty()} onclick={finish(props, chosen)}>{ said::COMPLETE }</button>
                <button class={classes!("btn", "small", "abort", props.desk.hot("s3.abort"))} data-hotspot="s3.abort" aria-label={said::abort(&key)} disabled={!may} onclick={abort(props)}>{ said::ABORT }</button>
            </div>
        </section>
    }
}

fn table(key: &str, parts: &[Part], left_out: &UseStateHandle<BTreeSet<u64>>) -> Html {
    if parts.is_empty() {
        return html! { <p class="small dim">{ said::NO_PARTS }</p> };
    }
    let toggle = |number: u64| {
        let left_out = left_out.clone();
        Callback::from(move |_: Event| {
            let mut next = (*left_out).clone();
            if !next.remove(&number) {
                next.insert(number);
            }
            left_out.set(next);
        })
    };
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label={said::parts_of(key)}>
            <table><thead><tr><th scope="col">{ said::TAKE }</th><th scope="col" class="num">{ said::PART }</th><th scope="col" class="num">{ words::SIZE }</th><th scope="col">{ words::ETAG }</th></tr></thead>
            <tbody>{ for parts.iter().map(|part| html! {
                <tr key={part.number}>
                    <td><input class="check" type="checkbox" aria-label={said::take_part(part.number)} checked={!left_out.contains(&part.number)} onchange={toggle(part.number)} /></td>
                    <td class="num">{ part.number }</td><td class="num">{ sizes::bytes(part.size) }</td><td><code>{ &part.tag }</code></td>
                </tr>
            }) }</tbody></table>
        </div>
    }
}

fn finish(props: &Props, chosen: Vec<Value>) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_| {
        let (props, chosen) = (props.clone(), chosen.clone());
        spawn_local(async move {
            let key = props.text("Key");
            match complete(&props.desk, &props.named(), chosen).await {
                Ok(seq) => props.tell.did.emit(Deed { words: said::completed(&key), seq }),
                Err(why) => props.tell.refused.emit((said::complete(&key), why)),
            }
        });
    })
}

fn abort(props: &Props) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_| {
        let props = props.clone();
        spawn_local(async move {
            let key = props.text("Key");
            let words = (said::abort(&key), said::aborted(&key));
            let call = ("s3", "AbortMultipartUpload");
            act(&props.desk, &props.tell, words, call, props.named()).await;
        });
    })
}

#[derive(Properties, PartialEq, Clone)]
struct SendProps {
    desk: Desk,
    bucket: AttrValue,
    tell: Tell,
    upload: Value,
    /// The number that comes after those that are there.
    next: u64,
}

/// What the next part is to be.
#[derive(Clone, PartialEq)]
struct Draft {
    /// Empty: the one that comes next.
    number: String,
    /// `zeros` or `file`.
    from: String,
    file: Option<File>,
    mebibytes: String,
}

impl Draft {
    fn number(&self, next: u64) -> Option<u64> {
        if self.number.trim().is_empty() { Some(next) } else { self.number.trim().parse().ok() }
    }

    /// Where the part's bytes come from, and which of them they are: part 2 of a file begins where part 1 has ended.
    fn bytes(&self, number: u64) -> Result<(Source, u64, u64), Refusal> {
        let told = |words: String| Refusal::Host(words);
        let size = self.mebibytes.trim().parse::<u64>().ok().filter(|size| *size <= PART_MIB_MAX);
        let size = size.ok_or_else(|| told(said::no_size(PART_MIB_MAX * MIB)))? * MIB;
        if self.from == "zeros" {
            return Ok((Source::Zeros(size), 0, size));
        }
        let file = self.file.clone().ok_or_else(|| told(said::NO_FILE.into()))?;
        let source = Source::File(file);
        let from = number.saturating_sub(1).saturating_mul(size);
        if from > 0 && from >= source.size() {
            return Err(told(said::file_ends(number)));
        }
        let to = (from + size).min(source.size());
        Ok((source, from, to))
    }
}

/// Sends one part.
#[component]
fn SendPart(props: &SendProps) -> Html {
    let draft = use_state_eq(|| Draft {
        number: String::new(),
        from: "zeros".into(),
        file: None,
        mebibytes: "5".into(),
    });
    let busy = use_state_eq(|| false);
    let of = Props {
        desk: props.desk.clone(),
        bucket: props.bucket.clone(),
        tell: props.tell.clone(),
        upload: props.upload.clone(),
    };
    let number = draft.number(props.next);
    let onsubmit = {
        let (of, draft, busy) = (of.clone(), draft.clone(), busy.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (of, draft, busy) = (of.clone(), draft.clone(), busy.clone());
            let Some(number) = number else { return };
            busy.set(true);
            spawn_local(async move {
                let key = of.text("Key");
                match send(&of, &draft, number).await {
                    Ok(seq) => {
                        of.tell.did.emit(Deed { words: said::part_sent(number, &key), seq });
                        draft.set(Draft { number: String::new(), ..(*draft).clone() });
                    }
                    Err(why) => of.tell.refused.emit((said::send_part(number), why)),
                }
                busy.set(false);
            });
        })
    };
    let words = number.map_or_else(|| said::SEND_PART.to_owned(), said::send_part);
    html! {
        <form class="question" {onsubmit} aria-label={said::send_to(&of.text("Key"))}>
            { part_fields(&draft, props.next, &of.short_id()) }
            <button class={classes!("btn", "small", "send-part", props.desk.hot("s3.send-part"))} data-hotspot="s3.send-part"
                disabled={*busy || number.is_none() || !props.desk.cloud.may_change()}>{ words }</button>
        </form>
    }
}

async fn send(of: &Props, draft: &Draft, number: u64) -> Result<u64, Refusal> {
    let (source, from, to) = draft.bytes(number)?;
    let bytes = read(&source, from, to).await?;
    send_part(&of.desk, &of.named(), number, bytes).await.map(|(seq, _)| seq)
}

fn part_fields(draft: &UseStateHandle<Draft>, next: u64, id: &str) -> Html {
    let choose = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
            draft.set(Draft { file, ..(*draft).clone() });
        })
    };
    let sources = [("zeros", said::FROM_ZEROS), ("file", said::FROM_FILE)];
    html! {
        <>
            <label class="fld">{ said::PART_NUMBER }
                <input id={format!("part-{id}")} class="input part-number" inputmode="numeric" placeholder={next.to_string()} value={draft.number.clone()} oninput={typed(draft, |draft, to| draft.number = to)} autocomplete="off" /></label>
            <label class="fld">{ said::CONTENT }
                <select class="select part-from" onchange={picked(draft, |draft, to| draft.from = to)}>
                    { for sources.into_iter().map(|(value, words)| html! { <option {value} selected={draft.from == value}>{ words }</option> }) }
                </select></label>
            <label class="fld">{ said::PART_SIZE }
                <input class="input part-size" inputmode="numeric" value={draft.mebibytes.clone()} oninput={typed(draft, |draft, to| draft.mebibytes = to)} autocomplete="off" /></label>
            if draft.from == "file" {
                <label class="fld">{ said::FROM_FILE }<input class="input part-file" type="file" onchange={choose} /></label>
            }
        </>
    }
}
