//! The list of API calls, newest at the bottom. Set-up and checks stand in it, marked as such. Only the rows
//! that are in sight are drawn, so that ten thousand calls cost no more than forty.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::hood::row::Row;
use crate::state::calls::Call;
use crate::words;

/// The height of a row in CSS pixels: `hood.css` says the same.
const ROW_PX: i32 = 27;

/// So many rows are drawn above and below those that are in sight.
const BEYOND: usize = 12;

/// Rows in sight before the window's height is known.
const IN_SIGHT: usize = 12;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// The places of the calls that are shown.
    pub places: Rc<Vec<usize>>,
    pub chosen: Option<u64>,
    pub choose: Callback<u64>,
}

/// What of the list is in sight: the first row, and how many.
type Sight = (usize, usize);

/// Whether the list stays at its newest call. Whoever has scrolled up to read stays there.
struct Follows {
    newest: bool,
    top: i32,
}

impl Default for Follows {
    fn default() -> Self {
        Self { newest: true, top: 0 }
    }
}

impl Follows {
    /// A scroll is told late: rows may have come below since. So only a way up ends the following.
    fn scrolled(&mut self, place: &Element) {
        let top = place.scroll_top();
        let below = place.scroll_height() - top - place.client_height();
        self.newest = below < 2 * ROW_PX || (self.newest && top >= self.top);
        self.top = top;
    }

    /// A scroll of our own is told late as well: where it led is known now.
    fn moved(&mut self, place: &Element) {
        self.top = place.scroll_top();
    }

    /// Who chooses a call reads there, and follows the newest only from the newest.
    fn chose(&mut self, place: &Element, row: usize, rows: usize) {
        show(place, row);
        self.newest = row + 1 >= rows;
        self.moved(place);
    }
}

/// The table.
#[component]
pub fn CallList(props: &Props) -> Html {
    let sight = use_state_eq(|| (usize::MAX, IN_SIGHT));
    let place = use_node_ref();
    let follows = use_mut_ref(Follows::default);
    let focus = use_mut_ref(|| None::<u64>);
    let look = {
        let (place, sight) = (place.clone(), sight.setter());
        Callback::from(move |()| {
            if let Some(place) = place.cast::<Element>() {
                sight.set(in_sight(&place));
            }
        })
    };
    let onscroll = {
        let (place, follows, look) = (place.clone(), follows.clone(), look.clone());
        Callback::from(move |_: Event| {
            if let Some(place) = place.cast::<Element>() {
                follows.borrow_mut().scrolled(&place);
            }
            look.emit(());
        })
    };
    {
        let (place, follows, look) = (place.clone(), follows.clone(), look.clone());
        use_effect_with(props.places.clone(), move |_| {
            if let Some(place) = place.cast::<Element>().filter(|_| follows.borrow().newest) {
                place.set_scroll_top(place.scroll_height());
                follows.borrow_mut().moved(&place);
            }
            look.emit(());
        });
    }
    {
        let (place, look, row) = (place.clone(), look, row_of(props, props.chosen));
        let (follows, rows) = (follows.clone(), props.places.len());
        use_effect_with(props.chosen, move |_| {
            if let (Some(place), Some(row)) = (place.cast::<Element>(), row) {
                follows.borrow_mut().chose(&place, row, rows);
                look.emit(());
            }
        });
    }
    {
        let (place, focus) = (place.clone(), focus.clone());
        use_effect(move || {
            let wanted = *focus.borrow();
            if wanted.is_some_and(|seq| focus_on(&place, seq)) {
                focus.replace(None);
            }
        });
    }
    let onkeydown = keys(props, &place, &follows, focus);
    let following = follows.borrow().newest;
    let rows = props.places.len();
    // Whoever follows the newest call is about to be scrolled there: its rows are drawn at once, not after those before.
    let (top, count) = *sight;
    let (first, last) = drawn((if following { rows } else { top }, count), rows);
    html! {
        <div class="calls scroll" ref={place} {onscroll} {onkeydown} tabindex="0" role="region" aria-label={words::API_CALLS}>
            if props.desk.cloud.calls.is_empty() {
                <p class="dim2 hood-words">{ words::NO_CALLS }</p>
            } else if rows == 0 {
                <p class="dim2 hood-words">{ words::hood::NO_CALL_FITS }</p>
            } else {
                <table aria-rowcount={(rows + 1).to_string()}>
                    <caption class="vh">{ words::API_CALLS_OLDEST }</caption>
                    <thead><tr aria-rowindex="1">
                        <th scope="col">{ words::TIME }</th><th scope="col">{ words::WHO }</th><th scope="col">{ words::CALL }</th>
                        <th scope="col">{ words::ANSWER }</th>
                    </tr></thead>
                    <tbody>
                        { gap("before", first) }
                        { for props.places.get(first..last).unwrap_or_default().iter().enumerate().filter_map(|(at, place)| {
                            let call = props.desk.cloud.calls.get(*place)?;
                            Some(row(props, call, first + at))
                        }) }
                        { gap("after", rows - last) }
                    </tbody>
                </table>
            }
        </div>
    }
}

