//! Which calls are shown: by word, by who, by operation, reads or writes, errors only.

use std::collections::BTreeSet;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::hood::row::who_words;
use crate::parts::icon::Icon;
use crate::state::calls::Who;
use crate::state::filter::{Access, Filter};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub filter: Filter,
    pub set: Callback<Filter>,
    /// How many calls are shown.
    pub shown: usize,
}

const EVERYONE: [(&str, Who); 8] = [
    ("learner", Who::Learner),
    ("console", Who::Console),
    ("function", Who::Function),
    ("execution", Who::Execution),
    ("job", Who::Job),
    ("lesson", Who::Lesson),
    ("check", Who::Check),
    ("service", Who::Service),
];

/// The bar above the list.
#[component]
pub fn FilterBar(props: &Props) -> Html {
    let filter = &props.filter;
    let calls = &props.desk.cloud.calls;
    let operations: BTreeSet<String> = calls.iter().map(|call| call.name()).collect();
    let there: BTreeSet<&'static str> = EVERYONE
        .iter()
        .filter(|(_, who)| calls.iter().any(|call| call.who == *who))
        .map(|(name, _)| *name)
        .collect();
    let on_text = change(props, |filter, text| filter.text = text);
    let on_who = chosen(props, |filter, name| {
        filter.who = EVERYONE.iter().find(|(known, _)| *known == name).map(|(_, who)| *who);
    });
    let on_operation = chosen(props, |filter, name| {
        filter.operation = Some(name).filter(|name| !name.is_empty());
    });
    let on_access = chosen(props, |filter, name| {
        filter.access = match name.as_str() {
            "reads" => Access::Reads,
            "writes" => Access::Writes,
            _ => Access::Both,
        };
    });
    let errors = {
        let (set, filter) = (props.set.clone(), filter.clone());
        Callback::from(move |_: MouseEvent| {
            set.emit(Filter { errors: !filter.errors, ..filter.clone() });
        })
    };
    let option = |value: &str, on: bool, words: &str| html! { <option value={value.to_owned()} selected={on}>{ words.to_owned() }</option> };
    html! {
        <div class="hood-filter" role="search" aria-label={words::hood::FILTER_BAR}>
            <label class="find"><Icon name="search" class="sm" /><span class="vh">{ words::hood::FIND_CALLS }</span>
                <input id="find-calls" type="search" class="input" placeholder={words::hood::FIND_EXAMPLE} value={filter.text.clone()} oninput={on_text} /></label>
            <select class="select" aria-label={words::hood::WHO_MADE_IT} onchange={on_who}>
                { option("", filter.who.is_none(), words::hood::ANYBODY) }
                { for EVERYONE.iter().filter(|(name, _)| there.contains(name)).map(|(name, who)| option(name, filter.who == Some(*who), who_words(*who))) }
            </select>
            <select class="select" aria-label={words::hood::WHICH_OPERATION} onchange={on_operation}>
                { option("", filter.operation.is_none(), words::hood::ANY_OPERATION) }
                { for operations.iter().map(|name| option(name, filter.operation.as_ref() == Some(name), name)) }
            </select>
            <select class="select" aria-label={words::hood::WHICH_CALLS} onchange={on_access}>
                { option("both", filter.access == Access::Both, words::hood::READS_AND_WRITES) }
                { option("reads", filter.access == Access::Reads, words::hood::READS) }
                { option("writes", filter.access == Access::Writes, words::hood::WRITES) }
            </select>
            <button class="btn small" aria-pressed={filter.errors.to_string()} onclick={errors}>{ words::hood::ERRORS_ONLY }</button>
            <span class="small dim2 nowrap" role="status">{ words::hood::shown_of(props.shown, calls.len()) }</span>
            <button class="btn ghost small" disabled={filter.is_open()} onclick={props.set.reform(|_| Filter::default())}>{ words::hood::CLEAR_FILTER }</button>
        </div>
    }
}

fn change(props: &Props, act: fn(&mut Filter, String)) -> Callback<InputEvent> {
    let (set, filter) = (props.set.clone(), props.filter.clone());
    Callback::from(move |event: InputEvent| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let mut filter = filter.clone();
            act(&mut filter, input.value());
            set.emit(filter);
        }
    })
}

fn chosen(props: &Props, act: fn(&mut Filter, String)) -> Callback<Event> {
    let (set, filter) = (props.set.clone(), props.filter.clone());
    Callback::from(move |event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            let mut filter = filter.clone();
            act(&mut filter, select.value());
            set.emit(filter);
        }
    })
}
