//! What is set on a function, in cards: each is one call.

use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::console::act::act;
use crate::parts::console::told::Tell;
use crate::parts::lambda::events_card::EventsCard;
use crate::parts::lambda::field::Field;
use crate::parts::lambda::pairs::Pairs;
use crate::state::lambda::Whole;
use crate::words::lambda as said;

#[derive(Properties, PartialEq, Clone)]
pub struct Props {
    pub desk: Desk,
    pub tell: Tell,
    pub whole: Whole,
}

/// The cards.
#[component]
pub fn Configuration(props: &Props) -> Html {
    let Props { desk, tell, whole } = props;
    let name = whole.configuration.function_name.clone();
    let variables = {
        let (props, name) = (props.clone(), name.clone());
        Callback::from(move |variables: Map<String, Value>| {
            let input = json!({ "FunctionName": name, "Environment": { "Variables": variables } });
            save(&props, said::VARIABLES, "UpdateFunctionConfiguration", input);
        })
    };
    let tags = {
        let props = props.clone();
        Callback::from(move |tags: Map<String, Value>| retag(&props, tags))
    };
    html! {
        <div class="fn-scroll scroll" tabindex="0" role="region" aria-label={said::CONFIGURATION}>
            <div class="cards">
                <General desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
                <Pairs id="variables" title={said::VARIABLES} about={said::VARIABLES_MORE} pairs={whole.configuration.environment.variables.clone()} save={variables} may={desk.cloud.may_change()} />
                <Concurrency desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
                <Address desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
                <EventsCard desk={desk.clone()} tell={tell.clone()} whole={whole.clone()} />
                <Pairs id="tags" title={said::TAGS} about={said::TAGS_MORE} pairs={whole.tags.clone()} save={tags} may={desk.cloud.may_change()} />
            </div>
        </div>
    }
}

/// Makes one call, and says what it was.
pub fn save(props: &Props, what: &'static str, operation: &'static str, input: Value) {
    let props = props.clone();
    spawn_local(async move {
        let said = (said::changing(what), said::changed(what));
        act(&props.desk, &props.tell, said, ("lambda", operation), input).await;
    });
}

/// Tags are added and taken away by calls of their own.
fn retag(props: &Props, tags: Map<String, Value>) {
    let arn = props.whole.configuration.function_arn.clone();
    let gone: Vec<String> =
        props.whole.tags.keys().filter(|key| !tags.contains_key(*key)).cloned().collect();
    if !gone.is_empty() {
        let input = json!({ "Resource": arn, "TagKeys": gone });
        save(props, said::TAGS, "UntagResource", input);
    }
    if !tags.is_empty() {
        save(props, said::TAGS, "TagResource", json!({ "Resource": arn, "Tags": tags }));
    }
}

/// What stands in a field.
fn text(field: &NodeRef) -> String {
    let input = || field.cast::<HtmlInputElement>().map(|field| field.value());
    let select = || field.cast::<HtmlSelectElement>().map(|field| field.value());
    input().or_else(select).unwrap_or_default()
}

/// Memory, time-out, handler, role, description.
#[component]
fn General(props: &Props) -> Html {
    let configuration = &props.whole.configuration;
    let fields = use_memo((), |()| [(); 5].map(|()| NodeRef::default()));
    let rows = [
        ("set-memory", said::MEMORY_MB, "number", configuration.memory_size.to_string()),
        ("set-timeout", said::TIMEOUT_S, "number", configuration.timeout.to_string()),
        ("set-handler", said::HANDLER, "text", configuration.handler.clone()),
        ("set-role", said::ROLE, "text", configuration.role.clone()),
        ("set-description", said::DESCRIPTION, "text", configuration.description.clone()),
    ];
    let onsubmit = {
        let (props, fields) = (props.clone(), fields.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [memory, timeout, handler, role, description] = &*fields;
            let number = |field: &NodeRef| text(field).parse::<i64>().unwrap_or_default();
            let input = json!({
                "FunctionName": props.whole.configuration.function_name,
                "MemorySize": number(memory),
                "Timeout": number(timeout),
                "Handler": text(handler),
                "Role": text(role),
                "Description": text(description),
            });
            save(&props, said::GENERAL, "UpdateFunctionConfiguration", input);
        })
    };
    html! {
        <section class="card setting" aria-labelledby="general-h" id="setting-general">
            <h3 id="general-h">{ said::GENERAL }</h3>
            <form class="stack" {onsubmit}>
                <p class="small dim2">{ said::GENERAL_MORE }</p>
                <div class="two">
                    { for rows.iter().zip(fields.iter()).take(2).map(|(row, field)| input(row, field)) }
                </div>
                { for rows.iter().zip(fields.iter()).skip(2).map(|(row, field)| input(row, field)) }
                <div class="row"><button class="btn small" type="submit" disabled={!props.desk.cloud.may_change()}>{ said::SAVE }</button></div>
            </form>
        </section>
    }
}

