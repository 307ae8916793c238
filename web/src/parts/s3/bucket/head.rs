//! The bucket's name and the row of its parts.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::tabs::{Tab, Tabs};
use crate::route::{Place, Section};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub section: Section,
}

/// A row of tabs; each has an address.
#[component]
pub fn Parts(props: &Props) -> Html {
    let tabs = Section::ALL
        .into_iter()
        .map(|section| Tab::new(section.id(), words::s3::section(section)))
        .collect::<Vec<_>>();
    let choose = {
        let (desk, bucket) = (props.desk.clone(), props.bucket.to_string());
        Callback::from(move |id: AttrValue| {
            desk.route.at(Place::section(bucket.clone(), Section::named(&id))).go();
        })
    };
    html! { <Tabs label={words::s3::BUCKET_PARTS} prefix="bucket" {tabs} chosen={props.section.id()} {choose} class="small bucket-tabs" /> }
}
