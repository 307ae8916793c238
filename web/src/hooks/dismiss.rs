//! Escape closes what was opened last, and only that.

use std::cell::{Cell, RefCell};

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

thread_local! {
    /// What is open, the latest last.
    static OPEN: RefCell<Vec<u32>> = const { RefCell::new(vec![]) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Calls back on Escape, while open and while nothing was opened after it.
#[hook]
pub fn use_escape(open: bool, close: Callback<()>) {
    let latest = use_mut_ref(|| close.clone());
    *latest.borrow_mut() = close;
    use_effect_with(open, move |open| {
        let id = LAST.with(|last| {
            last.set(last.get() + 1);
            last.get()
        });
        let listener = open.then(|| {
            OPEN.with_borrow_mut(|list| list.push(id));
            EventListener::new(&document(), "keydown", move |event| {
                let escape =
                    event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == "Escape");
                if escape && OPEN.with_borrow(|list| list.last() == Some(&id)) {
                    let close = latest.borrow().clone();
                    // After the other listeners, so that what lies beneath is not taken for the latest.
                    gloo::timers::callback::Timeout::new(0, move || close.emit(())).forget();
                }
            })
        });
        move || {
            OPEN.with_borrow_mut(|list| list.retain(|one| *one != id));
            drop(listener);
        }
    });
}
