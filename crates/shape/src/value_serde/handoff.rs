//! How a blob gets through serde without a copy.
//!
//! serde knows bytes only as slices. So the two sides agree on the name of a newtype struct: a
//! (de)serializer of this crate that meets it moves the value through a slot of this thread, and
//! every other (de)serializer sees plain bytes. The slot is filled and emptied within one call.

use std::cell::RefCell;

use crate::Value;

/// The newtype name under which a [`crate::Blob`] travels.
pub(crate) const BLOB_TOKEN: &str = "$cloudarium::Blob";
/// The newtype name under which a whole [`Value`] travels.
pub(crate) const VALUE_TOKEN: &str = "$cloudarium::Value";

enum Slot {
    Empty,
    Asked,
    Full(Value),
}

thread_local! {
    static SLOT: RefCell<Slot> = const { RefCell::new(Slot::Empty) };
}

/// Puts `value` into the slot for whoever takes it next.
pub(crate) fn put(value: Value) {
    SLOT.with_borrow_mut(|slot| *slot = Slot::Full(value));
}

/// Takes what is in the slot and leaves it empty.
pub(crate) fn take() -> Option<Value> {
    SLOT.with_borrow_mut(|slot| match std::mem::replace(slot, Slot::Empty) {
        Slot::Full(value) => Some(value),
        Slot::Empty | Slot::Asked => None,
    })
}

/// Asks the value that is serialized next to hand itself over.
pub(crate) fn ask() {
    SLOT.with_borrow_mut(|slot| *slot = Slot::Asked);
}

/// Hands a value over if it was asked for; tells whether it was.
pub(crate) fn answer(value: impl FnOnce() -> Value) -> bool {
    SLOT.with_borrow_mut(|slot| {
        let asked = matches!(slot, Slot::Asked);
        if asked {
            *slot = Slot::Full(value());
        }
        asked
    })
}
