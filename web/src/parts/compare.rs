//! Yours and the solution, line by line: in two columns, or one below the other.

use std::rc::Rc;

use yew::prelude::*;

use crate::hooks::desk::Desk;
use crate::parts::icon::Icon;
use crate::state::diff::{self, Line, Row};
use crate::state::lesson::{File, Lesson, open_file};
use crate::state::{files, prefs};
use crate::words;

#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    pub desk: Desk,
    pub lesson: Rc<Lesson>,
    /// Whether every step has passed.
    pub passed: bool,
}

/// The comparison, in the place of the editor.
#[component]
pub fn Compare(props: &Props) -> Html {
    let desk = &props.desk;
    let side_by_side = use_state_eq(|| prefs::read("diff").as_deref() != Some("below"));
    let trying = use_state_eq(|| mine(&props.lesson).is_some());
    let Some(solution) = solution(&props.lesson) else { return html! {} };
    let yours = mine(&props.lesson).unwrap_or_else(|| current(&props.lesson, &solution.name));
    let lines = diff::lines(&yours, &solution.text);
    let rows = diff::rows(&lines);
    let arrange = |to: bool| {
        let side_by_side = side_by_side.setter();
        Callback::from(move |_: MouseEvent| {
            prefs::write("diff", if to { "beside" } else { "below" });
            side_by_side.set(to);
        })
    };
    let try_it = {
        let (lesson, put, text) =
            (props.lesson.clone(), desk.put_file.clone(), solution.text.clone());
        let trying = trying.setter();
        Callback::from(move |_: MouseEvent| {
            keep_mine(&lesson);
            trying.set(true);
            put.emit(text.clone());
        })
    };
    let back = {
        let (lesson, put, trying) = (props.lesson.clone(), desk.put_file.clone(), trying.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(text) = mine(&lesson) {
                prefs::forget(&mine_name(&lesson));
                trying.set(false);
                put.emit(text);
            }
        })
    };
    let close = desk.compare.reform(|_: MouseEvent| false);
    html! {
        <div class="py dif" data-diff={if *side_by_side { "beside" } else { "below" }}>
            <div class="toolbar">
                <b class="toolbar-title">{ words::YOURS_AND_SOLUTION }</b>
                if props.passed { <span class="pill good only-wide"><Icon name="check" />{ words::BOTH_PASS }</span> }
                <span class="pill only-wide" id="lines-differ">{ words::lines_differ(diff::differing(&rows)) }</span>
                <span class="push row">
                    <span class="group only-beside" role="group" aria-label={words::SHOW_DIFF_AS}>
                        <button class="btn small" aria-pressed={side_by_side.to_string()} onclick={arrange(true)}>{ words::SIDE_BY_SIDE }</button>
                        <button class="btn small" aria-pressed={(!*side_by_side).to_string()} onclick={arrange(false)}>{ words::ONE_BELOW }</button>
                    </span>
                    if *trying {
                        <button class="btn small" id="back-to-mine" onclick={back}><Icon name="undo" />{ words::BACK_TO_MINE }</button>
                    } else {
                        <button class="btn small" id="try-solution" onclick={try_it}><Icon name="copy" />{ words::TRY_SOLUTION }</button>
                    }
                    <button class="btn small ghost icon" aria-label={words::CLOSE_COMPARISON} title={words::CLOSE_COMPARISON} onclick={close}><Icon name="x" /></button>
                </span>
            </div>
            <div class="uni">{ unified(&lines) }</div>
            <div class="twod">{ column(&solution.name, &rows, false) }{ column(&solution.name, &rows, true) }</div>
            <div class="out prose-out" role="status"><p class="dim2">{ if *trying { words::TRYING } else { words::COMPARE_MORE } }</p></div>
        </div>
    }
}

/// The file that is compared: the one that the editor opens with, if it is solved.
fn solution(lesson: &Lesson) -> Option<&File> {
    let open = open_file(Some(lesson));
    lesson.solution.iter().find(|file| file.name == open).or_else(|| lesson.solution.first())
}

/// What stands in the editor now.
fn current(lesson: &Lesson, file: &str) -> String {
    let given = lesson.files.iter().find(|one| one.name == file);
    files::read(&lesson.id, file).or_else(|| given.map(|one| one.text.clone())).unwrap_or_default()
}

fn mine_name(lesson: &Lesson) -> String {
    format!("mine.{}", lesson.id)
}

/// What the learner had before the solution was tried.
fn mine(lesson: &Lesson) -> Option<String> {
    prefs::read(&mine_name(lesson))
}

fn keep_mine(lesson: &Lesson) {
    if let Some(solution) = solution(lesson) {
        prefs::write(&mine_name(lesson), &current(lesson, &solution.name));
    }
}

fn unified(lines: &[Line]) -> Html {
    html! {
        <pre class="code two-d" tabindex="0" role="region" aria-label={words::YOURS_AND_SOLUTION}>
            { for lines.iter().map(|line| match line {
                Line::Same { text, left, .. } => self::line("", " ", "", Some(*left), text),
                Line::Left { text, number } => self::line("del", "−", words::ONLY_YOURS, Some(*number), text),
                Line::Right { text, .. } => self::line("add", "+", words::ONLY_SOLUTION, None, text),
            }) }
        </pre>
    }
}

fn column(file: &str, rows: &[Row], right: bool) -> Html {
    let (whose, icon, class, sign, said) = if right {
        (words::SOLUTION, "book", "add", "+", words::ONLY_SOLUTION)
    } else {
        (words::YOURS, "you", "del", "−", words::ONLY_YOURS)
    };
    let row = |row: &Row| match if right { &row.right } else { &row.left } {
        None => html! { <span class="ln gap" /> },
        Some((number, text)) if row.same => line("", " ", "", Some(*number), text),
        Some((number, text)) => line(class, sign, said, Some(*number), text),
    };
    html! {
        <section aria-label={whose}>
            <div class="sub-head"><Icon name={icon} class="sm" />{ whose }</div>
            <pre class="code two-d" tabindex="0" role="region" aria-label={words::file_of(whose, file)}>{ for rows.iter().map(row) }</pre>
        </section>
    }
}

fn line(
    class: &'static str,
    sign: &'static str,
    said: &'static str,
    number: Option<usize>,
    text: &str,
) -> Html {
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <span class={classes!("ln", class)} data-n={number}><i aria-hidden="true">{ sign }</i>if !said.is_empty() { <span class="vh">{ said }</span> }{ text }</span>
    }
}
