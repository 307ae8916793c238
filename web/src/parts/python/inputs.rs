//! The prompt's field: one input after another, what was typed before, and what could stand at the cursor.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::python;
use crate::parts::python::suggesting::{self, use_suggesting};
use crate::state::prefs;
use crate::words;

/// So many inputs are remembered.
const HISTORY_MAX: usize = 100;
/// A field grows by its lines, up to these.
const ROWS_MAX: usize = 8;

/// What was typed before, and which of it is shown.
#[derive(Default)]
struct History {
    lines: Vec<String>,
    at: usize,
}

impl History {
    fn kept() -> Self {
        let lines: Vec<String> = prefs::read("prompt-history")
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Self { at: lines.len(), lines }
    }

    fn add(&mut self, line: &str) {
        if self.lines.last().map(String::as_str) != Some(line) {
            self.lines.push(line.to_owned());
        }
        let over = self.lines.len().saturating_sub(HISTORY_MAX);
        self.lines.drain(..over);
        self.at = self.lines.len();
        if let Ok(text) = serde_json::to_string(&self.lines) {
            prefs::write("prompt-history", &text);
        }
    }

    /// The line before, or after; an empty one after the last.
    fn go(&mut self, back: bool) -> Option<String> {
        let at = if back { self.at.checked_sub(1)? } else { self.at + 1 };
        if at > self.lines.len() {
            return None;
        }
        self.at = at;
        Some(self.lines.get(at).cloned().unwrap_or_default())
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub can_run: bool,
}

/// The field for the next input.
#[component]
pub fn Inputs(props: &Props) -> Html {
    let field = use_node_ref();
    let text = use_state_eq(String::new);
    let history = use_mut_ref(History::kept);
    let suggesting = use_suggesting(&field, &text, &props.desk);
    let python = &props.desk.python;
    let going = python.is_going();
    let send = {
        let (desk, text, history) = (props.desk.clone(), text.clone(), history.clone());
        let can_run = props.can_run && !going;
        Callback::from(move |source: String| {
            if !can_run || source.trim().is_empty() {
                return;
            }
            let (set, history, sent) = (text.setter(), history.clone(), source.clone());
            let more = Callback::from(move |more: bool| {
                if more {
                    set.set(format!("{sent}\n{}", indent_after(&sent)));
                } else {
                    history.borrow_mut().add(sent.trim_end());
                    set.set(String::new());
                }
            });
            python::evaluate(&desk.python, source, &desk.region, desk.home(), more);
        })
    };
    let oninput = {
        let (text, suggesting) = (text.setter(), suggesting.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                text.set(field.value());
                suggesting.typed();
            }
        })
    };
    let onkeydown = {
        let others = keys(&text, &history, &field, send, props.desk.python.clone());
        let suggesting = suggesting.clone();
        Callback::from(move |event: KeyboardEvent| {
            if suggesting.key(&event) {
                event.prevent_default();
                event.stop_propagation();
            } else {
                others.emit(event);
            }
        })
    };
    let rows = text.split('\n').count().clamp(1, ROWS_MAX);
    let prompts = text
        .split('\n')
        .skip(1)
        .fold(words::PROMPT.to_owned(), |all, _| all + "\n" + words::PROMPT_MORE);
    html! {
            <div class="prompt">
                { suggesting.menu() }
                <span class="prompts mono" aria-hidden="true">{ prompts }</span>
                <textarea ref={field} id="prompt" class="mono" rows={rows.to_string()} aria-label={words::PROMPT_LABEL} readonly={going}
                    placeholder={if going { words::PROMPT_BUSY } else { words::PROMPT_PLACEHOLDER }} autocomplete="off" autocapitalize="off"
                    aria-autocomplete="list" aria-haspopup="listbox" aria-controls={suggesting::MENU} aria-activedescendant={suggesting.active()}
                    spellcheck="false" value={(*text).clone()} {oninput} {onkeydown} />
            </div>
    }
}

/// What a line after this one begins with.
fn indent_after(source: &str) -> String {
    let last = source.lines().last().unwrap_or_default();
    let indent: String = last.chars().take_while(|c| *c == ' ').collect();
    if last.trim_end().ends_with(':') { indent + "    " } else { indent }
}

fn keys(
    text: &UseStateHandle<String>,
    history: &std::rc::Rc<std::cell::RefCell<History>>,
    field: &NodeRef,
    send: Callback<String>,
    run: python::Python,
) -> Callback<KeyboardEvent> {
    let (text, history, field) = (text.clone(), history.clone(), field.clone());
    Callback::from(move |event: KeyboardEvent| {
        let Some(area) = field.cast::<HtmlTextAreaElement>() else { return };
        let at = area.selection_start().ok().flatten().unwrap_or_default() as usize;
        // Positions count UTF-16; only the lines before and after matter here.
        let before: Vec<u16> = area.value().encode_utf16().take(at).collect();
        let before = String::from_utf16_lossy(&before);
        let after_has_line =
            area.value().encode_utf16().skip(at).any(|unit| unit == u16::from(b'\n'));
        let back = event.key() == "ArrowUp" && !before.contains('\n');
        let forth = event.key() == "ArrowDown" && !after_has_line;
        let blank_line = before.contains('\n')
            && before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        match event.key().as_str() {
            "Enter" if !event.shift_key() && !event.is_composing() => {
                event.prevent_default();
                send.emit(finished(&area.value(), blank_line));
            }
            "." if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                python::stop(&run);
            }
            "ArrowUp" | "ArrowDown" if back || forth => {
                if let Some(line) = history.borrow_mut().go(back) {
                    event.prevent_default();
                    text.set(line);
                }
            }
            // Only where an indentation is wanted: elsewhere Tab goes on.
            "Tab" if !event.shift_key() && blank_line => {
                event.prevent_default();
                text.set(area.value() + "    ");
            }
            _ => {}
        }
    })
}

/// A blank line ends a block, as at Python's own prompt.
fn finished(source: &str, blank_line: bool) -> String {
    if blank_line {
        format!("{}\n", source.trim_end_matches([' ', '\n']))
    } else {
        source.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_goes_on_with_its_indentation() {
        assert_eq!(indent_after("for x in y:"), "    ");
        assert_eq!(indent_after("if a:\n    b()"), "    ");
        assert_eq!(indent_after("if a:\n    if b:"), "        ");
        assert_eq!(indent_after("f("), "");
    }

    #[test]
    fn a_blank_line_ends_a_block() {
        assert_eq!(finished("if a:\n    b()\n    ", true), "if a:\n    b()\n");
        assert_eq!(finished("a", false), "a");
    }

    #[test]
    fn history_goes_back_and_forth() {
        let mut history = History { lines: vec!["a".into(), "b".into()], at: 2 };
        assert_eq!(history.go(true).as_deref(), Some("b"));
        assert_eq!(history.go(true).as_deref(), Some("a"));
        assert_eq!(history.go(true), None);
        assert_eq!(history.go(false).as_deref(), Some("b"));
        assert_eq!(history.go(false).as_deref(), Some(""));
        assert_eq!(history.go(false), None);
    }
}
