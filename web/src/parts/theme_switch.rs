//! Light, dark, or as the system has it.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::state::prefs::Theme;
use crate::words;

/// A button that goes round the three.
#[component]
pub fn ThemeSwitch() -> Html {
    let theme = use_state(Theme::kept);
    let at = Theme::ALL.iter().position(|one| *one == *theme).unwrap_or_default();
    let next = Theme::ALL.get((at + 1) % Theme::ALL.len()).copied().unwrap_or_default();
    let onclick = {
        let theme = theme.clone();
        Callback::from(move |_| {
            next.apply();
            theme.set(next);
        })
    };
    let words = words::theme(theme.name(), next.name());
    html! {
        <button class="btn icon ghost theme" {onclick} aria-label={words.clone()} title={words}>
            <Icon name={match *theme { Theme::System => "theme", Theme::Light => "sun", Theme::Dark => "moon" }} />
        </button>
    }
}
