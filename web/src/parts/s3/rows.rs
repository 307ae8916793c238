//! The table of objects, with prefixes as folders.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::lives::use_lives;
use crate::parts::icon::Icon;
use crate::parts::s3::console::bucket_href;
use crate::parts::s3::life;
use crate::state::listing::{Object, Page, short};
use crate::state::lives::Lives;
use crate::state::preview::{Kind, kind};
use crate::state::{sizes, time};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub prefix: AttrValue,
    pub page: Rc<Page>,
    pub selected: Rc<BTreeSet<String>>,
    pub select: Callback<Rc<BTreeSet<String>>>,
    /// The key whose details are shown.
    pub shown: Option<AttrValue>,
    pub show: Callback<AttrValue>,
    pub more: Callback<()>,
}

/// The table, and the button for what follows.
#[component]
pub fn Rows(props: &Props) -> Html {
    let keys: BTreeSet<String> =
        props.page.objects.iter().map(|object| object.key.clone()).collect();
    let past = props.desk.cloud.past;
    let asked = past.map(|_| keys.iter().cloned().collect()).unwrap_or_default();
    let lives = use_lives(&props.desk, &props.bucket, asked, past);
    let all = !keys.is_empty() && keys.is_subset(&props.selected);
    let select_all = {
        let select = props.select.clone();
        let count = keys.len();
        let onchange = Callback::from(move |_| {
            select.emit(Rc::new(if all { BTreeSet::new() } else { keys.clone() }));
        });
        html! { <input class="check" type="checkbox" aria-label={words::select_all(count)} checked={all} disabled={count == 0} {onchange} /> }
    };
    html! {
        <>
            <table class={classes!("hoverable", "object-table", past.map(|_| "then"))}>
                <caption class="vh">{ words::objects_under(&props.bucket, &props.prefix) }</caption>
                <thead><tr>
                    <th scope="col">{ select_all }</th>
                    <th scope="col" aria-sort="ascending">{ words::KEY }</th>
                    <th scope="col">{ words::STORAGE_CLASS }</th>
                    <th scope="col" class="num">{ words::SIZE }</th>
                    <th scope="col">{ words::LAST_MODIFIED }</th>
                    if past.is_some() { <th scope="col">{ words::s3::NOW }</th> }
                </tr></thead>
                <tbody>
                    { for props.page.prefixes.iter().map(|prefix| folder(props, prefix)) }
                    { for props.page.objects.iter().map(|object| row(props, object, &lives)) }
                </tbody>
            </table>
            if props.page.next.is_some() {
                <div class="more-row">
                    <span class="small dim">{ words::shown_so_far(props.page.objects.len() + props.page.prefixes.len()) }</span>
                    <button class="btn small" onclick={props.more.reform(|_| ())}>{ words::NEXT_PAGE }</button>
                </div>
            }
        </>
    }
}

fn folder(props: &Props, prefix: &str) -> Html {
    let name = short(prefix, &props.prefix);
    html! {
        <tr key={format!("/{prefix}")}>
            <td><input class="check" type="checkbox" aria-label={words::select(name)} disabled={true} /></td>
            <td><span class="key"><Icon name="folder" /><a href={bucket_href(&props.desk, &props.bucket, prefix)}>{ name.to_owned() }</a></span></td>
            <td class="t dim">{ words::PREFIX }</td><td class="num sz"></td><td class="dt"></td>
            if props.desk.cloud.past.is_some() { <td class="fate"></td> }
        </tr>
    }
}

fn row(props: &Props, object: &Object, lives: &Lives) -> Html {
    let key = object.key.clone();
    let name = match short(&key, &props.prefix) {
        // The object that is named like the prefix itself.
        "" => key.clone(),
        name => name.to_owned(),
    };
    let selected = props.selected.contains(&key);
    let onchange = {
        let (select, now, key) = (props.select.clone(), props.selected.clone(), key.clone());
        Callback::from(move |_| {
            let mut next = (*now).clone();
            if !next.remove(&key) {
                next.insert(key.clone());
            }
            select.emit(Rc::new(next));
        })
    };
    let onclick = {
        let key = AttrValue::from(key.clone());
        props.show.reform(move |_| key.clone())
    };
    let on = props.shown.as_deref() == Some(key.as_str());
    let icon = match kind("", &key) {
        Kind::Csv => "table",
        Kind::Image => "image",
        _ => "file",
    };
    let modified = object
        .last_modified
        .as_deref()
        .and_then(time::parse)
        .map(|ms| time::moment(ms, props.desk.cloud.clock.now()));
    let turns = lives.get(&key).map(Vec::as_slice).unwrap_or_default();
    let past = props.desk.cloud.past;
    let done_then = past.and_then(|call| life::then(turns, call));
    let fate = past.map(|call| {
        // Until lives are here nothing is told of them.
        let told = (!lives.is_empty()).then(|| life::now(turns, call));
        html! { <td class="fate">{ told }</td> }
    });
    html! {
        <tr key={key.clone()} class={classes!(on.then_some("on"), done_then.is_some().then_some("new"))}>
            <td><input class="check" type="checkbox" aria-label={words::select(&name)} checked={selected} {onchange} /></td>
            <td><span class="key"><Icon name={icon} />
                <button class={classes!(props.desk.hot("s3.preview"))} data-hotspot="s3.preview" aria-expanded={on.to_string()} {onclick}>{ name }</button></span>{ done_then }</td>
            <td class="t">{ object.storage_class.clone().unwrap_or_default() }</td>
            <td class="num sz">{ sizes::bytes(object.size) }</td>
            <td class="dt">{ modified }</td>
            { fate }
        </tr>
    }
}
