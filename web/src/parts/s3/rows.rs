//! The table of objects, with prefixes as folders.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::Key;

use crate::hooks::browser::{Act, Held};
use crate::hooks::desk::Desk;
use crate::hooks::lives::use_lives;
use crate::parts::icon::Icon;
use crate::parts::s3::console::bucket_href;
use crate::parts::s3::row::{Row, Told};
use crate::state::listing::{Object, Page, short};
use crate::state::lives::Fate;
use crate::state::time;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub prefix: AttrValue,
    pub page: Rc<Page>,
    /// The call after which it was so.
    pub past: Option<u64>,
    /// How many of its lines are drawn.
    pub drawn: usize,
    pub selected: Rc<BTreeSet<String>>,
    pub tell: UseReducerDispatcher<Held>,
    /// The key whose details are shown.
    pub shown: Option<AttrValue>,
    /// Shows a key's details, or closes them.
    pub show: Callback<AttrValue>,
    pub more: Callback<()>,
}

/// The table, and the button for what follows.
#[component]
pub fn Rows(props: &Props) -> Html {
    let keys = use_memo(props.page.clone(), |page| {
        page.objects.iter().map(|object| object.key.clone()).collect::<BTreeSet<String>>()
    });
    let past = props.past;
    let places = use_places(&props.page, past);
    let asked = past.map(|_| keys.iter().cloned().collect()).unwrap_or_default();
    let lives = use_lives(&props.desk, &props.bucket, asked, past);
    let today = AttrValue::from(time::day(props.desk.cloud.clock.now()));
    let row = |(at, object): (usize, &Rc<Object>)| {
        let key = object.key.as_str();
        // Until lives are here nothing is told of them.
        let turns = lives.get(key).map(Vec::as_slice).unwrap_or_default();
        let fate = match past {
            None => Told::Nothing,
            Some(_) if lives.is_empty() => Told::Soon,
            Some(call) => Told::Here(Fate::of(turns, call)),
        };
        html! {
            <Row key={places.of(at, key)} object={object.clone()} prefix={&props.prefix} today={today.clone()} selected={props.selected.contains(key)}
                shown={props.shown.as_deref() == Some(key)} hot={props.desk.hot("s3.preview").is_some()} {fate} tell={props.tell.clone()} show={props.show.clone()} />
        }
    };
    let rows = props.page.rows();
    let objects = props.drawn.saturating_sub(props.page.prefixes.len());
    html! {
        <>
            <table class={classes!("hoverable", "object-table", past.map(|_| "then"))} aria-rowcount={(rows + 1).to_string()}>
                <caption class="vh">{ words::objects_under(&props.bucket, &props.prefix) }</caption>
                <thead><tr>
                    <th scope="col">{ select_all(props, &keys) }</th>
                    <th scope="col" aria-sort="ascending">{ words::KEY }</th>
                    <th scope="col">{ words::STORAGE_CLASS }</th>
                    <th scope="col" class="num">{ words::SIZE }</th>
                    <th scope="col">{ words::LAST_MODIFIED }</th>
                    if past.is_some() { <th scope="col">{ words::s3::NOW }</th> }
                </tr></thead>
                <tbody>
                    { for props.page.prefixes.iter().take(props.drawn).map(|prefix| folder(props, prefix)) }
                    { for props.page.objects.iter().take(objects).enumerate().map(row) }
                </tbody>
            </table>
            if props.page.next.is_some() && props.drawn >= rows {
                <div class="more-row">
                    <span class="small dim">{ words::shown_so_far(rows) }</span>
                    <button class="btn small" onclick={props.more.reform(|_| ())}>{ words::NEXT_PAGE }</button>
                </div>
            }
        </>
    }
}

/// What rows are told apart by.
struct Places {
    /// The page of now, while another moment is looked at.
    now: Option<Rc<Page>>,
}

impl Places {
    /// The one of the row at this place. Now that is its object, so that the focus stays on it while others come and go.
    /// In the past it is the place itself: rows are filled anew at each moment, which takes a fraction of the time that
    /// others in their place would. Each has the name there that it has now, so that it stays on the way there and back.
    fn of(&self, at: usize, key: &str) -> Key {
        match &self.now {
            None => Key::from(key),
            Some(page) => match page.objects.get(at) {
                Some(object) => Key::from(object.key.as_str()),
                None => Key::from(format!("\0{at}")),
            },
        }
    }
}

#[hook]
fn use_places(page: &Rc<Page>, past: Option<u64>) -> Places {
    let now = use_mut_ref(|| page.clone());
    if past.is_none() {
        *now.borrow_mut() = page.clone();
    }
    Places { now: past.map(|_| now.borrow().clone()) }
}

fn select_all(props: &Props, keys: &Rc<BTreeSet<String>>) -> Html {
    let count = keys.len();
    let all = count > 0 && keys.is_subset(&props.selected);
    let onchange = {
        let (tell, keys) = (props.tell.clone(), keys.clone());
        Callback::from(move |_| {
            tell.dispatch(Act::Select(if all { Rc::default() } else { keys.clone() }));
        })
    };
    html! { <input class="check" type="checkbox" aria-label={words::select_all(count)} checked={all} disabled={count == 0} {onchange} /> }
}

fn folder(props: &Props, prefix: &str) -> Html {
    let name = short(prefix, &props.prefix);
    html! {
        <tr key={format!("/{prefix}")}>
            <td><input class="check" type="checkbox" aria-label={words::select(name)} disabled={true} /></td>
            <td><span class="key"><Icon name="folder" /><a href={bucket_href(&props.desk, &props.bucket, prefix)}>{ name.to_owned() }</a></span></td>
            <td class="t dim">{ words::PREFIX }</td><td class="num sz"></td><td class="dt"></td>
            if props.past.is_some() { <td class="fate"></td> }
        </tr>
    }
}
