//! What lies where in a bucket, as areas: by storage class and by prefix. The same stands in tables, which lead on.

use serde::Deserialize;
use serde_json::json;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_view};
use crate::parts::s3::console::bucket_href;
use crate::state::sizes;
use crate::state::treemap::{Area, divide};
use crate::words::s3 as said;

const WIDTH: f64 = 640.0;
/// The tints of neighbours differ; what each area is stands in it and in the table.
const TINTS: usize = 5;
/// So wide is a letter of the names in the areas.
const LETTER: f64 = 6.8;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// As the room tells it (`crates/s3/src/storage_view.rs`).
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct View {
    classes: Vec<ClassBytes>,
    prefixes: Vec<Lying>,
    here: Lying,
    more_prefixes: u64,
    more: Lying,
    counted: u64,
    whole: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ClassBytes {
    storage_class: String,
    bytes: u64,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Lying {
    prefix: String,
    objects: u64,
    bytes: u64,
}

/// A row of a table, and an area of the picture.
struct Part {
    name: String,
    bytes: u64,
    objects: Option<u64>,
    /// The prefix that it leads to.
    prefix: Option<String>,
}

/// The card.
#[component]
pub fn Storage(props: &Props) -> Html {
    let prefix = use_state_eq(String::new);
    let params = json!({ "Bucket": &*props.bucket, "Prefix": &*prefix });
    let Load::Here(view) = use_view(&props.desk, "storage", params) else { return html! {} };
    let view: View = serde_json::from_value(view).unwrap_or_default();
    let classes: Vec<Part> = view.classes.iter().map(of_class).collect();
    let parts = of_prefixes(&view, &prefix);
    let into = {
        let prefix = prefix.setter();
        Callback::from(move |to: String| prefix.set(to))
    };
    let link = |prefix: &str| bucket_href(&props.desk, &props.bucket, prefix);
    html! {
        <section class="card setting wide" id="storage" aria-labelledby="storage-h">
            <h3 id="storage-h">{ said::STORAGE }</h3>
            if classes.is_empty() && prefix.is_empty() { <p class="small dim2">{ said::NOTHING_LIES }</p> } else {
                <h4>{ said::BY_CLASS }</h4>
                <p class="small dim2">{ said::CLASSES_MORE }</p>
                { picture(&classes, 44.0) }
                { table(said::CLASS, &classes, None, &link) }
                <h4>{ said::BY_PREFIX }</h4>
                { above(&prefix, &into) }
                { picture(&parts, 180.0) }
                { table(said::PREFIX, &parts, Some(&into), &link) }
                if !view.whole { <p class="small note">{ said::counted_so_far(view.counted) }</p> }
            }
        </section>
    }
}

fn of_class(class: &ClassBytes) -> Part {
    Part { name: class.storage_class.clone(), bytes: class.bytes, objects: None, prefix: None }
}

/// All that lies below a prefix, by what comes next.
fn of_prefixes(view: &View, prefix: &str) -> Vec<Part> {
    let name = |lying: &Lying| lying.prefix.strip_prefix(prefix).unwrap_or_default().to_owned();
    let deeper = view.prefixes.iter().map(|lying| Part {
        name: name(lying),
        bytes: lying.bytes,
        objects: Some(lying.objects),
        prefix: Some(lying.prefix.clone()),
    });
    let rest = |name: String, lying: &Lying| {
        let there = lying.objects > 0 || lying.bytes > 0;
        there.then_some(Part {
            name,
            bytes: lying.bytes,
            objects: Some(lying.objects),
            prefix: None,
        })
    };
    let here = rest(said::NO_PREFIX.to_owned(), &view.here);
    let more = rest(said::other_prefixes(view.more_prefixes), &view.more);
    deeper.chain(here).chain(more).collect()
}

/// The way back to the whole.
fn above(prefix: &str, into: &Callback<String>) -> Html {
    if prefix.is_empty() {
        return html! {};
    }
    let parent = prefix.strip_suffix('/').and_then(|rest| rest.rsplit_once('/'));
    let parent = parent.map_or_else(String::new, |(parent, _)| format!("{parent}/"));
    let name = if parent.is_empty() { said::WHOLE_BUCKET } else { &parent };
    let name = format!("{} {name}", said::UP);
    let up = into.reform(move |_: MouseEvent| parent.clone());
    html! {
        <div class="row"><span class="mono small grow lie-name">{ prefix }</span>
            <button class="btn small" id="storage-up" onclick={up}>{ name }</button></div>
    }
}

/// Areas of the sizes; the sentence that stands for them is for who does not see them.
fn picture(parts: &[Part], height: f64) -> Html {
    let mut parts: Vec<&Part> = parts.iter().filter(|part| part.bytes > 0).collect();
    if parts.is_empty() {
        return html! {};
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
    let values: Vec<f64> = parts.iter().map(|part| precise(part.bytes)).collect();
    let areas = divide(&values, Area { x: 0.0, y: 0.0, width: WIDTH, height });
    let named: Vec<_> =
        parts.iter().map(|part| (part.name.clone(), sizes::bytes(part.bytes))).collect();
    html! {
        <div class="scroll-x" tabindex="0" role="region" aria-label={said::STORAGE}>
            <svg class="lies" viewBox={format!("0 0 {WIDTH} {height}")} role="img" aria-label={said::picture_of(&named)}>
                { for areas.iter().zip(&named).enumerate().map(|(at, (area, (name, size)))| draw(at, area, name, size)) }
            </svg>
        </div>
    }
}

fn draw(at: usize, area: &Area, name: &str, size: &str) -> Html {
    let fits = |text: &str| LETTER * precise(text.chars().count() as u64) + 12.0 < area.width;
    let (x, y) = (area.x + 6.0, area.y + 15.0);
    let (width, height) = ((area.width - 1.0).max(0.5), (area.height - 1.0).max(0.5));
    html! {
        <>
            <rect class={format!("tint-{}", at % TINTS)} x={area.x.to_string()} y={area.y.to_string()} width={width.to_string()} height={height.to_string()} />
            if fits(name) && area.height > 20.0 { <text x={x.to_string()} y={y.to_string()}>{ name }</text> }
            if fits(size) && fits(name) && area.height > 36.0 { <text class="size" x={x.to_string()} y={(y + 15.0).to_string()}>{ size }</text> }
        </>
    }
}

/// The same in words; a prefix leads to its objects, and its button looks into it.
fn table(
    what: &str,
    parts: &[Part],
    into: Option<&Callback<String>>,
    link: &dyn Fn(&str) -> String,
) -> Html {
    let sum: u64 = parts.iter().map(|part| part.bytes).sum();
    let share = |part: &Part| if sum == 0 { 0.0 } else { precise(part.bytes) / precise(sum) };
    html! {
        <div class="framed" tabindex="0" role="region" aria-label={what.to_owned()}><table>
            <thead><tr><th scope="col">{ what }</th><th scope="col" class="num">{ said::SIZE }</th><th scope="col" class="num">{ said::SHARE }</th></tr></thead>
            <tbody>{ for parts.iter().map(|part| html! {
                <tr>
                    <td>if let Some(prefix) = &part.prefix { <a class="mono lie-name" href={link(prefix)}>{ &part.name }</a> }
                        if part.prefix.is_none() { { &part.name } }
                        if let Some((into, prefix)) = into.zip(part.prefix.clone()) {
                            <button class="btn small ghost" aria-label={format!("{} {prefix}", said::LOOK_INTO)} onclick={into.reform(move |_| prefix.clone())}>{ said::LOOK_INTO }</button> }</td>
                    <td class="num">{ part.objects.map_or_else(|| sizes::bytes(part.bytes), |objects| said::lies(objects, &sizes::bytes(part.bytes))) }</td>
                    <td class="num">{ said::percent(share(part)) }</td>
                </tr>
            }) }</tbody>
        </table></div>
    }
}

#[expect(clippy::cast_precision_loss, reason = "what is drawn has three figures")]
fn precise(number: u64) -> f64 {
    number as f64
}
