//! What the script printed. A traceback's lines lead to the editor; frames inside libraries are folded.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::python::loading::Loading;
use crate::parts::python::note::Note;
use crate::state::output::{Block, Chunk, Stream, plain};
use crate::state::python::{Phase, Run};
use crate::state::traceback::{Piece, pieces};
use crate::words;

/// Shows a line of a file in the editor.
pub type GoTo = Callback<(AttrValue, u32)>;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub go_to: GoTo,
}

/// The output region.
#[component]
pub fn Output(props: &Props) -> Html {
    let run = &*props.desk.python;
    let place = use_node_ref();
    {
        let place = place.clone();
        let last = run.output.blocks.last().cloned();
        use_effect_with((last, run.phase, run.asking.is_some()), move |_| {
            if let Some(place) = place.cast::<web_sys::Element>() {
                place.set_scroll_top(place.scroll_height());
            }
        });
    }
    let coming = run.phase == Phase::Loading || (run.prompt.busy && run.status.phase == "download");
    let body = if coming && run.output.is_empty() {
        html! { <Loading status={run.status.clone()} /> }
    } else if run.phase == Phase::Idle && run.output.is_empty() {
        html! { <p class="dim out-words">{ words::OUTPUT_EMPTY }</p> }
    } else {
        printed(props, run)
    };
    html! {
        <div class="out scroll" id="output" ref={place} tabindex="0" role="region" aria-label={words::OUTPUT}>{ body }</div>
    }
}

fn printed(props: &Props, run: &Run) -> Html {
    let nothing = run.output.is_empty() && matches!(run.phase, Phase::Done | Phase::Stopped);
    html! {
        <>
            if run.output.dropped > 0 { <p class="dim out-words">{ words::left_out(run.output.dropped) }</p> }
            { for run.output.blocks.iter().map(|block| html! {
                <Printed key={block.number} block={block.clone()} go_to={props.go_to.clone()} />
            }) }
            if nothing { <p class="dim out-words">{ words::NOTHING_PRINTED }</p> }
            if let Some(words) = &run.trouble {
                <div class="note bad"><Icon name="warn" /><span>{ words }{ " " }{ words::PYTHON_LOST_MORE }</span></div>
            }
            <Note desk={props.desk.clone()} />
        </>
    }
}

#[derive(Properties)]
struct PrintedProps {
    block: Rc<Block>,
    go_to: GoTo,
}

/// A block that has not changed is the same one: nothing of it is compared.
impl PartialEq for PrintedProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.block, &other.block)
    }
}

/// One block of output.
#[component]
fn Printed(props: &PrintedProps) -> Html {
    let is_error = props.block.stream() == Some(Stream::Error);
    let last = props.block.chunks.len().saturating_sub(1);
    html! {
        <div class={classes!("printed", is_error.then_some("stderr"))}>
            if is_error { <span class="vh">{ words::STDERR_SAID }</span> }
            { for props.block.chunks.iter().enumerate().map(|(at, chunk)| self::chunk(chunk, at == last, &props.go_to)) }
        </div>
    }
}

fn chunk(chunk: &Chunk, is_last: bool, go_to: &GoTo) -> Html {
    let mut text = plain(&chunk.text);
    // A block ends its last line by itself; an empty line is still a line.
    if is_last && text.ends_with('\n') {
        text.pop();
        if text.is_empty() || text.ends_with('\n') {
            text.push('\u{200b}');
        }
    }
    match chunk.stream {
        Stream::Out => html! { { text } },
        Stream::Error => {
            html! { { for pieces(&text).into_iter().map(|piece| self::piece(piece, go_to)) } }
        }
        Stream::Typed => html! { <span class="typed">{ text }</span> },
        Stream::Input => html! { <span class="typed-in">{ text }</span> },
        Stream::Note => html! { <span class="dim">{ text }</span> },
    }
}

fn piece(piece: Piece, go_to: &GoTo) -> Html {
    match piece {
        Piece::Text(text) => html! { { text } },
        Piece::Error { name, rest } => html! { <><span class="e">{ name }</span>{ rest }</> },
        Piece::Link { before, words, after, file, line } => {
            let file = AttrValue::from(file);
            let onclick = go_to.reform(move |_| (file.clone(), line));
            html! { <>{ before }<button class="line-link" {onclick}>{ words }</button>{ after }</> }
        }
        Piece::Frames { library, count, text } => html! { <Frames {library} {count} {text} /> },
    }
}

#[derive(Properties, PartialEq)]
struct FramesProps {
    library: AttrValue,
    count: usize,
    text: AttrValue,
}

/// Frames that are not the learner's own, folded.
#[component]
fn Frames(props: &FramesProps) -> Html {
    let open = use_state_eq(|| false);
    let onclick = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <>
            { "  " }<button class="frames" aria-expanded={open.to_string()} {onclick}>{ words::frames(props.count, &props.library) }</button>{ "\n" }
            if *open { <span class="dim">{ &props.text }</span> }
        </>
    }
}
