//! Long lists: what lies far below what is in sight is not drawn yet, so that hundreds of rows cost no more than those.

use web_sys::HtmlElement;
use yew::prelude::*;

/// So many rows are drawn at first, and so many more once the last of them comes near.
const ROWS: usize = 30;
/// What is near: in CSS pixels below what is in sight.
const NEAR_PX: i32 = 600;

/// How much of a list is drawn.
pub struct Drawn {
    pub rows: usize,
    /// What the region that scrolls is to tell.
    pub onscroll: Callback<Event>,
}

/// Of `total` rows in a region that scrolls.
#[hook]
pub fn use_drawn(region: &NodeRef, total: usize) -> Drawn {
    let rows = use_state_eq(|| ROWS);
    let look = {
        let (region, setter, now) = (region.clone(), rows.setter(), *rows);
        move || {
            if now < total && region.cast::<HtmlElement>().is_some_and(|region| is_near(&region)) {
                setter.set(now + ROWS);
            }
        }
    };
    {
        let look = look.clone();
        use_effect_with((total, *rows), move |_| look());
    }
    Drawn { rows: *rows, onscroll: Callback::from(move |_| look()) }
}

/// Whether the end of what is drawn is near. A region that is not shown has no end.
fn is_near(region: &HtmlElement) -> bool {
    let (top, height) = (region.scroll_top(), region.client_height());
    height > 0 && region.scroll_height() - top - height < NEAR_PX
}
