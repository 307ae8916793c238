//! The foot of the lesson: back to its start, and whose it is not.

use yew::prelude::*;

use crate::parts::reset::Reset;
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub reset: Callback<()>,
    /// Whether this tab may reset it.
    pub can: bool,
}

/// The foot.
#[component]
pub fn Foot(props: &Props) -> Html {
    html! {
        <div class="lesson-foot">
            <Reset name={words::LESSON_START} ask={words::LESSON_START_ASK} reset={&props.reset} disabled={!props.can} />
            <p class="small dim">{ words::NOT_AFFILIATED }</p>
        </div>
    }
}