/// One of them.
fn input(
    (id, label, kind, value): &(&'static str, &'static str, &'static str, String),
    node: &NodeRef,
) -> Html {
    html! { <Field key={*id} node={node.clone()} id={*id} label={*label} kind={*kind} value={value.clone()} /> }
}

/// Reserved concurrency.
#[component]
fn Concurrency(props: &Props) -> Html {
    let field = use_node_ref();
    let name = props.whole.configuration.function_name.clone();
    let onsubmit = {
        let (props, field, name) = (props.clone(), field.clone(), name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let asked = text(&field).parse::<u32>().unwrap_or_default();
            let input = json!({ "FunctionName": name, "ReservedConcurrentExecutions": asked });
            save(&props, said::RESERVED, "PutFunctionConcurrency", input);
        })
    };
    let remove = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "FunctionName": name });
            save(&props, said::RESERVED, "DeleteFunctionConcurrency", input);
        })
    };
    let reserved = props.whole.reserved;
    let may = props.desk.cloud.may_change();
    let value = reserved.map(|count| count.to_string()).unwrap_or_default();
    html! {
        <section class="card setting" aria-labelledby="reserved-h" id="setting-reserved">
            <div class="row"><h3 id="reserved-h" class="grow">{ said::RESERVED }</h3>
                <span class={classes!("pill", reserved.map(|_| "good"))}>{ said::reserved(reserved) }</span></div>
            <p class="small dim2">{ said::reserved_more(props.whole.concurrency) }</p>
            <form class="row" {onsubmit}>
                <div class="grow"><Field node={field} id="set-reserved" label={said::LIMIT} kind="number" min="0" {value} /></div>
                <button class="btn small low" type="submit" disabled={!may}>{ said::SAVE }</button>
                if reserved.is_some() { <button class="btn small ghost low" type="button" disabled={!may} onclick={remove}>{ said::REMOVE }</button> }
            </form>
        </section>
    }
}

/// The function's own address.
#[component]
fn Address(props: &Props) -> Html {
    let auth = use_node_ref();
    let name = props.whole.configuration.function_name.clone();
    let make = {
        let (props, auth, name) = (props.clone(), auth.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "FunctionName": name, "AuthType": text(&auth) });
            save(&props, said::URL, "CreateFunctionUrlConfig", input);
        })
    };
    let remove = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let input = json!({ "FunctionName": name });
            save(&props, said::URL, "DeleteFunctionUrlConfig", input);
        })
    };
    let may = props.desk.cloud.may_change();
    let body = match &props.whole.url {
        Some(url) => html! {
            <>
                <p class="mono small uri" id="function-url">{ &url.function_url }</p>
                <div class="row"><span class="small dim2 grow">{ said::auth(&url.auth_type) }</span>
                    <button class="btn small ghost" disabled={!may} onclick={remove}>{ said::REMOVE }</button></div>
            </>
        },
        None => html! {
            <div class="row">
                <label class="fld grow">{ said::AUTH }
                    <select ref={auth} class="select" id="set-auth">
                        <option value="AWS_IAM" selected={true}>{ said::auth("AWS_IAM") }</option><option value="NONE">{ said::auth("NONE") }</option>
                    </select></label>
                <button class="btn small low" id="make-url" disabled={!may} onclick={make}>{ said::ADD }</button>
            </div>
        },
    };
    let is_set = props.whole.url.is_some();
    html! {
        <section class="card setting" aria-labelledby="url-h" id="setting-url">
            <div class="row"><h3 id="url-h" class="grow">{ said::URL }</h3>
                <span class={classes!("pill", is_set.then_some("good"))}>{ if is_set { said::IS_SET } else { said::NOT_SET } }</span></div>
            <p class="small dim2">{ said::URL_MORE }</p>
            { body }
        </section>
    }
}
