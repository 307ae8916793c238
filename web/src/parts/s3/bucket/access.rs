//! "Can they, and why?": who, what and which key, and what each rule says to it.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_view};
use crate::words::s3 as said;

/// An account of somebody else's.
const STRANGER: &str = "111122223333";

/// What is asked most.
const ACTIONS: [&str; 9] = [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:ListBucket",
    "s3:GetObjectVersion",
    "s3:PutObjectAcl",
    "s3:GetBucketPolicy",
    "s3:PutBucketPolicy",
    "s3:DeleteBucket",
];

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub bucket: AttrValue,
}

/// The question, and its answer as the rules stand.
#[component]
pub fn Access(props: &Props) -> Html {
    let who = use_state_eq(|| "*".to_owned());
    let action = use_state_eq(|| ACTIONS[0].to_owned());
    let key = use_state_eq(|| "index.html".to_owned());
    let mut params = json!({ "Bucket": &*props.bucket, "Action": &*action, "Key": &*key });
    if !who.is_empty()
        && let Some(params) = params.as_object_mut()
    {
        params.insert("Principal".into(), who.as_str().into());
    }
    let answer = use_view(&props.desk, "access", params);
    let pick = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |event: Event| {
            if let Some(select) =
                event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
            {
                state.set(select.value());
            }
        })
    };
    let write = {
        let key = key.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) =
                event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            {
                key.set(field.value());
            }
        })
    };
    let people = [("*", said::EVERYBODY), ("", said::YOU), (STRANGER, said::OTHER_ACCOUNT)];
    html! {
        <section class="card setting wide" aria-labelledby="access-h">
            <h3 id="access-h">{ said::WHO_MAY }</h3>
            <p class="small dim2">{ said::WHO_MAY_MORE }</p>
            <div class="question">
                <label class="fld">{ said::WHO }
                    <select class="select" id="who" onchange={pick(&who)}>
                        { for people.into_iter().map(|(value, words)| html! { <option {value} selected={*who == value}>{ words }</option> }) }
                    </select></label>
                <label class="fld">{ said::DOES_WHAT }
                    <select class="select" id="does" onchange={pick(&action)}>
                        { for ACTIONS.into_iter().map(|value| html! { <option {value} selected={*action == value}>{ value }</option> }) }
                    </select></label>
                <label class="fld">{ said::WITH_KEY }
                    <input class="input mono" id="with-key" value={(*key).clone()} oninput={write} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            </div>
            <div aria-live="polite">{ told(&answer) }</div>
        </section>
    }
}

fn told(answer: &Load<Value>) -> Html {
    let Load::Here(answer) = answer else { return html! {} };
    let text = |of: &Value, name: &str| {
        of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let allowed = answer.get("Allowed").and_then(Value::as_bool).unwrap_or_default();
    let (words, class) = if allowed { (said::ALLOWED, "good") } else { (said::DENIED, "bad") };
    let gates = answer.get("Gates").and_then(Value::as_array).cloned().unwrap_or_default();
    html! {
        <>
            <p class="row verdict"><span class={classes!("pill", class)} id="verdict">{ words }</span>
                <code class="small">{ said::asked(&text(answer, "Principal"), &text(answer, "Action"), &text(answer, "Resource")) }</code></p>
            <div class="scroll-x" tabindex="0" role="region" aria-label={said::WHO_MAY}>
                <table class="gates"><thead><tr><th scope="col">{ said::GATE }</th><th scope="col">{ said::SAYS }</th><th scope="col">{ said::BECAUSE }</th></tr></thead>
                <tbody>{ for gates.iter().map(|gate| {
                    let decides = gate.get("Decides").and_then(Value::as_bool).unwrap_or_default();
                    let says = text(gate, "Answer");
                    html! {
                        <tr class={classes!(decides.then_some("on"))}>
                            <th scope="row">{ said::gate(&text(gate, "Gate")).to_owned() }</th>
                            <td>{ said::answer(&says).to_owned() }if decides { { " " }<span class="pill now">{ said::DECIDES }</span> }</td>
                            <td>{ said::reason(&text(gate, "Reason")) }{ statement(gate) }</td>
                        </tr>
                    }
                }) }</tbody></table>
            </div>
        </>
    }
}

/// The statement that answered, by its name.
fn statement(gate: &Value) -> Html {
    let sid = gate
        .get("Statement")
        .and_then(Value::as_u64)
        .and_then(|at| gate.get("Statements")?.get(usize::try_from(at).ok()?))
        .and_then(|statement| statement.get("Sid")?.as_str().map(str::to_owned));
    html! { { for sid.into_iter().map(|sid| html! { <>{ " " }<code>{ sid }</code></> }) } }
}
