//! A field of the form: one value of a state, with what can be written at the cursor.

use cloudarium_asl_edit::complete::{self, Completion, Field as Kind, Item};
use cloudarium_asl_edit::fresh::Language;
use cloudarium_asl_edit::{Refusal, fields};
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::parts::states::editor::ed::Ed;
use crate::state::states::session::Action;
use crate::words::state_editor as said;

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A number, or an expression that gives one.
    Number,
    /// A path, or `null`.
    Path,
    /// An expression or any JSON.
    Json,
    /// Texts with commas between them.
    List,
}

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    /// Nothing: the machine itself.
    #[prop_or_default]
    pub state: Option<AttrValue>,
    pub pointer: AttrValue,
    pub label: AttrValue,
    pub shape: Shape,
    /// The id of a list of things that are there.
    #[prop_or_default]
    pub list: Option<AttrValue>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

impl Props {
    fn owner(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// What stands in a text of the definition, as it is shown.
    fn read(&self, text: &str) -> String {
        let value = if *text == self.ed.session.shown {
            self.ed.value(self.owner(), &self.pointer)
        } else {
            fields::value(text, self.owner(), &self.pointer)
        };
        let Some(value) = value else { return String::new() };
        match (self.shape, value) {
            (Shape::List, Value::Array(items)) => {
                let items = items.iter().map(|item| item.as_str().unwrap_or_default());
                items.collect::<Vec<_>>().join(", ")
            }
            (Shape::Json, Value::String(text)) if !is_expression(&text) => {
                Value::String(text).to_string()
            }
            (_, Value::String(text)) => text,
            _ => fields::written(text, self.owner(), &self.pointer).unwrap_or_default(),
        }
    }

    /// The definition with this in the field; nothing if it cannot stand there.
    fn write(&self, typed: &str) -> Option<Result<String, Refusal>> {
        let (text, owner, pointer) = (self.ed.text(), self.owner(), &*self.pointer);
        let bare = typed.trim();
        if bare.is_empty() {
            return Some(fields::unset(text, owner, pointer));
        }
        let set = |value: Value| Some(fields::set(text, owner, pointer, &value));
        match self.shape {
            Shape::Number => match serde_json::from_str::<Value>(bare) {
                Ok(value @ Value::Number(_)) => set(value),
                _ if is_expression(bare) => set(bare.into()),
                _ => None,
            },
            Shape::Path if bare == "null" => set(Value::Null),
            Shape::List => {
                set(bare.split(',').map(str::trim).filter(|one| !one.is_empty()).collect())
            }
            Shape::Json if is_expression(bare) => set(bare.into()),
            Shape::Json => serde_json::from_str::<Value>(bare)
                .ok()
                .map(|_| fields::set_written(text, owner, pointer, bare)),
            Shape::Text | Shape::Path => set(typed.into()),
        }
    }

    fn offers(&self, typed: &str, cursor: usize) -> Option<Completion> {
        let language = self.ed.language(self.owner());
        let kind = match (self.shape, language) {
            (Shape::Json, Language::Jsonata) if is_expression(typed) => Kind::Expression,
            (Shape::Json, _) => Kind::Json,
            (Shape::Path, Language::JsonPath) => Kind::Path,
            (Shape::Text | Shape::Number | Shape::Path, Language::Jsonata) => Kind::Expression,
            _ => return None,
        };
        let sample = self.ed.sample(self.owner());
        complete::at((typed, cursor), kind, language, &sample)
    }
}

fn is_expression(text: &str) -> bool {
    text.trim_start().starts_with("{%")
}

/// The bytes before a place that the browser counts in units of UTF-16.
fn bytes_before(text: &str, units: u32) -> usize {
    let mut left = units as usize;
    for (at, letter) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(letter.len_utf16());
    }
    text.len()
}

