//! Ctrl R: a search through what was typed.

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::state::history;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Takes the line that was found; none leaves the search.
    pub done: Callback<Option<String>>,
}

/// A field, and what it finds.
#[component]
pub fn Search(props: &Props) -> Html {
    let lines = use_memo((), |()| history::read());
    let wanted = use_state_eq(String::new);
    let skipped = use_state_eq(|| 0_usize);
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlElement>() {
                // Only an element that is gone cannot be focused.
                let _ = field.focus();
            }
        });
    }
    let has = |line: &&String| !wanted.is_empty() && line.contains(wanted.as_str());
    let found = lines.iter().rev().filter(has).nth(*skipped).cloned();
    let oninput = {
        let (wanted, skipped) = (wanted.setter(), skipped.setter());
        Callback::from(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|field| field.value());
            skipped.set(0);
            wanted.set(text.unwrap_or_default());
        })
    };
    let onkeydown = {
        let (done, found, skipped) = (props.done.clone(), found.clone(), skipped.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" | "Tab" => done.emit(found.clone()),
                "Escape" => done.emit(None),
                "r" if event.ctrl_key() => skipped.set(*skipped + 1),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let said = match &found {
        Some(line) => words::search_found(line),
        None if wanted.is_empty() => String::new(),
        None => words::NOT_IN_HISTORY.to_owned(),
    };
    html! {
        <div class="term-search">
            <label class="cmd in"><span class="pr">{ words::SEARCH_PROMPT }</span>
                <input ref={field} aria-label={words::SEARCH_HISTORY} value={(*wanted).clone()} autocomplete="off" spellcheck="false" {oninput} {onkeydown} /></label>
            <p class="o" role="status">{ said }</p>
        </div>
    }
}
