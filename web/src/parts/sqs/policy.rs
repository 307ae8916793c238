//! The queue's access policy: who else may use it.

use serde_json::{Map, Value};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::parts::sqs::configuration::set;
use crate::parts::sqs::page::Part;
use crate::state::sqs::sample_policy;
use crate::words::{self, s3, sqs as said};

/// The card. What is wrong with a policy is SQS's to say.
#[component]
pub fn Policy(props: &Part) -> Html {
    let draft = use_state_eq(|| None::<String>);
    let policy = props.whole.attribute("Policy").to_owned();
    {
        // What has been saved is what is set: the draft has done its work.
        let draft = draft.setter();
        use_effect_with(policy.clone(), move |_| draft.set(None));
    }
    let is_set = !policy.is_empty();
    let write = |text: Option<String>| {
        let draft = draft.setter();
        Callback::from(move |_: MouseEvent| draft.set(text.clone()))
    };
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                draft.set(Some(field.value()));
            }
        })
    };
    let save = |text: String| {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| {
            let attributes = Map::from_iter([("Policy".to_owned(), Value::from(text.clone()))]);
            set(&props, said::POLICY, attributes);
        })
    };
    let may = props.desk.cloud.may_change();
    let start = if is_set { pretty(&policy) } else { sample_policy(&props.whole.queue.arn) };
    html! {
        <section class="card setting" aria-labelledby="policy-h" id="setting-policy">
            <div class="row"><h3 id="policy-h" class="grow">{ said::POLICY }</h3>
                <span class={classes!("pill", is_set.then_some("good"))}>{ if is_set { said::IS_SET } else { said::NOT_SET } }</span></div>
            <p class="small dim2">{ said::POLICY_MORE }</p>
            if let Some(text) = &*draft {
                <label class="fld">{ said::POLICY_JSON }
                    <textarea id="policy-text" class="input mono doc-field" rows="12" spellcheck="false" autocomplete="off" autocapitalize="off" value={text.clone()} {oninput} /></label>
                <div class="row">
                    <button class="btn small" id="save-policy" disabled={!may} onclick={save(text.clone())}>{ said::SAVE }</button>
                    <button class="btn small ghost" onclick={write(None)}>{ words::CANCEL }</button>
                </div>
            } else {
                if is_set { <pre class="doc mono" tabindex="0">{ pretty(&policy) }</pre> }
                <div class="row">
                    <button class="btn small" id="edit-policy" disabled={!may} onclick={write(Some(start))}>{ if is_set { s3::EDIT } else { s3::FROM_EXAMPLE } }</button>
                    if is_set { <button class="btn small ghost" disabled={!may} onclick={save(String::new())}>{ said::REMOVE }</button> }
                </div>
            }
        </section>
    }
}

/// As people write it; what is no JSON stays as it is.
fn pretty(policy: &str) -> String {
    let read = serde_json::from_str::<Value>(policy);
    read.and_then(|json| serde_json::to_string_pretty(&json)).unwrap_or_else(|_| policy.to_owned())
}
