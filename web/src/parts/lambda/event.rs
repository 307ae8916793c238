//! The test event, to be written: it is kept with the function.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::words::lambda as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: String,
    /// Why it is no JSON.
    pub wrong: Option<String>,
    /// The new text, or nothing for the sample's own.
    pub write: Callback<Option<String>>,
}

/// The text field.
#[component]
pub fn EventField(props: &Props) -> Html {
    let oninput = props.write.reform(|event: InputEvent| {
        let field = event.target_dyn_into::<HtmlTextAreaElement>();
        Some(field.map(|field| field.value()).unwrap_or_default())
    });
    let lines = props.text.lines().count().clamp(3, 10).to_string();
    html! {
        <div class="fn-event">
            <div class="row"><label class="label grow" for="event-text">{ said::EVENT_JSON }</label>
                <button class="btn small ghost" id="reset-event" onclick={props.write.reform(|_: MouseEvent| None)}>{ said::RESET_EVENT }</button></div>
            <textarea id="event-text" class="input mono doc-field" rows={lines} spellcheck="false" autocomplete="off" autocapitalize="off" {oninput} value={props.text.clone()}
                aria-invalid={props.wrong.is_some().then_some("true")} aria-describedby={props.wrong.is_some().then_some("event-wrong")} />
            if let Some(why) = &props.wrong { <p class="small bad-words" role="alert" id="event-wrong">{ said::not_json(why) }</p> }
        </div>
    }
}
