//! Makes a bucket. The name is judged by AWS, not by the page: its answer is the lesson.

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::{Deed, Desk};
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::told::Tell;
use crate::route::Place;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub close: Callback<()>,
}

/// The form.
#[component]
pub fn NewBucket(props: &Props) -> Html {
    let field = use_focus_at_first();
    let busy = use_state_eq(|| false);
    use_escape(true, props.close.clone());
    let onsubmit = {
        let (field, busy, props) = (
            field.clone(),
            busy.clone(),
            Props {
                desk: props.desk.clone(),
                tell: props.tell.clone(),
                close: props.close.clone(),
            },
        );
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name =
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            create(&props, name, busy.setter());
        })
    };
    html! {
        <section class="objects new-bucket" aria-labelledby="new-bucket-h">
            <form {onsubmit}>
                <h2 id="new-bucket-h">{ words::CREATE_BUCKET }</h2>
                <p class="dim2">{ words::NEW_BUCKET_MORE }</p>
                <label class="fld">{ words::BUCKET_NAME }
                    <input ref={field} id="bucket-name" class={classes!("input", "mono", props.desk.hot("s3.bucket-name"))} data-hotspot="s3.bucket-name"
                        autocomplete="off" autocapitalize="off" spellcheck="false" placeholder={words::SAMPLE_BUCKET} />
                </label>
                <p class="small dim">{ words::in_region(&props.desk.region) }</p>
                <div class="row">
                    <button class="btn primary" type="submit" disabled={*busy || !props.desk.cloud.may_change()}>{ words::CREATE_BUCKET }</button>
                    <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button>
                </div>
            </form>
        </section>
    }
}

fn create(props: &Props, name: String, busy: UseStateSetter<bool>) {
    let mut input = json!({ "Bucket": name });
    if props.desk.region != words::HOME_REGION
        && let Some(input) = input.as_object_mut()
    {
        input.insert(
            "CreateBucketConfiguration".into(),
            json!({ "LocationConstraint": &*props.desk.region }),
        );
    }
    let (desk, tell, close) = (props.desk.clone(), props.tell.clone(), props.close.clone());
    busy.set(true);
    spawn_local(async move {
        match desk.s3("CreateBucket", input).await {
            Ok(answer) => {
                tell.did.emit(Deed { words: words::created(&name), seq: answer.seq });
                desk.route.at(Place::bucket(name, "")).go();
                close.emit(());
            }
            Err(why) => tell.refused.emit((words::create(&name), why)),
        }
        busy.set(false);
    });
}
