//! A dialog over the page: the browser's own, which keeps the focus inside and the rest of the page inert. Escape and a
//! click beside it close it; the focus goes back to where it was.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, Node};
use yew::prelude::*;

use crate::hooks::dismiss::use_escape;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The id of the heading that names it.
    #[prop_or_default]
    pub labelledby: Option<AttrValue>,
    #[prop_or_default]
    pub label: Option<AttrValue>,
    pub close: Callback<()>,
    pub children: Html,
    #[prop_or_default]
    pub class: Classes,
}

/// A modal dialog, open as long as it is drawn.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let node = use_node_ref();
    use_escape(true, props.close.clone());
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let before = gloo::utils::document()
                .active_element()
                .and_then(|element| element.dyn_into::<HtmlElement>().ok());
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // It is in the page and not open: it can be shown.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    dialog.close();
                }
                if let Some(before) = before {
                    // Focus cannot fail; an element that is gone takes none.
                    let _ = before.focus();
                }
            }
        });
    }
    // The browser's own Escape would close it behind our back.
    let oncancel = Callback::from(|event: Event| event.prevent_default());
    let onclick = {
        let (node, close) = (node.clone(), props.close.clone());
        Callback::from(move |event: MouseEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            let beside = target.is_some() && target == node.get();
            if beside {
                close.emit(());
            }
        })
    };
    html! {
        <dialog class={classes!("pal", props.class.clone())} ref={node} aria-labelledby={props.labelledby.clone()} aria-label={props.label.clone()}
            {oncancel} {onclick}>
            { props.children.clone() }
        </dialog>
    }
}
