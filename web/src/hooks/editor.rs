//! An editor of JavaScript's: made when it is first in sight, told of what changes, and ended with its part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;
use yew::prelude::*;

use crate::js;

/// How far the editor has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Coming,
    Here,
    /// It could not be fetched: a plain field stands in.
    Plain,
}

/// What was made; it ends what JavaScript holds when it is dropped.
pub type Held<M> = Rc<RefCell<Option<M>>>;

/// Has an editor made in the element of the node that is given back, and anew whenever `when` changes.
#[hook]
pub fn use_editor<M, D, F>(
    when: D,
    make: impl FnOnce(NodeRef) -> F + 'static,
) -> (NodeRef, Held<M>, Phase)
where
    M: 'static,
    D: PartialEq + 'static,
    F: Future<Output = Option<M>> + 'static,
{
    let place = use_node_ref();
    let held: Held<M> = use_mut_ref(|| None);
    let phase = use_state_eq(|| Phase::Coming);
    {
        let (place, held, phase) = (place.clone(), held.clone(), phase.setter());
        use_effect_with(when, move |_| {
            let (gone, at_end) = (Rc::new(Cell::new(false)), held.clone());
            let left = gone.clone();
            spawn_local(async move {
                // Until there is an editor, its place is hidden in what is around it.
                if let Some(around) = place.cast::<Element>().and_then(|it| it.parent_element()) {
                    // It never fails.
                    let _ = JsFuture::from(js::in_sight(&around)).await;
                }
                if left.get() {
                    return;
                }
                let made = make(place).await;
                if !left.get() {
                    phase.set(if made.is_some() { Phase::Here } else { Phase::Plain });
                    held.replace(made);
                }
            });
            move || {
                gone.set(true);
                at_end.replace(None);
            }
        });
    }
    (place, held, *phase)
}

/// Tells the editor `what`, when it is there, whenever `when` has changed.
#[hook]
pub fn use_follow<M: 'static, D: PartialEq + 'static, T: 'static>(
    held: &Held<M>,
    when: D,
    what: T,
    tell: impl Fn(&M, &T) + 'static,
) {
    let held = held.clone();
    use_effect_with(when, move |_| {
        if let Some(made) = held.borrow().as_ref() {
            tell(made, &what);
        }
    });
}