fn units_before(text: &str, bytes: usize) -> u32 {
    let units = text.get(..bytes).map_or(0, |before| before.encode_utf16().count());
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// What is typed and not in the definition, or not as it was typed.
#[derive(Clone, PartialEq, Default)]
struct Draft {
    typed: String,
    /// How the definition has it; once that is another, what was typed is gone.
    read: String,
    wrong: bool,
}

/// The field.
#[component]
pub fn Field(props: &Props) -> Html {
    let draft = use_state_eq(|| None::<Draft>);
    let offers = use_state_eq(|| None::<(Completion, usize)>);
    let place = use_node_ref();
    let caret = use_mut_ref(|| None::<u32>);
    let read = props.read(&props.ed.session.shown);
    let mine = draft.as_ref().filter(|draft| draft.read == read).cloned();
    let shown = mine.as_ref().map_or_else(|| read.clone(), |draft| draft.typed.clone());
    let wrong = mine.is_some_and(|draft| draft.wrong);
    {
        let (place, caret) = (place.clone(), caret.clone());
        use_effect_with(shown.clone(), move |_| {
            if let (Some(field), Some(at)) = (place.cast::<HtmlInputElement>(), caret.take()) {
                // A field that is shown has a cursor.
                let _ = field.unchecked_ref::<HtmlInputElement>().set_selection_range(at, at);
            }
        });
    }
    let put = {
        let (props, draft, read) = (props.clone(), draft.setter(), read.clone());
        move |typed: String| match props.write(&typed) {
            Some(Ok(text)) => {
                draft.set(Some(Draft { typed, read: props.read(&text), wrong: false }));
                props.ed.act(Action::GoOn(Ok(text), said::typed_in(&props.label)));
            }
            Some(Err(refused)) => props.ed.act(Action::GoOn(Err(refused), String::new())),
            None => draft.set(Some(Draft { typed, read: read.clone(), wrong: true })),
        }
    };
    let oninput = {
        let (props, put, offers) = (props.clone(), put.clone(), offers.setter());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            let typed = field.value();
            let units = field.selection_start().ok().flatten();
            let cursor = bytes_before(&typed, units.unwrap_or_default());
            offers.set(props.offers(&typed, cursor).map(|found| (found, 0)));
            put(typed);
        })
    };
    let take = {
        let (shown, offers, put) = (shown.clone(), offers.clone(), put);
        move |at: usize| {
            let Some((found, _)) = &*offers else { return };
            let Some(item) = found.items.get(at) else { return };
            let (before, after) = (shown.get(..found.from), shown.get(found.to..));
            let typed = format!(
                "{}{}{}",
                before.unwrap_or_default(),
                item.insert,
                after.unwrap_or_default()
            );
            *caret.borrow_mut() = Some(units_before(&typed, found.from + item.insert.len()));
            offers.set(None);
            put(typed);
        }
    };
    let onkeydown = keys(props, &offers, take.clone());
    let onblur = {
        let offers = offers.setter();
        Callback::from(move |_: FocusEvent| offers.set(None))
    };
    let id = id_of(props);
    let open = offers.is_some();
    let active = offers.as_ref().map(|(_, at)| format!("{id}-o{at}"));
    let mono = (props.shape != Shape::List).then_some("mono");
    let expanded = may_offer(props).then(|| open.to_string());
    let role = expanded.is_some().then_some("combobox");
    let controls = open.then(|| format!("{id}-menu"));
    let about = format!("{id}-about");
    let area = props.shape == Shape::Json;
    let rows = shown.lines().count().clamp(1, 14).to_string();
    // What is offered has one place among its siblings, whether it is there or not (no `for`, no `Option`): else the
    // field would be made anew, and lose the focus.
    let control = if area {
        html! { <textarea ref={place} id={id.clone()} class={classes!("input", mono, "doc-field")} {rows} spellcheck="false" autocomplete="off" autocapitalize="off" readonly={!props.ed.may()} aria-invalid={wrong.to_string()} aria-describedby={about.clone()}
        {role} aria-expanded={expanded} aria-autocomplete="list" aria-controls={controls} aria-activedescendant={active} value={shown} {oninput} {onkeydown} {onblur} /> }
    } else {
        html! { <input ref={place} id={id.clone()} class={classes!("input", mono)} spellcheck="false" autocomplete="off" autocapitalize="off" readonly={!props.ed.may()} aria-invalid={wrong.to_string()} aria-describedby={about.clone()}
        {role} aria-expanded={expanded} aria-controls={controls} aria-activedescendant={active} list={props.list.clone()} value={shown} {oninput} {onkeydown} {onblur} /> }
    };
    html! {
        <div class="fld sfe-fld"><label for={id.clone()}>{ &props.label }</label>
            { control }
            { offers.as_ref().map(|(found, at)| menu(&id, found, *at, take.clone())).unwrap_or_default() }
            <p id={about} class={classes!("small", if wrong { "bad-words" } else { "dim2" })}>{ if wrong { AttrValue::from(if props.shape == Shape::Number { said::NO_NUMBER } else { said::NO_JSON }) } else { props.hint.clone().unwrap_or_default() } }</p>
        </div>
    }
}

