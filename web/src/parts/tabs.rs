//! Tabs: one pattern everywhere. Arrow keys, Home and End move; the tab that is chosen is the tab stop.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::parts::icon::Icon;

/// One tab.
#[derive(Clone, PartialEq)]
pub struct Tab {
    pub id: AttrValue,
    pub words: AttrValue,
    /// An icon, and the class that colours it.
    pub icon: Option<(AttrValue, AttrValue)>,
}

impl Tab {
    /// A tab of words alone.
    pub fn new(id: &'static str, words: &'static str) -> Self {
        Self { id: id.into(), words: words.into(), icon: None }
    }

    /// A file's tab.
    pub fn of_file(name: &str) -> Self {
        let name = AttrValue::from(name.to_owned());
        Self { id: name.clone(), words: name, icon: None }
    }

    /// With an icon before the words.
    #[must_use]
    pub fn with_icon(mut self, name: &'static str, class: &'static str) -> Self {
        self.icon = Some((name.into(), class.into()));
        self
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub label: AttrValue,
    /// Comes before each tab's id, and names the panel with `-panel` after it.
    pub prefix: AttrValue,
    pub tabs: Vec<Tab>,
    pub chosen: AttrValue,
    pub choose: Callback<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
}

/// A list of tabs.
#[component]
pub fn Tabs(props: &Props) -> Html {
    let onkeydown = {
        let ids: Vec<AttrValue> = props.tabs.iter().map(|tab| tab.id.clone()).collect();
        let (chosen, choose, prefix) =
            (props.chosen.clone(), props.choose.clone(), props.prefix.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = ids.iter().position(|id| *id == chosen).unwrap_or_default();
            let next = match event.key().as_str() {
                "ArrowRight" => (at + 1) % ids.len(),
                "ArrowLeft" => (at + ids.len() - 1) % ids.len(),
                "Home" => 0,
                "End" => ids.len() - 1,
                _ => return,
            };
            event.prevent_default();
            if let Some(id) = ids.get(next) {
                choose.emit(id.clone());
                focus(&format!("{prefix}-{id}"));
            }
        })
    };
    let list = use_node_ref();
    use_chosen_in_sight(&list, &props.chosen);
    html! {
        <div ref={list} class={classes!("tabs", props.class.clone())} role="tablist" aria-label={&props.label} {onkeydown}>
            { for props.tabs.iter().map(|tab| one(props, tab)) }
        </div>
    }
}

/// Where there is no room for all tabs, the chosen one is in sight. Only the list itself moves.
#[hook]
fn use_chosen_in_sight(list: &NodeRef, chosen: &AttrValue) {
    let list = list.clone();
    use_effect_with(chosen.clone(), move |_| {
        let Some(list) = list.cast::<HtmlElement>() else { return };
        let tab = list.query_selector("[aria-selected=\"true\"]").ok().flatten();
        let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) else { return };
        let left = tab.offset_left() - list.offset_left() - list.scroll_left();
        let over = (left + tab.offset_width() - list.client_width()).max(0) + left.min(0);
        list.set_scroll_left(list.scroll_left() + over);
    });
}

fn one(props: &Props, tab: &Tab) -> Html {
    let on = props.chosen == tab.id;
    let onclick = {
        let id = tab.id.clone();
        props.choose.reform(move |_| id.clone())
    };
    html! {
        <button key={tab.id.to_string()} role="tab" id={format!("{}-{}", props.prefix, tab.id)} {onclick}
            aria-selected={if on { "true" } else { "false" }} tabindex={if on { "0" } else { "-1" }}
            aria-controls={on.then(|| format!("{}-panel", props.prefix))}>
            if let Some((name, class)) = &tab.icon { <Icon {name} class={classes!(class.to_string())} /> }
            { &tab.words }
        </button>
    }
}

fn focus(id: &str) {
    let element =
        document().get_element_by_id(id).and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // Focus cannot fail on an element that is shown.
        let _ = element.focus();
    }
}
