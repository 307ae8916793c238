//! What became of the objects that are shown.

use std::cell::Cell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::state::cloud;
use crate::state::lives::Lives;

/// Whoever moves through the past faster than this reads nothing beside what was there.
const REST_MS: u32 = 150;

/// The lives of these keys of a bucket; empty until they are here. They are the same at every moment: those who show them
/// against the one that is looked at give it as `moment`, and get them when it has been looked at for a while.
#[hook]
pub fn use_lives(desk: &Desk, bucket: &str, keys: Vec<String>, moment: Option<u64>) -> Rc<Lives> {
    let lives = use_state_eq(|| (moment, Rc::<Lives>::default()));
    let setter = lives.setter();
    let when = (
        (desk.cloud.changes, desk.cloud.openings, desk.cloud.is_ours()),
        (bucket.to_owned(), keys, moment),
    );
    use_effect_with(when, move |((_, _, ready), (bucket, keys, moment))| {
        let alive = Rc::new(Cell::new(true));
        let timer = (*ready && !keys.is_empty()).then(|| {
            let (bucket, keys, moment) = (bucket.clone(), keys.clone(), *moment);
            let here = alive.clone();
            Timeout::new(REST_MS, move || {
                spawn_local(async move {
                    let told = cloud::lives_of_objects(&bucket, &keys).await;
                    // A slower answer to an earlier question is dropped; where none comes nothing is told.
                    if here.get() {
                        setter.set((moment, Rc::new(told.unwrap_or_default())));
                    }
                });
            })
        });
        move || {
            alive.set(false);
            drop(timer);
        }
    });
    let (of, told) = &*lives;
    if *of == moment { told.clone() } else { Rc::default() }
}
