//! The line to type: history, completion, search.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::menu::{Menu, option_id};
use crate::parts::terminal::completing::completions;
use crate::parts::terminal::search::Search;
use crate::state::completions::{Completions, Item, common, taken};
use crate::state::{history, terminal};
use crate::words;

/// The id of the list of what could stand at the cursor.
const MENU: &str = "completions";

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub run: Callback<String>,
    pub clear: Callback<()>,
    /// While long output is paged.
    pub hidden: bool,
    /// Whether the tab is looked at.
    pub shown: bool,
}

/// What the line holds besides its text.
#[derive(Clone, PartialEq, Default)]
struct Typing {
    menu: Option<Completions>,
    chosen: usize,
    /// Where in the history we are, from its end; 0 is the line itself.
    back: usize,
    /// The line as it was before the history was asked.
    draft: String,
    searching: bool,
    /// After Escape, Tab leaves the line.
    leaving: bool,
}

/// Lines that were sent off and whose turn comes. A cell, since several keys may come before the next drawing.
#[derive(Clone)]
struct Queue {
    lines: Rc<RefCell<Vec<String>>>,
    redraw: UseForceUpdateHandle,
}

impl Queue {
    fn push(&self, line: String) {
        self.lines.borrow_mut().push(line);
        self.redraw.force_update();
    }

    fn take_first(&self) -> Option<String> {
        let mut lines = self.lines.borrow_mut();
        if lines.is_empty() { None } else { Some(lines.remove(0)) }
    }

    fn clear(&self) {
        self.lines.borrow_mut().clear();
        self.redraw.force_update();
    }
}

type State = UseStateHandle<Typing>;