fn row(props: &Props, call: &Rc<Call>, at: usize) -> Html {
    let later = props.desk.cloud.past.is_some_and(|past| call.seq > past);
    html! {
        <Row key={call.seq} call={call.clone()} index={at + 2} on={props.chosen == Some(call.seq)} {later} choose={props.choose.clone()} />
    }
}

/// The room of rows that are not drawn. A height of its own would be an inline style, which the page's
/// policy forbids; the old attribute is none.
fn gap(key: &'static str, rows: usize) -> Html {
    let height = i64::try_from(rows).unwrap_or_default() * i64::from(ROW_PX);
    if rows == 0 {
        return html! {};
    }
    html! { <tr {key} class="gap" aria-hidden="true"><td colspan="4" height={height.to_string()}></td></tr> }
}

/// The rows to draw: those in sight, and some around them.
fn drawn((first, count): Sight, rows: usize) -> (usize, usize) {
    let first = first.min(rows.saturating_sub(count));
    (first.saturating_sub(BEYOND), (first + count + BEYOND).min(rows))
}

fn in_sight(place: &Element) -> Sight {
    let of = |px: i32| usize::try_from(px / ROW_PX).unwrap_or_default();
    (of(place.scroll_top()), of(place.client_height()) + 1)
}

/// Scrolls as little as is needed to show a row below the head.
fn show(place: &Element, row: usize) {
    let top = i32::try_from(row).unwrap_or(i32::MAX / ROW_PX).saturating_mul(ROW_PX);
    let room = (place.client_height() - 2 * ROW_PX).max(0);
    if top < place.scroll_top() {
        place.set_scroll_top(top);
    } else if top > place.scroll_top() + room {
        place.set_scroll_top(top - room);
    }
}

fn row_of(props: &Props, seq: Option<u64>) -> Option<usize> {
    let calls = &props.desk.cloud.calls;
    let seq = seq?;
    let found = props
        .places
        .binary_search_by_key(&seq, |place| calls.get(*place).map_or(u64::MAX, |call| call.seq));
    found.ok()
}

/// Puts the focus on a call that is drawn; tells whether it was.
fn focus_on(place: &NodeRef, seq: u64) -> bool {
    let button = place.cast::<Element>().and_then(|place| {
        place.query_selector(&format!("tr[data-seq='{seq}'] button")).ok().flatten()
    });
    button
        .and_then(|button| button.dyn_into::<HtmlElement>().ok())
        .is_some_and(|button| button.focus().is_ok())
}

/// Up and down, page by page, first and last: each chooses a call.
fn keys(
    props: &Props,
    place: &NodeRef,
    follows: &Rc<RefCell<Follows>>,
    focus: Rc<RefCell<Option<u64>>>,
) -> Callback<KeyboardEvent> {
    let rows = props.places.len();
    let at = row_of(props, props.chosen);
    let (places, calls) = (props.places.clone(), props.desk.cloud.calls.clone());
    let (choose, place, follows) = (props.choose.clone(), place.clone(), follows.clone());
    let past = props.desk.cloud.past.is_some();
    Callback::from(move |event: KeyboardEvent| {
        let Some(element) = place.cast::<Element>().filter(|_| rows > 0) else { return };
        let page = in_sight(&element).1.saturating_sub(3).max(1);
        let last = rows - 1;
        let to = match (event.key().as_str(), at) {
            ("ArrowDown", Some(at)) => (at + 1).min(last),
            ("ArrowUp", Some(at)) => at.saturating_sub(1),
            ("PageDown", Some(at)) => (at + page).min(last),
            ("PageUp", Some(at)) => at.saturating_sub(page),
            ("Home", _) => 0,
            // End is the way back to now while the past is shown.
            ("End", _) if !past => last,
            ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", None) => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(call) = places.get(to).and_then(|place| calls.get(*place)) {
            focus.replace(Some(call.seq));
            follows.borrow_mut().chose(&element, to, rows);
            choose.emit(call.seq);
        }
    })
}
