//! The button that opens the command palette.

use yew::prelude::*;

use crate::hooks::frame::{Dialog, opener, use_frame};
use crate::parts::icon::Icon;
use crate::words;

/// A button that looks like a field.
#[component]
pub fn Finder() -> Html {
    let frame = use_frame();
    let name = format!("{} {}", words::PALETTE_BUTTON, words::PALETTE_KEYS);
    html! {
        <button class="btn palette" id="palette" onclick={opener(&frame, Dialog::Palette)} aria-label={name} aria-keyshortcuts="Control+K">
            <Icon name="search" /><span>{ words::PALETTE_BUTTON }</span><kbd>{ words::PALETTE_KEYS }</kbd>
        </button>
    }
}

/// The button that opens the dialog of sharing.
#[component]
pub fn ShareButton() -> Html {
    let frame = use_frame();
    html! {
        <button class="btn icon ghost only-wide" id="share" onclick={opener(&frame, Dialog::Share)} aria-label={words::SHARE} title={words::SHARE}><Icon name="link" /></button>
    }
}
