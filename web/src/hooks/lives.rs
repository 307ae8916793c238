//! What became of the objects that are shown.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::state::cloud;
use crate::state::lives::Lives;

/// The lives of these keys of a bucket; empty until they are here.
#[hook]
pub fn use_lives(desk: &Desk, bucket: &str, keys: Vec<String>) -> Rc<Lives> {
    let lives = use_state_eq(Rc::<Lives>::default);
    let setter = lives.setter();
    // What is told holds for every moment: to look at another asks for nothing new.
    let when = (
        (desk.cloud.changes, desk.cloud.openings, desk.cloud.is_ours()),
        (bucket.to_owned(), keys),
    );
    use_effect_with(when, move |((_, _, ready), (bucket, keys))| {
        let alive = Rc::new(Cell::new(true));
        if *ready && !keys.is_empty() {
            let (bucket, keys, here) = (bucket.clone(), keys.clone(), alive.clone());
            spawn_local(async move {
                let told = cloud::lives_of_objects(&bucket, &keys).await;
                // A slower answer to an earlier question is dropped; where none comes nothing is told.
                if here.get() {
                    setter.set(Rc::new(told.unwrap_or_default()));
                }
            });
        }
        move || alive.set(false)
    });
    (*lives).clone()
}
