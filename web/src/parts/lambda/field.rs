//! A field that begins with what is set, and keeps what is typed into it until something else is set.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// By which what stands in it is read.
    pub node: NodeRef,
    pub id: &'static str,
    pub label: &'static str,
    pub value: String,
    #[prop_or("text")]
    pub kind: &'static str,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub min: Option<AttrValue>,
    #[prop_or_default]
    pub max: Option<AttrValue>,
    #[prop_or_default]
    pub describedby: Option<AttrValue>,
}

/// The field with its label.
#[component]
pub fn Field(props: &Props) -> Html {
    let typed = use_state_eq(|| None::<String>);
    {
        let typed = typed.setter();
        use_effect_with(props.value.clone(), move |_| typed.set(None));
    }
    let oninput = {
        let (typed, tell) = (typed.setter(), props.oninput.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                typed.set(Some(field.value()));
                tell.emit(field.value());
            }
        })
    };
    let value = typed.as_ref().unwrap_or(&props.value).clone();
    html! {
        <label class="fld">{ props.label }
            <input ref={props.node.clone()} id={props.id} class={classes!("input", props.class.clone())} type={props.kind} {value} {oninput} min={props.min.clone()} max={props.max.clone()}
                aria-describedby={props.describedby.clone()} autocomplete="off" autocapitalize="off" spellcheck="false" /></label>
    }
}
