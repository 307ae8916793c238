//! Back to the start: asked for once, confirmed once, in the page.

use yew::prelude::*;

use crate::hooks::focus::focus;
use crate::parts::confirm::Confirm;
use crate::parts::icon::Icon;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// `Lesson start`, or `Empty the cloud`.
    pub name: AttrValue,
    pub ask: AttrValue,
    pub reset: Callback<()>,
    #[prop_or_default]
    pub disabled: bool,
    #[prop_or_default]
    pub class: Classes,
}

/// A button that asks before it acts.
#[component]
pub fn Reset(props: &Props) -> Html {
    let asking = use_state_eq(|| None::<bool>);
    let button = use_node_ref();
    {
        let button = button.clone();
        use_effect_with(*asking, move |asking| {
            if *asking == Some(false) {
                focus(&button);
            }
        });
    }
    if *asking == Some(true) {
        let close = {
            let asking = asking.clone();
            Callback::from(move |()| asking.set(Some(false)))
        };
        let on_yes = {
            let (close, reset) = (close.clone(), props.reset.clone());
            Callback::from(move |()| {
                close.emit(());
                reset.emit(());
            })
        };
        return html! {
            <Confirm label={&props.name} yes={words::YES_RESET} no={words::KEEP} {on_yes} on_no={close}>
                <p class="small">{ &props.ask }</p>
            </Confirm>
        };
    }
    let onclick = Callback::from(move |_| asking.set(Some(true)));
    html! {
        <button class={classes!("btn", "small", props.class.clone())} ref={button} {onclick} disabled={props.disabled}>
            <Icon name="reset" />{ &props.name }
        </button>
    }
}
