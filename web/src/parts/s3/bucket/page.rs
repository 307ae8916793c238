//! One part of a bucket in the place of its objects.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::s3::bucket::access::Access;
use crate::parts::s3::bucket::block::Block;
use crate::parts::s3::bucket::document::Document;
use crate::parts::s3::bucket::head::Parts;
use crate::parts::s3::bucket::lifecycle::Lifecycle;
use crate::parts::s3::bucket::public::Public;
use crate::parts::s3::bucket::rule::NewRule;
use crate::parts::s3::bucket::settings::{
    LIFECYCLE, PERMISSIONS, PROPERTIES, REPLICATION, Setting,
};
use crate::parts::s3::bucket::storage::Storage;
use crate::parts::s3::bucket::uploads::Uploads;
use crate::parts::s3::bucket::versioning::{Sums, VersioningCard};
use crate::parts::s3::bucket::versions::Versions;
use crate::parts::s3::bucket::website::Website;
use crate::parts::s3::link::Link;
use crate::route::Section;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub section: Section,
    pub tell: Tell,
    pub toggle_buckets: Callback<()>,
    pub buckets_open: bool,
}

/// The head, and the part that was chosen.
#[component]
pub fn Page(props: &Props) -> Html {
    let Props { desk, bucket, section, tell, toggle_buckets, buckets_open } = props;
    let (desk, tell) = (desk.clone(), tell.clone());
    let documents = |settings: &'static [Setting]| -> Html {
        settings.iter().map(|setting| html! {
            <Document key={setting.id} desk={desk.clone()} {bucket} tell={tell.clone()} setting={*setting} />
        }).collect()
    };
    let body = match section {
        Section::Objects => html! {},
        Section::Versions => {
            html! { <Versions desk={desk.clone()} {bucket} tell={tell.clone()} /> }
        }
        Section::Properties => html! {
            <div class="cards">
                <Sums desk={desk.clone()} {bucket} />
                <VersioningCard desk={desk.clone()} {bucket} tell={tell.clone()} />
                <Storage desk={desk.clone()} {bucket} />
                { documents(PROPERTIES) }
                <Website desk={desk.clone()} {bucket} />
            </div>
        },
        Section::Permissions => html! {
            <div class="cards">
                <Access desk={desk.clone()} {bucket} />
                <Public desk={desk.clone()} {bucket} />
                <Block desk={desk.clone()} {bucket} tell={tell.clone()} />
                { documents(PERMISSIONS) }
                <section class="card setting wide" aria-labelledby="links-h">
                    <h3 id="links-h">{ words::s3::LINKS }</h3>
                    <Link desk={desk.clone()} {bucket} />
                </section>
            </div>
        },
        Section::Management => html! {
            <div class="cards">
                <Lifecycle desk={desk.clone()} {bucket} />
                <Document desk={desk.clone()} {bucket} tell={tell.clone()} setting={LIFECYCLE} />
                <NewRule desk={desk.clone()} {bucket} tell={tell.clone()} />
                <Uploads desk={desk.clone()} {bucket} tell={tell.clone()} />
                <Document desk={desk.clone()} {bucket} tell={tell.clone()} setting={REPLICATION} />
            </div>
        },
    };
    html! {
        <section class="objects scroll" id="objects" aria-labelledby="obj-h" tabindex="0">
            <div class="toolbar">
                <h2 class="vh" id="obj-h">{ format!("{bucket}: {}", words::s3::section(*section)) }</h2>
                <button class="btn small only-compact bsw" aria-expanded={buckets_open.to_string()} aria-controls="buckets" onclick={toggle_buckets.reform(|_| ())}>
                    <Icon name="s3" class="c-s3" /><span>{ bucket }</span><Icon name="chev" />
                </button>
                <span class="bread grow only-big">{ bucket }</span>
            </div>
            <Parts desk={desk.clone()} {bucket} section={*section} />
            <div id="bucket-panel" role="tabpanel" aria-labelledby={format!("bucket-{}", section.id())}>{ body }</div>
        </section>
    }
}
