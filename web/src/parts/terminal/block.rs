//! A command: the line, what it printed, how it ended, and the calls that it made.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::terminal::{Block, State};
use crate::parts::icon::Icon;
use crate::parts::python::loading::Loading;
use crate::parts::terminal::pager::Pager;
use crate::state::calls::{Call, Who};
use crate::state::screen::{self, Line};
use crate::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub block: Rc<Block>,
    /// The last call before the next command; none for the last one.
    pub before_call: Option<u64>,
    /// Whether the output is shown a page at a time.
    pub paged: bool,
    pub leave: Callback<()>,
}

/// The block.
#[component]
pub fn CommandBlock(props: &Props) -> Html {
    let block = &props.block;
    let lines = use_memo(block.output.clone(), |output| {
        screen::lines(output.iter().map(|one| (one.is_error, one.text.as_str())))
    });
    let calls = calls_of(props);
    let failed = block.state != State::Running && block.code != Some(0);
    let live = block.state == State::Running || props.paged;
    let class = classes!("blk", failed.then_some("bad"), live.then_some("live"));
    let status = &props.desk.terminal.status;
    let coming = block.state == State::Running
        && lines.is_empty()
        && matches!(status.phase.as_str(), "download" | "start");
    html! {
        <li {class} data-status={block.code.map(|code| code.to_string())}>
            <p class="cmd">
                <span class="pr">{ format!("{} $", block.folder) }</span>{ " " }
                { for screen::paint(&block.line).into_iter().map(|(class, text)| html! { <span {class}>{ text }</span> }) }
            </p>
            <p class="ex">{ count(&props.desk, &calls) }{ ending(block) }</p>
            if coming {
                <Loading status={status.clone()} for_terminal={true} />
            } else if props.paged {
                <Pager {lines} leave={props.leave.clone()} />
            } else {
                { printed(block, &lines) }
            }
            if failed { { note(&props.desk, &calls) } }
        </li>
    }
}

/// Calls of the CLI and of scripts that were made while this command was the last one.
fn calls_of(props: &Props) -> Vec<&Call> {
    let until = props.before_call.unwrap_or(u64::MAX);
    let has_script = props.block.line.contains("python");
    let by_command = |call: &&Call| {
        let source = call.source.as_deref().unwrap_or_default();
        call.who == Who::Learner && (has_script || source.starts_with("aws"))
    };
    let calls = props.desk.cloud.calls.iter().map(|call| &**call);
    calls
        .filter(|call| call.seq > props.block.after_call && call.seq <= until)
        .filter(by_command)
        .collect()
}

fn count(desk: &Desk, calls: &[&Call]) -> Html {
    let Some(last) = calls.last().map(|call| call.seq) else { return html! {} };
    let onclick = desk.show_call.reform(move |_| last);
    html! {
        <button class="lnk2" aria-label={words::calls_made_label(calls.len())} {onclick}>{ words::calls_made(calls.len()) }</button>
    }
}

fn ending(block: &Block) -> Html {
    let (class, icon, said) = match (block.state, block.code) {
        (State::Running, _) => ("now", "star", words::RUNNING.to_lowercase()),
        (State::Ended, Some(0)) => ("good", "check", words::exit_status(0)),
        (State::Ended, Some(code)) => ("bad", "x", words::exit_status(code)),
        (State::Stopped, _) => ("warn", "stop", words::EXIT_STOPPED.to_owned()),
        _ => ("bad", "warn", words::EXIT_LOST.to_owned()),
    };
    html! { <span class={classes!("pill", class)}><Icon name={icon} />{ said }</span> }
}

fn printed(block: &Block, lines: &[Line]) -> Html {
    let last = lines.last().and_then(screen::progress).filter(|_| block.state == State::Running);
    let shown = if last.is_some() { lines.len().saturating_sub(1) } else { lines.len() };
    let bar = last.map(|progress| {
        let part = progress.part.map(|part| part.to_string());
        html! {
            <p class="o prog"><span>{ &progress.words }</span><progress class="bar" aria-label={progress.words.clone()} max="1" value={part} /></p>
        }
    });
    html! {
        <>
            if shown > 0 { { output(lines.get(..shown).unwrap_or_default()) } }
            { bar }
            if block.lost > 0 { <p class="o dim">{ words::output_left_out(block.lost) }</p> }
        </>
    }
}

/// Lines as they were printed; errors in their colour.
pub fn output(lines: &[Line]) -> Html {
    let mut pieces: Vec<(bool, String)> = vec![];
    for line in lines {
        for span in line {
            match pieces.last_mut() {
                Some((is_error, text)) if *is_error == span.is_error => text.push_str(&span.text),
                _ => pieces.push((span.is_error, span.text.clone())),
            }
        }
        match pieces.last_mut() {
            Some((_, text)) => text.push('\n'),
            None => pieces.push((false, "\n".to_owned())),
        }
    }
    html! {
        <pre class="o scroll" tabindex="0" role="region" aria-label={words::COMMAND_OUTPUT}>
            { for pieces.into_iter().map(|(is_error, text)| html! { <span class={classes!(is_error.then_some("e"))}>{ text }</span> }) }
        </pre>
    }
}

/// What the failed call asked, in our words beside AWS's, and the way to it.
fn note(desk: &Desk, calls: &[&Call]) -> Html {
    let Some(call) = calls.iter().rev().find(|call| call.error.is_some()) else { return html! {} };
    let Some(error) = &call.error else { return html! {} };
    let seq = call.seq;
    let onclick = desk.show_call.reform(move |_| seq);
    html! {
        <div class="note">
            <Icon name="bulb" />
            <span>
                <code>{ &error.code }</code>{ ": " }{ error.hint.as_ref().unwrap_or(&error.message) }{ " " }
                <button class="lnk2" {onclick}>{ words::SEE_THE_CALL }</button>
            </span>
        </div>
    }
}
