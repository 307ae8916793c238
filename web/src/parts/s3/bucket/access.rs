//! "Can they, and why?": who, what and which key, and what each rule says to it; and the same really tried.

use serde_json::{Value, json};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::s3::{Load, use_view};
use crate::parts::s3::attempt::{Trial, Tried, attempt, outcome};
use crate::parts::s3::fields::{picked, typed};
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
    /// Only of this key: then it is asked who may read it.
    #[prop_or_default]
    pub object: Option<AttrValue>,
}

/// The question, its answer as the rules stand, and what came of trying.
#[component]
pub fn Access(props: &Props) -> Html {
    let trial = use_state_eq(|| Trial {
        who: "*".into(),
        action: ACTIONS[0].into(),
        bucket: props.bucket.to_string(),
        key: props.object.as_ref().map_or_else(|| "index.html".into(), ToString::to_string),
        range: String::new(),
        version: None,
    });
    // What was tried belongs to its question: another question has not been tried yet.
    let tried = use_state_eq(|| None::<(Trial, Tried)>);
    let mut params = json!({ "Bucket": &*props.bucket, "Action": trial.action, "Key": trial.key });
    if !trial.who.is_empty()
        && let Some(params) = params.as_object_mut()
    {
        params.insert("Principal".into(), trial.who.as_str().into());
    }
    let answer = use_view(&props.desk, "access", params);
    let onsubmit = {
        let (desk, trial, tried) = (props.desk.clone(), trial.clone(), tried.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (desk, trial, tried) = (desk.clone(), (*trial).clone(), tried.clone());
            spawn_local(async move {
                if let Some(done) = attempt(&desk, &trial).await {
                    tried.set(Some((trial, done)));
                }
            });
        })
    };
    let shown = (*tried).as_ref().filter(|(asked, _)| *asked == *trial);
    html! {
        <section class={classes!("setting", if props.object.is_none() { "card wide" } else { "sect" })} aria-labelledby="access-h">
            <h3 id="access-h">{ said::WHO_MAY }</h3>
            <p class="small dim2">{ said::WHO_MAY_MORE }</p>
            <form class="setting-form" {onsubmit}>
                <div class="question">{ question(props, &trial) }</div>
                <div class="row">
                    <button class={classes!("btn", "small", "primary", props.desk.hot("s3.try"))} data-hotspot="s3.try" id="try-access"
                        disabled={!trial.can_be_tried() || !props.desk.cloud.is_ours()}>{ said::TRY_IT }</button>
                    <span class="small dim">{ if trial.can_be_tried() { said::TRY_IT_MORE } else { said::TRY_READS_ONLY } }</span>
                </div>
            </form>
            <div id="tried" aria-live="polite">if let Some((_, tried)) = shown { { outcome(&props.desk, tried) } }</div>
            <div aria-live="polite">{ told(&answer) }</div>
        </section>
    }
}

fn question(props: &Props, trial: &UseStateHandle<Trial>) -> Html {
    let people = [("*", said::EVERYBODY), ("", said::YOU), (STRANGER, said::OTHER_ACCOUNT)];
    html! {
        <>
            <label class="fld">{ said::WHO }
                <select class="select" id="who" onchange={picked(trial, |trial, to| trial.who = to)}>
                    { for people.into_iter().map(|(value, words)| html! { <option {value} selected={trial.who == value}>{ words }</option> }) }
                </select></label>
            if props.object.is_none() {
                <label class="fld">{ said::DOES_WHAT }
                    <select class="select" id="does" onchange={picked(trial, |trial, to| trial.action = to)}>
                        { for ACTIONS.into_iter().map(|value| html! { <option {value} selected={trial.action == value}>{ value }</option> }) }
                    </select></label>
                <label class="fld">{ said::WITH_KEY }
                    <input class="input mono" id="with-key" value={trial.key.clone()} oninput={typed(trial, |trial, to| trial.key = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            }
            if trial.action == ACTIONS[0] {
                <label class="fld">{ said::ONLY_BYTES }
                    <input class="input mono" id="only-bytes" value={trial.range.clone()} placeholder="bytes=0-3" oninput={typed(trial, |trial, to| trial.range = to)} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
            }
        </>
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
    html! { if let Some(sid) = sid { <>{ " " }<code>{ sid }</code></> } }
}
