//! The list of lessons, as the site has it: no worker is asked.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::JsFuture;

use crate::js;
use crate::state::cloud::{Refusal, decode, host};
use crate::state::lesson::Outline;

/// All lessons, in the order in which they are taken.
pub type Lessons = Rc<Vec<Outline>>;

thread_local! {
    static READ: RefCell<Option<Lessons>> = const { RefCell::new(None) };
}

/// The list, if it was read before.
pub fn known() -> Option<Lessons> {
    READ.with_borrow(Clone::clone)
}

/// Reads the list, once.
pub async fn all() -> Result<Lessons, Refusal> {
    if let Some(known) = known() {
        return Ok(known);
    }
    let list = JsFuture::from(js::lesson_list()).await.map_err(|error| host(&error))?;
    let lessons: Lessons = Rc::new(decode(&list)?);
    READ.set(Some(lessons.clone()));
    Ok(lessons)
}

/// What the list tells of one lesson, if it is here already: the rest of it need not be read for that.
pub fn known_outline(id: &str) -> Option<Outline> {
    let summary = js::known_summary(id);
    (!summary.is_undefined()).then(|| decode(&summary).ok()).flatten()
}