/// The line.
#[component]
pub fn CommandLine(props: &Props) -> Html {
    let typing = use_state(Typing::default);
    let field = use_node_ref();
    use_focus_back(&field, props.hidden || typing.searching, props.shown);
    let line = Field(field.clone());
    let going = props.desk.terminal.is_going();
    let ready = !going && props.desk.cloud.is_ours();
    let queue = Queue { lines: use_mut_ref(Vec::new), redraw: use_force_update() };
    use_turn(&queue, ready && !props.hidden, &props.run);
    let oninput = {
        let (typing, line, desk) = (typing.clone(), line.clone(), props.desk.clone());
        Callback::from(move |_: InputEvent| {
            let open = typing.menu.is_some();
            let typed = Typing { back: 0, leaving: false, menu: None, ..(*typing).clone() };
            typing.set(typed);
            if open {
                offer(&desk, &line, &typing, false);
            }
        })
    };
    let take = {
        let (typing, line) = (typing.clone(), line.clone());
        Callback::from(move |at: usize| take(&typing, &line, at))
    };
    let onkeydown = {
        let (typing, line, desk) = (typing.clone(), line.clone(), props.desk.clone());
        let (queue, clear) = (queue.clone(), props.clear.clone());
        Callback::from(move |event: KeyboardEvent| {
            let handled = if event.ctrl_key() {
                control(&event.key(), &desk, (&typing, &queue), &line, &clear)
            } else {
                key(&event.key(), &desk, &typing, &line, &queue)
            };
            if handled {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let found = {
        let (typing, line) = (typing.clone(), line.clone());
        Callback::from(move |found: Option<String>| {
            if let Some(found) = found {
                line.set(&found, None);
            }
            typing.set(Typing::default());
        })
    };
    let onpaste = {
        let line = line.clone();
        Callback::from(move |event: Event| paste(&event, &line))
    };
    let active = typing.menu.as_ref().map(|_| option_id(MENU, typing.chosen));
    let menu = typing
        .menu
        .clone()
        .map(|found| html! { <Menu id={MENU} {found} chosen={typing.chosen} {take} /> });
    html! {
        <div class={classes!("blk", "live", "typing", going.then_some("wait"))} hidden={props.hidden}>
            if typing.searching {
                <Search done={found} />
            }
            <p class="cmd in" hidden={typing.searching}>
                <label for="cmd"><span class="pr">{ format!("{} $", props.desk.terminal.session.folder()) }</span><span class="vh">{ words::COMMAND }</span></label>
                <input id="cmd" ref={field} role="combobox" aria-expanded={menu.is_some().to_string()} aria-autocomplete="list" aria-controls={MENU}
                    aria-activedescendant={active} aria-busy={going.then_some("true")} title={going.then_some(words::TERMINAL_BUSY)}
                    autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="cmd-keys" {oninput} {onkeydown} {onpaste} />
            </p>
            <p id="cmd-keys" class="vh">{ words::TERMINAL_KEYS }</p>
            <p class="small dim2 turn" role="status">{ if going { words::runs_next(&queue.lines.borrow()) } else { String::new() } }</p>
            // Always one node, so that the field above stays the same one.
            { menu.unwrap_or_default() }
        </div>
    }
}

/// The input, and its text.
#[derive(Clone)]
struct Field(NodeRef);

impl Field {
    fn text(&self) -> String {
        self.0.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
    }

    /// Where the cursor is, in characters.
    fn point(&self) -> usize {
        let text = self.text();
        let units =
            self.0.cast::<HtmlInputElement>().and_then(|field| field.selection_start().ok()?);
        let units = units.and_then(|units| usize::try_from(units).ok()).unwrap_or(usize::MAX);
        let mut passed = 0;
        let before = text.chars().take_while(|character| {
            passed += character.len_utf16();
            passed <= units
        });
        before.count()
    }

    /// Writes the text; the cursor goes to `point` or to the end.
    fn set(&self, text: &str, point: Option<usize>) {
        let Some(field) = self.0.cast::<HtmlInputElement>() else { return };
        field.set_value(text);
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(0);
        let before: String = text.chars().take(point.unwrap_or(usize::MAX)).collect();
        // Only a field of another kind has no selection.
        let _ = field.set_selection_range(units(&before), units(&before));
        field.set_scroll_left(field.scroll_width());
    }

    /// Whether some of the text is selected: then Ctrl C copies.
    fn has_selection(&self) -> bool {
        self.0.cast::<HtmlInputElement>().is_some_and(|field| {
            field.selection_start().ok().flatten() != field.selection_end().ok().flatten()
        })
    }
}

/// The keys by themselves. Says whether the key was ours.
fn key(key: &str, desk: &Desk, typing: &State, line: &Field, queue: &Queue) -> bool {
    let menu = typing.menu.as_ref();
    let count = menu.map_or(0, |menu| menu.items.len());
    match key {
        "Enter" => {
            let text = line.text();
            line.set("", None);
            typing.set(Typing::default());
            if !text.trim().is_empty() {
                queue.push(text);
            }
        }
        "Tab" if count > 0 => take(typing, line, typing.chosen),
        "Tab" if typing.leaving || line.text().is_empty() => return false,
        "Tab" => offer(desk, line, typing, true),
        "Escape" if menu.is_some() => typing.set(Typing { menu: None, ..(**typing).clone() }),
        "Escape" => typing.set(Typing { leaving: true, ..(**typing).clone() }),
        "ArrowDown" if count > 0 => {
            typing.set(Typing { chosen: (typing.chosen + 1) % count, ..(**typing).clone() });
        }
        "ArrowUp" if count > 0 => {
            let chosen = (typing.chosen + count - 1) % count;
            typing.set(Typing { chosen, ..(**typing).clone() });
        }
        "ArrowUp" => look_back(typing, line, 1),
        "ArrowDown" => look_back(typing, line, -1),
        _ => return false,
    }
    true
}

/// What was sent off runs at once, or when what runs has ended, as in every terminal.
#[hook]
fn use_turn(queue: &Queue, ready: bool, run: &Callback<String>) {
    let (queue, run) = (queue.clone(), run.clone());
    // Until it is seen to run, the one that was begun last.
    let begun = use_mut_ref(|| false);
    let waiting = queue.lines.borrow().len();
    use_effect_with((ready, waiting), move |(ready, _)| {
        if !ready {
            begun.replace(false);
        } else if !*begun.borrow()
            && let Some(line) = queue.take_first()
        {
            begun.replace(true);
            run.emit(line);
        }
    });
}

/// Keys with Ctrl.
fn control(
    key: &str,
    desk: &Desk,
    (typing, queue): (&State, &Queue),
    line: &Field,
    clear: &Callback<()>,
) -> bool {
    match key {
        // As in every terminal, what was typed ahead goes with it.
        "c" if desk.terminal.is_going() => {
            queue.clear();
            line.set("", None);
            terminal::stop();
        }
        "c" if line.has_selection() => return false,
        "c" => {
            line.set("", None);
            typing.set(Typing::default());
        }
        "l" => clear.emit(()),
        "r" => typing.set(Typing { searching: true, menu: None, ..(**typing).clone() }),
        _ => return false,
    }
    true
}

/// Goes up or down in what was typed.
fn look_back(typing: &State, line: &Field, by: isize) {
    let lines = history::read();
    let back = typing.back.saturating_add_signed(by).min(lines.len());
    if back == typing.back {
        return;
    }
    let draft = if typing.back == 0 { line.text() } else { typing.draft.clone() };
    let text = match back {
        0 => draft.clone(),
        _ => lines.get(lines.len() - back).cloned().unwrap_or_default(),
    };
    line.set(&text, None);
    typing.set(Typing { back, draft, ..(**typing).clone() });
}

/// Asks what could stand at the cursor. One item is taken at once; else what all have in common is, and the menu opens.
fn offer(desk: &Desk, line: &Field, typing: &State, fill: bool) {
    let (desk, line, typing) = (desk.clone(), line.clone(), typing.clone());
    spawn_local(async move {
        let (text, point) = (line.text(), line.point());
        let found = completions(&desk, &text, point).await.unwrap_or_default();
        // Typed on meanwhile: that asks anew.
        if line.text() != text {
            return;
        }
        let kept = Typing { menu: None, chosen: 0, back: 0, ..(*typing).clone() };
        match found.items.as_slice() {
            [] => typing.set(kept),
            [only] if fill => {
                let (text, cursor) = taken(&text, point, found.from, only);
                line.set(&text, Some(cursor));
                typing.set(kept);
            }
            items => {
                let shared = common(items);
                if fill && shared.chars().count() > point.saturating_sub(found.from) {
                    let end = String::new();
                    let item = Item { text: shared, end, ..Item::default() };
                    let (text, cursor) = taken(&text, point, found.from, &item);
                    line.set(&text, Some(cursor));
                }
                typing.set(Typing { menu: Some(found), ..kept });
            }
        }
    });
}

fn take(typing: &State, line: &Field, at: usize) {
    if let Some(menu) = &typing.menu
        && let Some(item) = menu.items.get(at)
    {
        let (text, cursor) = taken(&line.text(), line.point(), menu.from, item);
        line.set(&text, Some(cursor));
    }
    typing.set(Typing::default());
}

/// Several lines become one, as a shell reads them.
fn paste(event: &Event, line: &Field) {
    use wasm_bindgen::JsCast as _;
    let text = event
        .dyn_ref::<web_sys::ClipboardEvent>()
        .and_then(|event| event.clipboard_data()?.get_data("text").ok());
    let Some(text) = text.filter(|text| text.trim_end().contains('\n')) else { return };
    event.prevent_default();
    let joined = text.replace("\r\n", "\n").replace("\\\n", " ");
    let joined =
        joined.lines().map(str::trim).filter(|one| !one.is_empty() && !one.starts_with('#'));
    let joined = joined.collect::<Vec<_>>().join("; ");
    let (had, point) = (line.text(), line.point());
    let before: String = had.chars().take(point).collect();
    let after: String = had.chars().skip(point).collect();
    let cursor = before.chars().count() + joined.chars().count();
    line.set(&format!("{before}{joined}{after}"), Some(cursor));
}

/// The line takes the focus back when the pager or the search is left.
#[hook]
fn use_focus_back(field: &NodeRef, away: bool, shown: bool) {
    let field = field.clone();
    let was_away = use_mut_ref(|| false);
    use_effect_with((away, shown), move |(away, shown)| {
        let before = was_away.replace(*away);
        if before
            && !away
            && *shown
            && let Some(field) = field.cast::<web_sys::HtmlElement>()
        {
            // Only an element that is gone cannot be focused.
            let _ = field.focus();
        }
    });
}
