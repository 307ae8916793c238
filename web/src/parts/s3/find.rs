//! Finds keys by how they begin. The bucket is asked when the typing rests.

use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::words;

const REST_MS: u32 = 250;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub find: Callback<String>,
}

/// The field.
#[component]
pub fn Find(props: &Props) -> Html {
    let timer = use_mut_ref(|| None::<Timeout>);
    let oninput = {
        let find = props.find.clone();
        Callback::from(move |event: InputEvent| {
            let text = event
                .target_dyn_into::<HtmlInputElement>()
                .map(|field| field.value())
                .unwrap_or_default();
            let find = find.clone();
            *timer.borrow_mut() = Some(Timeout::new(REST_MS, move || find.emit(text)));
        })
    };
    html! {
        <label class="grow find-label">
            <span class="vh">{ words::FIND }</span>
            <input id="find" class="input find-input" type="search" placeholder={words::FIND} autocomplete="off" spellcheck="false" {oninput} />
        </label>
    }
}
