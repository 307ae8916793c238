//! Yours and the solution, line by line: in two columns, or one below the other.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
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

/// The comparison, in the place of the editor: a file at a time.
#[component]
pub fn Compare(props: &Props) -> Html {
    let desk = &props.desk;
    let side_by_side = use_state_eq(|| prefs::read("diff").as_deref() != Some("below"));
    let trying = use_state_eq(|| mine(&props.lesson).is_some());
    let chosen = use_state_eq(|| 0_usize);
    let solved = solved(&props.lesson);
    let Some(solution) = solved.get(*chosen).or_else(|| solved.first()) else { return html! {} };
    let yours = mine(&props.lesson)
        .and_then(|mine| mine.into_iter().find(|file| file.name == solution.name))
        .map_or_else(|| current(&props.lesson, &solution.name), |file| file.text);
    let lines = diff::lines(&yours, &solution.text);
    let rows = diff::rows(&lines);
    let arrange = |to: bool| {
        let side_by_side = side_by_side.setter();
        Callback::from(move |_: MouseEvent| {
            prefs::write("diff", if to { "beside" } else { "below" });
            side_by_side.set(to);
        })
    };
    let pick = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                chosen.set(usize::try_from(select.selected_index()).unwrap_or_default());
            }
        })
    };
    let try_it = {
        let (lesson, put, trying) = (props.lesson.clone(), desk.put_files.clone(), trying.setter());
        Callback::from(move |_: MouseEvent| {
            keep_mine(&lesson);
            trying.set(true);
            put.emit(self::solved(&lesson));
        })
    };
    let back = {
        let (lesson, put, trying) = (props.lesson.clone(), desk.put_files.clone(), trying.setter());
        Callback::from(move |_: MouseEvent| {
            if let Some(files) = mine(&lesson) {
                prefs::forget(&mine_name(&lesson));
                trying.set(false);
                put.emit(files);
            }
        })
    };
    let is_edited = props.lesson.files.iter().any(|file| file.name == solution.name);
    let close = desk.compare.reform(|_: MouseEvent| false);
    html! {
        <div class="py dif" data-diff={if *side_by_side { "beside" } else { "below" }}>
            <div class="toolbar">
                <b class="toolbar-title">{ words::YOURS_AND_SOLUTION }</b>
                if solved.len() > 1 {
                    <select class="select" id="compare-file" aria-label={words::FILE_TO_COMPARE} onchange={pick}>
                        { for solved.iter().enumerate().map(|(at, file)| html! { <option selected={at == *chosen}>{ &file.name }</option> }) }
                    </select>
                }
                if props.passed { <span class="pill good only-wide"><Icon name="check" />{ words::BOTH_PASS }</span> }
                <span class="pill only-wide" id="lines-differ">{ words::lines_differ(diff::differing(&rows)) }</span>
                <span class="push row">
                    <span class="group only-beside" role="group" aria-label={words::SHOW_DIFF_AS}>
                        <button class="btn small" aria-pressed={side_by_side.to_string()} onclick={arrange(true)}>{ words::SIDE_BY_SIDE }</button>
                        <button class="btn small" aria-pressed={(!*side_by_side).to_string()} onclick={arrange(false)}>{ words::ONE_BELOW }</button>
                    </span>
                    if *trying {
                        <button class="btn small" id="back-to-mine" onclick={back}><Icon name="undo" />{ words::BACK_TO_MINE }</button>
                    } else if is_edited {
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

/// The files of the solution that are not as they were given, the one that the editor opens with first; without an
/// editor, what is typed in the terminal.
fn solved(lesson: &Lesson) -> Vec<File> {
    let open = open_file(Some(lesson));
    let given = |name: &str| lesson.files.iter().find(|file| file.name == name);
    let is_changed = |file: &&File| given(&file.name).is_some_and(|given| given.text != file.text);
    let mut files: Vec<File> = lesson.solution.iter().filter(is_changed).cloned().collect();
    files.sort_by_key(|file| file.name != open);
    if files.is_empty() { lesson.solution.first().cloned().into_iter().collect() } else { files }
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
fn mine(lesson: &Lesson) -> Option<Vec<File>> {
    let kept = prefs::read(&mine_name(lesson))?;
    // What an older version of this page kept is the text of one file.
    let one = || vec![File { name: open_file(Some(lesson)), text: kept.clone() }];
    Some(serde_json::from_str(&kept).unwrap_or_else(|_| one()))
}

fn keep_mine(lesson: &Lesson) {
    let file = |file: File| File { text: current(lesson, &file.name), ..file };
    let files: Vec<File> = solved(lesson).into_iter().map(file).collect();
    if let Ok(text) = serde_json::to_string(&files) {
        prefs::write(&mine_name(lesson), &text);
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
