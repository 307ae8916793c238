//! What the cloud worker says without being asked.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::js;
use crate::state::cloud::get;

/// A notice of the worker's.
#[derive(Clone, PartialEq, Debug)]
pub enum Notice {
    /// Calls were made.
    Changed,
    /// The cloud went through time: its calls are the same up to this one.
    Travelled { shared: u64 },
    /// Where the state is kept has changed: `opfs`, `indexeddb`, `memory`, `full`.
    Storage { state: String, words: String },
    /// This tab owns the cloud, or another does.
    Owner { owned: bool, words: String },
    /// The worker is gone.
    Crashed { words: String },
    /// A newer version of the site waits for a reload.
    Update,
    /// Its author has changed the open lesson.
    Renewed,
}

type Ear = Rc<dyn Fn(Notice)>;
type Ears = RefCell<Vec<(u32, Ear)>>;
type Started = RefCell<Option<Closure<dyn Fn(JsValue)>>>;

thread_local! {
    static EARS: Ears = const { RefCell::new(vec![]) };
    static STARTED: Started = const { RefCell::new(None) };
}

/// Hears notices until it is dropped.
#[derive(Debug)]
pub struct Listening(u32);

impl Drop for Listening {
    fn drop(&mut self) {
        EARS.with_borrow_mut(|ears| ears.retain(|(id, _)| *id != self.0));
    }
}

/// Starts the worker, once.
pub fn start() {
    STARTED.with_borrow_mut(|started| {
        let hear = started.get_or_insert_with(|| {
            let hear: Closure<dyn Fn(JsValue)> = Closure::new(|notice: JsValue| tell(&notice));
            js::cloud_start(hear.as_ref().unchecked_ref());
            hear
        });
        debug_assert!(hear.as_ref().is_function(), "the closure lives as long as the page");
    });
}

/// Has the function told of every notice.
pub fn listen(ear: impl Fn(Notice) + 'static) -> Listening {
    EARS.with_borrow_mut(|ears| {
        let id = ears.last().map_or(0, |(id, _)| id + 1);
        ears.push((id, Rc::new(ear)));
        Listening(id)
    })
}

fn tell(notice: &JsValue) {
    let text = |name| get(notice, name).as_string().unwrap_or_default();
    let notice = match text("notice").as_str() {
        "changed" => Notice::Changed,
        "travelled" => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a count of calls"
            )]
            let shared = get(notice, "shared").as_f64().unwrap_or_default() as u64;
            Notice::Travelled { shared }
        }
        "storage" => Notice::Storage { state: text("state"), words: text("words") },
        "owner" => Notice::Owner { owned: get(notice, "owned").is_truthy(), words: text("words") },
        "update" => Notice::Update,
        "renewed" => Notice::Renewed,
        "crashed" => Notice::Crashed { words: text("words") },
        _ => return,
    };
    // A copy, so that an ear may come or go while it is told.
    let ears: Vec<Ear> = EARS.with_borrow(|ears| ears.iter().map(|(_, ear)| ear.clone()).collect());
    for ear in ears {
        ear(notice.clone());
    }
}
