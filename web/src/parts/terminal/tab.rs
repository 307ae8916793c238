//! The Terminal tab.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::hooks::terminal::{self, State, Told};
use crate::parts::python::unsupported::Unsupported;
use crate::parts::terminal::block::CommandBlock;
use crate::parts::terminal::command_line::CommandLine;
use crate::parts::terminal::files::Files;
use crate::parts::terminal::pager::is_long;
use crate::parts::terminal::toolbar::Toolbar;
use crate::route::Route;
use crate::state::cloud::ClockWish;
use crate::state::homes;
use crate::state::python::unsupported;
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    /// Whether it is the tab that is looked at.
    pub shown: bool,
}

/// Toolbar, files, blocks, the line to type.
#[component]
pub fn TerminalTab(props: &Props) -> Html {
    let desk = &props.desk;
    let files_up = use_state_eq(|| false);
    let place = use_node_ref();
    let paged = use_state_eq(|| 0_u32);
    use_lesson_files(desk);
    let term = &desk.terminal;
    let last = term.blocks.last().cloned();
    // A long output is paged once, right after it has come.
    let pages = last.as_ref().is_some_and(|block| {
        term.paging && block.state != State::Running && block.number > *paged && is_long(block)
    });
    {
        let place = place.clone();
        use_effect_with((term.blocks.clone(), pages), move |_| {
            if let Some(place) = place.cast::<web_sys::Element>() {
                place.set_scroll_top(place.scroll_height());
            }
        });
    }
    let run = {
        let desk = desk.clone();
        Callback::from(move |line: String| {
            if desk.terminal.is_going() || !desk.cloud.is_ours() {
                return;
            }
            crate::hooks::cloud::set_clock(&desk.cloud, ClockWish::Look);
            let after = desk.cloud.calls.last().map_or(0, |call| call.seq);
            let place = (desk.region.to_string(), desk.home());
            terminal::run(&desk.terminal, line, place, step(&desk), after);
        })
    };
    let leave = {
        let (paged, number) = (paged.setter(), last.as_ref().map_or(0, |block| block.number));
        Callback::from(move |()| paged.set(number))
    };
    let clear = {
        let term = term.clone();
        Callback::from(move |()| term.dispatch(Told::Cleared))
    };
    let toggle = {
        let up = files_up.clone();
        Callback::from(move |()| up.set(!*up))
    };
    let close = {
        let up = files_up.setter();
        Callback::from(move |()| up.set(false))
    };
    if let Some(why) = unsupported() {
        return html! { <Unsupported desk={desk.clone()} {why} /> };
    }
    let blocks = &term.blocks;
    let next = |at: usize| blocks.get(at + 1).map(|next| next.after_call);
    html! {
        <>
            <Toolbar desk={desk.clone()} {pages} files_up={*files_up} toggle_files={toggle} clear={clear.clone()} />
            <div class="termgrid">
                <Files desk={desk.clone()} up={*files_up} {close} />
                <section class="term scroll" ref={place} tabindex="0" role="region" aria-label={words::TERMINAL}>
                    <div role="log" aria-label={words::TERMINAL_LOG}>
                        if blocks.is_empty() { <p class="term-words">{ words::TERMINAL_EMPTY }</p> }
                        <ol class="blks">
                            { for blocks.iter().enumerate().map(|(at, block)| html! {
                                <CommandBlock key={block.number} desk={desk.clone()} block={block.clone()} before_call={next(at)}
                                    paged={pages && at + 1 == blocks.len()} leave={leave.clone()} />
                            }) }
                        </ol>
                    </div>
                    <CommandLine desk={desk.clone()} {run} {clear} hidden={pages} shown={props.shown} />
                </section>
            </div>
        </>
    }
}

/// The lesson's step; 0 in free play.
fn step(desk: &Desk) -> usize {
    match &desk.route {
        Route::Lesson { step, .. } => *step,
        _ => 0,
    }
}

/// A lesson's files are in its home, unless the learner has them there already.
#[hook]
fn use_lesson_files(desk: &Desk) {
    let lesson = desk.lesson.clone();
    let home = desk.home();
    use_effect_with((home, lesson.is_some()), move |(home, _)| {
        let home = home.clone();
        if let Some(lesson) = lesson {
            spawn_local(async move {
                for file in &lesson.files {
                    let path = format!("{}/{}", homes::WORK, file.name);
                    if matches!(homes::read(&home, &path).await, Ok(None)) {
                        // The tree tells what is there; a lesson's text that has no room is in the lesson, too.
                        let _ = homes::write(&home, &path, file.text.as_bytes()).await;
                    }
                }
            });
        }
    });
}
