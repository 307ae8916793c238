//! Asks before something is deleted: objects, or the bucket itself.

use yew::prelude::*;

use crate::parts::confirm::Confirm;
use crate::words;

/// What is to go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doomed {
    Keys(Vec<String>),
    Bucket(String),
}

/// How many names are told before a count stands for the rest.
const NAMES_MAX: usize = 5;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub doomed: Doomed,
    pub on_yes: Callback<()>,
    pub on_no: Callback<()>,
}

/// The question, above the table.
#[component]
pub fn Delete(props: &Props) -> Html {
    let (ask, yes, names) = match &props.doomed {
        Doomed::Bucket(name) => {
            (words::delete_bucket_ask(name), words::DELETE_BUCKET.into(), vec![])
        }
        Doomed::Keys(keys) => {
            (words::delete_ask(keys.len()), words::delete_yes(keys.len()), keys.clone())
        }
    };
    let rest = names.len().saturating_sub(NAMES_MAX);
    html! {
        <Confirm class="ask-delete" label={ask.clone()} {yes} no={words::KEEP} on_yes={&props.on_yes} on_no={&props.on_no}>
            <p><b>{ ask }</b>{ " " }{ words::DELETE_MORE }</p>
            if !names.is_empty() {
                <ul class="small doomed">
                    { for names.iter().take(NAMES_MAX).map(|name| html! { <li><code>{ name }</code></li> }) }
                    if rest > 0 { <li>{ words::and_more(rest) }</li> }
                </ul>
            }
        </Confirm>
    }
}
