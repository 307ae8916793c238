//! Does what was chosen in the palette.

use gloo::timers::callback::Timeout;
use gloo::utils::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::cloud::set_clock;
use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, Dialog, Frame, use_frame};
use crate::hooks::python;
use crate::parts::keep::save_all;
use crate::route::Place;
use crate::state::palette::Does;

/// How long the Python tab may take to be drawn.
const DRAWN_MS: u32 = 60;

/// Closes the palette and does it.
#[hook]
pub fn use_obey(desk: Option<Desk>) -> Callback<Does> {
    let frame = use_frame();
    Callback::from(move |does| {
        frame.dispatch(Act::Close);
        obey(&frame, desk.as_ref(), does);
    })
}

fn obey(frame: &Frame, desk: Option<&Desk>, does: Does) {
    match does {
        Does::Go(route) => route.go(),
        Does::Link(address) => open(&address),
        Does::Theme(theme) => theme.apply(),
        Does::Share => frame.dispatch(Act::Open(Dialog::Share)),
        Does::Import => frame.dispatch(Act::Open(Dialog::Import)),
        Does::Keys => frame.dispatch(Act::Open(Dialog::Keys)),
        Does::SaveAll => spawn_local(async {
            // A failure is told by the dialog's own button; from here it shows as no file.
            drop(save_all().await);
        }),
        does => {
            if let Some(desk) = desk {
                at_desk(desk, does);
            }
        }
    }
}

fn at_desk(desk: &Desk, does: Does) {
    match does {
        Does::Run => run(desk),
        Does::Stop => python::stop(&desk.python),
        Does::Region(region) => desk.pick_region.emit(region.into()),
        Does::Drawer => desk.toggle_drawer.emit(()),
        Does::Compare => desk.compare.emit(true),
        Does::Clock(wish) => set_clock(&desk.cloud, wish),
        Does::Call(seq) => desk.show_call.emit(seq),
        _ => {}
    }
}

/// Presses Run, on the Python tab.
fn run(desk: &Desk) {
    desk.compare.emit(false);
    desk.route.at(Place::Python).go();
    Timeout::new(DRAWN_MS, || {
        let button = document().get_element_by_id("run");
        if let Some(button) = button.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    })
    .forget();
}

/// Opens an address outside of the page, which learns nothing of this one.
fn open(address: &str) {
    // A browser that blocks it says so itself.
    let _ =
        window().open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
}
