//! What lies over whichever page is shown: a dialog, and what has to be said beside the cloud's own messages.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::{document, window};
use yew::prelude::*;

use crate::state::keep::Before;
use crate::state::notices::{self, Notice};

/// A dialog.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialog {
    Palette,
    Keys,
    Share,
    Import,
}

/// Something that was put in another's place, and can be taken back.
#[derive(Clone, Debug)]
pub struct Undo {
    pub title: &'static str,
    pub words: &'static str,
    pub before: Rc<Before>,
}

impl PartialEq for Undo {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.before, &other.before)
    }
}

/// The frame's state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FrameState {
    pub dialog: Option<Dialog>,
    /// Whether a newer version of the site waits for a reload.
    pub update: bool,
    pub undo: Option<Undo>,
    /// Counts how often everything has changed under the page: each page is then made anew.
    pub epoch: u32,
}

/// What changes it.
#[derive(Debug)]
pub enum Act {
    Open(Dialog),
    /// Closes it if it is open.
    Toggle(Dialog),
    Close,
    Update,
    /// Something was put in another's place.
    Replaced(Undo),
    /// It was taken back.
    TakenBack,
}

impl Reducible for FrameState {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Open(dialog) => next.dialog = Some(dialog),
            Act::Toggle(dialog) => {
                next.dialog = Some(dialog).filter(|_| next.dialog != Some(dialog));
            }
            Act::Close => next.dialog = None,
            Act::Update => next.update = true,
            Act::Replaced(undo) => {
                next.undo = Some(undo);
                next.epoch += 1;
                next.dialog = None;
            }
            Act::TakenBack => {
                next.undo = None;
                next.epoch += 1;
            }
        }
        Rc::new(next)
    }
}

/// The frame, and the way to change it.
pub type Frame = UseReducerHandle<FrameState>;

/// Makes the frame, once, in the app. It hears of new versions of the site.
#[hook]
pub fn use_new_frame() -> Frame {
    let frame = use_reducer(FrameState::default);
    let tell = frame.dispatcher();
    use_effect_with((), move |()| {
        let listening = notices::listen(move |notice| {
            if notice == Notice::Update {
                tell.dispatch(Act::Update);
            }
        });
        move || drop(listening)
    });
    frame
}

/// The frame that the app has made.
///
/// # Panics
/// Outside the app's provider, where no part is ever drawn.
#[hook]
pub fn use_frame() -> Frame {
    #[expect(clippy::expect_used, reason = "every part is drawn within the app's provider")]
    use_context::<Frame>().expect("the app provides the frame")
}

/// Opens a dialog.
pub fn opener(frame: &Frame, dialog: Dialog) -> Callback<MouseEvent> {
    let tell = frame.dispatcher();
    Callback::from(move |_| tell.dispatch(Act::Open(dialog)))
}

/// Calls back with every key pressed in the page, before any part gets it.
#[hook]
pub fn use_keys(on_key: Callback<KeyboardEvent>) {
    let latest = use_mut_ref(|| on_key.clone());
    *latest.borrow_mut() = on_key;
    use_effect_with((), move |()| {
        let options = gloo::events::EventListenerOptions {
            phase: gloo::events::EventListenerPhase::Capture,
            passive: false,
        };
        let listener =
            EventListener::new_with_options(&window(), "keydown", options, move |event| {
                use wasm_bindgen::JsCast;
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    let on_key = latest.borrow().clone();
                    on_key.emit(event.clone());
                }
            });
        move || drop(listener)
    });
}

/// Whether a key pressed now would be typed into something.
pub fn is_typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    let name = element.tag_name();
    matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.closest("[contenteditable=true], .cm-editor").ok().flatten().is_some()
}
