//! Why a call was refused: AWS's words as AWS writes them, and ours beside them.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::calls::Call;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub call: Call,
}

/// Code, message, hint.
#[component]
pub fn ErrorBox(props: &Props) -> Html {
    let error = props.call.error.clone().unwrap_or_default();
    html! {
        <div class="error-box">
            <p><b class="no">{ props.call.status }{ " " }{ &error.code }</b></p>
            <p>{ &error.message }</p>
            if let Some(hint) = &error.hint { <p class="row hint-row"><Icon name="bulb" class="sm" /><span>{ hint }</span></p> }
            <p class="small dim2">{ words::IN_BOTO3_ERROR }{ " " }<code>{ words::error_code_path(&error.code) }</code></p>
        </div>
    }
}
