//! A question in the page before something is lost. It covers nothing; Escape is no.

use yew::prelude::*;

use crate::hooks::dismiss::use_escape;
use crate::hooks::focus::use_focus_at_first;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub label: AttrValue,
    pub yes: AttrValue,
    pub no: AttrValue,
    pub on_yes: Callback<()>,
    pub on_no: Callback<()>,
    pub children: Html,
    #[prop_or_default]
    pub class: Classes,
}

/// The question and its two answers; the harmless one has the focus.
#[component]
pub fn Confirm(props: &Props) -> Html {
    let no = use_focus_at_first();
    use_escape(true, props.on_no.clone());
    html! {
        <div class={classes!("confirm", props.class.clone())} role="group" aria-label={&props.label}>
            <div class="grow">{ props.children.clone() }</div>
            <div class="row">
                <button class="btn small danger" onclick={props.on_yes.reform(|_| ())}>{ &props.yes }</button>
                <button class="btn small" ref={no} onclick={props.on_no.reform(|_| ())}>{ &props.no }</button>
            </div>
        </div>
    }
}