fn may_offer(props: &Props) -> bool {
    props.list.is_none() && !matches!(props.shape, Shape::List)
}

/// The id of a field: tests and labels know it by this.
fn id_of(props: &Props) -> String {
    let pointer = props.pointer.replace(['/', '.', '$', ' '], "-");
    format!("f{pointer}")
}

/// Arrows go, Enter and Tab take, Escape leaves, Ctrl and Space ask anew.
fn keys(
    props: &Props,
    offers: &UseStateHandle<Option<(Completion, usize)>>,
    take: impl Fn(usize) + 'static,
) -> Callback<KeyboardEvent> {
    let (props, offers) = (props.clone(), offers.clone());
    Callback::from(move |event: KeyboardEvent| {
        let Some((found, at)) = &*offers else {
            if event.ctrl_key() && event.code() == "Space" {
                event.prevent_default();
                let field: HtmlInputElement = event.target_unchecked_into();
                let units = field.selection_start().ok().flatten().unwrap_or_default();
                let cursor = bytes_before(&field.value(), units);
                offers.set(props.offers(&field.value(), cursor).map(|found| (found, 0)));
            }
            return;
        };
        let last = found.items.len().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => offers.set(Some((found.clone(), if *at == last { 0 } else { at + 1 }))),
            "ArrowUp" => offers.set(Some((found.clone(), if *at == 0 { last } else { at - 1 }))),
            "Enter" | "Tab" if !event.shift_key() => take(*at),
            "Escape" => offers.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

fn menu(
    id: &str,
    found: &Completion,
    chosen: usize,
    take: impl Fn(usize) + Clone + 'static,
) -> Html {
    const SHOWN_MAX: usize = 9;
    let from = chosen.saturating_sub(SHOWN_MAX - 1);
    let shown = found.items.iter().enumerate().skip(from).take(SHOWN_MAX);
    let one = |(at, item): (usize, &Item)| {
        let take = take.clone();
        // Before the field loses the focus.
        let onmousedown = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            take(at);
        });
        html! {
            <li key={at} id={format!("{id}-o{at}")} role="option" aria-selected={(at == chosen).to_string()} {onmousedown}>
                <b>{ &item.label }</b><small>{ said::offered(item.kind) }</small><code>{ &item.detail }</code>
            </li>
        }
    };
    html! { <ul class="sfe-menu" role="listbox" id={format!("{id}-menu")} aria-label={said::OFFERS}>{ for shown.map(one) }</ul> }
}

/// A field of a state.
pub fn field(ed: &Ed, state: &AttrValue, pointer: impl Into<AttrValue>, shape: Shape) -> Html {
    let pointer = pointer.into();
    let label = AttrValue::from(pointer.rsplit('/').next().unwrap_or_default().to_owned());
    let hint = said::hint(&label).map(AttrValue::from);
    html! { <Field ed={ed.clone()} state={state.clone()} {pointer} {label} {shape} {hint} /> }
}

/// A list to choose from: values and words.
pub fn select(
    (id, label): (impl Into<AttrValue>, impl Into<AttrValue>),
    options: Vec<(String, String)>,
    chosen: &str,
    may: bool,
    choose: impl Fn(String) + 'static,
) -> Html {
    let onchange = crate::parts::states::fields::picked(choose);
    let (id, label): (AttrValue, AttrValue) = (id.into(), label.into());
    html! {
        <div class="fld"><label for={id.clone()}>{ label }</label>
            <select class="select" {id} {onchange} disabled={!may}>
                { for options.into_iter().map(|(value, words)| html! { <option selected={value == chosen} value={value.clone()}>{ words }</option> }) }
            </select></div>
    }
}
