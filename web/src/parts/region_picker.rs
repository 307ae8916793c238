//! The Region that the console's calls go to.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub region: AttrValue,
    pub pick: Callback<AttrValue>,
    /// Whether the lesson points at it.
    pub hot: bool,
}

/// A select: the browser's own is the most accessible there is.
#[component]
pub fn RegionPicker(props: &Props) -> Html {
    let onchange = props.pick.reform(|event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        AttrValue::from(select.map(|select| select.value()).unwrap_or_default())
    });
    html! {
        <label class="row">
            <span class="vh">{ words::REGION }</span>
            <select class={classes!("select", props.hot.then_some("hotspot"))} data-hotspot="s3.region" {onchange}>
                { for words::REGIONS.iter().map(|name| html! {
                    <option key={*name} value={*name} selected={props.region == *name}>{ *name }</option>
                }) }
            </select>
        </label>
    }
}
