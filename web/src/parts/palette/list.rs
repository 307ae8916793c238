//! The command palette: one field, and what it finds. The arrow keys choose, Enter does it.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, Dialog as Open, use_frame};
use crate::hooks::lesson::use_lessons;
use crate::parts::dialog::Dialog;
use crate::parts::home::way::Way;
use crate::parts::icon::Icon;
use crate::parts::palette::gather::use_items;
use crate::parts::palette::obey::use_obey;
use crate::state::palette::{Item, Kind, find, marked};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Option<Desk>,
}

const LIST: &str = "palette-list";

/// The palette.
#[component]
pub fn Palette(props: &Props) -> Html {
    let frame = use_frame();
    let query = use_state_eq(String::new);
    let kind = use_state_eq(|| None::<Kind>);
    let chosen = use_state_eq(|| 0_usize);
    let way = match use_lessons() {
        Some(Ok(lessons)) => Way::through(lessons),
        _ => Way::default(),
    };
    let items = use_items(props.desk.as_ref(), &way);
    let (found, count) = find(&items, &query, *kind);
    let obey = use_obey(props.desk.clone());
    use_shown((*chosen, found.len()));
    let close = {
        let tell = frame.dispatcher();
        Callback::from(move |()| tell.dispatch(Act::Close))
    };
    let at = (*chosen).min(found.len().saturating_sub(1));
    let onkeydown = {
        let (chosen, count, obey) = (chosen.clone(), found.len(), obey.clone());
        let does = found.get(at).map(|item| item.does.clone());
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (at + 1) % count.max(1),
                "ArrowUp" => (at + count.max(1) - 1) % count.max(1),
                "Enter" => {
                    event.prevent_default();
                    does.iter().for_each(|does| obey.emit(does.clone()));
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            chosen.set(to);
        })
    };
    let oninput = {
        let (query, chosen) = (query.setter(), chosen.setter());
        Callback::from(move |event: InputEvent| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            query.set(field.map(|field| field.value()).unwrap_or_default());
            chosen.set(0);
        })
    };
    let choose_kind = {
        let (kind, chosen) = (kind.setter(), chosen.setter());
        Callback::from(move |to| {
            kind.set(to);
            chosen.set(0);
        })
    };
    let active = (!found.is_empty()).then(|| option_id(at));
    html! {
        <Dialog label={words::PALETTE} close={close.clone()}>
            <div class="palin">
                <Icon name="search" />
                <input id="palette-field" autofocus={true} role="combobox" aria-label={words::PALETTE} aria-expanded="true" aria-controls={LIST} aria-autocomplete="list"
                    aria-activedescendant={active} autocomplete="off" spellcheck="false" value={(*query).clone()} {oninput} {onkeydown} />
                <button class="btn ghost small" onclick={close.reform(|_| ())}>{ words::CLOSE }{ " " }<kbd>{ "Esc" }</kbd></button>
            </div>
            { kinds(*kind, &choose_kind) }
            <div class="palb2 scroll" id={LIST} role="listbox" aria-label={words::PALETTE_LIST}>{ groups(&found, &query, at, &obey) }</div>
            if found.is_empty() { <p class="dim2 table-words">{ words::PALETTE_NOTHING }</p> }
            <p class="vh" role="status">{ words::results(count) }</p>
            { foot(found.len(), count, { let tell = frame.dispatcher(); Callback::from(move |_| tell.dispatch(Act::Open(Open::Keys))) }) }
        </Dialog>
    }
}

/// Keeps the chosen option in sight.
#[hook]
fn use_shown(when: (usize, usize)) {
    use_effect_with(when, |(at, _)| {
        if let Some(option) = gloo::utils::document().get_element_by_id(&option_id(*at)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Action => words::KIND_ACTIONS,
        Kind::Lesson => words::KIND_LESSONS,
        Kind::Resource => words::KIND_RESOURCES,
        Kind::Call => words::KIND_CALLS,
        Kind::Doc => words::KIND_DOCS,
    }
}

fn kinds(chosen: Option<Kind>, choose: &Callback<Option<Kind>>) -> Html {
    let button = |kind: Option<Kind>| {
        let onclick = choose.reform(move |_| kind);
        html! {
            <button class="btn small" {onclick} aria-pressed={(chosen == kind).to_string()}>{ kind.map_or(words::KIND_ALL, name) }</button>
        }
    };
    html! {
        <div class="palf" role="group" aria-label={words::PALETTE_KINDS}>
            { button(None) }{ for Kind::ALL.into_iter().map(|kind| button(Some(kind))) }
        </div>
    }
}

fn groups(
    found: &[&Item],
    query: &str,
    chosen: usize,
    obey: &Callback<crate::state::palette::Does>,
) -> Html {
    let query: Rc<str> = query.into();
    let numbered: Vec<(usize, &Item)> = found.iter().copied().enumerate().collect();
    html! {
        { for numbered.chunk_by(|(_, a), (_, b)| a.kind == b.kind).map(|group| {
            let kind = group.first().map_or(words::KIND_ALL, |(_, item)| name(item.kind));
            html! {
                <div role="group" aria-label={kind} key={kind}>
                    <span class="label" aria-hidden="true">{ kind }</span>
                    { for group.iter().map(|(at, item)| option(*at, item, &query, *at == chosen, obey)) }
                </div>
            }
        }) }
    }
}

fn option(
    at: usize,
    item: &Item,
    query: &str,
    chosen: bool,
    obey: &Callback<crate::state::palette::Does>,
) -> Html {
    let onclick = {
        let does = item.does.clone();
        obey.reform(move |_: MouseEvent| does.clone())
    };
    // The field keeps the focus.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let text = |text: &str| {
        html! { { for marked(text, query).into_iter().map(|(piece, hit)| if hit { html! { <mark>{ piece }</mark> } } else { html! { { piece } } }) } }
    };
    let end = if item.keys.is_empty() {
        html! { <span class="kind">{ item.of }</span> }
    } else {
        html! { <span class="kind only-wide">{ for item.keys.iter().map(|key| html! { <><kbd>{ *key }</kbd>{ " " }</> }) }</span> }
    };
    html! {
        <div role="option" id={option_id(at)} aria-selected={chosen.to_string()} {onclick} {onmousedown}>
            <Icon name={item.icon} class={classes!(item.class)} />
            <span><b>{ text(&item.title) }</b>if !item.sub.is_empty() { <small>{ text(&item.sub) }</small> }</span>
            { end }
        </div>
    }
}

fn foot(shown: usize, count: usize, keys: Callback<MouseEvent>) -> Html {
    html! {
        <p class="menu-foot">
            <span class="only-wide"><kbd>{ "↑" }</kbd>{ " " }<kbd>{ "↓" }</kbd>{ " " }{ words::DOES_CHOOSE }</span>
            <span class="only-wide"><kbd>{ "Enter" }</kbd>{ " " }{ words::DOES_IT }</span>
            <span>{ words::shown_of(shown, count) }</span>
            <button class="btn ghost small push" onclick={keys}><Icon name="keys" />{ words::ALL_SHORTCUTS }{ " " }<kbd>{ "?" }</kbd></button>
        </p>
    }
}
