//! What could stand at the cursor, beside the line that is typed.

use yew::prelude::*;

use crate::state::completions::Completions;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The list's id, for the line's `aria-controls`.
    pub id: &'static str,
    pub found: Completions,
    pub chosen: usize,
    pub take: Callback<usize>,
}

/// The id of an option, for the line's `aria-activedescendant`.
pub fn option_id(list: &str, at: usize) -> String {
    format!("{list}-{at}")
}

/// The menu.
#[component]
pub fn Menu(props: &Props) -> Html {
    let list = use_node_ref();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(props.found.items.len(), move |_| {
            if let Some(place) = place.cast::<web_sys::Element>() {
                let how = web_sys::ScrollIntoViewOptions::new();
                how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                place.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
    }
    {
        let (list, id) = (list.clone(), props.id);
        use_effect_with(props.chosen, move |chosen| {
            let option = list.cast::<web_sys::Element>().and_then(|list| {
                list.query_selector(&format!("#{}", option_id(id, *chosen))).ok().flatten()
            });
            if let Some(option) = option {
                let how = web_sys::ScrollIntoViewOptions::new();
                how.set_block(web_sys::ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&how);
            }
        });
    }
    let key = |key: &'static str| html! { <kbd>{ key }</kbd> };
    html! {
        <div class="menu at" ref={place}>
            <ul ref={list} role="listbox" id={props.id} aria-label={words::COMPLETIONS} class="scroll">
                { for props.found.items.iter().enumerate().map(|(at, item)| {
                    // Before the field loses the focus.
                    let onmousedown = props.take.reform(move |event: MouseEvent| {
                        event.prevent_default();
                        at
                    });
                    html! {
                        <li key={item.text.clone()} role="option" id={option_id(props.id, at)} aria-selected={(at == props.chosen).to_string()} {onmousedown}>
                            <b>{ &item.text }</b><small>{ &item.hint }</small><span class="v">{ &item.value }</span>
                        </li>
                    }
                }) }
            </ul>
            <p class="menu-foot">
                <span>{ key("Tab") }{ " " }{ words::MENU_TAKE }</span>
                <span>{ key("↑") }{ " " }{ key("↓") }{ " " }{ words::MENU_CHOOSE }</span>
                <span class="only-wide">{ key("Esc") }{ " " }{ words::MENU_LEAVE }</span>
                <span class="push" role="status">{ words::of_options(props.found.items.len(), props.found.total) }</span>
            </p>
        </div>
    }
}
