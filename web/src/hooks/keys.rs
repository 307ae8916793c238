//! The keyboard shortcuts. Those of a single key work outside of text only, and can be turned off.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::hooks::cloud::set_clock;
use crate::hooks::desk::Desk;
use crate::hooks::frame::{Act, Dialog, Frame, is_typing, use_keys};
use crate::parts::regions::Region;
use crate::route::Place;
use crate::route::states::StatesPlace;
use crate::state::cloud::ClockWish;
use crate::state::prefs;

/// So long after G its second key is waited for.
const SECOND_KEY_MS: f64 = 1_500.0;

/// Whether single keys are on.
pub fn single_keys() -> bool {
    prefs::read("single-keys").as_deref() != Some("off")
}

/// Turns them on or off.
pub fn keep_single_keys(on: bool) {
    prefs::write("single-keys", if on { "on" } else { "off" });
}

/// The shortcuts of every page; those of the bench too where there is a desk.
#[hook]
pub fn use_shortcuts(frame: &Frame, desk: Option<Desk>, show: Callback<Region>) {
    let g_pressed = use_mut_ref(|| None::<f64>);
    let frame = frame.clone();
    use_keys(Callback::from(move |event: KeyboardEvent| {
        let key = event.key();
        let command = event.ctrl_key() || event.meta_key();
        let done = if command && !event.alt_key() && key.eq_ignore_ascii_case("k") {
            frame.dispatch(Act::Toggle(Dialog::Palette));
            true
        } else if frame.dialog.is_some() || command {
            false
        } else if let Some(desk) = &desk {
            let waited = g_pressed.borrow_mut().take();
            let after_g = waited.is_some_and(|at| js_sys::Date::now() - at < SECOND_KEY_MS);
            if key.eq_ignore_ascii_case("g") && is_single(&event) {
                *g_pressed.borrow_mut() = Some(js_sys::Date::now());
            }
            on_bench(desk, &show, &event, after_g) || question(&frame, &event)
        } else {
            question(&frame, &event)
        };
        if done {
            event.prevent_default();
            event.stop_propagation();
        }
    }));
}

fn question(frame: &Frame, event: &KeyboardEvent) -> bool {
    let asked = event.key() == "?" && single_keys() && !is_typing() && !event.alt_key();
    if asked {
        frame.dispatch(Act::Open(Dialog::Keys));
    }
    asked
}

fn is_single(event: &KeyboardEvent) -> bool {
    single_keys() && !is_typing() && !event.alt_key() && !event.shift_key()
}

fn on_bench(desk: &Desk, show: &Callback<Region>, event: &KeyboardEvent, after_g: bool) -> bool {
    match event.key().as_str() {
        "F6" => {
            next_region(show, event.shift_key());
            true
        }
        "F8" => {
            let place = &desk.python.place;
            place.iter().for_each(|place| desk.go_to_line.emit(place.line));
            place.is_some()
        }
        number @ ("1" | "2" | "3") if event.alt_key() => {
            let region = match number {
                "1" => Region::Lesson,
                "2" => Region::Stage,
                _ => Region::Hood,
            };
            show.emit(region);
            focus_region(region);
            true
        }
        key if is_single(event) => single(desk, &key.to_ascii_lowercase(), after_g),
        _ => false,
    }
}

fn single(desk: &Desk, key: &str, after_g: bool) -> bool {
    match (key, after_g) {
        ("p", true) => desk.route.at(Place::Python).go(),
        ("t", true) => desk.route.at(Place::Terminal).go(),
        ("s", true) => desk.route.at(Place::s3()).go(),
        ("f", true) => desk.route.at(Place::States(StatesPlace::default())).go(),
        ("p", false) => {
            let speed = u32::from(desk.cloud.clock.clock.speed == 0.0);
            set_clock(&desk.cloud, ClockWish::Speed(speed));
        }
        ("n", _) => set_clock(&desk.cloud, ClockWish::NextTimer),
        ("d", _) if desk.lesson.is_some() => desk.compare.emit(!desk.comparing),
        _ => return false,
    }
    true
}

const REGIONS: [Region; 3] = [Region::Lesson, Region::Stage, Region::Hood];

/// Where the focus goes in a region.
fn landing(region: Region) -> &'static str {
    match region {
        Region::Lesson => "#lesson-body, #open-lesson",
        Region::Stage => "#main",
        Region::Hood => "#hood",
    }
}

/// The region after the one that has the focus, or before it.
fn next_region(show: &Callback<Region>, back: bool) {
    let active = document().active_element();
    let holds = |region: Region| {
        let of = match region {
            Region::Lesson => ".lesson, .rail",
            Region::Stage => ".stage",
            Region::Hood => ".hood",
        };
        active.as_ref().is_some_and(|element| element.closest(of).ok().flatten().is_some())
    };
    let there =
        |region: &Region| document().query_selector(landing(*region)).ok().flatten().is_some();
    let all: Vec<Region> = REGIONS.into_iter().filter(there).collect();
    let at = all.iter().position(|region| holds(*region));
    let to = match (at, back) {
        (None, _) => 0,
        (Some(at), false) => (at + 1) % all.len(),
        (Some(at), true) => (at + all.len() - 1) % all.len(),
    };
    if let Some(region) = all.get(to) {
        show.emit(*region);
        focus_region(*region);
    }
}

/// Focuses a region once it is drawn.
fn focus_region(region: Region) {
    gloo::timers::callback::Timeout::new(0, move || {
        let found = document().query_selector(landing(region)).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Focus cannot fail on an element that is shown.
            let _ = element.focus();
        }
    })
    .forget();
}
