//! Completing at the prompt, by Tab as at Python's own: one item is taken at once, of several what they have in common,
//! and the rest stands in a menu. Escape closes it, and Tab then leaves the field.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::menu::{Menu, option_id};
use crate::state::completions::{Completions, Item, common, taken};
use crate::state::python;

/// The id of the list of what could stand at the cursor.
pub const MENU: &str = "suggestions";

/// What is offered at the prompt.
#[derive(Clone)]
pub struct Suggesting {
    field: NodeRef,
    text: UseStateHandle<String>,
    home: String,
    open: UseStateHandle<Open>,
}

#[derive(Clone, PartialEq, Default)]
struct Open {
    menu: Option<Completions>,
    chosen: usize,
    /// After Escape, Tab leaves the field.
    leaving: bool,
}

/// Completing for this field, whose text that is.
#[hook]
pub fn use_suggesting(field: &NodeRef, text: &UseStateHandle<String>, desk: &Desk) -> Suggesting {
    let open = use_state_eq(Open::default);
    Suggesting { field: field.clone(), text: text.clone(), home: desk.home(), open }
}

impl Suggesting {
    /// The text was changed by typing: an open menu follows.
    pub fn typed(&self) {
        if self.open.menu.is_some() {
            self.offer(false);
        } else if self.open.leaving {
            self.open.set(Open::default());
        }
    }

    /// Says whether the key was ours.
    pub fn key(&self, event: &KeyboardEvent) -> bool {
        let Open { menu, chosen, leaving } = &*self.open;
        let count = menu.as_ref().map_or(0, |menu| menu.items.len());
        let choose = |chosen| self.open.set(Open { chosen, ..(*self.open).clone() });
        match event.key().as_str() {
            " " if event.ctrl_key() => self.offer(true),
            "Tab" if event.shift_key() || *leaving => return false,
            "Tab" if count > 0 => self.take(*chosen),
            "Tab" if self.has_begun() => self.offer(true),
            "Escape" if menu.is_some() => self.open.set(Open::default()),
            "Escape" => self.open.set(Open { leaving: true, ..Open::default() }),
            "ArrowDown" if count > 0 => choose((chosen + 1) % count),
            "ArrowUp" if count > 0 => choose((chosen + count - 1) % count),
            "Enter" if menu.is_some() => {
                self.open.set(Open::default());
                return false;
            }
            _ => return false,
        }
        true
    }

    /// The menu, if it is open.
    pub fn menu(&self) -> Html {
        let this = self.clone();
        let take = Callback::from(move |at| this.take(at));
        html! {
            if let Some(found) = self.open.menu.clone() {
                <Menu id={MENU} {found} chosen={self.open.chosen} {take} />
            }
        }
    }

    /// The chosen item, for the field's `aria-activedescendant`.
    pub fn active(&self) -> Option<String> {
        self.open.menu.as_ref().map(|_| option_id(MENU, self.open.chosen))
    }

    /// Whether something to complete stands before the cursor: elsewhere Tab indents, or goes on.
    fn has_begun(&self) -> bool {
        self.before().is_some_and(|before| is_begun(&before))
    }

    fn before(&self) -> Option<String> {
        let field = self.field.cast::<HtmlTextAreaElement>()?;
        let units = field.selection_start().ok().flatten()? as usize;
        let before: Vec<u16> = field.value().encode_utf16().take(units).collect();
        Some(String::from_utf16_lossy(&before))
    }

    fn offer(&self, fill: bool) {
        let (this, Some(before)) = (self.clone(), self.before()) else { return };
        let Some(text) = this.value() else { return };
        spawn_local(async move {
            let point = before.chars().count();
            let found = python::suggest(&text, point, &this.home).await.unwrap_or_default();
            // Typed on meanwhile: that asks anew.
            if this.value().as_ref() != Some(&text) {
                return;
            }
            let shut = Open { leaving: found.items.is_empty() && fill, ..Open::default() };
            match found.items.as_slice() {
                [] => this.open.set(shut),
                [only] if fill => {
                    this.put(taken(&text, point, found.from, only));
                    this.open.set(shut);
                }
                items => {
                    let shared = common(items);
                    if fill && shared.chars().count() > point.saturating_sub(found.from) {
                        let item = Item { text: shared, ..Item::default() };
                        this.put(taken(&text, point, found.from, &item));
                    }
                    this.open.set(Open { menu: Some(found), ..Open::default() });
                }
            }
        });
    }

    fn take(&self, at: usize) {
        if let (Some(menu), Some(text), Some(before)) =
            (&self.open.menu, self.value(), self.before())
            && let Some(item) = menu.items.get(at)
        {
            self.put(taken(&text, before.chars().count(), menu.from, item));
        }
        self.open.set(Open::default());
    }

    fn value(&self) -> Option<String> {
        self.field.cast::<HtmlTextAreaElement>().map(|field| field.value())
    }

    /// Writes a text; the cursor goes to that character.
    fn put(&self, (text, cursor): (String, usize)) {
        let Some(field) = self.field.cast::<HtmlTextAreaElement>() else { return };
        field.set_value(&text);
        let before: String = text.chars().take(cursor).collect();
        let units = u32::try_from(before.encode_utf16().count()).unwrap_or(0);
        // Only a field of another kind has no selection.
        let _ = field.set_selection_range(units, units);
        self.text.set(text);
    }
}

fn is_begun(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_open = line.trim_end().ends_with(['(', ',']);
    is_open || line.ends_with(|last: char| last.is_alphanumeric() || "._".contains(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_begun_by_a_name_a_dot_or_a_call() {
        for begun in ["s3", "s3.", "f(", "f(a, ", "if a:\n    pri", "_"] {
            assert!(is_begun(begun), "{begun}");
        }
        for blank in ["", "    ", "if a:\n    ", "a = ", "f()"] {
            assert!(!is_begun(blank), "{blank}");
        }
    }
}
