//! The three buttons at the bottom of a narrow window: one region at a time.

use yew::prelude::*;

use crate::parts::icon::Icon;
use crate::words;

/// A region of the bench.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Region {
    Lesson,
    Stage,
    Hood,
}

impl Region {
    /// As the style sheet names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Stage => "stage",
            Self::Hood => "hood",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub shown: Region,
    pub show: Callback<Region>,
    pub has_lesson: bool,
    /// How many checks have failed.
    pub failed: usize,
}

/// The switch.
#[component]
pub fn Regions(props: &Props) -> Html {
    let button = |region: Region, icon: &'static str, name: &'static str, badge: Html| {
        let onclick = props.show.reform(move |_| region);
        html! {
            <button {onclick} aria-pressed={if props.shown == region { "true" } else { "false" }}>
                <Icon name={icon} />{ name }{ badge }
            </button>
        }
    };
    let badge = match props.failed {
        0 => html! {},
        n => {
            html! { <span class="n">{ n }<span class="vh">{ words::failed_checks(n) }</span></span> }
        }
    };
    html! {
        <nav class="regions" aria-label={words::REGIONS_NAV}>
            if props.has_lesson { { button(Region::Lesson, "book", words::LESSON, badge) } }
            { button(Region::Stage, "stage", words::STAGE, html! {}) }
            { button(Region::Hood, "hood", words::HOOD, html! {}) }
        </nav>
    }
}
