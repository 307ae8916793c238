//! One bucket: where in it, what is there, and what can be done with it.

use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::hooks::browser::{Act, Held};
use crate::hooks::cloud::words_of;
use crate::hooks::desk::Desk;
use crate::hooks::drawn::use_drawn;
use crate::hooks::focus::use_focus_kept;
use crate::hooks::s3::{Listing, Load, use_objects};
use crate::parts::console::told::Tell;
use crate::parts::s3::actions::Actions;
use crate::parts::s3::bucket::head::Parts;
use crate::parts::s3::delete::{Delete, Doomed};
use crate::parts::s3::details::Details;
use crate::parts::s3::drop::Drop;
use crate::parts::s3::place::PlaceBar;
use crate::parts::s3::rows::Rows;
use crate::parts::s3::transfer;
use crate::parts::s3::write::Write;
use crate::route::{Place, Route, Section};
use crate::state::uploads;
use crate::words;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
    pub prefix: AttrValue,
    /// The key whose details are open.
    pub object: Option<AttrValue>,
    pub tell: Tell,
    pub toggle_buckets: Callback<()>,
    pub buckets_open: bool,
}

/// Toolbars, table, drop zone and details.
#[component]
pub fn Browser(props: &Props) -> Html {
    let held = use_reducer(Held::default);
    let input = use_node_ref();
    use_focus_kept((props.object.clone(), held.doomed.clone(), held.writing), "objects");
    {
        let tell = held.dispatcher();
        use_effect_with(props.prefix.clone(), move |_| tell.dispatch(Act::Moved));
    }
    let listing =
        use_objects(&props.desk, &props.bucket, &format!("{}{}", props.prefix, held.find));
    let region = use_node_ref();
    let drawn = use_drawn(&region, listing.rows());
    let upload = uploader(props, &held);
    let toggle = use_callback(
        (
            props.desk.route.clone(),
            props.bucket.clone(),
            props.prefix.clone(),
            props.object.clone(),
        ),
        |key: AttrValue, (route, bucket, prefix, shown)| {
            let again = shown.as_ref() == Some(&key);
            show(route, (bucket, prefix), (!again).then_some(key));
        },
    );
    let choose = {
        let input = input.clone();
        Callback::from(move |()| {
            if let Some(input) = input.cast::<HtmlElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let (input, upload) = (input.clone(), upload.clone());
        Callback::from(move |_: Event| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                upload.emit(uploads::chosen(&input));
            }
        })
    };
    let over = |on: bool| {
        let tell = held.dispatcher();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            tell.dispatch(Act::Over(on));
        })
    };
    let ondrop = {
        let (tell, upload) = (held.dispatcher(), upload);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            tell.dispatch(Act::Over(false));
            upload.emit(uploads::dropped(&event));
        })
    };
    html! {
        <>
            <section id="objects" class={classes!("objects", "scroll", props.desk.hot("s3.object-list"))} data-hotspot="s3.object-list" aria-labelledby="obj-h" tabindex="0"
                ref={region} onscroll={drawn.onscroll} ondragover={over(true)} ondragleave={over(false)} {ondrop}>
                <PlaceBar browser={props.clone()} held={held.clone()} choose={choose.clone()} />
                <Parts desk={props.desk.clone()} bucket={&props.bucket} section={Section::Objects} />
                <div id="bucket-panel" class="objects-panel" role="tabpanel" aria-labelledby="bucket-objects">
                    <Actions browser={props.clone()} held={held.clone()} />
                    if let Some(doomed) = &held.doomed { { ask(props, &held, doomed) } }
                    if held.writing { { write(props, &held) } }
                    <input type="file" multiple={true} hidden={true} ref={input} {onchange} id="upload-input" aria-label={words::UPLOAD} tabindex="-1" />
                    { table(props, &held, listing, (drawn.rows, &toggle)) }
                    <Drop desk={props.desk.clone()} batch={held.batch.clone()} {choose} over={held.over} />
                </div>
            </section>
            if let Some(key) = &props.object {
                <Details key={key.to_string()} desk={props.desk.clone()} bucket={&props.bucket} object={key} tell={props.tell.clone()}
                    close={let props = props.clone(); Callback::from(move |()| close(&props))} />
            }
        </>
    }
}

