//! Callbacks that stay the same while what they do changes.

use yew::prelude::*;

/// One callback for good, which does what the latest one does: rows that are given it stay equal.
#[hook]
pub fn use_the_latest<T: 'static>(callback: &Callback<T>) -> Callback<T> {
    let latest = use_mut_ref(|| callback.clone());
    latest.replace(callback.clone());
    use_callback((), move |value: T, ()| {
        let callback = latest.borrow().clone();
        callback.emit(value);
    })
}
