//! The form of a state: its name, its fields in tabs, what can be done with it.

use cloudarium_asl_edit::fields;
use cloudarium_asl_edit::fresh::{KINDS, Language, arguments_field};
use cloudarium_asl_edit::place::Way;
use cloudarium_asl_edit::query;
use cloudarium_asl_edit::states;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::states::debug::BreakButton;
use crate::parts::states::editor::actions::Actions;
use crate::parts::states::editor::choice::Rules;
use crate::parts::states::editor::ed::{Ed, OfState};
use crate::parts::states::editor::errors::Errors;
use crate::parts::states::editor::field::{Shape, field, select};
use crate::parts::states::editor::kinds;
use crate::parts::tabs::{Tab, Tabs};
use crate::state::states::problems::Problem;
use crate::state::states::session::Action;
use crate::state::states::{does, icon_of};
use crate::words::state_editor as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub ed: Ed,
    pub name: AttrValue,
    pub problem: Option<Problem>,
}

/// The form.
#[component]
pub fn Form(props: &Props) -> Html {
    let Props { ed, name, problem } = props;
    let tab = use_state_eq(|| AttrValue::from("configuration"));
    let state = ed.value(Some(name), "").unwrap_or_default();
    let kind = ed.session.kind(name);
    let language = ed.language(Some(name));
    let tabs: Vec<Tab> =
        said::tabs(&kind, language).into_iter().map(|(id, words)| Tab::new(id, words)).collect();
    let shown =
        if tabs.iter().any(|one| one.id == *tab) { (*tab).clone() } else { "configuration".into() };
    let choose = {
        let tab = tab.setter();
        Callback::from(move |id| tab.set(id))
    };
    let of = OfState { ed: ed.clone(), name: name.clone() };
    let body = match &*shown {
        "data" => data_fields(&of, &kind, language),
        "variables" => {
            html! { <><p class="small dim2">{ said::VARIABLES_MORE }</p>{ field(ed, name, "/Assign", Shape::Json) }</> }
        }
        "errors" => html! { <Errors ed={ed.clone()} name={name.clone()} /> },
        _ => configuration(&of, &kind, language),
    };
    html! {
        <>
            <div class="sub-head sfe-form-head"><Icon name={icon_of(&state)} /><h3 id="form-h" class="grow">{ name }</h3><small class="dim2">{ does(&state) }</small><BreakButton stops={ed.stops.clone()} state={name.clone()} small=true /></div>
            { problem.as_ref().map(|problem| html! { <p class={classes!("note", if problem.is_error { "bad" } else { "warn" })}><Icon name={if problem.is_error { "x" } else { "warn" }} /><span>{ problem.words.join(" ") }</span></p> }).unwrap_or_default() }
            <Tabs label={said::TABS} prefix="sfe-tab" {tabs} chosen={shown} {choose} class="small sf-tabs" />
            <div class="sfe-fields" id="sfe-tab-panel" role="tabpanel" aria-label={said::TABS}>{ body }</div>
        </>
    }
}

fn configuration(of: &OfState, kind: &str, language: Language) -> Html {
    let OfState { ed, name } = of;
    html! {
        <>
            <Rename ed={ed.clone()} name={name.clone()} />
            { kind_select(of, kind) }
            { language_select(ed, Some(name), language) }
            { kinds::fields(of, kind, language) }
            if kind == "Choice" { <Rules ed={ed.clone()} name={name.clone()} /> }
            if !matches!(kind, "Choice" | "Succeed" | "Fail") { { leads_to(ed, name, Way::Next, "Next") } }
            { field(ed, name, "/Comment", Shape::Text) }
            <Actions ed={ed.clone()} name={name.clone()} />
        </>
    }
}

/// What becomes of the data: the fields that the type of state has, in the order in which they act.
fn data_fields(of: &OfState, kind: &str, language: Language) -> Html {
    let OfState { ed, name } = of;
    let works = matches!(kind, "Task" | "Parallel" | "Map");
    let mut shown: Vec<(&str, Shape)> = vec![];
    match language {
        Language::Jsonata => {
            if kind == "Parallel" {
                shown.push(("/Arguments", Shape::Json));
            }
            shown.push(("/Output", Shape::Json));
        }
        Language::JsonPath => {
            shown.push(("/InputPath", Shape::Path));
            if kind == "Pass" {
                shown.push(("/Result", Shape::Json));
            }
            if matches!(kind, "Pass" | "Parallel") {
                shown.push(("/Parameters", Shape::Json));
            }
            if works {
                shown.push(("/ResultSelector", Shape::Json));
            }
            if works || kind == "Pass" {
                shown.push(("/ResultPath", Shape::Path));
            }
            shown.push(("/OutputPath", Shape::Path));
        }
    }
    html! { <><p class="small dim2">{ said::data_more(language) }</p>{ for shown.into_iter().map(|(pointer, shape)| field(ed, name, pointer, shape)) }</> }
}

