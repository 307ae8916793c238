//! Long output a page at a time. The AWS CLI of version 1 has no pager: this one is ours, and can be turned off.

use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::hooks::terminal::Block;
use crate::parts::terminal::block::output;
use crate::state::screen::{Line, text};
use crate::words;

/// Lines of a page.
const PAGE: usize = 24;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub lines: Rc<Vec<Line>>,
    pub leave: Callback<()>,
}

/// Whether an output is longer than a page.
pub fn is_long(block: &Block) -> bool {
    let ends = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
    block.output.iter().map(|chunk| ends(&chunk.text)).sum::<usize>() > PAGE
}

/// A page, and the ways on.
#[component]
pub fn Pager(props: &Props) -> Html {
    let first = use_state_eq(|| 0_usize);
    let finding = use_state_eq(|| false);
    let missed = use_state_eq(|| false);
    let next_button = use_node_ref();
    let field = use_node_ref();
    {
        let (button, field) = (next_button.clone(), field.clone());
        use_effect_with(*finding, move |finding| {
            let place = if *finding { field } else { button };
            if let Some(place) = place.cast::<HtmlElement>() {
                // Only an element that is gone cannot be focused.
                let _ = place.focus();
            }
        });
    }
    let total = props.lines.len();
    let last = (*first + PAGE).min(total);
    let go = {
        let (first, leave) = (first.clone(), props.leave.clone());
        Callback::from(move |forward: bool| match (forward, *first + PAGE >= total) {
            (true, true) => leave.emit(()),
            (true, false) => first.set(*first + PAGE),
            (false, _) => first.set(first.saturating_sub(PAGE)),
        })
    };
    let find = {
        let (field, finding, missed) = (field.clone(), finding.setter(), missed.setter());
        let (first, lines) = (first.clone(), props.lines.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let wanted = field.cast::<HtmlInputElement>().map(|field| field.value());
            let wanted = wanted.unwrap_or_default().to_lowercase();
            let found = lines
                .iter()
                .enumerate()
                .skip(*first + 1)
                .find(|(_, line)| text(line).to_lowercase().contains(&wanted));
            missed.set(found.is_none());
            if let Some((at, _)) = found {
                first.set(at);
                finding.set(false);
            }
        })
    };
    let onkeydown = {
        let (go, finding) = (go.clone(), finding.clone());
        let leave = props.leave.clone();
        Callback::from(move |event: KeyboardEvent| {
            match (event.key().as_str(), *finding) {
                ("Escape", true) => finding.set(false),
                (_, true) => {
                    event.stop_propagation();
                    return;
                }
                (" ", _) => go.emit(true),
                ("b", _) => go.emit(false),
                ("/", _) => finding.set(true),
                ("q" | "Q" | "Escape", _) => leave.emit(()),
                _ => return,
            }
            event.prevent_default();
            // The page has keys of its own.
            event.stop_propagation();
        })
    };
    let percent = last * 100 / total.max(1);
    let open_find = {
        let finding = finding.setter();
        Callback::from(move |_| finding.set(true))
    };
    let page = props.lines.get(*first..last).unwrap_or_default();
    html! {
        <div class="paged" {onkeydown}>
            { output(page) }
            <div class="pager" role="group" aria-label={words::PAGER}>
                <span class="pill info" role="status">{ words::lines_of(*first + 1, last, total) }</span>
                <progress class="bar grow" max="100" value={percent.to_string()} aria-label={words::percent_read(percent)} />
                <button ref={next_button} class="btn small primary" onclick={go.reform(|_| true)}>{ words::PAGE_ON }<kbd>{ "Space" }</kbd></button>
                if *first > 0 { <button class="btn small" onclick={go.reform(|_| false)}>{ words::PAGE_BACK }<kbd>{ "B" }</kbd></button> }
                <button class="btn small" onclick={open_find}>{ words::PAGE_FIND }<kbd>{ "/" }</kbd></button>
                <button class="btn small" onclick={props.leave.reform(|_| ())}>{ words::LEAVE }<kbd>{ "Q" }</kbd></button>
            </div>
            if *finding {
                <form class="pager" onsubmit={find}>
                    <input ref={field} class="input grow" aria-label={words::FIND_IN_OUTPUT} />
                    <button class="btn small">{ words::PAGE_FIND }</button>
                    if *missed { <span class="small dim" role="status">{ words::NOT_FOUND_BELOW }</span> }
                </form>
            }
        </div>
    }
}
