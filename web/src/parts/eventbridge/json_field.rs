//! A field for JSON, which tells where what is written is none yet.

use yew::prelude::*;

use crate::parts::eventbridge::fields::typed;
use crate::state::eventbridge::not_json;
use crate::words::eventbridge as said;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: &'static str,
    pub label: &'static str,
    pub text: AttrValue,
    pub write: Callback<String>,
    #[prop_or_default]
    pub placeholder: &'static str,
    #[prop_or(3)]
    pub rows: usize,
}

/// The field with its label.
#[component]
pub fn JsonField(props: &Props) -> Html {
    let Props { id, label, text, placeholder, .. } = props;
    let rows = text.lines().count().clamp(props.rows, 18).to_string();
    let wrong = not_json(text);
    let about = wrong.is_some().then(|| format!("{id}-wrong"));
    let oninput = {
        let write = props.write.clone();
        typed(move |text| write.emit(text))
    };
    html! {
        <div class="ev-json">
            <label class="fld">{ *label }
                <textarea id={*id} class="input mono doc-field" {rows} spellcheck="false" autocomplete="off" autocapitalize="off" placeholder={*placeholder} {oninput} value={text.clone()}
                    aria-invalid={wrong.is_some().then_some("true")} aria-describedby={about.clone()} /></label>
            if let Some(why) = wrong { <p class="small bad-words" role="status" id={about}>{ said::not_json(&why) }</p> }
        </div>
    }
}
