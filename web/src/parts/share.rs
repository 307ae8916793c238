//! Makes a link that holds the lesson (or free play), the learner's files, and the cloud if it is wanted.

use std::rc::Rc;

use gloo::utils::window;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, use_frame};
use crate::js;
use crate::parts::copy::Copy;
use crate::parts::dialog::Dialog;
use crate::parts::icon::Icon;
use crate::route::Route;
use crate::state::keep::{self, Shared};
use crate::state::{cloud, files};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
}

/// The dialog.
#[component]
pub fn Share(props: &Props) -> Html {
    let frame = use_frame();
    let with_cloud = use_state_eq(|| false);
    let shared = use_memo((), |()| shared(&props.desk));
    let link = use_link(&shared, *with_cloud);
    let close = {
        let tell = frame.dispatcher();
        Callback::from(move |()| tell.dispatch(Act::Close))
    };
    let onchange = {
        let with_cloud = with_cloud.setter();
        Callback::from(move |event: Event| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            with_cloud.set(field.is_some_and(|field| field.checked()));
        })
    };
    let title = props.desk.lesson.as_ref().map(|lesson| lesson.title.as_str());
    let names = shared.files.keys().cloned().collect::<Vec<_>>().join(", ");
    html! {
        <Dialog labelledby="share-h" class="ask" close={close.clone()}>
            <div class="palin">
                <Icon name="link" /><h2 id="share-h" class="grow">{ words::SHARE_TITLE }</h2>
                <button class="btn ghost small" autofocus={true} onclick={close.reform(|_| ())}>{ words::CLOSE }{ " " }<kbd>{ "Esc" }</kbd></button>
            </div>
            <div class="ask-body">
                <p class="dim2">{ words::SHARE_MORE }</p>
                <ul class="load">
                    <li><Icon name="check" class="yes" /><span>{ words::shared_place(title) }</span></li>
                    if !names.is_empty() { <li><Icon name="check" class="yes" /><span>{ words::SHARE_FILES }{ ": " }<code>{ names }</code></span></li> }
                </ul>
                <label class="row small"><input id="share-cloud" class="check" type="checkbox" checked={*with_cloud} {onchange} />
                    <span><b>{ words::SHARE_CLOUD }</b>{ ". " }{ words::SHARE_CLOUD_MORE }</span></label>
                <div aria-live="polite">{ show(&link, *with_cloud) }</div>
            </div>
        </Dialog>
    }
}

/// What is shared of this place: what the learner wrote, as it is kept.
fn shared(desk: &Desk) -> Shared {
    let lesson = desk.lesson.as_ref().map(|lesson| lesson.id.clone());
    let step = match &desk.route {
        Route::Lesson { step, .. } => *step,
        _ => 1,
    };
    let files = files::all(lesson.as_deref().unwrap_or(files::FREE_PLAY));
    Shared { lesson, step, region: desk.region.to_string(), learner: None, files }
}

type Link = Option<Result<AttrValue, String>>;

/// The link; none while it is made.
#[hook]
fn use_link(shared: &Rc<Shared>, with_cloud: bool) -> Link {
    let link = use_state_eq(|| None);
    let setter = link.setter();
    use_effect_with((shared.clone(), with_cloud), move |(shared, with_cloud)| {
        let (shared, with_cloud) = (shared.clone(), *with_cloud);
        setter.set(None);
        spawn_local(async move {
            setter.set(Some(make(&shared, with_cloud).await.map(AttrValue::from)));
        });
    });
    (*link).clone()
}

async fn make(shared: &Shared, with_cloud: bool) -> Result<String, String> {
    let cloud = if with_cloud {
        Some(cloud::export_small().await.map_err(|why| crate::hooks::cloud::words_of(&why))?)
    } else {
        None
    };
    let learner = shared.lesson.as_ref().filter(|_| with_cloud).map(|id| js::learner_of(id));
    let shared = Shared { learner, ..shared.clone() };
    let link = keep::pack(&shared, cloud.as_deref()).await?;
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    Ok(format!("{page}{}", Route::Shared(link).href()))
}

fn show(link: &Link, with_cloud: bool) -> Html {
    match link {
        None => html! { <p class="dim" aria-busy="true">{ words::SHARE_MAKING }</p> },
        Some(Err(why)) => {
            html! { <p class="note bad"><Icon name="warn" /><span>{ words::not_saved_all(why) }</span></p> }
        }
        Some(Ok(link)) if link.len() > words::LINK_MAX => {
            let too_long = if with_cloud { words::link_too_long } else { words::files_too_long };
            html! { <p class="note bad" id="share-too-long"><Icon name="warn" /><span>{ too_long(link.len()) }</span></p> }
        }
        Some(Ok(link)) => html! {
            <div class="linkbox">
                <label class="fld">{ words::SHARE_LINK }<input id="share-link" class="input mono" readonly={true} value={link.clone()} /></label>
                <div class="row wrap"><Copy text={link.clone()} />
                    <span class={classes!("small", if link.len() > words::LINK_LONG { "warn-words" } else { "dim" })}>
                        { if link.len() > words::LINK_LONG { words::link_long(link.len()) } else { words::link_length(link.len()) } }
                    </span>
                </div>
            </div>
        },
    }
}
