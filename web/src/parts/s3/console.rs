//! The whole console: the strip above, buckets at the left, objects in the middle, an object's details at the right.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::s3::{Load, use_buckets};
use crate::parts::console::told::use_told;
use crate::parts::s3::browser::Browser;
use crate::parts::s3::bucket::page::Page;
use crate::parts::s3::buckets::Buckets;
use crate::parts::s3::new_bucket::NewBucket;
use crate::parts::s3::no_buckets::NoBuckets;
use crate::route::{Place, Section};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: Option<AttrValue>,
    pub prefix: AttrValue,
    pub object: Option<AttrValue>,
    pub section: Section,
}

/// The S3 tab.
#[component]
pub fn Console(props: &Props) -> Html {
    let desk = &props.desk;
    let buckets = use_buckets(desk);
    let (strip, tell) = use_told(desk);
    let creating = use_state_eq(|| false);
    let listed = use_state_eq(|| false);
    use_focus_kept(*creating, "new-bucket");
    let create = |to: bool| {
        let creating = creating.setter();
        Callback::from(move |()| creating.set(to))
    };
    let toggle = {
        let listed = listed.clone();
        Callback::from(move |()| listed.set(!*listed))
    };
    let empty = matches!(&buckets, Load::Here(list) if list.is_empty());
    let middle = match (&props.bucket, *creating) {
        (_, true) => {
            html! { <NewBucket desk={desk.clone()} tell={tell.clone()} close={create(false)} /> }
        }
        (Some(bucket), _) if props.section != Section::Objects => html! {
            <Page key={format!("{bucket}/{}", props.section.id())} desk={desk.clone()} {bucket} section={props.section} tell={tell.clone()} toggle_buckets={toggle.clone()} buckets_open={*listed} />
        },
        (Some(bucket), _) => html! {
            <Browser key={bucket.to_string()} desk={desk.clone()} {bucket} prefix={&props.prefix} object={&props.object} tell={tell.clone()} toggle_buckets={toggle.clone()} buckets_open={*listed} />
        },
        (None, _) if empty => html! { <NoBuckets desk={desk.clone()} create={create(true)} /> },
        (None, _) => choose(&toggle, *listed),
    };
    html! {
        <div class="s3-page">
            { strip }
            <div class="s3">
                <Buckets desk={desk.clone()} {buckets} chosen={&props.bucket} create={create(true)} up={*listed}
                    close={let listed = listed.setter(); Callback::from(move |()| listed.set(false))} />
                { middle }
            </div>
        </div>
    }
}

/// Nothing chosen yet: a sentence of what to do.
fn choose(toggle: &Callback<()>, open: bool) -> Html {
    html! {
        <section class="objects void-middle" aria-label={words::OBJECTS}>
            <p class="dim2">{ words::CHOOSE_BUCKET }</p>
            <button class="btn only-compact" aria-expanded={open.to_string()} onclick={toggle.reform(|_| ())}>{ words::SHOW_BUCKETS }</button>
        </section>
    }
}

/// Where a bucket is shown.
pub fn bucket_href(desk: &Desk, bucket: &str, prefix: &str) -> String {
    desk.route.at(Place::bucket(bucket, prefix)).href()
}
