//! The dialogs that every page can open, and the shortcuts that open them.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, Dialog, use_frame};
use crate::hooks::keys::use_shortcuts;
use crate::parts::apart;
use crate::parts::palette::list as palette;
use crate::parts::regions::Region;
use crate::parts::share;

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
    use_shortcuts(&frame, props.desk.clone(), props.show.clone());
    {
        // A dialog belongs to the page that it was opened on.
        let tell = frame.dispatcher();
        use_effect_with((), move |()| move || tell.dispatch(Act::Close));
    }
    match (frame.dialog, &props.desk) {
        (Some(Dialog::Palette), desk) => apart::palette(palette::Props { desk: desk.clone() }),
        (Some(Dialog::Keys), _) => apart::keys(()),
        (Some(Dialog::Import), _) => apart::import(()),
        (Some(Dialog::Share), Some(desk)) => apart::share(share::Props { desk: desk.clone() }),
        (Some(Dialog::Share), None) | (None, _) => html! {},
    }
}
