//! An icon of `icons.svg`. It never speaks alone: a word stands beside it, or its button has a name.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub name: AttrValue,
    #[prop_or_default]
    pub class: Classes,
}

/// Draws an icon.
#[component]
pub fn Icon(props: &Props) -> Html {
    icon(&props.name, &props.class)
}

/// An icon as it is: for lists of hundreds, in which a component each would cost more than its picture.
pub fn icon(name: &str, class: &Classes) -> Html {
    html! {
        <svg class={classes!("i", class.clone())} aria-hidden="true">
            <use href={format!("icons.svg#i-{name}")} />
        </svg>
    }
}
