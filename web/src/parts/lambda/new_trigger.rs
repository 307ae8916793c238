//! Adds a trigger. A bucket is let invoke the function, and is told to: two calls, as AWS's console makes them. Of a queue see
//! [`crate::parts::lambda::mapped`].

use serde_json::json;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::icon::Icon;
use crate::parts::lambda::mapped::NewMapping;
use crate::route::Place;
use crate::state::lambda::Whole;
use crate::state::lambda::triggers::{self, Notification};
use crate::words::{self, lambda as said};

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
    pub buckets: Vec<String>,
    pub close: Callback<()>,
}

/// What the function is to be started by.
#[component]
pub fn NewTrigger(props: &Props) -> Html {
    let of_queue = use_state_eq(|| false);
    use_escape(true, props.close.clone());
    let way = |name: &'static str, id: &'static str, value: bool| {
        let setter = of_queue.setter();
        html! {
            <button class="btn small" type="button" {id} aria-pressed={(*of_queue == value).to_string()} onclick={Callback::from(move |_: MouseEvent| setter.set(value))}>{ name }</button>
        }
    };
    let Props { desk, tell, whole, close, .. } = props.clone();
    html! {
        <section class="new-trigger" aria-labelledby="new-trigger-h">
            <div class="row"><h3 id="new-trigger-h" class="grow">{ said::ADD_TRIGGER }</h3>
                <span class="group" role="group" aria-label={said::SOURCE}>{ way(words::S3, "trigger-of-s3", false) }{ way(words::sqs::SQS, "trigger-of-sqs", true) }</span></div>
            if *of_queue { <NewMapping {desk} {tell} {whole} {close} /> } else { <NewNotification ..props.clone() /> }
        </section>
    }
}

/// The form of a bucket that tells the function.
#[component]
fn NewNotification(props: &Props) -> Html {
    let bucket = use_focus_at_first();
    let (kind, prefix, suffix) = (use_node_ref(), use_node_ref(), use_node_ref());
    let busy = use_state_eq(|| false);
    if props.buckets.is_empty() {
        let to_s3 = props.desk.route.at(Place::s3()).href();
        return html! {
            <div class="row"><p class="dim2 grow">{ said::NO_BUCKETS }</p><a class="btn small" href={to_s3}><Icon name="s3" class="c-s3" />{ words::S3 }</a>
                <button class="btn small" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button></div>
        };
    }
    let onsubmit = {
        let (bucket, kind, prefix, suffix, busy) =
            (bucket.clone(), kind.clone(), prefix.clone(), suffix.clone(), busy.setter());
        let props = props.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let picked = |field: &NodeRef| {
                field.cast::<HtmlSelectElement>().map(|field| field.value()).unwrap_or_default()
            };
            let text = |field: &NodeRef| {
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
            };
            let wish = Notification {
                bucket: picked(&bucket),
                id: id(),
                events: vec![picked(&kind)],
                prefix: text(&prefix),
                suffix: text(&suffix),
            };
            let (props, busy) = (props.clone(), busy.clone());
            busy.set(true);
            spawn_local(async move {
                if add(&props, wish).await {
                    props.close.emit(());
                }
                busy.set(false);
            });
        })
    };
    html! {
        <form class="stack" {onsubmit}>
            <p class="small dim2">{ said::ADD_TRIGGER_MORE }</p>
            <div class="load-fields">
                <label class="fld">{ said::BUCKET }
                    <select ref={bucket} class="select" id="trigger-bucket">{ for props.buckets.iter().enumerate().map(|(at, name)| html! { <option value={name.clone()} selected={at == 0}>{ name }</option> }) }</select></label>
                <label class="fld">{ said::WHEN }
                    <select ref={kind} class="select" id="trigger-event">{ for said::S3_EVENTS.iter().enumerate().map(|(at, (id, words))| html! { <option value={*id} selected={at == 0}>{ *words }</option> }) }</select></label>
                <label class="fld">{ said::PREFIX }<input ref={prefix} id="trigger-prefix" class="input mono" placeholder="orders/" autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
                <label class="fld">{ said::SUFFIX }<input ref={suffix} id="trigger-suffix" class="input mono" placeholder=".csv" autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            </div>
            <div class="row"><button class="btn primary" id="make-trigger" type="submit" disabled={*busy || !props.desk.cloud.may_change()}>{ said::ADD_TRIGGER }</button>
                <button class="btn" type="button" onclick={props.close.reform(|_| ())}>{ words::CANCEL }</button></div>
        </form>
    }
}

/// A name of eight letters and digits for the notification.
fn id() -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "32 random bits")]
    let bits = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{bits:08x}")
}

/// The permission first: S3 asks the function whether it may be invoked before it takes the notification.
async fn add(props: &Props, wish: Notification) -> bool {
    let (desk, tell) = (&props.desk, &props.tell);
    let configuration = &props.whole.configuration;
    let arn = configuration.function_arn.as_str();
    let account = arn.split(':').nth(4).unwrap_or_default();
    let permission = json!({
        "FunctionName": configuration.function_name,
        "StatementId": triggers::statement_id(&wish.bucket, &wish.id),
        "Action": "lambda:InvokeFunction",
        "Principal": "s3.amazonaws.com",
        "SourceArn": format!("arn:aws:s3:::{}", wish.bucket),
        "SourceAccount": account,
    });
    let asked = said::adding_trigger(&wish.bucket);
    let said = (asked.clone(), said::permitted(&wish.bucket));
    if act(desk, tell, said, ("lambda", "AddPermission"), permission).await.is_none() {
        return false;
    }
    let get = json!({ "Bucket": wish.bucket });
    let document = match desk.s3("GetBucketNotificationConfiguration", get).await {
        Ok(answer) => answer.output,
        Err(why) => {
            tell.refused.emit((asked, why));
            return false;
        }
    };
    let input = json!({
        "Bucket": wish.bucket,
        "NotificationConfiguration": triggers::with(&document, arn, &wish),
    });
    let said = (asked, said::trigger_added(&wish.bucket));
    act(desk, tell, said, ("s3", "PutBucketNotificationConfiguration"), input).await.is_some()
}