fn write(props: &Props, held: &UseReducerHandle<Held>) -> Html {
    let tell = held.dispatcher();
    let close = Callback::from(move |()| tell.dispatch(Act::Write(false)));
    html! { <Write desk={props.desk.clone()} bucket={&props.bucket} prefix={&props.prefix} tell={props.tell.clone()} {close} /> }
}

/// Opens an object's details, or closes them: the address says which, so that a link leads there and the way back is the browser's.
fn show(route: &Route, (bucket, prefix): (&str, &str), key: Option<AttrValue>) {
    let key = key.map(|key| key.to_string());
    route.at(Place::object(bucket.to_owned(), prefix.to_owned(), key)).go();
}

/// Closes an object's details.
fn close(props: &Props) {
    show(&props.desk.route, (&props.bucket, &props.prefix), None);
}

fn uploader(props: &Props, held: &UseReducerHandle<Held>) -> Callback<Vec<File>> {
    let (props, tell) = (props.clone(), held.dispatcher());
    Callback::from(move |files: Vec<File>| {
        if files.is_empty() || !props.desk.cloud.may_change() {
            return;
        }
        let to = (props.bucket.to_string(), props.prefix.to_string());
        let tell = tell.clone();
        let show = Callback::from(move |batch| tell.dispatch(Act::Batch(batch)));
        spawn_local(transfer::upload(props.desk.clone(), props.tell.clone(), to, files, show));
    })
}

fn table(
    props: &Props,
    held: &UseReducerHandle<Held>,
    listing: Listing,
    (drawn, show): (usize, &Callback<AttrValue>),
) -> Html {
    let page = match listing.load {
        Load::Coming => {
            return html! { <p class="dim table-words" aria-busy="true">{ words::LOADING_OBJECTS }</p> };
        }
        Load::Refused(why) => {
            return html! { <p class="note bad table-words" role="alert">{ words_of(&why) }</p> };
        }
        Load::Here(page) => page,
    };
    if page.objects.is_empty() && page.prefixes.is_empty() {
        let words = if held.find.is_empty() {
            words::EMPTY_PREFIX.into()
        } else {
            words::nothing_begins(&props.prefix, &held.find)
        };
        return html! { <p class="dim2 table-words">{ words }</p> };
    }
    html! {
        <Rows desk={props.desk.clone()} bucket={&props.bucket} prefix={&props.prefix} {page} past={listing.past} {drawn} selected={held.selected.clone()}
            tell={held.dispatcher()} shown={props.object.clone()} {show} more={listing.more} />
    }
}

fn ask(props: &Props, held: &UseReducerHandle<Held>, doomed: &Doomed) -> Html {
    let tell = held.dispatcher();
    let on_no = {
        let tell = tell.clone();
        Callback::from(move |()| tell.dispatch(Act::Doom(None)))
    };
    let on_yes = {
        let (props, doomed) = (props.clone(), doomed.clone());
        Callback::from(move |()| {
            tell.dispatch(Act::Doom(None));
            let props = props.clone();
            let (desk, say, bucket) =
                (props.desk.clone(), props.tell.clone(), props.bucket.to_string());
            let (tell, doomed) = (tell.clone(), doomed.clone());
            spawn_local(async move {
                match doomed {
                    Doomed::Bucket(name) => transfer::delete_bucket(desk, say, name).await,
                    Doomed::Keys(keys) => {
                        if transfer::delete(desk, say, bucket, keys.clone()).await {
                            if props
                                .object
                                .as_deref()
                                .is_some_and(|shown| keys.iter().any(|key| key == shown))
                            {
                                close(&props);
                            }
                            tell.dispatch(Act::Gone);
                        }
                    }
                }
            });
        })
    };
    html! { <Delete doomed={doomed.clone()} {on_yes} {on_no} /> }
}
