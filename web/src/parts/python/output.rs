//! What the script printed. A traceback's lines lead to the editor; frames inside botocore are folded.

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::parts::python::loading::Loading;
use crate::parts::python::note::Note;
use crate::state::python::{Phase, Run};
use crate::state::traceback::{Piece, pieces};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub file: AttrValue,
}

/// The output region.
#[component]
pub fn Output(props: &Props) -> Html {
    let run = &*props.desk.python;
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((run.chunks.clone(), run.phase), move |_| {
            if let Some(place) = place.cast::<web_sys::Element>() {
                place.set_scroll_top(place.scroll_height());
            }
        });
    }
    let body = match run.phase {
        Phase::Idle => html! { <p class="dim out-words">{ words::OUTPUT_EMPTY }</p> },
        Phase::Loading if run.chunks.is_empty() => {
            html! { <Loading status={run.status.clone()} /> }
        }
        _ => printed(props, run),
    };
    html! {
        <div class="out scroll" id="output" ref={place} tabindex="0" role="region" aria-label={words::OUTPUT}>{ body }</div>
    }
}

fn printed(props: &Props, run: &Run) -> Html {
    let nothing = run.chunks.is_empty() && matches!(run.phase, Phase::Done | Phase::Stopped);
    html! {
        <>
            { for run.chunks.iter().enumerate().map(|(at, chunk)| {
                let shown = if chunk.is_error { pieces(&chunk.text, &props.file) } else { vec![Piece::Text(chunk.text.clone())] };
                html! { <span key={at} class={classes!(chunk.is_error.then_some("stderr"))}>
                    { for shown.into_iter().map(|piece| self::piece(props, piece)) }
                </span> }
            }) }
            if nothing { <p class="dim out-words">{ words::NOTHING_PRINTED }</p> }
            { for run.trouble.iter().map(|words| html! {
                <div class="note bad"><Icon name="warn" /><span>{ words }{ " " }{ words::PYTHON_LOST_MORE }</span></div>
            }) }
            <Note desk={props.desk.clone()} />
        </>
    }
}

fn piece(props: &Props, piece: Piece) -> Html {
    match piece {
        Piece::Text(text) => html! { { text } },
        Piece::Error { name, rest } => html! { <><span class="e">{ name }</span>{ rest }</> },
        Piece::Link { before, words, after, line } => {
            let onclick = props.desk.go_to_line.reform(move |_| line);
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
