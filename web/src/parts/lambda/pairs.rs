//! Names and values in rows: environment variables, tags.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub pairs: BTreeMap<String, String>,
    pub save: Callback<Map<String, Value>>,
    pub may: bool,
}

/// A card with the rows, to be changed as a whole.
#[component]
pub fn Pairs(props: &Props) -> Html {
    let draft = use_state_eq(|| None::<Vec<(String, String)>>);
    let given: Vec<(String, String)> = props.pairs.clone().into_iter().collect();
    let rows = draft.as_ref().cloned().unwrap_or_else(|| given.clone());
    {
        // What has been saved is what is set: the draft has done its work.
        let draft = draft.setter();
        use_effect_with(props.pairs.clone(), move |_| draft.set(None));
    }
    let edit = |at: usize, is_name: bool| {
        let (draft, rows) = (draft.setter(), rows.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
            let mut next = rows.clone();
            if let (Some(row), Some(text)) = (next.get_mut(at), text) {
                *(if is_name { &mut row.0 } else { &mut row.1 }) = text;
            }
            draft.set(Some(next));
        })
    };
    let remove = |at: usize| {
        let (draft, rows) = (draft.setter(), rows.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = rows.clone();
            next.remove(at);
            draft.set(Some(next));
        })
    };
    let add = {
        let (draft, rows) = (draft.setter(), rows.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = rows.clone();
            next.push((String::new(), String::new()));
            draft.set(Some(next));
        })
    };
    let onsubmit = {
        let (save, rows) = (props.save.clone(), rows.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let named = rows.iter().filter(|(name, _)| !name.is_empty());
            save.emit(named.map(|(name, value)| (name.clone(), value.clone().into())).collect());
        })
    };
    let head = format!("{}-h", props.id);
    html! {
        <section class="card setting" aria-labelledby={head.clone()} id={format!("setting-{}", props.id)}>
            <div class="row"><h3 id={head} class="grow">{ props.title }</h3><span class="pill">{ given.len() }</span></div>
            <p class="small dim2">{ props.about }</p>
            <form class="stack" {onsubmit}>
                { for rows.iter().enumerate().map(|(at, (name, value))| html! {
                    <div class="kvrow" key={at}>
                        <input class="input mono" aria-label={said::name_of_row(at)} value={name.clone()} oninput={edit(at, true)} autocomplete="off" autocapitalize="off" spellcheck="false" />
                        <input class="input mono" aria-label={said::value_of_row(at)} value={value.clone()} oninput={edit(at, false)} autocomplete="off" autocapitalize="off" spellcheck="false" />
                        <button class="btn ghost icon small" type="button" aria-label={said::remove_row(name)} onclick={remove(at)}><Icon name="x" /></button>
                    </div>
                }) }
                <div class="row">
                    <button class="btn small" type="button" onclick={add} disabled={!props.may}><Icon name="plus" />{ said::ADD }</button>
                    if draft.is_some() { <button class="btn small" type="submit" disabled={!props.may}>{ said::SAVE }</button> }
                </div>
            </form>
        </section>
    }
}
