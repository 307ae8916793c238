//! The dialogs that every page can open, and the shortcuts that open them.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, Dialog, use_frame};
use crate::hooks::keys::use_shortcuts;
use crate::hooks::lesson::use_lessons;
use crate::parts::home::way::Way;
use crate::parts::keep::Import;
use crate::parts::palette::keys::Keys;
use crate::parts::palette::list::Palette;
use crate::parts::regions::Region;
use crate::parts::share::Share;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The bench's, where there is one.
    #[prop_or_default]
    pub desk: Option<Desk>,
    /// Shows a region of the bench.
    #[prop_or_default]
    pub show: Callback<Region>,
}

/// Whatever dialog is open.
#[component]
pub fn Overlays(props: &Props) -> Html {
    let frame = use_frame();
    let lessons = use_lessons();
    use_shortcuts(&frame, props.desk.clone(), props.show.clone());
    {
        // A dialog belongs to the page that it was opened on.
        let tell = frame.dispatcher();
        use_effect_with((), move |()| move || tell.dispatch(Act::Close));
    }
    match (frame.dialog, &props.desk) {
        (Some(Dialog::Palette), desk) => {
            let way = match &lessons {
                Some(Ok(lessons)) => Way::through(lessons.clone()),
                _ => Way::default(),
            };
            html! { <Palette desk={desk.clone()} {way} /> }
        }
        (Some(Dialog::Keys), _) => html! { <Keys /> },
        (Some(Dialog::Import), _) => html! { <Import /> },
        (Some(Dialog::Share), Some(desk)) => html! { <Share desk={desk.clone()} /> },
        (Some(Dialog::Share), None) | (None, _) => html! {},
    }
}
