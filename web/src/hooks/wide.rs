//! How wide the window is: the same limits as in the style sheet.

use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

/// The widths at which regions become switches and sheets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    Narrow,
    Medium,
    Wide,
}

/// Follows the window's width.
#[hook]
pub fn use_width() -> Width {
    let width = use_state_eq(measure);
    let setter = width.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "resize", move |_| setter.set(measure()));
        move || drop(listener)
    });
    *width
}

fn measure() -> Width {
    match window().inner_width().ok().and_then(|width| width.as_f64()) {
        Some(width) if width <= 720.0 => Width::Narrow,
        Some(width) if width <= 1100.0 => Width::Medium,
        _ => Width::Wide,
    }
}