fn kind_select(of: &OfState, kind: &str) -> Html {
    let OfState { ed, name } = of;
    let options = KINDS.iter().map(|kind| ((*kind).to_owned(), (*kind).to_owned())).collect();
    let change = {
        let of = of.clone();
        move |kind: String| {
            let edited = fields::change_type(of.ed.text(), &of.name, &kind);
            of.ed.act(Action::Edit(edited, said::type_changed(&of.name)));
        }
    };
    let _ = name;
    select(("state-type", "Type"), options, kind, ed.may(), change)
}

/// How data is written: in a state, or in the machine.
pub fn language_select(ed: &Ed, state: Option<&AttrValue>, language: Language) -> Html {
    let options = [Language::JsonPath, Language::Jsonata]
        .map(|one| (one.name().to_owned(), one.name().to_owned()))
        .to_vec();
    let change = {
        let (ed, state) = (ed.clone(), state.cloned());
        move |to: String| {
            let edited = query::change(ed.text(), state.as_deref(), Language::named(&to));
            ed.act(Action::Edit(edited, said::LANGUAGE_CHANGED.to_owned()));
        }
    };
    let id = if state.is_some() { "state-language" } else { "machine-language" };
    select((id, "QueryLanguage"), options, language.name(), ed.may(), change)
}

/// Where a way leads to: the states beside it, and for `Next` the end.
pub fn leads_to(ed: &Ed, name: &AttrValue, way: Way, label: &str) -> Html {
    use cloudarium_asl_edit::draft::Draft;
    let Ok(draft) = Draft::of(&ed.session.shown) else { return html! {} };
    let Ok(found) = draft.find(name) else { return html! {} };
    let now = draft.ways(&found.state).into_iter().find(|(one, _)| *one == way);
    let now = now.and_then(|(_, to)| to).unwrap_or_default();
    let mut options: Vec<(String, String)> = match way {
        Way::Next => vec![(String::new(), said::THE_END.to_owned())],
        Way::Default => vec![(String::new(), said::NO_DEFAULT.to_owned())],
        _ => vec![],
    };
    let others = found.states().members.iter().map(|member| member.name.clone());
    options.extend(others.filter(|other| *other != **name).map(|name| (name.clone(), name)));
    if !options.iter().any(|(value, _)| *value == now) {
        options.push((now.clone(), said::not_there(&now)));
    }
    let change = {
        let (ed, name) = (ed.clone(), name.clone());
        move |to: String| {
            let to = Some(to).filter(|to| !to.is_empty());
            let edited = states::lead(ed.text(), &name, way, to.as_deref());
            ed.act(Action::Edit(edited, said::led(&name)));
        }
    };
    let id = match way {
        Way::Next => "leads-next".to_owned(),
        Way::Default => "leads-default".to_owned(),
        Way::Rule(at) => format!("leads-rule-{at}"),
        Way::Catch(at) => format!("leads-catch-{at}"),
    };
    select((id, label.to_owned()), options, &now, ed.may(), change)
}

/// The name: it changes once it is entered, with everything that leads to the state.
#[component]
fn Rename(props: &OfState) -> Html {
    let typed = use_state_eq(|| None::<String>);
    let shown = typed.as_ref().cloned().unwrap_or_else(|| props.name.to_string());
    let oninput = {
        let typed = typed.setter();
        crate::parts::states::fields::typed(move |value| typed.set(Some(value)))
    };
    let enter = {
        let (props, typed) = (props.clone(), typed.clone());
        move |new: String| {
            typed.set(None);
            if new != *props.name {
                let did = said::renamed(&props.name);
                let stops = &props.ed.stops;
                // Executions stop there by either name; once it is saved the old one goes.
                if let Some(toggle) =
                    stops.toggle.as_ref().filter(|_| stops.at(&props.name) && !stops.at(&new))
                {
                    toggle.emit(new.clone());
                }
                props.ed.act(Action::Rename(props.name.to_string(), new, did));
            }
        }
    };
    let onchange = {
        let enter = enter.clone();
        crate::parts::states::fields::picked(enter)
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter"
            && let Some(field) =
                event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        {
            event.prevent_default();
            enter(field.value());
        }
    });
    html! {
        <div class="fld"><label for="state-name">{ said::NAME }</label>
            <input id="state-name" class="input" maxlength="80" spellcheck="false" autocomplete="off" readonly={!props.ed.may()} value={shown} {oninput} {onchange} {onkeydown} /></div>
    }
}

/// What a Task or a Map is asked with is called so in its language.
pub fn arguments(language: Language) -> String {
    format!("/{}", arguments_field(language))
}
