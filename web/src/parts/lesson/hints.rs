//! Hints, one by one: the next is offered when the one before has been read.

use yew::prelude::*;

use crate::hooks::focus::use_focus_kept;
use crate::parts::icon::Icon;
use crate::parts::prose;
use crate::state::lesson::Block;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub hints: Vec<Vec<Block>>,
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
        </div>
    }
}
