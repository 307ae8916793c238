//! Hints, one by one: the next is offered when the one before has been read.

use yew::prelude::*;

use crate::hooks::focus::use_focus_kept;
use crate::parts::copy::Copy;
use crate::parts::icon::Icon;
use crate::parts::prose;
use crate::state::lesson::{Block, File};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hints: Vec<Vec<Block>>,
    /// Offered when all hints have been read.
    pub solution: Vec<File>,
}

/// The hints of a step.
#[component]
pub fn Hints(props: &Props) -> Html {
    let opened = use_state_eq(|| 0_usize);
    let count = props.hints.len();
    use_focus_kept(*opened, "lesson-body");
    let next = (*opened < count).then(|| {
        let opened = opened.clone();
        let number = *opened + 1;
        let onclick = Callback::from(move |_| opened.set(number));
        html! {
            <button class="btn hint-next" {onclick}><Icon name="bulb" />{ words::show_hint(number, count) }</button>
        }
    });
    html! {
        <div class="hints" aria-live="polite">
            { for props.hints.iter().take(*opened).enumerate().map(|(at, hint)| html! {
                <div class="hint" key={at}>
                    <Icon name="bulb" class="sm" />
                    <div><b>{ words::hint(at + 1, count) }</b>{ prose::blocks(hint) }</div>
                </div>
            }) }
            { next }
            if *opened >= count && !props.solution.is_empty() {
                <details class="fold solution">
                    <summary><Icon name="eye" class="sm" />{ words::SHOW_SOLUTION }<Icon name="chev" class="sm chev" /></summary>
                    { for props.solution.iter().map(file) }
                </details>
            }
        </div>
    }
}

/// A file of the solution.
fn file(file: &File) -> Html {
    html! {
        <div class="solution-file">
            <p class="row small"><code>{ &file.name }</code><span class="push"><Copy text={file.text.clone()} /></span></p>
            <pre class="code plain wrapped" tabindex="0" role="region" aria-label={file.name.clone()}>{ &file.text }</pre>
        </div>
    }
}
